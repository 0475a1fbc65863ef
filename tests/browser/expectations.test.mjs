// What people expect of these pages, by number. Each has tests that begin with it; one alone is run by its number:
// node --test --test-name-pattern='expectations? (.* )?7\b'
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';

const EXPECTATIONS = {
  1: 'a first visit is quick and small, asks no other site, and nothing moves',
  2: 'every step works without scripts',
  3: 'every step works by keyboard, in the order of reading, and the focus is always seen',
  4: 'axe finds nothing on any page in any state; looksRight makes a test of each',
  5: 'targets are large enough, and nothing scrolls sideways at 320 px or 400 %',
  6: 'the list says all about an event, in words; sold out is shown and cannot be chosen',
  7: 'Book another: three dates of the same service and team member, all on demand, none where it is off',
  8: 'the filter by weekday is seen, is taken back, survives reload and Back, and hides nothing selected',
  9: 'a live count, and at the limit a reason',
  10: 'spots for each date, with the limit that was hit',
  11: 'the summary, the pencil, and nothing typed that is lost',
  12: 'a contact form that browsers fill in and that says what is wrong',
  13: 'Confirm shows that it is on its way and books once',
  14: 'a lost race is told by its date, and one press goes on',
  15: 'failures are told in words, with what was booked and a way on',
  16: 'the result: every booking, its calendar, what may be changed or whom to call, on paper too',
  17: 'cancelling and moving ask once and change that booking alone',
  18: 'what is empty says why and what next',
  19: 'the widget on other sites: two lines, several of them, hostile styles, colours that can be read',
  20: 'journal and settings: alive without taking the focus, quick, and every change is answered',
};

test('every expectation has a test that begins with its number', async () => {
  const folder = new URL('.', import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.mjs'));
  const sources = await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')));
  const heads = sources.join('\n').matchAll(/\btest\(\s*['`]expectations? ([\d, and]+):/gm);
  const shown = new Set([...heads].flatMap(([, numbers]) => numbers.match(/\d+/g).map(Number)));
  assert.deepEqual(Object.keys(EXPECTATIONS).map(Number).filter((number) => !shown.has(number)), []);
});
