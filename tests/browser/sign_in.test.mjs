// How staff sign in, and what they find about their own sign-in.
import assert from 'node:assert/strict';

import { openPage, press } from './browser.mjs';
import { test } from './limited.mjs';
import { looksRight } from './looks.mjs';
import { OLGA, signIn } from './sign_in.mjs';
import { openStudio } from './studio.mjs';
import { code } from './totp.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const link = (page, name) => page.getByRole('link', { name, exact: true });
const heading = (page, name) => page.getByRole('heading', { name, exact: true }).waitFor();

test('a wrong password is told in place, and the right one leads where somebody wanted to go', async (t) => {
  const studio = await openStudio(t);
  await studio.addUser('owner', OLGA);
  const page = await openPage(t, studio);
  await page.goto(studio.settings('rules'));
  await heading(page, 'Sign in');
  await looksRight(t, page, 'staff_sign_in');

  await signIn(page, { ...OLGA, password: 'three other words' });
  await page.getByText('This login and this password do not match.').first().waitFor();
  assert.equal(await page.getByLabel('Login or e-mail').inputValue(), 'olga');
  assert.equal(await page.getByLabel('Password').inputValue(), '', 'a password is never sent back');
  await looksRight(t, page, 'staff_sign_in_wrong');

  await signIn(page, OLGA);
  assert.equal(page.url(), studio.settings('rules'));
  await page.goto(studio.journal);
  await page.getByText('You work as: olga, Owner').waitFor();
});

test('a second factor is set up, asked for at the next sign-in, and replaced by a code on paper', async (t) => {
  const studio = await openStudio(t);
  await studio.addUser('owner', OLGA);
  const page = await openPage(t, studio);
  await page.goto(studio.journal);
  await signIn(page, OLGA);
  await page.goto(studio.staffPage('me'));
  await looksRight(t, page, 'staff_me');

  await press(page, link(page, 'Set it up'));
  const key = await page.getByLabel('Key', { exact: true }).textContent();
  const picture = await page.getByRole('img', { name: 'Picture of the key, for an app' }).boundingBox();
  assert.ok(180 <= Math.min(picture.width, picture.height), `a phone cannot read ${picture.width} px`);
  await looksRight(t, page, 'staff_second_factor');
  const switchOn = page.locator('form').filter({ has: button(page, 'Switch on') });
  await switchOn.getByLabel('Current password').fill(OLGA.password);
  await switchOn.getByLabel('Code').fill('000000');
  await press(page, button(page, 'Switch on'));
  await page.getByText('This code does not match.').first().waitFor();
  await looksRight(t, page, 'staff_second_factor_wrong');
  assert.equal(await page.getByLabel('Key', { exact: true }).textContent(), key, 'the app has it already');
  await switchOn.getByLabel('Current password').fill(OLGA.password);
  await switchOn.getByLabel('Code').fill(code(key));
  await press(page, button(page, 'Switch on'));
  await heading(page, 'Your codes on paper');
  const paper = await page.getByRole('main').locator('code').first().textContent();
  await looksRight(t, page, 'staff_codes');

  const elsewhere = await openPage(t, studio);
  await elsewhere.goto(studio.journal);
  await signIn(elsewhere, OLGA);
  await heading(elsewhere, 'Enter the code');
  await looksRight(t, elsewhere, 'staff_code');
  await elsewhere.getByLabel('Code').fill('000000');
  await press(elsewhere, button(elsewhere, 'Sign in'));
  await elsewhere.getByText('This code does not match, or was used already.').first().waitFor();
  await looksRight(t, elsewhere, 'staff_code_wrong');
  // That of now was used to switch it on.
  await elsewhere.getByLabel('Code').fill(code(key, 1));
  await press(elsewhere, button(elsewhere, 'Sign in'));
  assert.equal(elsewhere.url(), studio.journal);

  const third = await openPage(t, studio);
  await third.goto(studio.journal);
  await signIn(third, OLGA);
  await third.getByLabel('Code').fill(paper);
  await press(third, button(third, 'Sign in'));
  assert.equal(third.url(), studio.journal);
  const fourth = await openPage(t, studio);
  await fourth.goto(studio.journal);
  await signIn(fourth, OLGA);
  await fourth.getByLabel('Code').fill(paper);
  await press(fourth, button(fourth, 'Sign in'));
  await fourth.getByText('This code does not match, or was used already.').first().waitFor();

  await third.goto(studio.staffPage('me'));
  await looksRight(t, third, 'staff_second_factor_on');
  await third.getByLabel('Current password').last().fill(OLGA.password);
  await press(third, button(third, 'Switch off'));
  await third.getByText('The second factor is off.').waitFor();
  await looksRight(t, third, 'staff_second_factor_off');
});

test('sessions are listed and ended, and another password ends all others', async (t) => {
  const studio = await openStudio(t);
  await studio.addUser('owner', OLGA);
  const [page, elsewhere] = [await openPage(t, studio), await openPage(t, studio)];
  for (const somewhere of [page, elsewhere]) {
    await somewhere.goto(studio.journal);
    await signIn(somewhere, OLGA);
  }
  await page.goto(studio.staffPage('me'));
  await looksRight(t, page, 'staff_sessions');
  await press(page, button(page, 'Sign out there'));
  await page.getByText('You are signed out there.').waitFor();
  await looksRight(t, page, 'staff_session_ended');
  await elsewhere.goto(studio.journal);
  await heading(elsewhere, 'Sign in');

  await signIn(elsewhere, OLGA);
  await page.getByLabel('Current password').first().fill('not this one');
  await page.getByLabel('New password').fill('short');
  await press(page, button(page, 'Change password'));
  await page.getByText('This is not your current password.').first().waitFor();
  await looksRight(t, page, 'staff_password_wrong');
  await page.getByLabel('Current password').first().fill(OLGA.password);
  await page.getByLabel('New password').fill('short');
  await press(page, button(page, 'Change password'));
  await page.getByText('Please choose a password of 12 to 200 letters').first().waitFor();
  await looksRight(t, page, 'staff_password_short');
  await page.getByLabel('Current password').first().fill(OLGA.password);
  await page.getByLabel('New password').fill('five other plain words');
  await press(page, button(page, 'Change password'));
  await page.getByText('Your password is changed.').waitFor();
  await elsewhere.goto(studio.journal);
  await heading(elsewhere, 'Sign in');
});
