// The only thing that is added to a page before it is painted: later, the lines below it would move.
import { enhance, once, words } from './swap.js';

/** "Times in Berlin, 6 hours ahead of you", where it is so. */
function zone() {
  for (const line of document.querySelectorAll('[data-zone]')) {
    if (!once(line, 'zone')) continue;
    const now = new Date();
    const there = new Date(now.toLocaleString('en-US', { timeZone: line.dataset.zone }));
    const here = new Date(now.toLocaleString('en-US'));
    const hours = Math.round((there - here) / 900_000) / 4;
    if (!hours) continue;
    const long = { style: 'unit', unit: 'hour', unitDisplay: 'long' };
    const amount = new Intl.NumberFormat(document.documentElement.lang, long).format(Math.abs(hours));
    line.append(words()[hours > 0 ? 'ahead' : 'behind'].replace('{hours}', amount));
  }
}

enhance(zone);
