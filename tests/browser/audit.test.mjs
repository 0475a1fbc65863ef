// What auditors read: what happened to a thing, what changed between two moments, what was refused; and who may sign in.
import assert from 'node:assert/strict';

import { openPage, press } from './browser.mjs';
import { test } from './limited.mjs';
import { looksRight } from './looks.mjs';
import { openStudio } from './studio.mjs';

test('b_09 what happened, what changed and what was refused is read by whoever looks for it', async (t) => {
  const studio = await openStudio(t);
  await studio.book(studio.yoga.slice(2, 4));
  await studio.sellOut(studio.yoga[4]);
  await assert.rejects(studio.book(studio.yoga.slice(4, 5), { spots: 2 }));
  const page = await openPage(t, studio);
  await page.goto(studio.journal);
  await press(page, page.getByRole('link', { name: 'Audit', exact: true }));
  await page.getByRole('heading', { name: 'Audit', exact: true }).waitFor();
  await looksRight(t, page, 'audit_form');

  await page.getByLabel('From').fill('1');
  await press(page, page.getByRole('button', { name: 'Show' }));
  await page.getByRole('heading', { name: /^What changed from position 1 to position/ }).waitFor();
  await looksRight(t, page, 'audit_difference');

  await page.getByLabel('What').selectOption({ label: 'Event' });
  await page.getByLabel('Id').fill(studio.yoga[2].activity_id);
  await press(page, page.getByRole('button', { name: 'Show' }));
  await page.getByRole('heading', { name: 'History' }).waitFor();
  await looksRight(t, page, 'audit_history');

  await press(page, page.getByRole('link', { name: 'What was refused' }));
  await page.getByText('not-enough-spots').first().waitFor();
  await looksRight(t, page, 'audit_refusals');
});

test('whoever finds the sign-in before there is an owner is told how one is made', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await page.goto(new URL('/staff/sign-in', studio.journal).href);
  await page.getByRole('heading', { name: 'Nobody can sign in yet' }).waitFor();
  await looksRight(t, page, 'staff_not_yet');
});
