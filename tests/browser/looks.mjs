// What must hold for every page, whatever it shows: at 320 and 1280 px, in light, dark and forced colours, with words
// that are longer, and from right to left.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { withScripts } from './browser.mjs';
import { layoutTroubles, lengthen, notMirrored, shorten } from './layout.mjs';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ALL = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
/** The only rule among them that colours change: the elements are the same in every look of one width. */
const CONTRAST = { type: 'rule', values: ['color-contrast'] };
const WIDTHS = [320, 1280];
const COLOURS = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
};

/** Checks the page as it stands; with SHOTS set to a folder, it keeps pictures there. */
export async function looksRight(t, page, name) {
  await t.test(`expectation 4: ${name}`, async () => {
    const found = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      const say = (look, troubles) => found.push(...troubles.map((trouble) => `${width} px, ${look}: ${trouble}`));
      for (const [look, media] of Object.entries(COLOURS)) {
        await page.emulateMedia(media);
        say(look, await page.evaluate(layoutTroubles));
        say(look, await accessibilityTroubles(page, look === 'light' ? ALL : CONTRAST));
        await picture(page, `${name}-${width}-${look}`);
      }
      await page.emulateMedia(COLOURS.light);
      say('mirrored', await page.evaluate(notMirrored));
      await page.evaluate(lengthen);
      say('longer', await page.evaluate(layoutTroubles));
      await picture(page, `${name}-${width}-longer`);
      await page.evaluate(shorten);
    }
    await page.setViewportSize({ width: 320, height: 800 });
    assert.deepEqual(found, []);
  });
}

export async function picture(page, name) {
  if (!process.env.SHOTS) return;
  await mkdir(process.env.SHOTS, { recursive: true });
  const path = join(process.env.SHOTS, `${name.replace(/[^a-z0-9]+/gi, '_')}.png`);
  await page.screenshot({ path, fullPage: true });
}

/** What axe finds against WCAG 2.0 to 2.2, A and AA. */
export function accessibilityTroubles(page, runOnly = ALL) {
  return withScripts(page, async () => {
    if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
    return page.evaluate(async (runOnly) => {
      const { violations } = await globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] });
      return violations.map(({ id, help, nodes }) => `${id}, ${help}: ${nodes.map(({ html }) => html).join(' and ')}`);
    }, runOnly);
  });
}
