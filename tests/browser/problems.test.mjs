// What people see when an address opens nothing, or a step is refused.
import assert from 'node:assert/strict';

import { openPage, press } from './browser.mjs';
import { test } from './limited.mjs';
import { looksRight } from './looks.mjs';
import { openStudio } from './studio.mjs';

test('a_22 an address that opens nothing is a page, whatever is wrong with it', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  const { origin } = new URL(studio.widget);
  const wrong = ['/', '/nothing', '/w/yoga/link', `/w/${studio.link}/${studio.link}`, '/m/cut-off', '/c/cut-off/x'];
  const ofStaff = ['/', '/journal/riverside', `/settings/${studio.link}/links`];
  const addresses = [
    ...wrong.map((path) => origin + path),
    ...ofStaff.map((path) => new URL(studio.journal).origin + path),
  ];
  for (const address of addresses) {
    const answer = await page.goto(address);
    assert.equal(answer.status(), 404, address);
    assert.equal(await page.getByRole('heading', { name: 'This address opens nothing' }).count(), 1, address);
  }
  await looksRight(t, page, 'sorry_not_found');
});

test('a form from a foreign page is told where to go on, in words', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await page.setContent(`<form method="post" action="${studio.widget}"><button>Send</button></form>`);
  await press(page, page.getByRole('button'));
  await page.getByRole('heading', { name: 'Please open this page on its own' }).waitFor();
  await looksRight(t, page, 'sorry_foreign_frame');
});
