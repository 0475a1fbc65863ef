// Fetches the addresses that a browser would, and puts what changed in the place of what is shown.

/** How long a page may take before it shows that something is on its way. */
const PATIENCE = 300;

/** What the server says that scripts say for it. */
export function words() {
  return JSON.parse(document.getElementById('words')?.textContent || '{}');
}

/** What a page does with its markup, at first and after each swap. */
const enhancements = [];

export function enhance(...all) {
  enhancements.push(...all);
  all.forEach((enhancement) => enhancement());
}

/** The newest journey; what an older one brings is not shown any more. */
let newest;

/**
 * Shows the page of an address without leaving this one, `parts` of it or all. Anything unexpected becomes a journey
 * that the browser makes by itself.
 */
export async function visit(address, how = {}) {
  const { history = 'push', parts, focus } = how;
  const answer = await fetched(address, {}).catch(lost);
  if (answer === STALE) return;
  if (answer === LOST && words().lost) return unanswered(words().lost, () => visit(address, how));
  if (!answer?.page) return location.assign(answer?.url ?? address);
  const shown = show(answer.page, { parts, focus });
  if (!shown) return location.assign(address);
  if (history === 'push') window.history.pushState(null, '', address);
  if (history === 'replace') window.history.replaceState(null, '', address);
}

/**
 * Posts a form and shows the answer; a redirection is followed by the browser.
 * @returns whether there was an answer
 */
export async function post(address, fields, { focus } = {}) {
  const answer = await fetched(address, { method: 'POST', body: fields }).catch(() => undefined);
  if (answer === STALE) return true;
  if (!answer) return false;
  if (answer.redirected) location.assign(answer.url);
  else if (!show(answer.page, { focus })) location.reload();
  return true;
}

/** Says on top of the page that no answer came, and how to ask again; what was chosen and typed is not touched. */
export function unanswered([heading, text, label], again) {
  document.getElementById('unanswered')?.remove();
  const made = (name, more) => Object.assign(document.createElement(name), more);
  const box = made('div', { id: 'unanswered', className: 'problems', tabIndex: -1 });
  const button = made('button', { type: 'button', textContent: label });
  button.addEventListener('click', () => {
    box.remove();
    again();
  });
  box.append(made('h2', { textContent: heading }), made('p', { textContent: text }), button);
  document.querySelector('main h1').after(box);
  box.focus();
}

const STALE = Symbol('another journey began meanwhile');
const LOST = Symbol('no answer came');

/** Of what went wrong, whether it was the way to the server. */
const lost = (trouble) => (trouble instanceof TypeError ? LOST : undefined);

async function fetched(address, options) {
  newest?.abort();
  const mine = new AbortController();
  newest = mine;
  const busy = setTimeout(() => document.documentElement.setAttribute('aria-busy', 'true'), PATIENCE);
  try {
    const headers = { accept: 'text/html; partial' };
    const answer = await fetch(address, { ...options, headers, signal: mine.signal });
    if (!answer.headers.get('content-type')?.startsWith('text/html')) throw new Error('not a page');
    if (answer.redirected) return { redirected: true, url: answer.url };
    return { page: new DOMParser().parseFromString(await answer.text(), 'text/html') };
  } catch (trouble) {
    if (newest !== mine) return STALE;
    throw trouble;
  } finally {
    clearTimeout(busy);
    if (newest === mine) document.documentElement.removeAttribute('aria-busy');
  }
}

function show(page, { parts, focus }) {
  const pairs = (parts ?? ['main']).map((part) => [document.querySelector(part), page.querySelector(part)]);
  if (pairs.some(([old, next]) => !old || !next)) return false;
  document.getElementById('unanswered')?.remove();
  const focused = document.activeElement?.id;
  document.title = page.title;
  const texts = [document.getElementById('words'), page.getElementById('words')];
  if (texts[0] && texts[1]) texts[0].textContent = texts[1].textContent;
  for (const [old, next] of pairs) old.replaceWith(document.adoptNode(next));
  enhancements.forEach((enhancement) => enhancement());
  const again = (focus && document.querySelector(focus)) || (focused && document.getElementById(focused));
  if (again && again !== document.activeElement) again.focus({ preventScroll: !focus });
  return true;
}

addEventListener('popstate', () => visit(location.href, { history: 'none' }));

/** What assistive technology reads out next. */
export function say(text) {
  const status = document.getElementById('says');
  if (status) status.textContent = text;
}

/** Once for each element, however often a page is enhanced. */
export function once(element, what) {
  if (!element || element.dataset.enhanced === what) return false;
  element.dataset.enhanced = what;
  return true;
}
