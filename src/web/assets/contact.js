// W3 and the code step: a lost answer is told as such, a second press sends nothing, and what was typed survives a reload.
import { keep, recall } from './memory.js';
import { once, post, say, unanswered, words } from './swap.js';

/** What a tab keeps of a form begins with this. */
export const TYPED = 'cartwheel:typed:';

const KEPT = ['name', 'phone', 'email', 'comment'];

/** *Send a new code* and *Change the number* book nothing. */
const ASIDE = ['again', 'number'];

export function contact() {
  const form = document.querySelector('form.details, form.proving');
  if (!once(form, 'contact')) return;
  const place = TYPED + form.getAttribute('action');
  remember(form, place);
  form.addEventListener('submit', (event) => {
    const { submitter } = event;
    if (submitter?.hasAttribute('formaction')) return;
    event.preventDefault();
    if (ASIDE.includes(submitter?.name)) aside(form, submitter);
    else confirm(form, submitter);
  });
}

/** Fields that are empty get back what was typed before a reload; the tab forgets it when it is closed. */
function remember(form, place) {
  const fields = KEPT.map((name) => form.elements[name]).filter(Boolean);
  const typed = JSON.parse(recall(place) ?? '{}');
  for (const field of fields) field.value ||= typed[field.name] ?? '';
  form.addEventListener('input', () => {
    const now = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    keep(place, JSON.stringify(now));
  });
}

async function confirm(form, submitter) {
  const button = form.querySelector('button.main');
  if (button.getAttribute('aria-disabled') === 'true') return;
  const fields = new URLSearchParams(new FormData(form, submitter));
  const { booking, sending, unsure } = words();
  const label = button.textContent;
  button.style.setProperty('inline-size', `${button.getBoundingClientRect().width}px`);
  button.setAttribute('aria-disabled', 'true');
  button.textContent = booking;
  say(sending);
  const answered = await post(form.getAttribute('action'), fields, { focus: '#refused, #problems, #code' });
  if (answered || !form.isConnected) return;
  button.removeAttribute('aria-disabled');
  button.textContent = label;
  // What the code step says of it is not sure either.
  document.getElementById('yet')?.remove();
  // The same form with the same key asks again, and books nothing twice.
  unanswered(unsure, () => confirm(form, submitter));
}

/** Nothing is booked by it, so nothing is unsure. */
async function aside(form, submitter) {
  const fields = new URLSearchParams(new FormData(form));
  fields.set(submitter.name, submitter.value);
  const answered = await post(form.getAttribute('action'), fields, { focus: '#refused, #problems, #code, #phone' });
  if (!answered && form.isConnected) unanswered(words().lost, () => aside(form, submitter));
}
