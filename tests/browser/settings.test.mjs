// The looks of a link, the catalogue and the team, without scripts and by keyboard.
import assert from 'node:assert/strict';

import { openPage, openScriptedPage, press } from './browser.mjs';
import { hostPage, twoLines } from './host.mjs';
import { test } from './limited.mjs';
import { looksRight } from './looks.mjs';
import { openStudio } from './studio.mjs';

const named = (page, name) => page.getByRole('button', { name, exact: true });

test('expectation 19: s_43 a link wears its looks, and only the sites it names may frame it', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await page.goto(studio.settings(`links/${studio.link}`));

  await page.getByLabel('Colour').fill('yellow');
  await page.getByLabel('Sites that may embed it').fill('nowhere');
  await press(page, named(page, 'Save'));
  await page.getByRole('heading', { name: 'There are 2 problems' }).waitFor();
  assert.equal(await page.getByLabel('Colour').inputValue(), 'yellow');
  await looksRight(t, page, 's2_colour_and_sites_that_cannot_be');

  await page.getByLabel('Colour').fill('#ffd400');
  await page.getByLabel('Light or dark').selectOption({ label: 'dark' });
  await page.getByLabel('Sites that may embed it').fill('https://studio.example');
  await press(page, named(page, 'Save'));
  await page.getByText('Links use a deeper shade').waitFor();
  await looksRight(t, page, 's2_with_looks');

  await page.goto(studio.widget);
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
  await looksRight(t, page, 'w1_in_yellow');
  await page.goto(studio.eventPage(studio.yoga[2]));
  await looksRight(t, page, 'w2_in_yellow');

  const visitor = await openScriptedPage(t, studio);
  await visitor.goto(await hostPage(t, twoLines(studio)));
  await visitor.getByRole('link', { name: 'Book online' }).waitFor();
  await visitor.waitForTimeout(500);
  assert.equal(await visitor.getByRole('link', { name: 'Book online' }).count(), 1, 'another site gets a plain link');
});

test('the catalogue and the team are set on pages', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await page.goto(studio.settings('catalogue'));
  await looksRight(t, page, 's_catalogue');

  const added = page.getByRole('form', { name: 'New service' });
  await added.getByLabel('Name').fill('Barre');
  await added.getByLabel('Price').fill('1.234');
  await press(page, named(page, 'Add service'));
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await looksRight(t, page, 's_catalogue_an_amount_that_cannot_be');
  await added.getByLabel('Price').fill('12.50');
  await press(page, named(page, 'Add service'));
  await page.getByRole('heading', { name: 'Barre' }).waitFor();

  await page.goto(studio.settings('team'));
  await press(page, page.getByRole('button', { name: /^Calendar feed of their dates/ }).first());
  await page.getByLabel('Calendar feed').first().waitFor();
  await looksRight(t, page, 's_team');
});

test('s2_looks are tried before they are saved, and nothing typed is left without a question', async (t) => {
  const studio = await openStudio(t);
  const page = await openScriptedPage(t, studio);
  await page.goto(studio.settings(`links/${studio.link}`));
  const preview = page.frameLocator('#preview');
  const html = preview.locator('html');
  await preview.getByRole('heading', { name: 'Book an event' }).waitFor();

  await page.getByLabel('Colour').fill('#7a3fb0');
  await page.getByLabel('Light or dark').selectOption({ label: 'dark' });
  await page.getByLabel('Language', { exact: true }).selectOption({ label: 'Deutsch' });
  await preview.getByRole('heading', { name: 'Termin buchen' }).waitFor();
  // Its words may stand before its colours are there.
  await (await page.locator('#preview').elementHandle().then((frame) => frame.contentFrame())).waitForLoadState('load');
  assert.equal(await html.getAttribute('data-theme'), 'dark');
  assert.equal(await html.evaluate((root) => getComputedStyle(root).getPropertyValue('--accent').trim()), '#7a3fb0');
  await looksRight(t, page, 's2_preview');

  const asked = page.waitForEvent('dialog').then((dialog) => (dialog.dismiss(), dialog.type()));
  await page.getByRole('link', { name: 'Journal' }).click();
  assert.equal(await asked, 'beforeunload');
  assert.match(page.url(), /links/, 'whoever stays has lost nothing');
  assert.equal(await page.getByLabel('Colour').inputValue(), '#7a3fb0');

  page.on('dialog', () => assert.fail('what is saved asks nothing'));
  await press(page, named(page, 'Save'));
  await page.getByText('Saved.').waitFor();
  await press(page, page.getByRole('link', { name: 'Journal' }));
});

test('s_36 what staff give away opens where clients are: the widget, the two lines, a calendar', async (t) => {
  const studio = await openStudio(t);
  const page = await openScriptedPage(t, studio);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(studio.settings('links'));
  await looksRight(t, page, 's1_with_scripts');

  await page.getByRole('button', { name: /^Copy address/ }).first().click();
  await page.getByText('Copied').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), studio.widget);
  const [widget] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: studio.widget }).click(),
  ]);
  await widget.getByRole('heading', { name: 'Book an event' }).waitFor();

  await page.goto(studio.settings(`links/${studio.link}`));
  const lines = await page.locator('#snippet').innerText();
  assert.ok(lines.includes(`src="${studio.widget}"`) && lines.includes('/embed.js'), lines);
  const visitor = await openScriptedPage(t, studio);
  await visitor.goto(await hostPage(t, { body: lines }));
  await visitor.frameLocator('iframe').getByRole('heading', { name: 'Book an event' }).waitFor();

  await page.goto(studio.settings('team'));
  await press(page, page.getByRole('button', { name: /^Calendar feed of their dates/ }).first());
  const feed = await page.getByLabel('Calendar feed').first().inputValue();
  assert.match(await (await fetch(feed)).text(), /^BEGIN:VCALENDAR/);
});
