// Hears from the server that something changed, and looks again.
import { once } from './swap.js';

/**
 * Follows the stream that the element of a selector names in `data-live`. One for each page: browsers allow six
 * connections to a site.
 * @param pause milliseconds between two looks, however much happens; up to so long, so that not all look at once
 * @param events what else is heard of the stream, by name
 * @returns what a page does at first and after each swap
 */
export function follower(selector, { pause, refresh, events = {} }) {
  let stream;
  let waiting;
  const place = () => document.querySelector(selector);
  const close = () => {
    stream?.close();
    stream = undefined;
  };
  const look = () => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      refresh();
    }, Math.random() * pause);
  };
  const watch = () => {
    close();
    if (!place() || document.hidden) return;
    stream = new EventSource(place().dataset.live);
    stream.addEventListener('changed', look);
    for (const [name, hear] of Object.entries(events)) stream.addEventListener(name, hear);
  };
  // What happened while nobody looked is looked up when somebody comes back.
  document.addEventListener('visibilitychange', () => {
    watch();
    if (stream) look();
  });
  return () => {
    if (once(place(), 'live')) watch();
    else if (!place()) close();
  };
}

/** The page of an address as it is now; nothing if it cannot be had. */
export async function pageOf(address) {
  const answer = await fetch(address, { headers: { accept: 'text/html; partial' } }).catch(() => undefined);
  if (!answer?.ok || answer.redirected) return undefined;
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}
