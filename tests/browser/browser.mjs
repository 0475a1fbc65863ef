// A real browser, in which pages run scripts only where a test wants them.
import { after } from 'node:test';

import { chromium } from 'playwright-core';

import { needed } from './needed.mjs';

let launched;

function browser() {
  // Without Chromium's own sandbox, which refuses to run as root; it sees no pages but ours.
  launched ??= chromium.launch({ executablePath: needed('CHROMIUM'), chromiumSandbox: false, args: QUIET });
  return launched;
}

/** Nothing is asked of any other machine. */
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

after(async () => (await launched)?.close());

/** Of each page, the line to the switch for its scripts. */
const switches = new WeakMap();

/** Somebody with a window of their own, at first as small as a small phone. */
export async function openPage(t, studio) {
  const page = await openScriptedPage(t, studio);
  switches.set(page, await page.context().newCDPSession(page));
  await runScripts(page, false);
  return page;
}

/** The same, with scripts. */
export async function openScriptedPage(t, studio) {
  const context = await (await browser()).newContext({
    baseURL: new URL(studio.widget).origin,
    viewport: { width: 320, height: 800 },
    // Colours are measured at once, not while they fade.
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(10_000);
  t.after(() => context.close());
  return context.newPage();
}

/** What is done with scripts running, for tools that need timers; the page's own have had their time by then. */
export async function withScripts(page, action) {
  if (!switches.has(page)) return action();
  await runScripts(page, true);
  try {
    return await action();
  } finally {
    await runScripts(page, false);
  }
}

// Playwright's own `javaScriptEnabled: false` cannot be lifted again for axe.
const runScripts = (page, run) => switches.get(page).send('Emulation.setScriptExecutionDisabled', { value: !run });

/** Milliseconds until a page is there: longer than a press may take, so that a press that fails says so itself. */
const ARRIVAL = 30_000;

/** Presses a link or a button that leads to a page, and waits until it is there. */
export async function press(page, what) {
  await Promise.all([page.waitForEvent('load', { timeout: ARRIVAL }), what.click()]);
}
