// /api/docs: the API, shown by the program alone.
import assert from 'node:assert/strict';

import { openScriptedPage } from './browser.mjs';
import { test } from './limited.mjs';
import { openStudio } from './studio.mjs';

test('the API is shown and tried at /api/docs, with nothing from elsewhere', async (t) => {
  const studio = await openStudio(t);
  const page = await openScriptedPage(t, studio);
  const said = [];
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
  const hosts = new Set();
  page.on('request', (request) => request.url().startsWith('http') && hosts.add(new URL(request.url()).host));
  const home = new URL(studio.widget);

  await page.goto(new URL('/api/docs', home).href);

  const operation = page.locator('.opblock', { hasText: '/api/v1/branches/{branch}/carts/{cart}/confirmation' });
  await operation.first().waitFor();
  await operation.first().locator('.opblock-summary').click();
  await operation.first().getByText('Idempotency-Key').first().waitFor();
  assert.deepEqual([...hosts], [home.host], 'no request leaves the service');
  assert.deepEqual(said, []);

  // Tried from the page: the branches of this service.
  const list = page.locator('#operations-studio-list_branches');
  await list.locator('.opblock-summary').click();
  await list.getByRole('button', { name: 'Try it out' }).click();
  await list.getByRole('button', { name: 'Execute' }).click();
  await list.getByText('"time_zone": "Europe/Berlin"').first().waitFor();
});
