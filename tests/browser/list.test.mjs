// W1, the list of events, in all its states.
import test from 'node:test';

import { openPage } from './browser.mjs';
import { looksRight } from './looks.mjs';
import { openStudio } from './studio.mjs';

test('s_16 the list of events', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t);

  await page.goto(studio.widget);
  await looksRight(t, page, 'w1 list');
  await studio.book(studio.yoga.slice(0, 1));
  await studio.sellOut(studio.yoga[0]);
  await page.reload();
  await page.getByText('Sold out').waitFor();
  await looksRight(t, page, 'w1 a_07 one sold out');
});
