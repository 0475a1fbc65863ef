// The widget on a studio's own page, which is another site.
import assert from 'node:assert/strict';

import { openPage, openScriptedPage } from './browser.mjs';
import { examplePage, hostPage, twoLines } from './host.mjs';
import { test } from './limited.mjs';
import { accessibilityTroubles, picture } from './looks.mjs';
import { openStudio } from './studio.mjs';

const frame = (page, nth = 0) => page.locator('cartwheel-widget').nth(nth).frameLocator('iframe');

/** What the widget tells its page, from now on. */
const listen = (page) =>
  page.evaluate(() => {
    globalThis.heard = [];
    for (const type of ['step', 'booked', 'error']) {
      document.addEventListener(`cartwheel:${type}`, ({ detail }) => globalThis.heard.push({ type, ...detail }));
    }
  });
const heard = (page) => page.evaluate(() => globalThis.heard);

/** Waits until the frame is as high as its page: before that it is hidden, and moves. */
const sized = (page, nth = 0) =>
  page.waitForFunction((nth) => {
    const root = document.querySelectorAll('cartwheel-widget')[nth].shadowRoot;
    return !root.querySelector('.waiting') && root.querySelector('iframe').offsetHeight !== 480;
  }, nth);

test('expectation 19: two lines book several dates on another site, without a cookie', async (t) => {
  const studio = await openStudio(t);
  const page = await openScriptedPage(t, studio);
  await page.goto(await hostPage(t, twoLines(studio)));
  await listen(page);

  await sized(page);
  await frame(page).getByRole('link', { name: /Yoga with Sofie/ }).nth(2).click();
  await frame(page).getByRole('checkbox').nth(1).check();
  await frame(page).getByText('2 of 10 selected').waitFor();
  const { inner, outer } = await page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    const iframe = document.querySelector('cartwheel-widget').shadowRoot.querySelector('iframe');
    return { outer: iframe.offsetHeight, inner: innerWidth };
  });
  assert.ok(300 < outer && inner === 320);
  await frame(page).getByRole('button', { name: 'Continue' }).click();
  await frame(page).getByLabel('Name').fill('Anna Berg');
  await frame(page).getByLabel('Phone').fill('030 23125 014');
  await frame(page).getByRole('button', { name: 'Confirm booking' }).last().click();
  await frame(page).getByRole('heading', { name: '2 dates are booked' }).waitFor();

  await page.waitForFunction(() => globalThis.heard.some(({ type }) => type === 'booked'));
  assert.deepEqual((await heard(page)).filter(({ type }) => type === 'booked'), [{ type: 'booked', dates: 2 }]);
  const steps = (await heard(page)).filter(({ type }) => type === 'step').map(({ step }) => step);
  assert.deepEqual([...new Set(steps)], ['events', 'event', 'details', 'result']);
  assert.deepEqual(await page.context().cookies(), []);
  assert.equal(await studio.appointments(), 2);
});

test('expectation 19: a hostile style sheet and a strict policy of the host page change nothing', async (t) => {
  const studio = await openStudio(t);
  const origin = new URL(studio.widget).origin;
  const policy = `default-src 'none'; script-src ${origin}; frame-src ${origin}; style-src 'unsafe-inline'`;
  const page = await openScriptedPage(t, studio);
  const { head, body } = twoLines(studio);
  const hostile = '<style>* { all: unset !important; font-size: 60px !important; display: inline !important }</style>';
  await page.goto(await hostPage(t, { head: head + hostile, body, policy }));

  await sized(page);
  const width = await page.evaluate(() => {
    const iframe = document.querySelector('cartwheel-widget').shadowRoot.querySelector('iframe');
    return iframe.getBoundingClientRect().width;
  });
  assert.ok(width >= 300, `the frame is ${width} px wide`);
  const size = await frame(page).getByRole('heading', { level: 1 }).evaluate((h1) => getComputedStyle(h1).fontSize);
  assert.equal(size, '22px');
});

test('expectation 1: nothing moves once the widget is there', async (t) => {
  const studio = await openStudio(t);
  const page = await openScriptedPage(t, studio);
  const { head, body } = twoLines(studio);
  await page.goto(await hostPage(t, { head, body }));
  const shifts = () =>
    page.evaluate(
      () =>
        new Promise((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (sum += value)))
            .observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => resolve(sum), 500);
        }),
    );
  await sized(page);
  assert.ok((await shifts()) < 0.02);
});

test('expectation 1: a widget below the fold is as high as its page before anybody scrolls to it', async (t) => {
  const studio = await openStudio(t);
  const page = await openScriptedPage(t, studio);
  const { head, body } = twoLines(studio);
  await page.goto(await hostPage(t, { head, body: `<p style="block-size: 1000px">Our rooms</p>${body}` }));
  await sized(page);
  assert.equal(await page.evaluate(() => scrollY), 0);
});

test('expectation 19: several widgets, by attributes: one in the page, one behind a button, one floating', async (t) => {
  const studio = await openStudio(t);
  const page = await openScriptedPage(t, studio);
  const one = twoLines(studio, 'lang="de" theme="dark" accent="#7a3fb0"');
  const popup = twoLines(studio, 'mode="popup" label="Book a class"').body;
  const floating = twoLines(studio, 'mode="floating"').body;
  await page.goto(await hostPage(t, { head: one.head, body: one.body + popup + floating }));
  await sized(page);

  const look = await frame(page).locator('html').evaluate((html) => {
    const style = getComputedStyle(html);
    return { lang: html.lang, theme: html.dataset.theme, accent: style.getPropertyValue('--accent').trim() };
  });
  assert.deepEqual(look, { lang: 'de', theme: 'dark', accent: '#7a3fb0' });
  await frame(page).getByRole('link', { name: /Yoga/ }).nth(2).click();
  await frame(page).locator('h1', { hasText: 'Yoga' }).waitFor();
  const still = await frame(page).locator('html').evaluate((html) => [html.lang, html.dataset.theme]);
  assert.deepEqual(still, ['de', 'dark'], 'they ride along');

  await page.getByRole('button', { name: 'Book a class' }).click();
  await frame(page, 1).getByRole('link', { name: /Yoga/ }).first().waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Book online' }).click();
  await frame(page, 2).getByRole('link', { name: /Yoga/ }).first().waitFor();
  assert.equal(await page.getByRole('dialog').count(), 1);
});

test('what other pages say is not heard', async (t) => {
  const studio = await openStudio(t);
  const page = await openScriptedPage(t, studio);
  await page.goto(await hostPage(t, twoLines(studio)));
  await sized(page);
  await listen(page);

  await page.evaluate(() => postMessage({ source: 'cartwheel', v: 1, type: 'booked', dates: 9 }, '*'));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  assert.deepEqual(await heard(page), []);
});

test('expectation 15: a widget that cannot be loaded leaves a plain link', async (t) => {
  const studio = await openStudio(t);
  const page = await openScriptedPage(t, studio);
  const { head } = twoLines(studio);
  await page.route('**/w/**', (route) => route.abort());
  await page.goto(await hostPage(t, { head, body: `<cartwheel-widget src="${studio.widget}"></cartwheel-widget>` }));

  const link = page.getByRole('link', { name: 'Book online' });
  await link.waitFor();
  assert.equal(new URL(await link.getAttribute('href')).pathname, new URL(studio.widget).pathname);
});

test('expectation 19: all three widgets of the example book on another site', async (t) => {
  const studio = await openStudio(t);
  const page = await openScriptedPage(t, studio);
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  await page.goto(await examplePage(t, studio));
  assert.notEqual(new URL(page.url()).hostname, new URL(studio.widget).hostname, 'the frame is of another site');

  const [, , ...events] = studio.yoga;
  const books = async (nth, event) => {
    await sized(page, nth);
    await frame(page, nth).locator(`#e-${event.activity_id} a`).click();
    await frame(page, nth).getByRole('button', { name: 'Continue' }).click();
    await frame(page, nth).getByLabel('Name').fill('Anna Berg');
    await frame(page, nth).getByLabel('Phone').fill('030 23125 014');
    await frame(page, nth).getByRole('button', { name: 'Confirm booking' }).last().click();
    await frame(page, nth).getByRole('heading', { name: 'Your date is booked' }).waitFor();
  };
  await books(0, events[0]);
  assert.deepEqual(await accessibilityTroubles(page), []);
  await page.getByRole('button', { name: 'Book a class' }).click();
  await books(1, events[1]);
  assert.deepEqual(await accessibilityTroubles(page), [], 'with the dialog open');
  await picture(page, 'example-dialog');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Book online' }).click();
  await books(2, events[2]);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

  assert.equal(await studio.appointments(), 3);
  assert.deepEqual(said.filter((line) => line.startsWith('booked')), Array(3).fill('booked 1 dates'));
  assert.deepEqual(await page.context().cookies(), []);
});

test('expectation 2: without scripts the example leads to the widget by a link', async (t) => {
  const studio = await openStudio(t);
  const page = await openPage(t, studio);
  await page.goto(await examplePage(t, studio));
  await page.getByRole('link', { name: 'Book online' }).click();
  await page.getByRole('heading', { name: 'Book an event' }).waitFor();
});
