// Booking for a client: people are found, and what would be overbooked is told, without leaving the form.
import { once, post } from './swap.js';

export function desk() {
  const form = document.querySelector('form.desk');
  if (!once(form, 'desk')) return;
  form.addEventListener('submit', async (event) => {
    if (event.submitter?.value !== 'search') return;
    event.preventDefault();
    const found = await post(form.action, fields(form, 'search'), { focus: '#people input:checked' });
    if (!found) form.submit();
  });
  form.addEventListener('change', (event) => {
    if (event.target.matches('[name=event], #spots, [name=client]')) count(form);
  });
}

function fields(form, what) {
  const fields = new URLSearchParams(new FormData(form));
  fields.set('do', what);
  return fields;
}

/** What the server says of these dates and spots; nothing else changes. */
async function count(form) {
  const answer = await fetch(form.action, { method: 'POST', body: fields(form, 'count') }).catch(() => undefined);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [old, next] = [document.getElementById('overbooks'), page.getElementById('overbooks')];
  const ticked = old?.querySelector('input')?.checked;
  if (!old || !next) return;
  old.innerHTML = next.innerHTML;
  const box = old.querySelector('input');
  if (box) box.checked = Boolean(ticked);
  const button = 'button[value=book]';
  form.querySelector(button).textContent = page.querySelector(button).textContent;
}
