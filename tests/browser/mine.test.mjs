// W4 and W5, the result page and each appointment, in their states.
import assert from 'node:assert/strict';

import { openPage, press } from './browser.mjs';
import { test } from './limited.mjs';
import { looksRight } from './looks.mjs';
import { openStudio } from './studio.mjs';

const link = (page, name) => page.getByRole('link', { name });

test('expectation 16: s_26 the result lists every appointment, s_27 and opens each', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const booked = await studio.book(studio.yoga.slice(2, 5), { spots: 2 });
  await page.goto(booked.result_url);
  const yours = page.getByRole('region', { name: 'Your appointments' });
  assert.equal(await yours.getByRole('listitem').getByRole('button').count(), 3);
  await looksRight(t, page, 'w4_result');
  await press(page, yours.getByRole('button').nth(1));
  assert.equal(await yours.getByRole('button').nth(1).getAttribute('aria-expanded'), 'true');
  await looksRight(t, page, 'w4_s_27_second_opened');

  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByText(/^Reference/).filter({ visible: true }).count(), 3, 'on paper all are open');
  assert.equal(await page.getByRole('link', { name: /^(Cancel|Add to|All dates)/ }).filter({ visible: true }).count(), 0);
  await page.emulateMedia({ media: null });
  for (const appointment of booked.appointments) await studio.cancel(appointment);
  await page.goto(booked.result_url);
  await page.getByRole('heading', { name: 'No date is booked any more' }).waitFor();
  await looksRight(t, page, 'w4_all_cancelled');
});

test('a_10 a result of which a part could not be booked', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const [, , first, full] = studio.yoga;
  const confirm = await studio.bookSlowly([first, full], { mode: 'best_effort', phone: '030 23125 031' });
  await studio.book([full]);
  await studio.sellOut(full);
  const { result_url } = await confirm();
  await page.goto(result_url);
  await page.getByRole('heading', { name: '1 of 2 dates are booked' }).waitFor();
  await looksRight(t, page, 'w4_a_10_partly_booked');
});

test('expectation 17: s_29 an appointment is cancelled by its client', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const { appointments: [appointment] } = await studio.book(studio.yoga.slice(2, 4), { spots: 2 });
  await page.goto(appointment.url);
  await looksRight(t, page, 'w5_appointment');

  await press(page, link(page, /^Cancel /));
  await looksRight(t, page, 'w5_cancel_asks_once');
  await press(page, page.getByRole('button', { name: 'Cancel this date' }));
  await page.getByText('is cancelled.').waitFor();
  assert.equal(await link(page, 'Book this date again').count(), 1);
  await looksRight(t, page, 'w5_cancelled');
});

test('expectation 17: a_13 an appointment is moved by its client, and a_28 keeps fewer spots', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const [, , first, full] = studio.yoga;
  const { appointments: [appointment] } = await studio.book([first], { spots: 3 });
  await page.goto(appointment.url);
  const calendarFile = new URL(await link(page, /^Calendar file/).getAttribute('href'), studio.widget);
  const sequence = async () => Number((await (await fetch(calendarFile)).text()).match(/^SEQUENCE:(\d+)/m)?.[1] ?? 0);
  const before = await sequence();

  await press(page, link(page, /^Reschedule /));
  await looksRight(t, page, 'w5_reschedule');
  const move = page.getByRole('button', { name: 'Move to this date' });
  await press(page, move);
  await page.getByRole('link', { name: 'Please choose a date to move to.' }).waitFor();
  await looksRight(t, page, 'w5_reschedule_without_a_date');
  await page.locator(`#to-${full.activity_id}`).check();
  await studio.sellOut(full);
  await press(page, move);
  await page.getByText('filled up a moment ago.').waitFor();
  await looksRight(t, page, 'w5_a_13_lost_race');
  await page.getByRole('radio').nth(3).check();
  await press(page, move);
  await page.getByText('Your old spots are free again.').waitFor();
  await looksRight(t, page, 'w5_moved');
  assert.ok(before < (await sequence()), 'calendars take it for the newer one');

  await press(page, link(page, /^Fewer spots /));
  await looksRight(t, page, 'w5_a_28_fewer_spots');
  await page.getByRole('spinbutton', { name: 'Spots' }).fill('');
  await press(page, page.getByRole('button', { name: 'Keep these spots' }));
  await page.getByRole('link', { name: 'Please enter how many spots you keep.' }).waitFor();
  await looksRight(t, page, 'w5_a_28_no_number');
  await page.getByRole('spinbutton', { name: 'Spots' }).fill('1');
  await press(page, page.getByRole('button', { name: 'Keep these spots' }));
  await page.getByText('You keep 1 spot on').waitFor();
});

test('expectation 18: a_13 no other date fits', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const { appointments: [appointment] } = await studio.book([studio.yoga[2]]);
  await studio.changeEvents(studio.yoga.filter((event) => event !== studio.yoga[2]), 'cancellation');
  await page.goto(`${appointment.url}/reschedule`);
  await page.getByText('No other date fits right now.').waitFor();
  await looksRight(t, page, 'w5_a_13_no_other_date');
});

test('expectations 16 and 17: s_35 after the notice and with the rules off the page says whom to call', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const soon = await studio.schedule({ ...studio.yoga[0], inHours: 1.5, capacity: 9 });
  const { appointments: [appointment] } = await studio.book([soon]);
  await page.goto(appointment.url);
  await page.getByText('Online cancelling ended on').waitFor();
  assert.equal(await link(page, /^Cancel /).count(), 0);
  await looksRight(t, page, 'w5_s_35_after_the_notice');

  await page.goto(`${appointment.url}/cancel`);
  await press(page, page.getByRole('button', { name: 'Cancel this date' }));
  await page.getByText('Nothing was changed: online cancelling ended on').waitFor();
  await looksRight(t, page, 'w5_s_35_refused_after_the_notice');

  const off = { allowed: false, notice_minutes: 0 };
  await studio.changeRules({ cancellation: off, rescheduling: off });
  await page.goto(appointment.url);
  await page.getByText('To cancel, please call the studio').waitFor();
  await looksRight(t, page, 'w5_s_35_rules_off');

  await studio.changeEvents([soon], 'cancellation');
  await page.reload();
  await page.getByText('The studio cancelled this date on').waitFor();
  assert.equal(await link(page, 'Book this date again').count(), 0);
  await looksRight(t, page, 'w5_e_20_cancelled_by_the_studio');
});
