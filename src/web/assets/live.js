// Spots follow what others book, silently: no focus moves, nothing is announced, and no row jumps.
import { once } from './swap.js';

/** Milliseconds between two looks, however much happens; a little more for each, so that not all look at once. */
const PAUSE = 1_500;

/** One stream for each page: browsers allow six connections to a site. */
let stream;
let waiting;

export function live() {
  const place = document.querySelector('main [data-live]');
  if (once(place, 'live')) watch();
  else if (!place) close();
}

function watch() {
  close();
  const place = document.querySelector('main [data-live]');
  if (!place || document.hidden) return;
  stream = new EventSource(place.dataset.live);
  stream.addEventListener('changed', look);
}

function close() {
  stream?.close();
  stream = undefined;
}

function look() {
  waiting ??= setTimeout(() => {
    waiting = undefined;
    refresh();
  }, Math.random() * PAUSE);
}

// What happened while nobody looked is looked up when somebody comes back.
document.addEventListener('visibilitychange', () => {
  watch();
  if (stream) look();
});

async function refresh() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html; partial' } }).catch(() => undefined);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const old of document.querySelectorAll('[data-spots]')) {
    const next = page.getElementById(old.id);
    if (next) follow(old, next);
  }
}

/** A row of the list is replaced unless somebody is in it; of a date only the number changes, so that ticks stay. */
function follow(old, next) {
  if (old.dataset.spots === next.dataset.spots) return;
  if (old.querySelector('input')) {
    old.querySelector('.left').textContent = next.querySelector('.left').textContent;
    for (const name of ['spots', 'left', 'only']) {
      if (next.dataset[name] === undefined) delete old.dataset[name];
      else old.dataset[name] = next.dataset[name];
    }
  } else if (!old.contains(document.activeElement)) {
    old.replaceWith(document.adoptNode(next));
  }
}
