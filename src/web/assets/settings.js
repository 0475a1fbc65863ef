// Settings: what staff give away can be copied; where a page has one Save, nothing typed is left without a question, and
// looks are tried before they are saved.
import { copy } from './copy.js';

copy();

const form = document.querySelector('form.saved-whole');
const filledIn = () => new URLSearchParams(new FormData(form)).toString();

function askBeforeLeaving() {
  const saved = filledIn();
  // A page that says what is wrong holds what was typed, and nothing of it is saved.
  const refused = Boolean(document.getElementById('problems'));
  let sending = false;
  form.addEventListener('submit', () => (sending = true));
  addEventListener('pageshow', () => (sending = false));
  addEventListener('beforeunload', (event) => {
    if (!sending && (refused || filledIn() !== saved)) event.preventDefault();
  });
}

if (form) askBeforeLeaving();

const preview = document.getElementById('preview');

/** The looks as the form has them; a colour that is none shows the one before. */
function looks() {
  const fields = new FormData(form);
  const address = new URL(preview.src);
  const accent = /^\s*#?([0-9a-f]{6})\s*$/i.exec(fields.get('colour'))?.[1];
  if (accent || !fields.get('colour').trim()) put(address, 'accent', accent);
  put(address, 'theme', fields.get('scheme'));
  put(address, 'lang', fields.get('language'));
  return address.href;
}

function put(address, name, value) {
  if (value) address.searchParams.set(name, value);
  else address.searchParams.delete(name);
}

if (preview) {
  form.addEventListener('input', ({ target }) => {
    if (['colour', 'scheme', 'language'].includes(target.name) && looks() !== preview.src) preview.src = looks();
  });
}
