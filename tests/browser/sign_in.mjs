import { press } from './browser.mjs';

/** An owner. */
export const OLGA = { login: 'olga', password: 'four plain words do' };

/** Types who somebody is on the page where staff sign in, and sends it. */
export async function signIn(page, { login, password }) {
  await page.getByLabel('Login or e-mail').fill(login);
  await page.getByLabel('Password').fill(password);
  await press(page, page.getByRole('button', { name: 'Sign in', exact: true }));
}
