// The journal: without scripts, by keyboard, and alive.
import assert from 'node:assert/strict';

import { openPage, openScriptedPage, press } from './browser.mjs';
import { follow, tabTo } from './keyboard.mjs';
import { test } from './limited.mjs';
import { looksRight } from './looks.mjs';
import { openStudio } from './studio.mjs';

const dayOf = (event) => event.starts_at.slice(0, 10);
const onDay = (studio, event, more = '') => `${studio.journal}?day=${dayOf(event)}${more}`;
const ofEvent = (studio, event, more = '') => `${studio.journal}/events/${event.activity_id}${more}`;
const link = (page, name) => page.getByRole('link', { name, exact: true });
const button = (page, name) => page.getByRole('button', { name, exact: true });
const focused = (page) => page.evaluate(() => document.activeElement.id);
const wide = (page) => page.setViewportSize({ width: 1280, height: 800 });

test('expectation 18: j1 a day, a week, an empty day, and a person who is looked for', async (t) => {
  const studio = await openStudio(t);
  const [, , first, second] = studio.yoga;
  await studio.book([first, second], { spots: 2, name: 'Friederike-Charlotte von Hohenstein-Wertheimer' });
  const { service_id, team_member_id } = studio.boxing[0];
  const evening = { service_id, team_member_id, starts_local: `${dayOf(first)}T18:45:00`, duration_minutes: 45 };
  await studio.staff('POST', '/activities', { ...evening, capacity: 1, weeks: 1, open: false });
  const page = await openPage(t, studio);

  await page.goto(onDay(studio, first));
  await page.getByRole('region', { name: 'Schedule' }).waitFor();
  await page.getByRole('link', { name: /^18:30, Yoga, Sofie, 2 of 9 taken$/ }).waitFor();
  await looksRight(t, page, 'j1_day');
  await wide(page);
  for (const member of ['Sofie', 'Marco']) await page.getByRole('heading', { name: member, exact: true }).waitFor();
  await press(page, link(page, 'Week'));
  await looksRight(t, page, 'j1_week');
  await page.goto(`${studio.journal}?day=2020-01-01`);
  await looksRight(t, page, 'j1_no_events');
  await press(page, link(page, 'Next day with events'));

  await page.getByRole('searchbox', { name: 'Name or phone' }).fill('friederike');
  await press(page, button(page, 'Search'));
  await page.getByText('2 appointments for friederike').waitFor();
  assert.doesNotMatch(page.url(), /friederike/i);
  await looksRight(t, page, 'j1_search');
  await page.getByRole('searchbox', { name: 'Name or phone' }).fill('nobody at all');
  await press(page, button(page, 'Search'));
  await page.getByText('Nobody found.').waitFor();
  await looksRight(t, page, 'j1_search_nobody');
});

test('j2 an event: attendance, capacity, a stale change, history and a cancellation', async (t) => {
  const studio = await openStudio(t);
  const [, , first, second] = studio.yoga;
  await studio.book([first, second], { spots: 2 });
  await studio.book([first], { phone: '030 23125 031', name: 'Friederike-Charlotte von Hohenstein-Wertheimer' });
  const page = await openPage(t, studio);
  await page.goto(ofEvent(studio, first));
  await page.getByText(/booked together with/).waitFor();
  await press(page, button(page, 'Arrived Ben Sommer'));
  assert.equal(await button(page, 'Arrived Ben Sommer').getAttribute('aria-pressed'), 'true');
  await press(page, page.getByRole('button', { name: /^No-show Friederike/ }));
  await looksRight(t, page, 'j2_event');
  await press(page, button(page, 'Arrived Ben Sommer'));
  assert.equal(await button(page, 'Arrived Ben Sommer').getAttribute('aria-pressed'), 'false');

  await press(page, link(page, 'Ben Sommer'));
  await looksRight(t, page, 'j2_client');
  await press(page, link(page, 'Grant a membership'));
  await page.getByLabel('Visits').fill('none');
  await press(page, button(page, 'Grant'));
  await page.getByRole('heading', { name: 'There are 2 problems' }).waitFor();
  await looksRight(t, page, 'j2_a_membership_that_cannot_be');
  await page.getByLabel('Name').fill('Yoga 10');
  await page.getByLabel('Visits').fill('10');
  await press(page, button(page, 'Grant'));
  await page.getByText('The membership is granted.').waitFor();
  await page.getByText('Yoga 10: 10 visits left').waitFor();
  await page.goto(ofEvent(studio, first));
  await press(page, link(page, 'Capacity'));
  await page.getByLabel('Capacity').fill('2');
  await press(page, button(page, 'Save'));
  await page.getByText('3 spots are taken. With 2 the event is overbooked by 1.').first().waitFor();
  await looksRight(t, page, 'j2_capacity_below_taken');
  await press(page, button(page, 'Save anyway'));
  await page.getByText('3 of 2 taken, 1 over').waitFor();

  await press(page, link(page, 'Move event'));
  await looksRight(t, page, 'j2_move_event');
  await page.getByLabel('Time').fill('19:15');
  await studio.changeEvents([first], 'capacity', { capacity: 12 }, 'PUT');
  await press(page, page.getByRole('button', { name: /^Move event and tell \d+ clients?$/ }));
  await page.getByText('Somebody changed this meanwhile').waitFor();
  await looksRight(t, page, 'j2_stale');
  await press(page, button(page, 'Save mine'));
  await page.getByText('The event was changed.').waitFor();
  await press(page, link(page, 'History'));
  await looksRight(t, page, 'j2_history');

  await page.goto(ofEvent(studio, first, '/team-member'));
  await looksRight(t, page, 'j2_replace_team_member');
  await page.goto(ofEvent(studio, first, '/cancel'));
  await press(page, page.getByRole('button', { name: /^Cancel event and tell \d+ clients?$/ }));
  await page.getByText('This event is cancelled.').waitFor();
  await looksRight(t, page, 'j2_cancelled');
});

test('j3 booking for a client who is found, and for a new one, into a full event on purpose', async (t) => {
  const studio = await openStudio(t);
  const [, , first, second] = studio.yoga;
  await studio.book([second]);
  await studio.sellOut(first, 1);
  await studio.book([first], { phone: '030 23125 031', name: 'Mia Holm' });
  const page = await openPage(t, studio);
  await page.goto(`${studio.journal}/book`);
  await looksRight(t, page, 'j3_which_event');

  await page.goto(`${studio.journal}/book?event=${first.activity_id}`);
  await page.getByRole('searchbox', { name: 'Name or phone' }).fill('sommer');
  await press(page, button(page, 'Search'));
  await page.getByRole('radio', { name: /Ben Sommer/ }).waitFor();
  await looksRight(t, page, 'j3_found');
  await press(page, button(page, 'Book for Ben Sommer'));
  await page.getByText('is full.').first().waitFor();
  await looksRight(t, page, 'j3_full');
  await page.getByLabel('Overbook on purpose').check();
  await press(page, button(page, 'Book for Ben Sommer'));
  await page.getByRole('heading', { name: '1 date is booked for Ben Sommer.' }).waitFor();
  await looksRight(t, page, 'j3_booked');

  await page.goto(`${studio.journal}/book?event=${second.activity_id}`);
  await press(page, button(page, 'Book'));
  await page.getByRole('heading', { name: 'There are 2 problems' }).waitFor();
  await looksRight(t, page, 'j3_problems');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Leo Neu');
  await page.getByLabel('Phone', { exact: true }).fill('030 23125 077');
  await press(page, button(page, 'Book'));
  await page.getByText('1 date is booked for Leo Neu.').waitFor();
  await press(page, link(page, 'Print'));
  await page.getByText('Leo Neu').waitFor();
  await looksRight(t, page, 'j1_print');
});

test('j3 with scripts, people are found and overbooking is told without leaving the form', async (t) => {
  const studio = await openStudio(t);
  const [, , first, second] = studio.yoga;
  await studio.book([second]);
  await studio.sellOut(second, 1);
  const page = await openScriptedPage(t, studio);
  await page.goto(`${studio.journal}/book?event=${first.activity_id}`);
  await page.evaluate(() => (globalThis.stillHere = true));
  await page.getByRole('searchbox', { name: 'Name or phone' }).fill('sommer');
  await page.keyboard.press('Enter');
  await page.getByRole('radio', { name: /Ben Sommer/ }).waitFor();
  assert.match(await focused(page), /^p-/);
  await page.locator(`#d-${second.activity_id}`).check();
  await page.getByText('would have 2 of 1 taken.').waitFor();
  await page.getByLabel('Overbook on purpose').check();
  await page.locator(`#d-${second.activity_id}`).uncheck();
  await page.getByText('would have 2 of 1 taken.').waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => globalThis.stillHere), true);
  await looksRight(t, page, 'live_j3');
});

test('expectation 3: at the desk somebody is booked, has come, is moved and cancelled, by keyboard alone', async (t) => {
  const studio = await openStudio(t);
  const [, , first, second] = studio.yoga;
  await studio.book([first]);
  const page = await openPage(t, studio);
  await page.goto(onDay(studio, first));
  await follow(page, page.getByRole('link', { name: /^18:30, Yoga/ }));
  await follow(page, button(page, 'Arrived Ben Sommer'));
  assert.equal(await button(page, 'Arrived Ben Sommer').getAttribute('aria-pressed'), 'true');
  await follow(page, link(page, 'Move Ben Sommer'));
  await tabTo(page, page.getByRole('radio').first());
  await page.keyboard.press('Space');
  const to = await page.getByRole('radio', { checked: true }).inputValue();
  await follow(page, button(page, 'Move to this date'));
  await page.getByText('The appointment was moved.').waitFor();
  await page.goto(`${studio.journal}/events/${to}`);
  await follow(page, link(page, 'Cancel Ben Sommer'));
  await follow(page, button(page, 'Cancel this appointment'));
  await page.getByText('The appointment is cancelled.').waitFor();

  await page.goto(ofEvent(studio, second));
  await follow(page, link(page, 'Book for a client'));
  await tabTo(page, page.getByRole('searchbox', { name: 'Name or phone' }));
  await page.keyboard.type('sommer');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  await follow(page, button(page, 'Book for Ben Sommer'));
  await page.getByText('1 date is booked for Ben Sommer.').waitFor();
});

test('expectation 20: counts follow silently, new bookings wait behind a pill, and focus and scroll stay', async (t) => {
  const studio = await openStudio(t);
  const [, , first] = studio.yoga;
  const page = await openScriptedPage(t, studio);
  await wide(page);
  await page.goto(onDay(studio, first));
  await page.getByText(/^Live, \d\d:\d\d$/).waitFor();
  const entry = page.locator(`#c-${first.activity_id}`);
  await entry.focus();

  const before = Date.now();
  await studio.book([first], { spots: 2 });
  await entry.getByText('2 of 9 taken').waitFor();
  await button(page, '1 new booking').waitFor();
  assert.ok(Date.now() - before < 2_000, `${Date.now() - before} ms`);
  assert.equal(await focused(page), `c-${first.activity_id}`);
  await studio.book([first], { phone: '030 23125 031' });
  await button(page, '2 new bookings').waitFor();
  await looksRight(t, page, 'live_j1_pill');
  await wide(page);
  await button(page, '2 new bookings').click();
  await page.locator(`#c-${first.activity_id}.fresh`).waitFor();
  assert.equal(await page.locator('.pill').count(), 0);

  await page.goto(ofEvent(studio, first));
  await page.getByText(/^Live, /).waitFor();
  await studio.book([first], { phone: '030 23125 032', name: 'Mia Holm' });
  await link(page, 'Mia Holm').waitFor();
  await link(page, 'Mia Holm').focus();
  await studio.book([first], { phone: '030 23125 033', name: 'Leo Neu' });
  await button(page, '1 new booking').waitFor();
  assert.equal(await link(page, 'Leo Neu').count(), 0, 'nothing moves while somebody is in the table');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Mia Holm');
  await button(page, '1 new booking').click();
  await link(page, 'Leo Neu').waitFor();

  const arrived = button(page, 'Arrived Mia Holm');
  await arrived.click();
  await page.locator('[aria-pressed=true]').waitFor();
  assert.match(await focused(page), /^arrived-/);
  await looksRight(t, page, 'live_j2');
});

test('expectation 20: a lost connection is told, with a way to help oneself, and goes when it is healed', async (t) => {
  const studio = await openStudio(t);
  const page = await openScriptedPage(t, studio);
  let away = true;
  await page.route('**/live', (route) => (away ? route.abort() : route.continue()));
  await page.goto(studio.journal);

  await page.getByText(/^Live updates are paused since \d\d:\d\d\./).waitFor();
  await button(page, 'Reload').waitFor();
  await looksRight(t, page, 'live_j1_paused');
  away = false;
  await page.getByText(/^Live, /).waitFor();
});

test('j1 arrow keys go from event to event', async (t) => {
  const studio = await openStudio(t);
  const [, , first, second] = studio.yoga;
  const page = await openScriptedPage(t, studio);
  await wide(page);
  await page.goto(onDay(studio, first, '&view=week'));
  await page.locator(`#c-${first.activity_id}`).focus();
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await focused(page), `c-${first.activity_id}`);
  while ((await focused(page)) !== `c-${second.activity_id}`) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  assert.notEqual(await focused(page), `c-${second.activity_id}`);
});

test('dropping an event or an appointment opens the page that asks', async (t) => {
  const studio = await openStudio(t);
  const [, , first, second] = studio.yoga;
  await studio.book([first]);
  const page = await openScriptedPage(t, studio);
  await wide(page);
  await page.goto(onDay(studio, first, '&view=week'));
  const free = page.locator('.column').first();
  const day = await free.getAttribute('data-day');
  await page.locator(`#c-${first.activity_id}`).dragTo(free.locator('h2'));
  await page.getByRole('heading', { name: 'Move event' }).waitFor();
  assert.equal(await page.getByLabel('Date').inputValue(), day);
  assert.equal(await page.getByLabel('Time').inputValue(), '18:30');

  await page.goto(ofEvent(studio, first));
  const row = page.getByRole('row', { name: /Ben Sommer/ });
  const target = page.locator(`[data-target="${second.activity_id}"]`);
  await row.getByRole('cell').nth(1).hover();
  await page.mouse.down();
  await page.mouse.move(400, 500, { steps: 5 });
  await target.hover();
  await target.hover();
  await page.mouse.up();
  await page.getByRole('heading', { name: 'Move: Ben Sommer' }).waitFor();
  assert.ok(await page.locator(`#to-${second.activity_id}`).isChecked());
});
