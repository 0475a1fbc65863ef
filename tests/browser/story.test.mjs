// The main job as somebody does it who has no scripts and no pointer.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { openPage, openScriptedPage } from './browser.mjs';
import { follow, press, tabThrough, tabTo } from './keyboard.mjs';
import { test } from './limited.mjs';
import { openStudio } from './studio.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const link = (page, name) => page.getByRole('link', { name });
const another = (page) => page.getByRole('group', { name: 'Book another' }).getByRole('checkbox');
const field = (page, name) => page.getByRole('textbox', { name, exact: true });
const openers = (page) => page.getByRole('region', { name: 'Your appointments' }).getByRole('button');

test('pages run no scripts in these tests', async (t) => {
  const page = await openPage(t, await openStudio(t));
  await page.setContent('<title>as sent</title><script>document.title = "changed"</script>');
  assert.equal(await page.title(), 'as sent');
});

test('expectations 2, 3, 11 and 16: s_01 one flow and one confirmation book several dates, and s_31 each is changed alone', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);

  // s_16: the list leads to an event, s_02: which offers more of the same.
  await page.goto(studio.widget);
  await follow(page, link(page, /Yoga with Sofie/).nth(2));
  await tabTo(page, link(page, 'Skip to Continue'));
  await tabTo(page, page.getByRole('spinbutton', { name: 'Spots', exact: true }));
  await page.keyboard.press('ArrowUp');
  for (const which of [0, 2]) {
    await tabTo(page, another(page).nth(which));
    await page.keyboard.press('Space');
  }
  await follow(page, button(page, 'Continue'));
  await page.getByText('3 dates, 6 spots in all').waitFor();

  // s_24: the pencil goes back, and nothing typed is lost.
  await tabTo(page, field(page, 'Name'));
  await page.keyboard.type('Anna Berg');
  await tabTo(page, field(page, 'Comment (optional)'));
  await page.keyboard.type('Two mats, please.');
  await follow(page, button(page, 'Change selection'));
  assert.equal(await page.getByRole('checkbox', { checked: true }).count(), 3);
  await tabTo(page, page.getByRole('checkbox', { checked: false }).first());
  await page.keyboard.press('Space');
  await follow(page, button(page, 'Continue'));
  await page.getByText('4 dates, 8 spots in all').waitFor();
  assert.equal(await field(page, 'Name').inputValue(), 'Anna Berg');
  assert.equal(await field(page, 'Comment (optional)').inputValue(), 'Two mats, please.');

  // s_23: what is left is the number and the confirmation. Enter in a field confirms, and is no pencil.
  await tabTo(page, field(page, 'Phone'));
  await page.keyboard.type('030 23125 014');
  await press(page, 'Enter');

  // s_26: every appointment is listed, s_28: each with a link to Google Calendar.
  await page.getByRole('heading', { name: '4 dates are booked' }).waitFor();
  const result = page.url();
  assert.equal(await openers(page).count(), 4);
  assert.equal(await page.locator('a[href^="https://calendar.google.com/"]').count(), 4);
  // What stands there stays; the message may have gone out meanwhile.
  const shown = async () => (await page.locator('main').innerText()).replace('are also on their way', 'were also sent');
  const before = await shown();
  await page.reload();
  assert.equal(await shown(), before);

  // b_12: calendar files, of one and of all.
  assert.equal(await events(page, link(page, /^Calendar file/)), 1);
  assert.equal(await events(page, link(page, 'All dates in one calendar file')), 4);

  // s_27, s_29: the date button opens an appointment, which is cancelled alone.
  await follow(page, openers(page).nth(1));
  await follow(page, link(page, /^Cancel /));
  await follow(page, button(page, 'Cancel this date'));
  assert.match(await page.locator(':focus').innerText(), /is cancelled\.$/);

  // a_13: another is moved.
  await page.goto(`${result}?open=3`);
  await follow(page, link(page, /^Reschedule /));
  await tabTo(page, page.getByRole('radio').first());
  for (let date = 1; date < 6; date += 1) await page.keyboard.press('ArrowDown');
  await follow(page, button(page, 'Move to this date'));
  assert.match(await page.locator(':focus').innerText(), /Moved to /);

  await page.goto(result);
  const statuses = await openers(page).locator('.status').allInnerTexts();
  assert.deepEqual(statuses.sort(), ['Booked', 'Booked', 'Cancelled', 'Moved']);
});

test('expectation 13: e_06 confirm pressed twice books once', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await page.goto(studio.eventPage(studio.yoga[2], studio.yoga.slice(2, 5)));
  await follow(page, button(page, 'Continue'));
  const form = page.url();
  const otherTab = await openPage(t, studio);
  await otherTab.goto(form);
  for (const tab of [page, otherTab]) {
    await field(tab, 'Name').fill('Anna Berg');
    await field(tab, 'Phone').fill('030 23125 014');
  }
  await button(page, 'Confirm booking').dblclick();
  await page.getByRole('heading', { name: '3 dates are booked' }).waitFor();
  const result = page.url();
  assert.equal(await studio.appointments(), 3);

  // Back to the form, the form in another tab, and its address opened again: all lead to the same result.
  await page.goBack();
  assert.equal(page.url(), result);
  await follow(otherTab, button(otherTab, 'Confirm booking'));
  assert.equal(otherTab.url(), result);
  await page.goto(form);
  assert.equal(page.url(), result);
  assert.equal(await studio.appointments(), 3);
});

test('expectation 11: s_25 Back keeps what was ticked, and s_24 what was typed', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await page.goto(studio.eventPage(studio.yoga[2]));
  await another(page).nth(2).check();
  await follow(page, button(page, 'Continue'));
  await field(page, 'Name').fill('Anna Berg');

  await page.goBack();
  assert.equal(await another(page).nth(2).isChecked(), true);
  await page.goForward();
  assert.equal(await field(page, 'Name').inputValue(), 'Anna Berg');
});

test('expectations 3 and 5: at 400 % zoom nothing that is focused is hidden, and it comes in the order of reading', async (t) => {
  const studio = await openStudio(t);
  const [, , first, second] = studio.yoga;
  const { result_url, appointments: [appointment] } = await studio.book([first, second], { spots: 2 });
  for (const open of [openPage, openScriptedPage]) {
    const page = await open(t, studio);
    for (const address of [
      studio.widget,
      studio.eventPage(first, [first, second], { all: '1', spots: '2' }),
      result_url,
      `${appointment.url}/reschedule`,
      studio.account('/sign-in'),
      `${studio.journal}?day=${first.starts_at.slice(0, 10)}`,
      `${studio.journal}/events/${first.activity_id}`,
      studio.settings(`links/${studio.link}`),
    ]) {
      // 1280 by 1024 px, four times as large; without scripts also as it is.
      const sizes = [{ width: 320, height: 256 }, { width: 1280, height: 1024 }];
      for (const size of open === openPage ? sizes : sizes.slice(0, 1)) {
        await page.setViewportSize(size);
        await page.goto(address);
        const { width } = size;
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${address} at ${width} px`);
        const there = await tabThrough(page, 'Tab');
        const back = await tabThrough(page, 'Shift+Tab');
        assert.deepEqual([...there.troubles, ...back.troubles], [], `${address} at ${width} px`);
        assert.ok(2 < there.stops && there.stops <= back.stops + 1, `${there.stops} and ${back.stops} stops`);
      }
    }
  }
});

/** Follows a link to a calendar file; how many events are in it. */
async function events(page, calendarFile) {
  await tabTo(page, calendarFile);
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.match(download.suggestedFilename(), /\.ics$/);
  const text = await readFile(await download.path(), 'utf8');

  // RFC 5545: lines end in CRLF, are folded at 75 octets, and components are closed in turn.
  const lines = text.split('\r\n');
  assert.equal(lines.pop(), '');
  assert.ok(lines.every((line) => Buffer.byteLength(line) <= 75));
  const open = [];
  const found = [];
  for (const line of text.replace(/\r\n[ \t]/g, '').trimEnd().split('\r\n')) {
    const [, name, value] = /^([A-Z-]+)(?:;[^:]*)?:(.*)$/.exec(line) ?? assert.fail(`no property: ${line}`);
    if (name === 'BEGIN') open.push({ kind: value });
    else if (name === 'END') {
      const component = open.pop();
      assert.equal(component.kind, value);
      found.push(component);
    } else open.at(-1)[name] = value;
  }
  assert.deepEqual(open, []);
  const booked = found.filter(({ kind }) => kind === 'VEVENT');
  for (const { UID, DTSTAMP, DTSTART, SUMMARY } of booked) assert.ok(UID && DTSTAMP && DTSTART && SUMMARY);
  return booked.length;
}
