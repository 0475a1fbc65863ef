// Somebody who has no pointer.
import assert from 'node:assert/strict';

/** Tabs through the whole page and says what was wrong on the way; how many stops there were. */
export async function tabThrough(page, key) {
  const seen = [];
  const troubles = [];
  await page.evaluate(() => document.activeElement.blur());
  // The window itself is a stop between the last and the first.
  for (let outside = 0; ; ) {
    await page.keyboard.press(key);
    const stop = await page.evaluate(() => {
      const { activeElement: focused, body } = document;
      if (focused === body || focused.dataset.seen) return undefined;
      focused.dataset.seen = '1';
      const { left, bottom, top } = focused.getBoundingClientRect();
      return { left, top: top + scrollY, bottom: bottom + scrollY, name: focused.outerHTML.slice(0, 120) };
    });
    if (!stop && !seen.length && outside < 2) {
      outside += 1;
      continue;
    }
    if (!stop) break;
    troubles.push(...(await page.evaluate(focusTroubles)));
    seen.push(stop);
  }
  const inOrder = key === 'Tab' ? seen : [...seen].reverse();
  // A column beside another begins at its top again.
  const back = inOrder.filter((stop, at) => at && stop.bottom <= inOrder[at - 1].top && stop.left <= inOrder[at - 1].left);
  troubles.push(...back.map(({ name }) => `comes too late: ${name}`));
  await page.evaluate(() => document.querySelectorAll('[data-seen]').forEach((element) => delete element.dataset.seen));
  return { stops: seen.length, troubles };
}

/** Tabs on until that is focused. Whatever gets the focus on the way can be seen, and is marked. */
export async function tabTo(page, what) {
  const LONGEST = 150;
  for (let steps = 0; steps < LONGEST; steps += 1) {
    if (await what.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
    assert.deepEqual(await page.evaluate(focusTroubles), []);
  }
  throw new Error(`no way by Tab to ${what}`);
}

export async function press(page, key) {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)]);
}

/** Tabs to a link or button, and follows it to the page behind it. */
export async function follow(page, what) {
  await tabTo(page, what);
  await press(page, 'Enter');
}

/** Runs in the page. */
function focusTroubles() {
  const focused = document.activeElement;
  if (focused === document.body) return [];
  const name = focused.outerHTML.slice(0, 120);
  const troubles = [];
  if (getComputedStyle(focused).outlineStyle === 'none') troubles.push(`no mark of the focus: ${name}`);
  // A link of several lines is not where the middle of all of them is.
  const { left, top, width, height } = focused.getClientRects()[0];
  const hit = document.elementFromPoint(left + width / 2, top + height / 2);
  if (!hit || !(focused.contains(hit) || hit.contains(focused))) troubles.push(`covered or out of sight: ${name}`);
  return troubles;
}
