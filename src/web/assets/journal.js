// What the journal does beyond what its pages do by themselves.
import { desk } from './desk.js';
import { drag } from './drag.js';
import { keys } from './keys.js';
import { enhance, once } from './swap.js';
import { today } from './today.js';

/** A list for paper offers to be printed. */
function print() {
  const place = document.getElementById('print');
  if (!once(place, 'print')) return;
  place.hidden = false;
  place.querySelector('button').addEventListener('click', () => window.print());
}

enhance(today, keys, drag, desk, print);
