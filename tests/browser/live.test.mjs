// What scripts add: no reloads, a count that is true, and addresses that always say what is chosen.
import assert from 'node:assert/strict';

import { openScriptedPage } from './browser.mjs';
import { test } from './limited.mjs';
import { looksRight } from './looks.mjs';
import { openStudio } from './studio.mjs';

const another = (page) => page.getByRole('group', { name: 'Book another' });
const named = (page, name) => page.getByRole('button', { name, exact: true });
const boxes = (page) => page.getByRole('checkbox');
const says = (page, words) => page.getByRole('status').filter({ hasText: words }).waitFor({ state: 'attached' });

/** Somebody whose page is never loaded anew from here on. */
async function staysOnPage(page) {
  await page.evaluate(() => (globalThis.stillHere = true));
  return async () => assert.equal(await page.evaluate(() => globalThis.stillHere), true, 'the page was loaded anew');
}

test('expectations 8 and 9: s_19 ticks are counted at once, and reload and Back keep them', async (t) => {
  const studio = await openStudio(t);
  const page = await openScriptedPage(t, studio);
  await page.goto(studio.eventPage(studio.yoga[2]));
  const stayed = await staysOnPage(page);

  await says(page, '1 of 10 selected');
  await boxes(page).nth(1).check();
  await says(page, '2 of 10 selected');
  await looksRight(t, page, 'live_w2_two_dates');

  await another(page).getByRole('button', { name: /show only Tuesdays/ }).first().click();
  await says(page, /dates shown, Tuesdays only/);
  await says(page, '2 of 10 selected');
  await stayed();
  await page.reload();
  await says(page, '2 of 10 selected');
  assert.notEqual(await another(page).getByRole('button', { name: /Tuesdays only/ }).count(), 0, 's_20');
  await page.goBack();
  await named(page, 'View all dates').waitFor();
  await says(page, '2 of 10 selected');
});

test('expectation 9: s_13 at the limit other boxes say why they cannot be ticked', async (t) => {
  const studio = await openStudio(t);
  await studio.changeLink({ multiple_event_booking: { allowed: true, max_events: 2 } });
  const page = await openScriptedPage(t, studio);
  await page.goto(studio.eventPage(studio.yoga[2]));

  await boxes(page).nth(1).check();
  await says(page, '2 of 2 selected. That is the most in one booking');
  const third = boxes(page).nth(2);
  assert.equal(await third.getAttribute('aria-disabled'), 'true');
  await third.click({ force: true });
  assert.equal(await third.isChecked(), false);
  await looksRight(t, page, 'live_w2_limit_reached');

  await boxes(page).nth(1).uncheck();
  await says(page, '1 of 2 selected');
  await third.check();
  assert.equal(await third.isChecked(), true);
});

test('expectation 10: s_22 the stepper stops where a date has no more spots', async (t) => {
  const studio = await openStudio(t);
  const [, , opened] = studio.yoga;
  await studio.sellOut(opened, 2);
  const page = await openScriptedPage(t, studio);
  await page.goto(studio.eventPage(opened));
  const stayed = await staysOnPage(page);

  await named(page, 'One spot more').click();
  await says(page, '2 spots per date');
  assert.equal(await page.getByRole('spinbutton', { name: 'Spots', exact: true }).inputValue(), '2');
  await page.getByText('Only 2 spots are left on').waitFor();
  assert.equal(await named(page, 'One spot more').getAttribute('aria-disabled'), 'true');
  await page.waitForURL(/spots=2/);
  await looksRight(t, page, 'live_w2_stepper_at_its_end');
  await stayed();
});

test('b_10 the same weekday and time for some weeks, in one tap', async (t) => {
  const studio = await openStudio(t);
  const [first, , second, , third] = studio.yoga.slice(2);
  await studio.sellOut(second);
  await studio.book([second]);
  const page = await openScriptedPage(t, studio);
  await page.goto(studio.eventPage(first));
  const stayed = await staysOnPage(page);

  await page.getByRole('spinbutton', { name: /^Every \w+day at 18:30 for weeks$/ }).fill('2');
  await named(page, 'Add').click();
  await says(page, /^1 date added\. .+ is sold out and was not added\.$/);
  await says(page, '2 of 10 selected');
  assert.ok(await page.locator(`#b-${third.activity_id}`).isChecked());
  await looksRight(t, page, 'live_w2_series');
  await stayed();
});

test('s_16 filters apply by themselves, and more dates join the list', async (t) => {
  const studio = await openStudio(t);
  const page = await openScriptedPage(t, studio);
  await page.goto(studio.widget);
  const stayed = await staysOnPage(page);
  const rows = page.getByRole('link', { name: /spots? left/ });
  const before = await rows.count();

  await page.getByRole('link', { name: 'Show more dates' }).click();
  await says(page, 'dates shown');
  assert.ok((await rows.count()) > before);
  assert.match(await page.evaluate(() => document.activeElement.className), /event/);

  await page.getByLabel('Service').selectOption({ label: 'Boxing' });
  await page.waitForURL(/service=/);
  await page.getByRole('link', { name: /Yoga/ }).first().waitFor({ state: 'detached' });
  await stayed();
  await page.goBack();
  await page.getByRole('link', { name: /Yoga/ }).first().waitFor();
  await looksRight(t, page, 'live_w1');
});

test('expectations 11, 13 and 15: e_06 a lost answer to Confirm is told as such, and asked again with the same key', async (t) => {
  const studio = await openStudio(t);
  const page = await openScriptedPage(t, studio);
  await page.goto(studio.eventPage(studio.yoga[2]));
  await boxes(page).nth(1).check();
  await named(page, 'Continue').click();
  await page.getByLabel('Name').fill('Anna Berg');
  await page.getByLabel('Phone').fill('030 23125 014');
  await page.reload();
  assert.equal(await page.getByLabel('Name').inputValue(), 'Anna Berg', 'what was typed is kept');

  // The booking arrives, and its answer does not.
  await page.route('**/c/*', async (route) => {
    await route.fetch({ maxRedirects: 0 });
    await route.abort('connectionreset');
  });
  await named(page, 'Confirm booking').last().click();
  await page.getByRole('heading', { name: 'We are not sure yet' }).waitFor();
  await looksRight(t, page, 'live_w3_not_sure_yet');
  await page.unroute('**/c/*');
  await named(page, 'Check again').click();
  await page.getByRole('heading', { name: '2 dates are booked' }).waitFor();
  assert.equal(await studio.appointments(), 2);
  assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage)), [], 'nothing typed is kept');

  await page.getByRole('button', { name: /Booked/ }).nth(1).click();
  assert.equal(await page.getByText(/^Reference/).count(), 2, 'several are open at once');
  await looksRight(t, page, 'live_w4');
});

test('expectation 14: e_01 a race lost at Confirm is told in place, with what was typed', async (t) => {
  const studio = await openStudio(t);
  const [, , first, second] = studio.yoga;
  const page = await openScriptedPage(t, studio);
  await page.goto(studio.eventPage(first, [first, second]));
  await named(page, 'Continue').click();
  await page.getByLabel('Name').fill('Anna Berg');
  await page.getByLabel('Phone').fill('030 23125 014');
  const stayed = await staysOnPage(page);
  await studio.changeEvents([second], 'capacity', { capacity: 1 }, 'PUT');
  await studio.book([second]);

  await named(page, 'Confirm booking').last().click();
  await page.getByText('filled up a moment ago').waitFor();
  assert.equal(await page.getByLabel('Name').inputValue(), 'Anna Berg');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'refused');
  await looksRight(t, page, 'live_w3_race_lost');
  await stayed();
  await named(page, 'Book the other date').click();
  await page.getByRole('heading', { name: 'Your date is booked' }).waitFor();
});

test('expectation 20: spots follow what others book, and focus and ticks stay', async (t) => {
  const studio = await openStudio(t);
  const [, , first, second] = studio.yoga;
  const page = await openScriptedPage(t, studio);
  await page.goto(studio.eventPage(first));
  await boxes(page).nth(1).check();
  const row = page.locator(`#date-${second.activity_id}`);
  await row.getByText('9 spots left').waitFor();
  const box = page.locator(`#b-${second.activity_id}`);
  await box.focus();

  await studio.book([second], { spots: 2 });
  await row.getByText('7 spots left').waitFor();
  await says(page, '2 of 10 selected');
  assert.equal(await page.evaluate(() => document.activeElement.id), `b-${second.activity_id}`);

  await page.goto(studio.widget);
  const listed = page.locator(`#e-${second.activity_id}`);
  await listed.getByText('7 spots left').waitFor();
  await studio.book([second], { spots: 2, phone: '030 23125 098' });
  await listed.getByText('5 spots left').waitFor();
});

test('expectation 15: without a network nothing chosen is lost, and one press goes on', async (t) => {
  const studio = await openStudio(t);
  const page = await openScriptedPage(t, studio);
  const told = page.getByText('Nothing was booked. What you chose and typed is still here.');
  const again = named(page, 'Try again');
  await page.goto(studio.widget);
  await page.context().setOffline(true);
  await page.getByLabel('Service').selectOption({ label: 'Boxing' });
  await told.waitFor();
  await looksRight(t, page, 'live_w1_no_connection');
  await page.context().setOffline(false);
  await again.click();
  await page.getByRole('link', { name: /Yoga/ }).first().waitFor({ state: 'detached' });

  await page.goto(studio.eventPage(studio.yoga[2]));
  await boxes(page).nth(1).check();
  await page.context().setOffline(true);
  await another(page).getByRole('button', { name: /show only Tuesdays/ }).first().click();
  await page.getByRole('heading', { name: 'No connection' }).waitFor();
  await named(page, 'Continue').click();
  await told.waitFor();
  assert.equal(await page.getByRole('heading', { name: 'No connection' }).count(), 1);
  assert.equal(await page.getByRole('checkbox', { checked: true }).count(), 2);
  await looksRight(t, page, 'live_w2_no_connection');
  await page.context().setOffline(false);
  await again.click();
  await page.getByText('2 dates, 2 spots in all').waitFor();
});

test('expectation 13: Confirm keeps its width, says that it is on its way, and cannot be pressed twice', async (t) => {
  const studio = await openStudio(t);
  const page = await openScriptedPage(t, studio);
  await page.goto(studio.eventPage(studio.yoga[2]));
  await named(page, 'Continue').click();
  await page.getByLabel('Name').fill('Anna Berg');
  await page.getByLabel('Phone').fill('030 23125 014');
  const confirm = page.locator('button.main');
  const width = async () => (await confirm.boundingBox()).width;
  const before = await width();
  let [sent, goOn] = [0, undefined];
  await page.route('**/c/*', async (route) => {
    sent += 1;
    await new Promise((resolve) => (goOn = resolve));
    await route.continue();
  });

  await confirm.click();
  await says(page, 'Booking 1 date');
  await page.locator('html[aria-busy=true]').waitFor();
  assert.equal(await confirm.innerText(), 'Booking…');
  assert.equal(await confirm.getAttribute('aria-disabled'), 'true');
  assert.equal(await width(), before);
  await confirm.click({ force: true });
  await page.getByLabel('Phone').press('Enter');
  assert.equal(sent, 1);
  goOn();
  await page.getByRole('heading', { name: 'Your date is booked' }).waitFor();
  assert.equal(await studio.appointments(), 1);
});
