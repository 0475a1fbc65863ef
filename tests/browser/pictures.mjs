// Pictures of the pages for the README: `cargo xtask pictures` writes them to docs/pictures.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { openScriptedPage } from './browser.mjs';
import { needed } from './needed.mjs';
import { openStudio } from './studio.mjs';

const LOOKS = [
  { width: 320, colorScheme: 'light' },
  { width: 320, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
];
/** As high as what a reader sees first. */
const HEIGHT = 800;

/** In every look; from an element on, if there is more than a reader sees at first. */
async function pictures(page, name, from) {
  const folder = needed('PICTURES');
  await mkdir(folder, { recursive: true });
  // Nothing is under the mouse.
  await page.mouse.move(0, 0);
  for (const { width, colorScheme } of LOOKS) {
    await page.setViewportSize({ width, height: HEIGHT });
    await page.emulateMedia({ colorScheme });
    await from?.evaluate((element) => element.scrollIntoView());
    await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) });
  }
  await page.setViewportSize({ width: 320, height: HEIGHT });
}

test('widget, result, account, journal and settings', async (t) => {
  const studio = await openStudio(t);
  const page = await openScriptedPage(t, studio);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setTimezoneOverride', { timezoneId: 'Europe/Berlin' });
  const [, , first, , second] = studio.yoga;
  await studio.book([first, second], { spots: 2 });

  await page.goto(studio.widget);
  await pictures(page, 'list');
  await page.goto(studio.eventPage(first, [first, second]));
  await page.getByText('2 of 10 selected').waitFor();
  await pictures(page, 'event');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Name').fill('Anna Berg');
  await page.getByLabel('Phone').fill('030 23125 014');
  await pictures(page, 'details');
  await page.getByRole('button', { name: 'Confirm booking' }).last().click();
  await page.getByRole('heading', { name: '2 dates are booked' }).waitFor();
  await pictures(page, 'result');

  const day = first.starts_at.slice(0, 10);
  await page.goto(`${studio.journal}?day=${day}&view=week`);
  await pictures(page, 'journal');
  await page.goto(`${studio.journal}/events/${first.activity_id}`);
  await pictures(page, 'journal-event');
  await page.goto(studio.settings(`links/${studio.link}`));
  await pictures(page, 'settings', page.getByRole('group', { name: 'Multiple event booking' }));
});
