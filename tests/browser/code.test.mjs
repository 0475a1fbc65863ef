// The code step between W3 and W4, with and without scripts, alone and in a frame.
import assert from 'node:assert/strict';

import { openPage, openScriptedPage, press } from './browser.mjs';
import { hostPage, twoLines } from './host.mjs';
import { test } from './limited.mjs';
import { looksRight } from './looks.mjs';
import { openStudio } from './studio.mjs';

const named = (page, name) => page.getByRole('button', { name, exact: true }).last();
const heading = (page, name) => page.getByRole('heading', { name, level: 1 });
const code = (page) => page.getByRole('textbox', { name: 'Code' });
const focused = (page) => page.evaluate(() => document.activeElement.id);
const other = (right) => (right === '000000' ? '111111' : '000000');

async function openProving(t) {
  const studio = await openStudio(t);
  await studio.changeLink({ phone_code: true });
  return studio;
}

async function type(page, phone = '030 23125 014') {
  await page.getByLabel('Name').fill('Anna Berg');
  await page.getByLabel('Phone').fill(phone);
  await page.getByLabel('Comment').fill('A mat, please.');
}

test('a_16 one code for two dates, without scripts', async (t) => {
  const studio = await openProving(t);
  const page = await openPage(t, studio);
  await page.goto(studio.eventPage(studio.yoga[2], studio.yoga.slice(2, 4)));
  await press(page, named(page, 'Continue'));
  await type(page);
  await press(page, named(page, 'Confirm booking'));
  await heading(page, 'Enter the code').waitFor();
  const said = await page.getByRole('main').innerText();
  assert.match(said, /We sent 6 digits to 030 23125014\. Nothing is booked yet\./);
  assert.equal(await focused(page), 'code');
  assert.ok(!page.url().includes('23125'));
  await looksRight(t, page, 'code_step');

  const right = await studio.newestCode();
  await code(page).fill(other(right));
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  await page.getByRole('link', { name: 'That code does not match. You have 4 tries left.' }).waitFor();
  assert.match(await page.title(), /^Problem: Enter the code/);
  assert.equal(await focused(page), 'problems');
  await looksRight(t, page, 'code_step_wrong_code');
  await press(page, named(page, 'Send a new code'));
  await page.getByRole('link', { name: /^You can ask for a new code in \d+ seconds?\.$/ }).waitFor();
  await looksRight(t, page, 'code_step_too_early');

  await press(page, named(page, 'Change the number'));
  assert.equal(await focused(page), 'phone');
  assert.equal(await page.getByLabel('Comment').inputValue(), 'A mat, please.');
  await looksRight(t, page, 'w3_to_change_the_number');
  await press(page, named(page, 'Confirm booking'));
  await code(page).fill(`${right.slice(0, 3)} ${right.slice(3)}`);
  await press(page, named(page, 'Confirm booking'));
  await heading(page, '2 dates are booked').waitFor();
  assert.equal(await studio.appointments(), 2);
});

test('a_16 with scripts the step comes and goes in place, and a lost answer is asked for again', async (t) => {
  const studio = await openProving(t);
  const page = await openScriptedPage(t, studio);
  await page.goto(studio.eventPage(studio.yoga[2], studio.yoga.slice(2, 4)));
  await named(page, 'Continue').click();
  await type(page);
  await page.evaluate(() => (globalThis.stays = true));
  await named(page, 'Confirm booking').click();
  await heading(page, 'Enter the code').waitFor();
  assert.equal(await focused(page), 'code');

  const right = await studio.newestCode();
  await page.keyboard.type(other(right));
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'That code does not match. You have 4 tries left.' }).waitFor();
  assert.equal(await focused(page), 'problems');
  await named(page, 'Send a new code').click();
  const wait = page.getByRole('link', { name: /^You can ask for a new code in \d+ seconds?\.$/ });
  const seconds = async () => Number((await wait.innerText()).match(/\d+/)[0]);
  const first = await seconds();
  await page.waitForTimeout(2_100);
  assert.ok((await seconds()) < first, 'it counts down');
  await named(page, 'Change the number').click();
  await heading(page, 'Your details').waitFor();
  assert.equal(await focused(page), 'phone');
  assert.equal(await page.getByLabel('Comment').inputValue(), 'A mat, please.');
  await named(page, 'Confirm booking').click();
  await code(page).fill(right);
  await looksRight(t, page, 'code_step_with_scripts');

  // The booking arrives, and its answer does not.
  await page.route('**/c/*', async (route) => {
    await route.fetch({ maxRedirects: 0 });
    await route.abort('connectionreset');
  });
  await named(page, 'Confirm booking').click();
  await page.getByRole('heading', { name: 'We are not sure yet' }).waitFor();
  assert.equal(await page.evaluate(() => globalThis.stays), true, 'it was one page all the way');
  assert.equal(await page.getByText('Nothing is booked yet').count(), 0, 'that is not sure any more');
  await looksRight(t, page, 'code_step_not_sure_yet');
  await page.unroute('**/c/*');
  await named(page, 'Check again').click();
  await heading(page, '2 dates are booked').waitFor();
  assert.equal(await studio.appointments(), 2);
  // Nothing typed is kept, once the script of the page has run.
  await page.waitForFunction(() => Object.keys(sessionStorage).length === 0);
});

test('a_16 another wish that got no answer is asked again in place', async (t) => {
  const studio = await openProving(t);
  const page = await openScriptedPage(t, studio);
  await page.goto(studio.eventPage(studio.yoga[2], studio.yoga.slice(2, 4)));
  await named(page, 'Continue').click();
  await type(page);
  await named(page, 'Confirm booking').click();
  await heading(page, 'Enter the code').waitFor();

  await page.route('**/c/*', (route) => route.abort('connectionreset'), { times: 1 });
  await named(page, 'Change the number').click();
  await page.getByRole('heading', { name: 'No connection' }).waitFor();
  await looksRight(t, page, 'code_step_no_connection');
  await named(page, 'Try again').click();
  await heading(page, 'Your details').waitFor();
  assert.equal(await page.getByLabel('Name').inputValue(), 'Anna Berg');
  assert.equal(await page.getByLabel('Phone').inputValue(), '030 23125 014');
});

test('a_16 after a lost race the other date is booked without another code', async (t) => {
  const studio = await openProving(t);
  const [, , first, second] = studio.yoga;
  const page = await openScriptedPage(t, studio);
  await page.goto(studio.eventPage(first, [first, second]));
  await named(page, 'Continue').click();
  await type(page);
  await named(page, 'Confirm booking').click();
  await heading(page, 'Enter the code').waitFor();
  await code(page).fill(await studio.newestCode());
  await studio.changeEvents([second], 'cancellation');
  await named(page, 'Confirm booking').click();
  await named(page, 'Book the other date').click();
  await heading(page, 'Your date is booked').waitFor();
});

test('a_16 the step within a frame of another site', async (t) => {
  const studio = await openProving(t);
  const page = await openScriptedPage(t, studio);
  await page.goto(await hostPage(t, twoLines(studio)));
  const frame = page.locator('cartwheel-widget').frameLocator('iframe');
  await frame.getByRole('link', { name: /Yoga with Sofie/ }).nth(2).click();
  await frame.getByRole('checkbox').nth(1).check();
  await named(frame, 'Continue').click();
  await type(frame);
  await named(frame, 'Confirm booking').click();
  await heading(frame, 'Enter the code').waitFor();
  await code(frame).fill(await studio.newestCode());
  await named(frame, 'Confirm booking').click();
  await heading(frame, '2 dates are booked').waitFor();
  assert.deepEqual(await page.context().cookies(), []);
  assert.equal(await studio.appointments(), 2);
});

test('a_16 staff are told what the setting does', async (t) => {
  const studio = await openProving(t);
  const page = await openPage(t, studio);
  await page.goto(studio.settings(`links/${studio.link}`));
  assert.ok(await page.getByRole('checkbox', { name: 'Clients confirm their phone number with a code' }).isChecked());
  await looksRight(t, page, 's2_a_16_codes');
});
