// A timetable on its way into the branch: chosen, looked at, imported; with scripts and without.
import assert from 'node:assert/strict';

import { openPage, openScriptedPage, press } from './browser.mjs';
import { test } from './limited.mjs';
import { looksRight } from './looks.mjs';
import { openStudio } from './studio.mjs';

const week = (lines) => ({
  name: 'week.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['service,teacher,starts_local,duration_minutes', ...lines, ''].join('\n')),
});

const LINES = [
  'Pilates,Lena,2030-03-05T09:00,45',
  'Pilates,Lena,2030-03-07T09:00,45',
  'Pilates,,2030-03-07T12:00,45',
  'Pilates,Lena,next week,45',
];

for (const [how, open] of [
  ['without scripts', openPage],
  ['with scripts', openScriptedPage],
]) {
  test(`s4_a_timetable_is_looked_at_and_imported_${how.replace(' ', '_')}`, async (t) => {
    const studio = await openStudio(t);
    const page = await open(t, studio);
    await page.goto(studio.settings('import'));
    await looksRight(t, page, `s4_${how}`);

    await press(page, page.getByRole('button', { name: 'Preview' }));
    await page.getByRole('link', { name: 'Please choose a CSV file.' }).waitFor();
    await looksRight(t, page, `s4_no_file_${how}`);

    await page.getByLabel('For so many weeks').fill('3');
    await page.getByLabel('CSV file').setInputFiles(week(LINES));
    await press(page, page.getByRole('button', { name: 'Preview' }));
    await page.getByText('6 new').waitFor();
    await page.getByText('Line 4: has nothing in the column teacher; skipped').waitFor();
    await looksRight(t, page, `s4_preview_${how}`);

    await press(page, page.getByRole('button', { name: 'Import 6 events' }));
    await page.getByText('6 events imported.').waitFor();
    await looksRight(t, page, `s4_done_${how}`);

    await page.getByRole('link', { name: 'Open the journal' }).click();
    await page.getByRole('link', { name: /Pilates, Lena/ }).first().waitFor();
  });
}

test('s4_the_page_follows_an_import_of_many_events', async (t) => {
  const studio = await openStudio(t);
  const page = await openScriptedPage(t, studio);
  await page.goto(studio.settings('import'));
  const many = Array.from({ length: 180 }, (_, n) => `Pilates,Lena,2030-03-05T${clock(n)},45`);
  await page.getByLabel('For so many weeks').fill('104');
  await page.getByLabel('CSV file').setInputFiles(week(many));
  await press(page, page.getByRole('button', { name: 'Preview' }));

  await page.getByRole('button', { name: 'Import 18720 events' }).click();

  await page.getByRole('progressbar').waitFor();
  const done = page.getByText('18720 events imported.');
  await done.waitFor({ timeout: 60_000 });
  assert.ok(await done.evaluate((text) => text === document.activeElement), 'whoever waited is told');
});

const clock = (n) => `${String(Math.floor(n / 12) + 6).padStart(2, '0')}:${String((n % 12) * 5).padStart(2, '0')}`;
