// Arrow keys go from event to event; Tab does too, and no letter is taken from anybody.
import { once } from './swap.js';

const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export function keys() {
  const schedule = document.getElementById('schedule');
  if (!once(schedule, 'keys')) return;
  schedule.addEventListener('keydown', (event) => {
    const step = STEPS[event.key];
    const from = event.target.closest('.entry');
    if (!step || !from || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const to = nearest(from, step);
    if (!to) return;
    event.preventDefault();
    to.focus();
  });
}

/** The nearest event in that direction: above and below within the column, else in the columns beside it. */
function nearest(from, [across, down]) {
  const here = from.getBoundingClientRect();
  let best;
  for (const entry of document.querySelectorAll('.schedule .entry')) {
    if (entry === from || !entry.checkVisibility()) continue;
    const there = entry.getBoundingClientRect();
    const [x, y] = [there.left - here.left, there.top - here.top];
    const ahead = across * x + down * y;
    const aside = Math.abs(across ? y : x);
    if (ahead < 2 || (down && 2 < aside)) continue;
    const far = ahead + 3 * aside;
    if (!best || far < best.far) best = { entry, far };
  }
  return best?.entry;
}
