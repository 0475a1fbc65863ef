// What the widget costs somebody who opens it for the first time.
import assert from 'node:assert/strict';
import { get } from 'node:http';

import { openScriptedPage } from '../browser.mjs';
import { test } from '../limited.mjs';
import { openStudio } from '../studio.mjs';

const KB = 1_000;
/** Milliseconds. */
const PAINT = 300;
const LOOKS = 10;

/** Loads a page with an empty cache: bytes over the wire, those of scripts without headers, what the browser measured. */
async function cold(page, address) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const [kinds, heads, bytes, origins] = [new Map(), new Map(), new Map(), new Set()];
  session.on('Network.responseReceived', ({ requestId, response, type }) => {
    kinds.set(requestId, type);
    heads.set(requestId, response.encodedDataLength);
    if (/^http/.test(response.url)) origins.add(new URL(response.url).origin);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => bytes.set(requestId, encodedDataLength));
  await page.goto(address, { waitUntil: 'load' });
  const measured = await page.evaluate(
    () =>
      new Promise((resolve) => {
        let shift = 0;
        const observe = (type, each) =>
          new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
        observe('layout-shift', ({ value }) => (shift += value));
        setTimeout(() => {
          const paint = performance.getEntriesByName('first-contentful-paint')[0].startTime;
          resolve({ shift, paint });
        }, 500);
      }),
  );
  const all = [...bytes].reduce((sum, [, n]) => sum + n, 0);
  const scripts = [...bytes].filter(([id]) => kinds.get(id) === 'Script');
  const script = scripts.reduce((sum, [id, n]) => sum + n - heads.get(id), 0);
  return { ...measured, all, script, origins: [...origins] };
}

test('expectation 1: 30 kB, 10 kB of them script, no other site, nothing moves, painted in 300 ms', async (t) => {
  const studio = await openStudio(t);
  const origin = new URL(studio.widget).origin;
  for (const address of [studio.widget, studio.eventPage(studio.yoga[2])]) {
    // Other work of the machine only adds to it, and the first page of a browser also starts it.
    const looks = [];
    const fastest = () => looks.sort((one, other) => one.paint - other.paint)[0];
    while (looks.length < LOOKS && !(fastest()?.paint < PAINT)) {
      looks.push(await cold(await openScriptedPage(t, studio), address));
    }
    const seen = fastest();
    t.diagnostic(`${seen.all} bytes, ${seen.script} of script, painted after ${seen.paint} ms, shift ${seen.shift}`);
    assert.ok(seen.all <= 30 * KB, `${seen.all} bytes`);
    assert.ok(seen.script <= 10 * KB, `${seen.script} bytes of script`);
    assert.ok(seen.shift < 0.02, `shift ${seen.shift}`);
    assert.ok(seen.paint < PAINT, `painted after ${seen.paint} ms`);
    assert.deepEqual(seen.origins, [origin]);
  }
});

test('embed.js is at most 3 kB', async (t) => {
  const studio = await openStudio(t);
  const size = await new Promise((resolve, reject) => {
    get(new URL('/embed.js', studio.widget), { headers: { 'accept-encoding': 'br' } }, async (answer) => {
      let sum = 0;
      for await (const chunk of answer) sum += chunk.length;
      resolve(sum);
    }).on('error', reject);
  });
  t.diagnostic(`${size} bytes`);
  assert.ok(size <= 3 * KB, `${size} bytes`);
});
