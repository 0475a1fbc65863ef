// A1 and A2, the personal account, in their states.
import assert from 'node:assert/strict';

import { openPage, openScriptedPage, press } from './browser.mjs';
import { test } from './limited.mjs';
import { looksRight } from './looks.mjs';
import { openStudio } from './studio.mjs';

const PHONE = '030 23125 014';
const button = (page, name) => page.getByRole('button', { name });
const link = (page, name) => page.getByRole('link', { name });

/** From the list of events to the page that asks for the code. */
async function askForCode(page, studio) {
  await page.goto(studio.account('/sign-in'));
  await page.getByRole('textbox', { name: 'Phone' }).fill(PHONE);
  await press(page, button(page, 'Send code'));
}

async function signIn(page, studio) {
  await askForCode(page, studio);
  await page.getByRole('textbox', { name: 'Code' }).fill(await studio.newestCode());
  await press(page, button(page, 'Sign in'));
}

test('a_16 s_33 a client signs in from the list of events', async (t) => {
  const studio = await openStudio(t);
  await studio.book(studio.yoga.slice(2, 5), { phone: PHONE, spots: 2 });
  const page = await openPage(t, studio);
  await page.goto(studio.widget);
  const mine = link(page, 'My appointments (opens in a new tab)');
  await looksRight(t, page, 'w1_leads_to_the_account');
  const [tab] = await Promise.all([page.context().waitForEvent('page'), mine.click()]);
  await tab.close();

  await page.goto(studio.account(''));
  assert.equal(new URL(page.url()).pathname, new URL(studio.account('/sign-in')).pathname);
  await looksRight(t, page, 'a1_sign_in');
  await page.getByRole('textbox', { name: 'Phone' }).fill('12');
  await page.keyboard.press('Enter');
  await link(page, /^Please enter a phone number/).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'problems');
  await looksRight(t, page, 'a1_no_number');

  await askForCode(page, studio);
  assert.ok(!page.url().includes('23125'));
  await looksRight(t, page, 'a1_enter_the_code');
  const code = await studio.newestCode();
  await page.getByRole('textbox', { name: 'Code' }).fill(code === '000000' ? '111111' : '000000');
  await page.keyboard.press('Enter');
  await link(page, 'That code does not match. You have 4 tries left.').waitFor();
  await looksRight(t, page, 'a1_a_16_wrong_code');
  await press(page, button(page, 'Send a new code'));
  await page.getByText(/^You can ask for a new code in \d+ seconds?\.$/).waitFor();
  await looksRight(t, page, 'a1_a_16_too_early');

  await page.getByRole('textbox', { name: 'Code' }).fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await press(page, button(page, 'Sign in'));
  await page.getByRole('heading', { name: 'Your appointments', level: 1 }).waitFor();
  assert.equal(await page.getByRole('navigation', { name: 'Account' }).locator('[aria-current=page]').innerText(), 'Upcoming');
  await looksRight(t, page, 'a2_account');

  await page.context().clearCookies();
  await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
  await press(page, button(page, 'Change language'));
  await page.getByText('Please sign in again. Nothing was changed.').waitFor();
  await looksRight(t, page, 'a1_session_over');
});

test('s_33 dates are changed in the account', async (t) => {
  const studio = await openStudio(t);
  await studio.book(studio.yoga.slice(2, 5), { phone: PHONE, spots: 2 });
  const page = await openPage(t, studio);
  await signIn(page, studio);
  const dates = page.getByRole('region', { name: 'Upcoming' });
  assert.equal(await dates.getByRole('listitem').getByRole('button').count(), 3);
  await press(page, dates.getByRole('button').nth(1));
  assert.equal(await dates.getByRole('button').nth(1).getAttribute('aria-expanded'), 'true');

  await press(page, link(page, /^Cancel /));
  await looksRight(t, page, 'a2_w5_cancel');
  await press(page, button(page, 'Cancel this date'));
  await page.getByText('is cancelled.').waitFor();
  await looksRight(t, page, 'a2_w5_cancelled');
  await press(page, link(page, 'Your appointments'));
  assert.equal(await dates.getByText('Cancelled', { exact: true }).count(), 1);

  await press(page, link(page, /^Reschedule /));
  await looksRight(t, page, 'a2_w5_reschedule');
  await page.getByRole('radio').nth(5).check();
  await press(page, button(page, 'Move to this date'));
  await page.getByText('Your old spots are free again.').waitFor();
  await press(page, link(page, /^Fewer spots /));
  await looksRight(t, page, 'a2_w5_fewer_spots');
  await press(page, button(page, 'Keep these spots'));
  await page.getByText('You keep 1 spot on').waitFor();
});

test('what is stored, another language, and the way out', async (t) => {
  const studio = await openStudio(t);
  await studio.book(studio.yoga.slice(2, 5), { phone: PHONE, name: 'Anna Berg' });
  const page = await openPage(t, studio);
  await signIn(page, studio);

  await press(page, link(page, 'What is stored about me'));
  await page.getByText('Yoga 10, 10 visits left').waitFor();
  await looksRight(t, page, 'a2_what_is_stored');
  const [file] = await Promise.all([page.waitForEvent('download'), link(page, 'Download').click()]);
  assert.equal(file.suggestedFilename(), 'about-me.json');

  await press(page, link(page, 'Your appointments'));
  await press(page, link(page, 'Past'));
  await page.getByText('No past dates.').waitFor();
  await looksRight(t, page, 'a2_no_past_dates');
  await page.getByRole('combobox', { name: 'Language' }).selectOption('ru');
  await press(page, button(page, 'Change language'));
  await page.getByRole('heading', { name: 'Ваши записи' }).waitFor();
  await looksRight(t, page, 'a2_in_russian');
  await press(page, button(page, 'Выйти'));
  await page.getByText('You are signed out.').waitFor();
  await looksRight(t, page, 'a1_signed_out');
  await page.goto(studio.account('/offline'));
  await looksRight(t, page, 'a2_offline');
  await page.goto(new URL('/dev/mailbox', studio.widget).href);
  await looksRight(t, page, 'mailbox');
});

test('with scripts panels open in place and the wait counts down', async (t) => {
  const studio = await openStudio(t);
  await studio.book(studio.yoga.slice(2, 5), { phone: PHONE });
  const page = await openScriptedPage(t, studio);
  await askForCode(page, studio);
  await button(page, 'Send a new code').click();
  const wait = page.getByText(/^You can ask for a new code in \d+ seconds?\.$/);
  const seconds = async () => Number((await wait.innerText()).match(/\d+/)[0]);
  const first = await seconds();
  await page.waitForTimeout(2_100);
  assert.ok((await seconds()) < first);

  await page.getByRole('textbox', { name: 'Code' }).fill(await studio.newestCode());
  await button(page, 'Sign in').click();
  const openers = page.getByRole('region', { name: 'Upcoming' }).getByRole('button');
  await openers.nth(2).click();
  const expanded = await openers.evaluateAll((all) => all.map((it) => it.getAttribute('aria-expanded')));
  assert.deepEqual(expanded, ['true', 'false', 'true']);
  assert.ok(!page.url().includes('open='));
});

test('expectation 15: s_34 an installed account says so when there is no network, and keeps nothing of anybody', async (t) => {
  const studio = await openStudio(t);
  await studio.book(studio.yoga.slice(2, 5), { phone: PHONE, name: 'Anna Berg' });
  const page = await openScriptedPage(t, studio);
  await signIn(page, studio);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await press(page, link(page, 'What is stored about me'));
  const kept = await page.evaluate(async () => {
    const texts = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) texts.push(await (await cache.match(request)).text());
    }
    return texts;
  });
  assert.equal(kept.length, 2);
  for (const text of kept) assert.ok(!/Anna|23125 ?014|Yoga/.test(text), text);

  await page.context().setOffline(true);
  await page.goto(studio.account(''));
  await page.getByRole('heading', { name: 'You are offline' }).waitFor();
  await looksRight(t, page, 'a2_s_34_no_network');
  await page.context().setOffline(false);
  await link(page, 'Try again').click();
  await page.getByRole('heading', { name: 'Your appointments' }).waitFor();
});
