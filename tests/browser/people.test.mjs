// Who works in a studio, which programs may ask it, and what is done with what is known of a client.
import assert from 'node:assert/strict';

import { openPage, press } from './browser.mjs';
import { test } from './limited.mjs';
import { looksRight } from './looks.mjs';
import { OLGA, signIn } from './sign_in.mjs';
import { openStudio } from './studio.mjs';

const FINN = { login: 'finn', password: 'a desk at the front' };

const button = (page, name) => page.getByRole('button', { name, exact: true });
const link = (page, name) => page.getByRole('link', { name, exact: true });

/** A studio with an owner, and a page on which she signed in. */
async function owned(t, start) {
  const studio = await openStudio(t);
  await studio.addUser('owner', OLGA);
  const page = await openPage(t, studio);
  await page.goto(start(studio));
  await signIn(page, OLGA);
  return { studio, page };
}

test('an owner adds somebody, who chooses a password once and may what the role says', async (t) => {
  const { studio, page } = await owned(t, (studio) => studio.settings('staff'));
  await looksRight(t, page, 'staff_people');
  await press(page, button(page, 'Add'));
  await page.getByRole('heading', { name: /^There (is|are) \d problem/ }).waitFor();
  await looksRight(t, page, 'staff_people_wrong');
  await page.getByLabel('Name', { exact: true }).fill('Finn Berg');
  await page.getByLabel('Login or e-mail').fill('finn');
  await page.getByLabel('Role', { exact: true }).selectOption({ label: 'Front desk' });
  await press(page, button(page, 'Add'));
  const invitation = await page.getByLabel('Link to choose a password with').inputValue();
  await looksRight(t, page, 'staff_invited');

  const finn = await openPage(t, studio);
  await finn.goto(invitation);
  await finn.getByText('You sign in as finn.').waitFor();
  await looksRight(t, finn, 'staff_invitation');
  await finn.getByLabel('New password').fill('short');
  await press(finn, button(finn, 'Save password'));
  await finn.getByText('Please choose a password of 12 to 200 letters').first().waitFor();
  await looksRight(t, finn, 'staff_invitation_wrong');
  await finn.getByLabel('New password').fill(FINN.password);
  await press(finn, button(finn, 'Save password'));
  await finn.getByText('Your password is set. Please sign in.').waitFor();
  await looksRight(t, finn, 'staff_password_set');
  assert.equal((await finn.goto(invitation)).status(), 404, 'it is used up');
  await finn.goto(studio.journal);
  await signIn(finn, FINN);
  await finn.getByText('You work as: Finn Berg, Front desk').waitFor();
  assert.equal((await finn.goto(studio.settings('staff'))).status(), 403);
  await finn.getByRole('heading', { name: 'Not part of your role' }).waitFor();
  await looksRight(t, finn, 'staff_not_allowed');

  await page.goto(studio.settings('staff'));
  await page.getByLabel('Role Finn Berg').selectOption({ label: 'Auditor' });
  await press(page, button(page, 'Save Finn Berg'));
  await page.getByText('The role is changed. They sign in anew.').waitFor();
  await looksRight(t, page, 'staff_role_changed');
  await finn.goto(studio.settings('staff'));
  await signIn(finn, FINN);
  await finn.getByText('You work as: Finn Berg, Auditor').waitFor();
  assert.equal(await button(finn, 'Add').count(), 0, 'an auditor reads who works here');
  await press(page, button(page, 'Remove Finn Berg'));
  await page.getByText('They do not work here any more, and are signed out.').waitFor();
  await looksRight(t, page, 'staff_removed');
  await finn.reload();
  await finn.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
  await press(page, button(page, 'Remove olga'));
  await page.getByText('A studio keeps at least one owner.').first().waitFor();
  await looksRight(t, page, 'staff_last_owner');
});

test('a token of the API is made, shown once, works, and is revoked', async (t) => {
  const { studio, page } = await owned(t, (studio) => studio.settings('tokens'));
  await looksRight(t, page, 'tokens_none');
  await page.getByLabel('Days until it ends').fill('0');
  await press(page, button(page, 'Make a token'));
  await page.getByText('Please enter 1 to 730 days.').first().waitFor();
  await looksRight(t, page, 'tokens_wrong');
  await page.getByLabel('Name', { exact: true }).fill('Website');
  await page.getByLabel('Days until it ends').fill('90');
  await press(page, button(page, 'Make a token'));
  const token = await page.getByLabel('The new token').inputValue();
  await looksRight(t, page, 'token_made');
  assert.equal(await studio.opens(token), 200);

  await page.goto(studio.settings('tokens'));
  assert.ok(!(await page.content()).includes(token), 'it is shown once');
  await press(page, button(page, 'Revoke Website'));
  await page.getByText('The token is revoked and opens nothing any more.').waitFor();
  await looksRight(t, page, 'token_revoked');
  assert.equal(await studio.opens(token), 401);
});

test('a_30 and b_17 the private addresses of a client are ended, and the client is erased', async (t) => {
  const studio = await openStudio(t);
  const [first] = studio.yoga.slice(2);
  const booked = await studio.book([first]);
  const page = await openPage(t, studio);
  await page.goto(`${studio.journal}/events/${first.activity_id}`);
  await press(page, link(page, 'Ben Sommer'));
  await press(page, link(page, 'End private addresses'));
  await looksRight(t, page, 'j2_end_links');
  await press(page, button(page, 'End private addresses'));
  await page.getByText('The private addresses are ended.').waitFor();
  await looksRight(t, page, 'j2_links_ended');
  const mine = new URL(booked.result_url, studio.widget).href;
  const client = await openPage(t, studio);
  assert.equal((await client.goto(mine)).status(), 404);

  await press(page, link(page, 'Erase this client'));
  await looksRight(t, page, 'j2_erase');
  await press(page, button(page, 'Erase this client'));
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await looksRight(t, page, 'j2_erase_with_dates');
  await page.getByLabel('Cancel 1 appointment that is still to come').check();
  await press(page, button(page, 'Erase this client'));
  await page.getByRole('heading', { name: 'Erased client' }).waitFor();
  await looksRight(t, page, 'j2_erased');
  assert.equal(await link(page, 'End private addresses').count(), 0);
});
