// What people see when an address opens nothing, or a step is refused.
import assert from 'node:assert/strict';

import { openPage, press } from './browser.mjs';
import { test } from './limited.mjs';
import { looksRight } from './looks.mjs';
import { openStudio } from './studio.mjs';

test('expectation 15: a_22 an address that opens nothing is a page, whatever is wrong with it', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const { origin } = new URL(studio.widget);
  const wrong = ['/', '/nothing', '/w/yoga/link', `/w/${studio.link}/${studio.link}`, '/m/cut-off', '/c/cut-off/x'];
  const ofStaff = ['/', '/journal/riverside', `/settings/${studio.link}/links`];
  const addresses = [
    ...wrong.map((path) => origin + path),
    ...ofStaff.map((path) => new URL(studio.journal).origin + path),
  ];
  for (const address of addresses) {
    const answer = await page.goto(address);
    assert.equal(answer.status(), 404, address);
    assert.equal(await page.getByRole('heading', { name: 'This address opens nothing' }).count(), 1, address);
  }
  await looksRight(t, page, 'sorry_not_found');
});

test('expectation 15: a form from a foreign page is told where to go on, in words', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await page.setContent(`<form method="post" action="${studio.widget}"><button>Send</button></form>`);
  await press(page, page.getByRole('button'));
  await page.getByRole('heading', { name: 'Please open this page on its own' }).waitFor();
  await looksRight(t, page, 'sorry_foreign_frame');
});

/** The contact step of two dates, filled in. */
async function fillIn(page, studio) {
  await page.goto(studio.eventPage(studio.yoga[2], studio.yoga.slice(2, 4)));
  await press(page, page.getByRole('button', { name: 'Continue' }));
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Anna Berg');
  await page.getByLabel('Phone').fill('030 23125 014');
}

test('expectation 15: while the store is busy nothing is lost, and the same form books once', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await fillIn(page, studio);
  const letGo = await studio.holdStore();
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
  await press(page, page.getByRole('button', { name: 'Confirm booking', exact: true }));
  assert.equal((await answered).status(), 503);
  await page.getByText('This step was not taken in, so nothing was changed. Please try again in 5 seconds.').waitFor();
  await looksRight(t, page, 'sorry_very_busy');
  await letGo();
  await press(page, page.getByRole('button', { name: 'Try again' }));
  await page.getByRole('heading', { name: '2 dates are booked' }).waitFor();
  assert.equal(await studio.appointments(), 2);
});

test('expectation 15: while the store cannot be read a page says so, and Try again goes on', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await page.goto(studio.widget);
  await studio.meddle('ALTER TABLE availability RENAME TO away');
  assert.equal((await page.reload()).status(), 503);
  await page.getByRole('heading', { name: 'Very busy right now' }).waitFor();
  await page.getByText(/^Request [0-9a-f-]{36}$/).waitFor();
  await looksRight(t, page, 'sorry_store_away');
  await studio.meddle('ALTER TABLE away RENAME TO availability');
  await press(page, page.getByRole('link', { name: 'Try again' }));
  await page.getByRole('heading', { name: 'Book an event' }).waitFor();
});

/** A page of somebody behind a proxy that the studio trusts. */
async function openBehindProxy(t, limit) {
  const studio = await openStudio(t, ['--trusted-proxy', '127.0.0.1', '--rate-limit', limit]);
  const page = await openPage(t, studio);
  await page.setExtraHTTPHeaders({ 'x-forwarded-for': '198.51.100.7' });
  return { studio, page };
}

test('a_22 whoever asks too often is told when to come again, and the same form books once', async (t) => {
  const { studio, page } = await openBehindProxy(t, 'changes=2:60/min');
  await fillIn(page, studio);
  // Somebody else at the same address was faster.
  const other = { method: 'POST', headers: { 'x-forwarded-for': '198.51.100.7' }, redirect: 'manual' };
  await Promise.all([1, 2, 3].map(() => fetch(studio.widget, other)));
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
  await press(page, page.getByRole('button', { name: 'Confirm booking', exact: true }));
  const answer = await answered;
  assert.equal(answer.status(), 429);
  assert.match(answer.headers()['retry-after'], /^[1-9][0-9]*$/);
  await page.getByRole('heading', { name: 'One moment, please' }).waitFor();
  await page.getByText(/^Many requests came from your connection. Nothing was changed. Please try again in/).waitFor();
  await looksRight(t, page, 'sorry_one_moment');
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await press(page, page.getByRole('button', { name: 'Try again' }));
  await page.getByRole('heading', { name: '2 dates are booked' }).waitFor();
  assert.equal(await studio.appointments(), 2);
});

test('a_22 a page that was asked for too often is told so, and Try again leads to it', async (t) => {
  const { studio, page } = await openBehindProxy(t, 'requests=2:60/min');
  let answer;
  for (let asked = 0; asked < 3; asked += 1) answer = await page.goto(studio.widget);
  assert.equal(answer.status(), 429);
  await looksRight(t, page, 'sorry_one_moment_of_a_page');
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await press(page, page.getByRole('link', { name: 'Try again' }));
  await page.getByRole('heading', { name: 'Book an event' }).waitFor();
});

test('expectation 15: what breaks on our side is a page with a number to tell the studio', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await studio.meddle(`UPDATE events SET payload = '{}' WHERE event_type LIKE 'activity.scheduled.%'`);
  const event = new URL(studio.journal).pathname + `/events/${studio.yoga[2].activity_id}`;
  const answer = await page.goto(new URL(`${event}/history`, studio.journal).href);
  assert.equal(answer.status(), 500);
  await page.getByRole('heading', { name: 'Something went wrong on our side' }).waitFor();
  await page.getByText(/^Nothing was changed\. .* tell the studio this number: [0-9a-f-]{36}\.$/).waitFor();
  await looksRight(t, page, 'sorry_our_side');
});

test('expectation 15: what breaks at Confirm leaves nobody guessing', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await fillIn(page, studio);
  // Somebody wrote past the ledger: the next fact of the event has no place of its own.
  await studio.meddle(`INSERT INTO events SELECT aggregate_type, aggregate_id, sequence + 1, event_type, event_version,
    payload, metadata, branch_id, 1000000 + position, recorded_at, hash FROM events WHERE aggregate_type = 'activity'`);
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
  await press(page, page.getByRole('button', { name: 'Confirm booking', exact: true }));
  assert.equal((await answered).status(), 500);
  await page.getByRole('heading', { name: 'We are not sure yet' }).waitFor();
  await looksRight(t, page, 'sorry_not_sure_yet');
  await studio.meddle('DELETE FROM events WHERE position > 1000000');
  await press(page, page.getByRole('button', { name: 'Check again' }));
  await page.getByRole('heading', { name: '2 dates are booked' }).waitFor();
  assert.equal(await studio.appointments(), 2);
});
