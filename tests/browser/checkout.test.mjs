// W3, contact details and the confirmation, in its states.
import assert from 'node:assert/strict';

import { openPage, press } from './browser.mjs';
import { test } from './limited.mjs';
import { looksRight } from './looks.mjs';
import { openStudio } from './studio.mjs';

const named = (page, name) => page.getByRole('button', { name, exact: true });
const confirm = (page) => press(page, named(page, 'Confirm booking'));

/** Selects these dates and goes on to the contact step. */
async function goOn(page, studio, events, more) {
  await page.goto(studio.eventPage(events[0], events, more));
  await press(page, named(page, 'Continue'));
  await page.getByRole('heading', { name: 'Your details', level: 1 }).waitFor();
}

async function type(page, { name = 'Anna Berg', phone = '030 23125 014' } = {}) {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByLabel('Phone').fill(phone);
}

test('expectation 12: s_23 contact details, with what is missing beside its field', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const soon = await studio.schedule({ ...studio.yoga[0], inHours: 5, capacity: 9 });
  await goOn(page, studio, [soon, ...studio.yoga.slice(2, 4)], { spots: '2' });
  await page.getByText('Online cancelling has closed for this date.').waitFor();
  await looksRight(t, page, 'w3_contact_details');

  const field = (label) => page.getByLabel(label);
  for (const [label, type, autocomplete] of [['Name', 'text', 'name'], ['Phone', 'tel', 'tel'], ['E-mail', 'email', 'email']]) {
    const kind = await field(label).evaluate((input) => [input.type, input.autocomplete, input.placeholder]);
    assert.deepEqual(kind, [type, autocomplete, '']);
  }
  await page.getByLabel('E-mail').fill('anna');
  await confirm(page);
  await page.getByRole('heading', { name: 'There are 3 problems' }).waitFor();
  assert.match(await page.title(), /^Problem: /);
  assert.equal(await page.locator(':focus').getAttribute('id'), 'problems');
  await looksRight(t, page, 'w3_fields_with_problems');
});

test('a_26 every field required, with a consent, and no changes online', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const consent = 'I agree that the studio keeps my name and number to run the classes that I book.';
  await studio.changeLink({ email: 'required', comment: 'required', consent_text: consent });
  await studio.changeRules({ cancellation: { allowed: false, notice_minutes: 0 } });
  await goOn(page, studio, studio.yoga.slice(2, 3));
  await looksRight(t, page, 'w3_a_26_all_required');

  await type(page);
  await page.getByLabel('E-mail').fill('anna@example.org');
  await page.getByLabel('Comment').fill('A mat, please.');
  await confirm(page);
  assert.equal(await page.getByRole('link', { name: 'Please agree to the privacy notice to book.' }).count(), 1);
  await looksRight(t, page, 'w3_a_26_without_consent');
});

test('expectation 14: a_10 a lost race, and e_19 what changed meanwhile', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const [, , first, full, few, moved] = studio.yoga;
  await goOn(page, studio, [first, full, few, moved], { spots: '2' });
  await studio.book([full, few]);
  await studio.sellOut(full);
  await studio.sellOut(few, 2);
  await studio.changeEvents([moved], 'moving', { starts_local: `${moved.starts_at.slice(0, 10)}T20:00:00` });

  await type(page);
  await confirm(page);
  await named(page, 'Book the other 2 dates').waitFor();
  assert.equal(await page.getByText('Nothing is booked yet').count(), 1);
  await looksRight(t, page, 'w3_a_10_lost_race_and_a_moved_date');
  await press(page, named(page, 'Book the other 2 dates'));
  await page.getByRole('heading', { name: '2 dates are booked' }).waitFor();
});

test('expectation 14: e_01 a date that filled up is swapped for another in one press', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const [, , first, full] = studio.yoga;
  await goOn(page, studio, [first, full]);
  await studio.book([full]);
  await studio.sellOut(full);
  await type(page);
  await confirm(page);
  await page.getByText('filled up a moment ago').waitFor();
  await press(page, page.getByRole('button', { name: /^Take .+ instead/ }).first());
  await page.getByText('2 dates, 2 spots in all').waitFor();
  assert.equal(await page.getByLabel('Phone').inputValue(), '030 23125 014');
  await confirm(page);
  await page.getByRole('heading', { name: '2 dates are booked' }).waitFor();
});

test('a_15 a date that the client already has, and a_24 a membership that is missing', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const [, , first, next] = studio.yoga;
  await studio.book([first], { phone: '+49 30 23125014' });
  await goOn(page, studio, [first, next]);
  await type(page);
  await confirm(page);
  await page.getByText('Nothing is booked yet: you already have').waitFor();
  await looksRight(t, page, 'w3_a_15_already_has_the_date');

  await studio.changeService('Yoga', { membership: 'required' });
  await goOn(page, studio, [next]);
  await type(page, { phone: '030 23125 077' });
  await confirm(page);
  await page.getByText('we found no membership for Yoga under this number').waitFor();
  assert.equal(await page.getByRole('button', { name: / instead/ }).count(), 0, 'other dates need one too');
  await looksRight(t, page, 'w3_a_24_no_membership');
});

test('expectation 11: s_24 the pencil shows the selection again', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await goOn(page, studio, studio.yoga.slice(2, 5), { spots: '2' });
  await type(page);
  await press(page, named(page, 'Change selection'));
  assert.equal(await page.getByRole('checkbox', { checked: true }).count(), 3);
  await looksRight(t, page, 'w2_s_24_from_the_pencil');
});
