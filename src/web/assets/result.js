// W4: panels open in place, several at once, and the page can be printed.
import { TYPED } from './contact.js';
import { forget } from './memory.js';
import { once } from './swap.js';

export function result() {
  const list = document.querySelector('ol.appointments');
  if (!once(list, 'result')) return;
  // What was typed has arrived.
  forget(TYPED);
  list.addEventListener('click', (event) => {
    const opener = event.target.closest('button.opener');
    if (!opener) return;
    event.preventDefault();
    const open = opener.getAttribute('aria-expanded') !== 'true';
    opener.setAttribute('aria-expanded', String(open));
    document.getElementById(opener.getAttribute('aria-controls')).hidden = !open;
  });
  const print = document.getElementById('print');
  if (!print) return;
  print.hidden = false;
  print.addEventListener('click', () => window.print());
}
