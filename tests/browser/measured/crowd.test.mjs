// A day of 2,000 appointments in the journal.
import assert from 'node:assert/strict';

import { openScriptedPage } from '../browser.mjs';
import { test } from '../limited.mjs';
import { openStudio } from '../studio.mjs';

const EVENTS = 10;
const CLIENTS = 200;
/** How many clients book at the same time. */
const AT_ONCE = 16;
/** Milliseconds until the first byte of the day. */
const DAY = 300;
/** Of an event, whose 200 names are sealed, without optimisation and beside other work: usually a third of that. */
const EVENT = 1_000;
/** Milliseconds for which a page may not answer anybody. */
const HELD_UP = 200;

/** Ten events on one day, each booked by 200 clients, who book all ten at once. */
async function crowd(studio) {
  const { service_id, team_member_id, starts_at } = studio.yoga[2];
  const day = starts_at.slice(0, 10);
  const events = [];
  for (let hour = 0; hour < EVENTS; hour += 1) {
    const starts_local = `${day}T${String(6 + hour).padStart(2, '0')}:00:00`;
    const wanted = { service_id, team_member_id, starts_local, duration_minutes: 50, capacity: CLIENTS, weeks: 1 };
    const { items: [event] } = await studio.staff('POST', '/activities', { ...wanted, open: true });
    events.push(event);
  }
  const clients = Array.from({ length: CLIENTS }, (_, client) => client);
  const booking = Array.from({ length: AT_ONCE }, async () => {
    for (let client = clients.pop(); client !== undefined; client = clients.pop()) {
      await studio.book(events, { name: `Client ${client}`, phone: `030 2312${String(5000 + client)}` });
    }
  });
  await Promise.all(booking);
  return { day, events };
}

/** Opens a page; milliseconds until its first byte, the fastest of three. */
async function opened(page, address) {
  const times = [];
  for (let look = 0; look < 3; look += 1) {
    await page.goto(address);
    times.push(
      await page.evaluate(() => {
        const [{ requestStart, responseStart }] = performance.getEntriesByType('navigation');
        return responseStart - requestStart;
      }),
    );
  }
  return Math.min(...times);
}

/** The longest time that the page did not answer while somebody scrolled through it. */
async function scrolled(page) {
  await page.evaluate(() => {
    globalThis.longest = 0;
    const hear = (list) => list.getEntries().forEach(({ duration }) => (globalThis.longest = Math.max(globalThis.longest, duration)));
    new PerformanceObserver(hear).observe({ type: 'longtask' });
  });
  // The observer hears what is long.
  await page.evaluate(() =>
    setTimeout(() => {
      const until = performance.now() + 60;
      while (performance.now() < until);
    }),
  );
  await page.waitForFunction(() => globalThis.longest >= 50);
  await page.evaluate(() => (globalThis.longest = 0));
  await page.mouse.move(300, 400);
  for (let turn = 0; turn < 20; turn += 1) await page.mouse.wheel(0, 900);
  await page.waitForTimeout(300);
  return page.evaluate(() => globalThis.longest);
}

test('expectation 20: a day of 2,000 appointments opens, scrolls and is searched at once', async (t) => {
  const studio = await openStudio(t);
  const began = Date.now();
  const { day, events } = await crowd(studio);
  t.diagnostic(`${EVENTS * CLIENTS} appointments booked in ${Date.now() - began} ms`);
  const page = await openScriptedPage(t, studio);
  await page.setViewportSize({ width: 1280, height: 800 });

  for (const [name, most, address] of [
    ['the day', DAY, `${studio.journal}?day=${day}`],
    ['an event', EVENT, `${studio.journal}/events/${events[0].activity_id}`],
  ]) {
    const first = await opened(page, address);
    const longest = await scrolled(page);
    t.diagnostic(`${name}: first byte after ${Math.round(first)} ms, at most ${Math.round(longest)} ms held up`);
    assert.ok(first < most, `${name}: ${first} ms`);
    assert.ok(longest < HELD_UP, `${name}: ${longest} ms`);
  }
  assert.equal(await page.getByRole('row').count(), CLIENTS + 1);

  await page.goto(`${studio.journal}?day=${day}`);
  await page.getByRole('searchbox', { name: 'Name or phone' }).fill('client 199');
  const asked = Date.now();
  await page.keyboard.press('Enter');
  await page.getByText(/^10 appointments for client 199/).waitFor();
  t.diagnostic(`the search answered after ${Date.now() - asked} ms`);
});
