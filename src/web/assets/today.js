// The journal follows what is booked: counts change silently, and new rows wait while somebody is among them.
import { follower, pageOf } from './stream.js';
import { once, words } from './swap.js';

/** Milliseconds between two looks, however much happens. */
const PAUSE = 800;

/** A stream that is opened anew within this time was hardly away. */
const PATIENCE = 4_000;

let paused;

const followed = follower('#live', {
  pause: PAUSE,
  refresh,
  events: {
    hello: () => tell('live'),
    error: () => (paused ??= setTimeout(() => tell('paused', true), PATIENCE)),
  },
});

export function today() {
  followed();
  document.querySelectorAll('form.came').forEach(attendance);
}

/** "Live, 10:42", on the branch's clock; or that it is not, and how to help oneself. */
function tell(name, reload = false) {
  if (name === 'live') {
    clearTimeout(paused);
    paused = undefined;
  }
  const place = document.getElementById('live');
  if (!place) return;
  const time = new Date().toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: place.dataset.zone,
  });
  place.textContent = words()[name].replace('{time}', time);
  if (!reload) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = words().reload;
  button.addEventListener('click', () => location.reload());
  place.append(' ', button);
}

const news = () => document.getElementById('news');

/** The page as it is now, with how much was booked since this one was loaded. */
function fetched() {
  const address = new URL(location.href);
  address.searchParams.delete('done');
  address.searchParams.set('since', news().dataset.since);
  return pageOf(address);
}

async function refresh() {
  if (!news()) return;
  const page = await fetched();
  if (!page || !news()) return;
  tell('live');
  follow('counts', page);
  if (document.getElementById('appointments')) appointments(page);
  else schedule(page);
}

/** Puts one element in the place of another if it says something else, unless somebody is in it. */
function follow(id, page) {
  const [old, next] = [document.getElementById(id), page.getElementById(id)];
  if (!old || !next || old.contains(document.activeElement) || old.isEqualNode(next)) return;
  old.replaceWith(document.adoptNode(next));
}

/** Of the schedule, what is there changes in place: a link keeps its focus while its words change. */
function schedule(page) {
  for (const old of document.querySelectorAll('.schedule .entry')) {
    const next = page.getElementById(old.id);
    if (!next) continue;
    if (old.innerHTML !== next.innerHTML) {
      old.innerHTML = next.innerHTML;
      old.dataset.changed = '';
    }
    old.closest('li').className = next.closest('li').className;
  }
  const ids = (root) => [...root.querySelectorAll('.schedule .entry')].map(({ id }) => id).join();
  const quiet = !document.getElementById('schedule').contains(document.activeElement);
  if (ids(document) !== ids(page) && quiet) follow('schedule', page);
  pill(page);
}

/** Rows enter in their order, unless somebody is in the table or points at it. */
function appointments(page) {
  const place = document.getElementById('appointments');
  const busy = place.contains(document.activeElement) || place.matches(':hover');
  const rows = [...page.querySelectorAll('#appointments tbody tr')];
  const isNew = rows.some(({ id }) => !document.getElementById(id));
  if (isNew && busy) {
    rows.forEach(({ id }) => follow(id, page));
    return pill(page);
  }
  if (isNew || !place.querySelector('tr')) {
    follow('appointments', page);
    news().dataset.since = page.getElementById('news').dataset.since;
  } else {
    document.querySelectorAll('#appointments tbody tr').forEach(({ id }) => follow(id, page));
  }
  document.querySelectorAll('form.came').forEach(attendance);
}

/** "2 new bookings": it is read out, and shows them when it is pressed. */
function pill(page) {
  const next = page.getElementById('news');
  if (news().textContent.trim() === next.textContent.trim()) return;
  news().replaceChildren(...document.adoptNode(next).childNodes);
  news().querySelector('button')?.addEventListener('click', show);
}

async function show() {
  const page = await fetched();
  if (!page) return location.reload();
  const since = page.getElementById('news').dataset.since;
  const changed = [...document.querySelectorAll('.entry[data-changed]')].map(({ id }) => id);
  const known = new Set([...document.querySelectorAll('#appointments tr')].map(({ id }) => id));
  news().replaceChildren();
  news().dataset.since = since;
  for (const id of ['schedule', 'appointments']) {
    const [old, next] = [document.getElementById(id), page.getElementById(id)];
    if (old && next) old.replaceWith(document.adoptNode(next));
  }
  changed.forEach((id) => document.getElementById(id)?.classList.add('fresh'));
  const fresh = [...document.querySelectorAll('#appointments tbody tr')].filter(({ id }) => !known.has(id));
  fresh.forEach((row) => row.classList.add('fresh'));
  const first = fresh[0]?.querySelector('a') ?? visible('.entry.fresh') ?? visible('.entry');
  first?.focus();
  document.querySelectorAll('form.came').forEach(attendance);
}

function visible(selector) {
  return [...document.querySelectorAll(selector)].find((element) => element.checkVisibility());
}

/** Whether somebody came is noted without leaving the table. */
function attendance(form) {
  if (!once(form, 'came')) return;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const pressed = event.submitter;
    const fields = new URLSearchParams(new FormData(form, pressed));
    const answer = await fetch(form.action, { method: 'POST', body: fields }).catch(() => undefined);
    if (!answer?.ok) return form.submit();
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const row = form.closest('tr');
    const next = page.getElementById(row.id);
    if (!next) return location.reload();
    for (const button of form.querySelectorAll('button')) {
      const now = next.querySelector(`#${CSS.escape(button.id)}`);
      button.value = now.value;
      button.setAttribute('aria-pressed', now.getAttribute('aria-pressed'));
    }
  });
}
