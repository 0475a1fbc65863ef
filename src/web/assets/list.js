// W1: filters apply by themselves, and more dates join those that are there.
import { once, say, visit } from './swap.js';

/** Somebody who steps through a list with the arrow keys changes it several times. */
const SETTLED = 400;

export function list() {
  const filters = document.querySelector('form.filters');
  if (once(filters, 'list')) {
    let waiting;
    const apply = async () => {
      clearTimeout(waiting);
      await visit(`${filters.getAttribute('action')}?${new URLSearchParams(new FormData(filters))}`);
      tell();
    };
    filters.addEventListener('change', () => {
      clearTimeout(waiting);
      waiting = setTimeout(apply, SETTLED);
    });
    filters.addEventListener('submit', (event) => {
      event.preventDefault();
      apply();
    });
  }
  const more = document.querySelector('#more a');
  if (once(more, 'list')) {
    more.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      showMore(more.href);
    });
  }
}

function tell() {
  say(document.getElementById('list')?.dataset.says ?? '');
}

/** Days that go on in the next page become one. */
async function showMore(address) {
  const list = document.getElementById('list');
  const before = [...list.children];
  await visit(address, { history: 'none', parts: ['#list', '#more'] });
  const after = document.getElementById('list');
  if (after === list) return;
  const first = after.querySelector('a.event');
  const [last, next] = [before.at(-1), after.firstElementChild];
  if (last && next && last.dataset.day === next.dataset.day) {
    last.querySelector('ul').append(...next.querySelectorAll('li'));
    next.remove();
  }
  after.prepend(...before);
  first?.focus();
  tell();
}
