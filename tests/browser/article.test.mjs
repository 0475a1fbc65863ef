// The rows of the article that no other file shows, as a client and staff meet them, without scripts; and which rows are
// shown where.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';

import { openPage, press } from './browser.mjs';
import { test } from './limited.mjs';
import { openStudio } from './studio.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const another = (page) => page.getByRole('group', { name: 'Book another' });
const boxOf = (page, event) => page.locator(`input[name=event][value="${event.activity_id}"]`);
// Nobody whom the demonstration knows: that client has a membership.
const PHONE = '030 23125 077';

async function goOn(page) {
  await press(page, button(page, 'Continue'));
}

async function type(page) {
  await page.getByLabel('Name').fill('Anna Berg');
  await page.getByLabel('Phone').fill(PHONE);
}

const confirm = (page) => press(page, button(page, 'Confirm booking').last());
const titled = (page, name) => page.getByRole('heading', { name, exact: true }).waitFor();

test('s_02 s_03 s_17 Book another offers further dates, over weeks and weekdays, and never the one picked', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const [, , opened, ...others] = studio.yoga;
  await page.goto(studio.eventPage(opened, [opened], { all: '1' }));

  assert.equal(await another(page).locator(`input[value="${opened.activity_id}"]`).count(), 0);
  const chosen = [others[0], others[3], others[6]];
  for (const event of chosen) await boxOf(page, event).check();
  await goOn(page);

  const days = [opened, ...chosen].map(({ starts_at }) => new Date(starts_at).getUTCDay());
  assert.ok(new Set(days).size === 2, 'Tuesdays and Thursdays');
  await page.getByText('4 dates, 4 spots in all').waitFor();
});

test('s_05 ten dates in one booking, whatever is sent', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const eleven = studio.yoga.slice(2, 13);
  await page.goto(studio.eventPage(eleven[0], eleven));

  await goOn(page);
  await page.getByText('One booking takes up to 10 dates and 11 are ticked. Please clear 1.').first().waitFor();
  assert.equal(await page.locator('input[name=event]:checked').count(), 11, 'all ticks stay');
  await boxOf(page, eleven[10]).uncheck();
  await goOn(page);
  await titled(page, 'Your details');
});

test('s_06 s_07 s_08 three dates with a membership that has two visits left, and none without one', async (t) => {
  const studio = await openStudio(t);
  await studio.changeService('Yoga', { membership: 'required' });
  const page = await openPage(t, studio);
  await page.goto(studio.eventPage(studio.yoga[2], studio.yoga.slice(2, 5)));
  await goOn(page);
  await page.getByText('Yoga needs a membership. We look it up by your phone number.').waitFor();
  await type(page);
  await confirm(page);
  await page.getByText('we found no membership for Yoga under this number').waitFor();
  assert.equal(await studio.appointments(), 0);

  const membership = { client_name: 'Anna Berg', client_phone: PHONE, name: 'Yoga 10', visits: 2 };
  await studio.staff('POST', '/memberships', membership);
  await confirm(page);
  await titled(page, '3 dates are booked');
  const { items } = await studio.staff('GET', '/journal');
  assert.ok(items.length === 3 && items.every(({ membership_id }) => membership_id), JSON.stringify(items));
});

test('s_09 s_12 while it is off one date is booked at a time, and the details are typed again', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await studio.changeRules({ prepayment: true });
  await page.goto(studio.eventPage(studio.yoga[2], studio.yoga.slice(2, 4)));
  await goOn(page);
  await page.getByText('One booking takes 1 date and 2 are ticked. Please clear 1.').first().waitFor();
  await studio.changeRules({ prepayment: false });

  await studio.changeLink({ multiple_event_booking: { allowed: false, max_events: 10 } });
  await page.goto(studio.eventPage(studio.yoga[2]));
  assert.equal(await another(page).count(), 0);
  await goOn(page);
  await type(page);
  await confirm(page);
  await titled(page, 'Your date is booked');
  await press(page, page.getByRole('link', { name: 'Book something else' }));
  await page.getByRole('link', { name: /Yoga with Sofie/ }).first().click();
  await goOn(page);
  assert.equal(await page.getByLabel('Name').inputValue(), '', 'nothing of the first booking rides along');
  assert.equal(await page.getByLabel('Phone').inputValue(), '');
});

test('s_04 s_14 another team member or service is a booking of its own, in plain words', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await page.goto(studio.eventPage(studio.yoga[2]));
  await page.getByText('For another team member or service, make a separate booking.').waitFor();
  assert.equal(await boxOf(page, studio.boxing[2]).count(), 0);

  await page.goto(studio.eventPage(studio.yoga[2], [studio.yoga[2], studio.boxing[2]]));
  await page.getByText('Please make a separate booking for the others.').waitFor();
});

test('s_21 the date of an event shows its weekday alone, and tapping it again all of them', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await page.goto(studio.eventPage(studio.yoga[2]));
  const weekday = new Date(studio.yoga[2].starts_at).getUTCDay();
  const only = weekday === 2 ? 'Tuesdays' : 'Thursdays';
  const date = page.getByRole('button', { name: new RegExp(`${only} only|only ${only}`) });

  await press(page, date.first());
  await page.getByText(`${only} only`).first().waitFor();
  const pressed = page.locator('button[name=dow][aria-pressed=true]');
  assert.ok((await pressed.count()) > 0);
  await press(page, pressed.first());
  assert.equal(await page.locator('button[name=dow][aria-pressed=true]').count(), 0);
});

test('s_28 each appointment has a Google Calendar link of its own', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const booked = await studio.book(studio.yoga.slice(2, 5), {});
  const links = new Set();
  for (const open of [1, 2, 3]) {
    await page.goto(`${booked.result_url}?open=${open}`);
    const link = page.locator('.panel:not([hidden])').getByRole('link', { name: /^Add to Google Calendar/ });
    const address = new URL(await link.getAttribute('href'));
    assert.equal(address.host, 'calendar.google.com');
    links.add(address.searchParams.get('dates'));
  }
  assert.equal(links.size, 3);
});

test('s_11 s_38 s_40 the setting group of a link, its number, and a link that has none', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await page.goto(studio.settings(`links/${studio.link}`));
  const group = page.getByRole('group', { name: 'Multiple event booking' });
  const numbers = await group.getByLabel('How many events at once').locator('option').allTextContents();
  assert.deepEqual(numbers, ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
  await group.getByLabel('How many events at once').selectOption('3');
  await press(page, button(page, 'Save'));
  await page.goto(studio.eventPage(studio.yoga[2]));
  await page.getByText('You can choose up to 3 dates.').waitFor();

  await page.goto(studio.settings('links'));
  await page.getByLabel('Name').fill('One to one');
  await page.getByLabel('Kind').selectOption({ label: 'Individual' });
  await press(page, button(page, 'New link'));
  await titled(page, 'One to one');
  assert.equal(await group.count(), 0);
});

test('s_41 s_42 spots have a limit of their own, in the rules of the branch', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await studio.changeLink({ multiple_event_booking: { allowed: true, max_events: 2 } });
  await page.goto(studio.settings('rules'));
  await page.getByLabel('up to, per date (2 to 255)').fill('3');
  await press(page, button(page, 'Save'));

  await page.goto(studio.eventPage(studio.yoga[2], studio.yoga.slice(2, 4), { spots: '4' }));
  await goOn(page);
  await page.getByText('One booking takes up to 3 spots per date.').first().waitFor();
  await page.getByLabel('Spots', { exact: true }).fill('3');
  await goOn(page);
  await page.getByText('2 dates, 6 spots in all').waitFor();

  await page.goto(studio.settings('rules'));
  await page.getByLabel('Allow occupying multiple spots within one booking').uncheck();
  await press(page, button(page, 'Save'));
  await page.goto(studio.eventPage(studio.yoga[2]));
  assert.equal(await page.getByLabel('Spots', { exact: true }).count(), 0);
});

/** Rows that are a table of rules (S-15) or a way of working (S-44) have no page. */
const WITHOUT_A_PAGE = [15, 44];

test('every row of the article that has a page has a test with its id', async () => {
  const folder = new URL('.', import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.test.mjs'));
  const sources = await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')));
  const titles = [...sources.join('\n').matchAll(/\btest\(\s*(['`])(.*?)\1/g)].map(([, , title]) => title).join('\n');
  const rows = Array.from({ length: 44 }, (_, n) => n + 1).filter((row) => !WITHOUT_A_PAGE.includes(row));
  const missing = rows.filter((row) => !titles.includes(`s_${String(row).padStart(2, '0')}`));
  assert.deepEqual(missing, []);
});
