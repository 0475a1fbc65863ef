// W2: ticks, spots and filters without a reload. The address always says what is chosen, so Back and reload keep it.
import { once, post, say, unanswered, visit, words } from './swap.js';

/** Somebody who presses "plus" three times wants three more. */
const SETTLED = 400;

/** What depends on how many spots are asked for; the stepper itself stays. */
const BESIDE_STEPPER = ['#kept', '#another', '#also'];

export function selection() {
  const form = document.getElementById('selection');
  if (!form) return;
  count(form);
  step(form);
  if (!once(form, 'selection')) return;
  form.addEventListener('change', ({ target }) => {
    if (target.name === 'event') ticked(form, target);
    else if (target.name.startsWith('spots')) look(form, { parts: BESIDE_STEPPER, history: 'replace' });
  });
  form.addEventListener('click', (event) => {
    if (event.target.name !== 'event' || event.target.getAttribute('aria-disabled') !== 'true') return;
    event.preventDefault();
    say('');
    requestAnimationFrame(() => say(words().limit));
  });
  form.addEventListener('submit', (event) => submitted(form, event));
}

const boxes = (form) => [...form.querySelectorAll('input[name="event"][type="checkbox"]')];
const isGet = (form) => form.method === 'get';

function address(form, submitter) {
  return `${form.getAttribute('action')}?${new URLSearchParams(new FormData(form, submitter))}`;
}

async function look(form, { submitter, ...how }) {
  if (isGet(form)) await visit(address(form, submitter), how);
  else if (!(await post(form.getAttribute('action'), new URLSearchParams(new FormData(form, submitter)), how))) {
    return unanswered(words().lost, () => look(form, { submitter, ...how }));
  }
  say(document.getElementById('another')?.dataset.says ?? '');
}

function submitted(form, event) {
  const { submitter } = event;
  if (submitter?.id === 'continue') return leave(form, event);
  event.preventDefault();
  // What was pressed may be gone afterwards: the first new row is next.
  const focus = submitter?.name === 'all' && submitter.value ? '#another .date:nth-child(4) input' : undefined;
  const cleared = submitter?.name === 'dow' && !submitter.value ? '#another' : undefined;
  look(form, { submitter, focus: focus ?? cleared });
}

/** Continue leaves this page: by itself from the pencil, else once there is an answer, so that none is lost on the way. */
async function leave(form, event) {
  if (!isGet(form)) return;
  event?.preventDefault();
  const fields = new URLSearchParams(new FormData(form));
  const answered = await post(form.getAttribute('action'), fields, { focus: '#problems' });
  if (!answered) unanswered(words().lost, () => leave(form));
}

function ticked(form, box) {
  box.closest('.date').classList.toggle('chosen', box.checked);
  if (form.querySelector('input[name="each"]')) return look(form, { history: 'replace' });
  count(form);
  const apart = form.querySelector('#apart');
  if (apart) apart.hidden = boxes(form).filter((it) => it.checked).length < 2;
  if (isGet(form)) history.replaceState(null, '', address(form));
}

/** The count is true from now on, and so is the limit. */
function count(form) {
  const line = document.getElementById('counted');
  if (!line) return;
  const all = boxes(form);
  const chosen = all.filter((box) => box.checked).length;
  const { selected, limit } = words();
  const full = chosen >= selected.length - 1;
  line.textContent = full && chosen === selected.length - 1 ? limit : selected[chosen] ?? line.textContent;
  line.closest('p').setAttribute('role', 'status');
  for (const box of all.filter((it) => !it.checked)) {
    if (full) box.setAttribute('aria-disabled', 'true');
    else box.removeAttribute('aria-disabled');
    const about = (box.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id && id !== 'counted');
    const described = full ? [...about, 'counted'] : about;
    if (described.length) box.setAttribute('aria-describedby', described.join(' '));
    else box.removeAttribute('aria-describedby');
  }
}

/** Two buttons beside the number of spots. */
function step(form) {
  const field = form.querySelector('#spots');
  if (!once(field, 'step')) return;
  const text = words();
  const button = (name, sign) => {
    const made = document.createElement('button');
    Object.assign(made, { type: 'button', className: 'step', textContent: sign });
    made.setAttribute('aria-label', name);
    return made;
  };
  const [less, more] = [button(text.less, '\u2212'), button(text.more, '+')];
  field.before(less);
  field.after(more);
  form.querySelector('#show-spots')?.remove();
  const hint = form.querySelector('#spots-hint');
  const usual = hint.textContent;

  /** The first limit that would be hit, and the sentence about it. */
  const most = () => {
    const all = boxes(form);
    const rows = all.length
      ? all.filter((box) => box.checked).map((box) => box.closest('.date'))
      : [...form.querySelectorAll('.date')];
    const tight = rows.filter((row) => row.dataset.left && Number(row.dataset.left) < Number(field.max));
    const tightest = tight.sort((one, other) => one.dataset.left - other.dataset.left)[0];
    return tightest
      ? { spots: Math.max(1, Number(tightest.dataset.left)), why: tightest.dataset.only }
      : { spots: Number(field.max), why: text.most };
  };
  const settle = () => {
    const { spots, why } = most();
    less.setAttribute('aria-disabled', String(Number(field.value) <= 1));
    more.setAttribute('aria-disabled', String(spots <= Number(field.value)));
    hint.textContent = spots <= Number(field.value) ? why : usual;
  };
  let waiting;
  const change = (by) => {
    const wanted = Number(field.value) + by;
    if (wanted < 1) return;
    if (by > 0 && wanted > most().spots) {
      say(most().why);
      return settle();
    }
    field.value = wanted;
    settle();
    say(text.spots[wanted] ?? field.value);
    clearTimeout(waiting);
    waiting = setTimeout(() => look(form, { parts: BESIDE_STEPPER, history: 'replace' }), SETTLED);
  };
  less.addEventListener('click', () => change(-1));
  more.addEventListener('click', () => change(1));
  form.addEventListener('change', settle);
  settle();
}
