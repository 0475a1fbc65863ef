// What must hold for every page, whatever it shows: at 320 and 1280 px, in light and dark.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { withScripts } from './browser.mjs';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ALL = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
/** The only thing among them that width and colours change: the elements are the same in every look. */
const CONTRAST = { type: 'rule', values: ['color-contrast'] };
const LOOKS = [
  { width: 320, colorScheme: 'light', rules: ALL },
  { width: 320, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark', rules: CONTRAST },
];

/** Checks the page as it stands; with SHOTS set to a folder, it keeps pictures there. */
export async function looksRight(t, page, name) {
  await t.test(name, async () => {
    const found = [];
    for (const { width, colorScheme, rules } of LOOKS) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      const troubles = await page.evaluate(layoutTroubles);
      if (rules) troubles.push(...(await accessibilityTroubles(page, rules)));
      found.push(...troubles.map((trouble) => `${width} px, ${colorScheme}: ${trouble}`));
      await picture(page, `${name}-${width}-${colorScheme}`);
    }
    await page.setViewportSize({ width: 320, height: 800 });
    assert.deepEqual(found, []);
  });
}

async function picture(page, name) {
  if (!process.env.SHOTS) return;
  await mkdir(process.env.SHOTS, { recursive: true });
  const path = join(process.env.SHOTS, `${name.replace(/[^a-z0-9]+/gi, '_')}.png`);
  await page.screenshot({ path, fullPage: true });
}

function accessibilityTroubles(page, runOnly) {
  return withScripts(page, async () => {
    if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
    return page.evaluate(async (runOnly) => {
      const { violations } = await globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] });
      return violations.map(({ id, help, nodes }) => `${id}, ${help}: ${nodes.map(({ html }) => html).join(' and ')}`);
    }, runOnly);
  });
}

/** Runs in the page. */
function layoutTroubles() {
  const troubles = [];
  const say = (trouble) => troubles.push(trouble);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const called = (element) => element.outerHTML.replace(/\s+/g, ' ').slice(0, 120);

  const { scrollWidth } = document.documentElement;
  if (innerWidth < scrollWidth) say(`scrolls sideways: ${scrollWidth} px`);
  if (!document.documentElement.lang) say('names no language');
  if (!document.title.trim()) say('has no title');
  if (all('h1').length !== 1) say(`has ${all('h1').length} h1`);

  // What nobody can point at: the twin of a button that Enter presses, and links that show when they are focused.
  const clipped = (element) => element.matches('.clipped, [tabindex="-1"][aria-hidden="true"]');
  const away = ({ width, height, right }) => width === 0 || height === 0 || right <= 0;
  // 2.5.8 leaves out a link within a sentence: its line says how high it is.
  const withinSentence = (element) =>
    element.matches('a') &&
    getComputedStyle(element).display === 'inline' &&
    element.textContent.trim().length < element.parentElement.textContent.trim().length;
  for (const element of all('a, button, input:not([type=hidden]), select, textarea, summary')) {
    const box = element.getBoundingClientRect();
    if (clipped(element) || away(box) || withinSentence(element)) continue;
    if (box.width < 24 || box.height < 24) {
      say(`is ${Math.round(box.width)} by ${Math.round(box.height)} px: ${called(element)}`);
    }
    if (box.left < 0 || innerWidth < Math.floor(box.right)) say(`reaches out of the window: ${called(element)}`);
  }
  for (const element of all('label, p, li, h1, h2, h3, legend')) {
    const { width, height } = element.getBoundingClientRect();
    const words = element.textContent.trim();
    // Thirty letters in a column that is narrow and high stand one below the other.
    const squeezed = 30 < words.length && width < 100 && 200 < height;
    if (squeezed && !clipped(element)) say(`is squeezed to ${Math.round(width)} px: ${called(element)}`);
  }
  for (const element of all('input:not([type=hidden]), select, textarea')) {
    const named = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id));
    const labels = [...element.labels, ...named].map((label) => label?.textContent.trim());
    if (!labels.some(Boolean)) say(`has no label: ${called(element)}`);
    // A box is drawn by the browser.
    const marked = element.type === 'checkbox' || getComputedStyle(element).borderTopWidth === '2px';
    if (element.ariaInvalid === 'true' && !marked) say(`is not marked as wrong: ${called(element)}`);
  }
  return troubles;
}
