// W1, the list of events, in its states.
import assert from 'node:assert/strict';

import { openPage, press } from './browser.mjs';
import { test } from './limited.mjs';
import { looksRight } from './looks.mjs';
import { openStudio } from './studio.mjs';

test('expectations 6 and 18: s_16 the list of events, filtered and sold out', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);

  await page.goto(studio.widget);
  await page.getByText('Times in Berlin').waitFor();
  const [tuesday] = studio.yoga;
  const day = new Date(tuesday.starts_at).toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
  const row = page.getByRole('heading', { name: day.replace(',', '') }).locator('xpath=..').getByRole('link');
  assert.equal(
    (await row.textContent()).replace(/\s+/g, ' ').replaceAll(' ,', ',').trim(),
    '18:30, Yoga with Sofie, 60 minutes, 15 EUR at the studio, 9 spots left',
  );
  await looksRight(t, page, 'w1_list');
  await press(page, page.getByRole('link', { name: 'Show more dates' }));
  assert.notEqual(await page.getByRole('link', { name: /spots left/ }).count(), 0);

  await page.getByLabel('Service').selectOption('Yoga');
  await page.getByLabel('Team member').selectOption('Marco');
  await press(page, page.getByRole('button', { name: 'Show' }));
  await page.getByText('No events for Yoga with Marco.').waitFor();
  await looksRight(t, page, 'w1_filter_finds_nothing');

  await press(page, page.getByRole('link', { name: 'Clear filters' }));
  const [first] = studio.yoga;
  await studio.book([first]);
  await studio.sellOut(first);
  await page.reload();
  assert.equal(await page.getByText('Sold out').count(), 1, 'a_07');
  assert.equal(await page.locator(`#e-${first.activity_id} a`).count(), 0, 'it is shown, and is no link');
  await looksRight(t, page, 'w1_a_07_one_is_sold_out');
});

test('expectation 18: s_16 a list with nothing to book, all sold out, and a closed one', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const { service_id, team_member_id } = studio.yoga[0];

  const event = await studio.schedule({ service_id, team_member_id, capacity: 1, inHours: 20 });
  await studio.book([event]);
  await studio.changeLink({ horizon_days: 1, service_ids: [service_id] });
  await studio.changeEvents(studio.yoga.slice(0, 1), 'cancellation');
  await page.goto(studio.widget);
  await page.getByText('All dates shown are sold out.').waitFor();
  await looksRight(t, page, 'w1_all_sold_out');

  await studio.changeEvents([event], 'cancellation');
  await page.reload();
  await page.getByText('No events to book right now.').waitFor();
  await looksRight(t, page, 'w1_nothing_to_book');

  await studio.changeLink({ active: false });
  await page.reload();
  await page.getByText('This booking page is closed.').first().waitFor();
  await looksRight(t, page, 'w1_closed');
});
