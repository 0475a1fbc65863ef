// W3 and the code step: a lost answer is told as such, a second press sends nothing, and what was typed survives a reload.
import { keep, recall } from './memory.js';
import { once, post, say, words } from './swap.js';

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
  const { booking, sending } = words();
  const label = button.textContent;
  button.style.setProperty('inline-size', `${button.offsetWidth}px`);
  button.setAttribute('aria-disabled', 'true');
  button.textContent = booking;
  say(sending);
  const answered = await post(form.getAttribute('action'), fields, { focus: '#refused, #problems, #code' });
  if (answered || !form.isConnected) return;
  button.removeAttribute('aria-disabled');
  button.textContent = label;
  unsure(form, submitter);
}

/** Without an answer the browser asks by itself, and says what it has to say. */
async function aside(form, { name, value }) {
  const fields = new URLSearchParams(new FormData(form));
  fields.set(name, value);
  const answered = await post(form.getAttribute('action'), fields, { focus: '#refused, #problems, #code, #phone' });
  if (answered || !form.isConnected) return;
  form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  form.submit();
}

/** No answer came: the same form with the same key asks again, and books nothing twice. */
function unsure(form, submitter) {
  // What the code step says of it is not sure either.
  ['unsure', 'yet'].forEach((id) => document.getElementById(id)?.remove());
  const { unsure: heading, unsure_text: text, check_again: again } = words();
  const box = document.createElement('div');
  Object.assign(box, { id: 'unsure', className: 'problems', tabIndex: -1 });
  const title = document.createElement('h2');
  title.textContent = heading;
  const sentence = document.createElement('p');
  sentence.textContent = text;
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', textContent: again });
  button.addEventListener('click', () => {
    box.remove();
    confirm(form, submitter);
  });
  box.append(title, sentence, button);
  form.prepend(box);
  box.focus();
}
