// W2, the event page with Book another, in its states.
import assert from 'node:assert/strict';

import { openPage, press } from './browser.mjs';
import { test } from './limited.mjs';
import { looksRight } from './looks.mjs';
import { openStudio } from './studio.mjs';

const another = (page) => page.getByRole('group', { name: 'Book another' });
const named = (page, name) => page.getByRole('button', { name, exact: true });
const onTuesday = (event) => new Date(event.starts_at).getUTCDay() === 2;
const spots = (page) => page.getByRole('spinbutton', { name: 'Spots', exact: true });
const goOn = (page) => press(page, named(page, 'Continue'));

test('expectations 7 and 8: s_18 three dates, all dates, and s_20 those of one weekday', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await page.goto(studio.widget);

  await press(page, page.getByRole('link', { name: /Yoga with Sofie/ }).nth(2));
  assert.equal(await another(page).getByRole('checkbox').count(), 3);
  const offered = await another(page).getByRole('checkbox').evaluateAll((boxes) => boxes.map((box) => box.value));
  const similar = studio.yoga.filter((event) => event !== studio.yoga[2]).map((event) => event.activity_id);
  assert.deepEqual(offered, similar.slice(0, 3), 'the same service and team member, by start');
  await looksRight(t, page, 'w2_s_18_three_dates');

  await press(page, named(page, 'View all dates'));
  assert.equal(await another(page).getByRole('checkbox').count(), 19);
  await looksRight(t, page, 'w2_s_18_all_dates');

  await another(page).getByRole('checkbox').nth(11).check();
  await press(page, named(page, 'Show fewer dates'));
  assert.equal(await page.getByRole('group', { name: 'Also selected' }).getByRole('checkbox').count(), 1);
  await looksRight(t, page, 'w2_s_25_what_is_hidden_is_also_selected');

  await press(page, another(page).getByRole('button', { name: /show only Tuesdays/ }).first());
  const tuesdays = studio.yoga.filter((event) => event !== studio.yoga[2] && onTuesday(event)).length;
  assert.equal(await another(page).getByRole('button', { name: /Tuesdays only/ }).count(), tuesdays);
  await looksRight(t, page, 'w2_s_20_one_weekday');
  await press(page, another(page).getByRole('button', { name: /Tuesdays only/ }).first());
  assert.equal(await named(page, 'View all dates').count(), 1, 's_21: tapping again clears');
});

test('expectation 10: s_22 spots for all dates and for each', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const [, , opened, next] = studio.yoga;
  await studio.sellOut(next, 2);
  await page.goto(studio.eventPage(opened, [opened, next]));

  await spots(page).fill('2');
  await press(page, named(page, 'Different number per date'));
  assert.equal(await page.getByRole('spinbutton', { name: /^Spots for/ }).count(), 2);
  await looksRight(t, page, 'w2_a_03_spots_for_each_date');

  await press(page, named(page, 'Same for all dates'));
  await spots(page).fill('3');
  await goOn(page);
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await looksRight(t, page, 'w2_e_02_fewer_spots_left_than_asked_for');
  await press(page, page.getByRole('button', { name: /^Take 2 spots/ }));
  assert.equal(await page.getByRole('button', { name: /^Take/ }).count(), 0);

  await page.goto(studio.eventPage(opened));
  await spots(page).fill('9');
  await goOn(page);
  await looksRight(t, page, 'w2_s_42_more_spots_than_one_booking_takes');
});

test('s_25 nothing ticked, and s_13 more dates than the limit', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await studio.changeLink({ multiple_event_booking: { allowed: true, max_events: 4 } });
  const [, , opened] = studio.yoga;

  await page.goto(studio.eventPage(opened));
  await page.getByRole('group', { name: 'Your date' }).getByRole('checkbox').uncheck();
  await goOn(page);
  await page.getByRole('link', { name: 'No date is selected. Please tick at least one to continue.' }).waitFor();
  await looksRight(t, page, 'w2_s_25_nothing_ticked');

  await page.goto(studio.eventPage(opened, studio.yoga.slice(2, 8), { all: '1' }));
  await goOn(page);
  await page.getByRole('link', { name: 'One booking takes up to 4 dates and 6 are ticked. Please clear 2.' }).waitFor();
  await looksRight(t, page, 'w2_s_13_too_many_ticked');
});

test('a_21 dates that changed since they were ticked, and a date that is sold out', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const [, , opened, sold, cancelled, closed, left] = studio.yoga;
  await studio.book([sold]);
  await studio.sellOut(sold);
  await studio.changeEvents([cancelled], 'cancellation');
  await studio.changeEvents([closed], 'online-booking', { open: false }, 'PUT');

  await page.goto(studio.eventPage(opened, [opened, sold, cancelled, closed, left]));
  await goOn(page);
  assert.equal(await page.getByRole('heading', { name: 'There are 3 problems' }).count(), 1);
  await looksRight(t, page, 'w2_a_21_changed_since_ticked');

  await page.goto(`${studio.widget}?event=${sold.activity_id}`);
  await page.getByText('is sold out.', { exact: false }).waitFor();
  await looksRight(t, page, 'w2_opened_date_is_sold_out');
});

test('expectation 7: s_10 one date at a time, s_04 a mix, and a date that is not offered', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const [, , opened] = studio.yoga;

  await page.goto(studio.eventPage(opened, [opened, studio.boxing[1]]));
  await page.getByText('One booking is for one team member and one service.').waitFor();
  await looksRight(t, page, 'w2_s_04_a_mix');

  await page.goto(`${studio.widget}?event=${studio.link}`);
  await looksRight(t, page, 'w2_not_offered');

  await studio.changeRules({ prepayment: true });
  await page.goto(studio.eventPage(opened));
  assert.equal(await another(page).count(), 0);
  await looksRight(t, page, 'w2_s_10_one_date_at_a_time');

  await studio.book([opened]);
  await studio.sellOut(opened);
  await page.goto(`${studio.widget}?event=${opened.activity_id}`);
  await looksRight(t, page, 'w2_s_10_the_only_date_is_sold_out');
});

test('expectation 7: s_18 three other dates are all there is, and s_10 one date where nothing else fits or one is the limit', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const [, , opened, ...others] = studio.yoga;
  const booking = (allowed, max_events) => studio.changeLink({ multiple_event_booking: { allowed, max_events } });
  const boxes = async () => {
    await page.goto(studio.eventPage(opened));
    return another(page).getByRole('checkbox').count();
  };
  for (const [allowed, most] of [[false, 10], [true, 1]]) {
    await booking(allowed, most);
    assert.equal(await boxes(), 0, `${allowed}, up to ${most}`);
    assert.equal(await page.getByText('Book another').count(), 0);
    await goOn(page);
    await page.getByText('1 date, 1 spot').waitFor();
  }
  await booking(true, 10);
  await studio.changeEvents([...studio.yoga.slice(0, 2), ...others.slice(3)], 'cancellation');
  assert.equal(await boxes(), 3);
  assert.equal(await named(page, 'View all dates').count(), 0);
  await page.getByText('For another team member or service, make a separate booking.').waitFor();

  const weekday = another(page).getByRole('button', { name: /show only Thursdays/ }).first();
  await press(page, weekday);
  const thursdays = others.slice(0, 3).filter((event) => !onTuesday(event));
  await studio.changeEvents(thursdays, 'cancellation');
  await page.reload();
  await page.getByText('No Thursdays are free.').waitFor();
  await looksRight(t, page, 'w2_s_20_no_date_of_the_weekday');
  await press(page, named(page, 'Show all weekdays'));

  await studio.changeEvents(others.slice(0, 3).filter(onTuesday), 'cancellation');
  assert.equal(await boxes(), 0, 'nothing else fits');
  await looksRight(t, page, 'w2_s_10_nothing_else_fits');
});
