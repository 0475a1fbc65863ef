// Somebody who has no pointer.
import assert from 'node:assert/strict';

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
