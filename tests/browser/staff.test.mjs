// The journal and the settings, in their states.
import assert from 'node:assert/strict';

import { openPage, press } from './browser.mjs';
import { test } from './limited.mjs';
import { looksRight } from './looks.mjs';
import { openStudio } from './studio.mjs';

const named = (page, name) => page.getByRole('button', { name, exact: true });
const save = (page) => press(page, named(page, 'Save'));

test('s_32 the journal: a day, an event, and what staff do with an appointment', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const [, , first, next, cancelled] = studio.yoga;
  const day = (event) => `${studio.journal}?day=${event.starts_at.slice(0, 10)}`;
  await page.goto(`${studio.journal}?day=2020-01-01`);
  await page.getByText('No events on this day.').waitFor();
  await looksRight(t, page, 'j1_no_events');

  await studio.book([first], { spots: 2 });
  await studio.book([first], { phone: '030 23125 031', name: 'Friederike-Charlotte von Hohenstein-Wertheimer' });
  await studio.book([next], { phone: '030 23125 032' });
  await studio.sellOut(next);
  await page.goto(day(next));
  await looksRight(t, page, 'j1_day_with_a_full_event');
  await studio.changeEvents([cancelled], 'cancellation');
  await page.goto(day(cancelled));
  await page.getByRole('link', { name: /Yoga, Sofie, Cancelled/ }).waitFor();
  await looksRight(t, page, 'j1_day_with_a_cancelled_event');

  await page.goto(day(first));
  await press(page, page.getByRole('link', { name: /Yoga/ }));
  await looksRight(t, page, 'j2_event_with_appointments');
  await press(page, page.getByRole('link', { name: 'Move Ben Sommer' }));
  const target = page.locator(`#to-${next.activity_id}`);
  await target.check();
  await press(page, named(page, 'Move to this date'));
  await page.locator('.problems').getByText('filled up. Ben Sommer still has').waitFor();
  assert.ok(await target.isChecked(), 'what was chosen stays');
  await looksRight(t, page, 'j2_a_20_full_without_force');
  await page.getByLabel('Overbook on purpose').check();
  await press(page, named(page, 'Move to this date'));
  await page.getByText('The appointment was moved.').waitFor();
  await looksRight(t, page, 'j2_a_20_moved');
  await press(page, page.getByRole('link', { name: /^Cancel Friederike/ }));
  await looksRight(t, page, 'j2_s_32_cancel_asks_first');
  await press(page, named(page, 'Cancel this appointment'));
  await page.getByText('The appointment is cancelled.').waitFor();
  await looksRight(t, page, 'j2_s_32_cancelled');

  await page.goto(day(next));
  await page.getByRole('link', { name: /3 of 1 taken, 2 over/ }).waitFor();
  await looksRight(t, page, 'j1_a_20_overbooked');
});

test('expectation 20: s_36 booking links, s_37 a new one, and s_39 its settings', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await page.goto(studio.settings('links'));
  await looksRight(t, page, 's1_links');
  await press(page, named(page, 'New link'));
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await looksRight(t, page, 's1_new_link_without_a_name');

  await page.getByLabel('Name').fill('Trial lessons');
  await page.getByLabel('Kind').selectOption('Individual');
  await press(page, named(page, 'New link'));
  assert.equal(await page.getByRole('group', { name: 'Multiple event booking' }).count(), 0, 's_38');
  await looksRight(t, page, 's2_s_38_individual_link');

  await studio.changeRules({ prepayment: true });
  await page.goto(studio.settings(`links/${studio.link}`));
  await looksRight(t, page, 's2_s_39_group_link_while_prepayment_is_on');
  await page.getByLabel('How many events at once').selectOption('4');
  await save(page);
  await page.getByText('Saved').waitFor();
  await looksRight(t, page, 's2_s_43_saved');
  await page.getByLabel('Name').fill('');
  await page.getByLabel('Earliest, hours before').fill('soon');
  await save(page);
  await page.getByRole('heading', { name: 'There are 2 problems' }).waitFor();
  await looksRight(t, page, 's2_with_problems');
});

test('expectation 20: s_30 branch rules, saved, wrong and stale', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await page.goto(studio.settings('rules'));
  await looksRight(t, page, 's3_rules');

  await page.getByLabel('up to, per date').fill('1000');
  await page.getByLabel('until so many hours').first().fill('often');
  await save(page);
  await page.getByRole('heading', { name: 'There are 2 problems' }).waitFor();
  await looksRight(t, page, 's3_with_problems');

  await page.getByLabel('up to, per date').fill('6');
  await page.getByLabel('until so many hours').first().fill('48');
  await studio.changeRules({ prepayment: true });
  await save(page);
  await page.getByText('Somebody changed this meanwhile').waitFor();
  await looksRight(t, page, 's3_stale');

  await page.goto(studio.settings('rules'));
  await page.getByLabel('Clients can reschedule').uncheck();
  await save(page);
  await page.getByText('Saved').waitFor();
  await looksRight(t, page, 's3_s_43_saved');
});

test('b_11 webhooks: none, a wrong address, the secret, what was sent, deleted', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await page.goto(studio.settings('webhooks'));
  await looksRight(t, page, 'webhooks_none');
  await page.getByLabel('Address').fill('http://10.0.0.1/hooks');
  await press(page, named(page, 'Add webhook'));
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await looksRight(t, page, 'webhooks_with_a_problem');

  await page.getByLabel('Address').fill('https://hooks.nowhere.invalid/in');
  await press(page, named(page, 'Add webhook'));
  await page.getByRole('heading', { name: 'Set up webhook' }).waitFor();
  assert.match(await page.getByRole('textbox', { name: 'Secret' }).inputValue(), /^whsec_/);
  await looksRight(t, page, 'webhook_new');
  await press(page, named(page, 'Send a test event'));
  await page.getByText('A test event is on its way.').waitFor();
  await page.waitForTimeout(1000);
  await page.reload();
  await page.getByText('nobody knows where this name is').waitFor();
  await looksRight(t, page, 'webhook_failing');
  await page.goto(studio.settings('webhooks'));
  await page.getByText('nothing has arrived since').waitFor();
  await looksRight(t, page, 'webhooks_failing');
  await page.getByRole('link', { name: /^Set up/ }).click();
  await page.getByRole('link', { name: 'Delete webhook' }).click();
  await looksRight(t, page, 'webhook_delete');
  await press(page, named(page, 'Delete webhook'));
  await page.getByText('The webhook is deleted.').waitFor();
});
