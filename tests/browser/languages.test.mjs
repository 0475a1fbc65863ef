// Two languages that nobody speaks: one with accents and longer words, one from right to left.
import assert from 'node:assert/strict';

import { openPage, press } from './browser.mjs';
import { layoutTroubles, notMirrored } from './layout.mjs';
import { test } from './limited.mjs';
import { picture } from './looks.mjs';
import { openStudio } from './studio.mjs';

const PHONE = '030 23125 014';

/** Every kind of page with an address, by name. */
async function pages(studio) {
  const [, , first, second, third] = studio.yoga;
  const booked = await studio.book([first, second], { phone: PHONE, name: 'Anna Berg', spots: 2 });
  const [{ url: appointment, appointment_id }] = booked.appointments;
  const day = `${studio.journal}?day=${first.starts_at.slice(0, 10)}`;
  const event = `${studio.journal}/events/${first.activity_id}`;
  const ofStaff = `${studio.journal}/appointments/${appointment_id}`;
  return {
    w1: studio.widget,
    w1_nothing_found: `${studio.widget}?service=${studio.yoga[0].service_id}&member=${studio.boxing[0].team_member_id}`,
    w2: studio.eventPage(third),
    w2_all: studio.eventPage(third, [third, first], { all: '1' }),
    w2_weekday: studio.eventPage(third, [third], { dow: '2' }),
    w2_each: studio.eventPage(third, [third, first], { each: '1' }),
    w4: booked.result_url,
    w5: appointment,
    w5_cancel: `${appointment}/cancel`,
    w5_reschedule: `${appointment}/reschedule`,
    w5_spots: `${appointment}/spots`,
    sorry: new URL('/m/cut-off', studio.widget).href,
    a2: studio.account(''),
    a2_past: studio.account('?past=1'),
    a2_stored: studio.account('/data'),
    j1: day,
    j1_week: `${day}&view=week`,
    j1_empty: `${studio.journal}?day=2020-01-01`,
    j2: event,
    ...Object.fromEntries(
      ['capacity', 'move', 'cancel', 'team-member', 'history'].map((page) => [`j2_${page}`, `${event}/${page}`]),
    ),
    ...Object.fromEntries(['move', 'spots', 'cancel'].map((page) => [`j2_appointment_${page}`, `${ofStaff}/${page}`])),
    j3: `${studio.journal}/book?event=${first.activity_id}`,
    s1: studio.settings('links'),
    s2: studio.settings(`links/${studio.link}`),
    s3: studio.settings('rules'),
    s_catalogue: studio.settings('catalogue'),
    s_team: studio.settings('team'),
    s4: studio.settings('import'),
  };
}

/** The same address in a language. */
function spoken(studio, address, language) {
  const url = new URL(address, studio.widget);
  url.searchParams.set('lang', language);
  return url.href;
}

async function signIn(page, studio, language) {
  await page.goto(spoken(studio, studio.account('/sign-in'), language));
  await page.locator('#phone').fill(PHONE);
  await press(page, page.locator('button.main'));
  await page.locator('#code').fill(await studio.newestCode());
  await press(page, page.locator('button.main'));
}

for (const [language, direction] of [['xa', 'ltr'], ['xb', 'rtl']]) {
  test(`in ${language} nothing is cut off, and lines run ${direction}`, async (t) => {
    const studio = await openStudio(t);
    const page = await openPage(t, studio);
    const found = [];
    const look = async (name) => {
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        const troubles = [...(await page.evaluate(layoutTroubles)), ...(await page.evaluate(notMirrored))];
        if ((await page.locator('html').getAttribute('dir')) !== direction) troubles.push('runs the other way');
        found.push(...troubles.map((trouble) => `${name}, ${width} px: ${trouble}`));
        await picture(page, `${language}-${name}-${width}`);
      }
    };
    const addresses = await pages(studio);
    await signIn(page, studio, language);
    for (const [name, address] of Object.entries(addresses)) {
      await page.goto(spoken(studio, address, language));
      await look(name);
    }

    // The language rides along in forms.
    await page.goto(spoken(studio, addresses.w2_all, language));
    await press(page, page.locator('#continue'));
    await look('w3');
    await press(page, page.locator('button.main'));
    await page.locator('#problems').waitFor();
    await look('w3_problems');
    await page.goto(spoken(studio, addresses.j1, language));
    await page.locator('#q').fill('nobody at all');
    await press(page, page.locator('[role=search] button'));
    await look('j1_search');
    assert.deepEqual(found, []);
  });
}
