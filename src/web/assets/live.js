// Spots follow what others book, silently: no focus moves, nothing is announced, and no row jumps.
import { follower, pageOf } from './stream.js';

export const live = follower('main [data-live]', { pause: 1_500, refresh });

async function refresh() {
  const page = await pageOf(location.href);
  if (!page) return;
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
