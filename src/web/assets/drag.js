// Dropping an event on another day, hour or team member, or an appointment on another date, opens the page that asks
// whether to move it; nothing moves before that.
import { once, words } from './swap.js';

export function drag() {
  const schedule = document.getElementById('schedule');
  if (once(schedule, 'drag')) events(schedule);
  const people = document.querySelector('#appointments');
  if (once(people, 'drag')) appointments(people);
}

function events(schedule) {
  let dragged;
  const columns = [...schedule.querySelectorAll('.column')];
  schedule.addEventListener('dragstart', (event) => {
    dragged = event.target.closest?.('.columns .entry');
    if (!dragged) return;
    event.dataTransfer.setData('text/plain', dragged.href);
    event.dataTransfer.effectAllowed = 'move';
    // The element that is dragged must not move in the same moment, or the browser lets it go.
    setTimeout(() => columns.forEach((column) => hours(column, schedule)));
  });
  schedule.addEventListener('dragend', () => schedule.querySelectorAll('.slots').forEach((slots) => slots.remove()));
  schedule.addEventListener('dragover', (event) => {
    if (dragged && event.target.closest('.column')) event.preventDefault();
  });
  schedule.addEventListener('drop', (event) => {
    const column = event.target.closest('.column');
    if (!dragged || !column) return;
    event.preventDefault();
    open(dragged, column, event.target.closest('[data-hour]')?.dataset.hour);
  });
}

/** Somebody else's column is a replacement; any other place is another start. */
function open(dragged, column, hour) {
  const { day, member } = column.dataset;
  const data = dragged.dataset;
  if (member && member !== data.member && hour === undefined) {
    return location.assign(joined(data.replace, { to: member }));
  }
  const time = hour === undefined ? data.time : `${hour}:${data.time.slice(3)}`;
  if (day !== data.day || time !== data.time) location.assign(joined(data.move, { day, time }));
}

/** The hours of the day, to drop something on, at the foot of a column. */
function hours(column, schedule) {
  const slots = document.createElement('ol');
  slots.className = 'slots';
  slots.setAttribute('aria-hidden', 'true');
  slots.title = words().drag;
  for (let hour = 6; hour < 23; hour += 1) {
    const slot = document.createElement('li');
    slot.dataset.hour = slot.textContent = String(hour).padStart(2, '0');
    slots.append(slot);
  }
  if (schedule.contains(column)) column.append(slots);
}

function appointments(people) {
  const targets = document.getElementById('targets');
  if (!targets) return;
  let dragged;
  people.querySelectorAll('tr[data-move]').forEach((row) => (row.draggable = true));
  people.addEventListener('dragstart', (event) => {
    dragged = event.target.closest?.('tr[data-move]');
    if (!dragged) return;
    event.dataTransfer.setData('text/plain', dragged.id);
    event.dataTransfer.effectAllowed = 'move';
    setTimeout(() => (targets.hidden = false));
  });
  people.addEventListener('dragend', () => (targets.hidden = true));
  targets.addEventListener('dragover', (event) => {
    if (dragged && event.target.closest('[data-target]')) event.preventDefault();
  });
  targets.addEventListener('drop', (event) => {
    const target = event.target.closest('[data-target]');
    if (!dragged || !target) return;
    event.preventDefault();
    location.assign(joined(dragged.dataset.move, { to: target.dataset.target }));
  });
}

function joined(address, fields) {
  const joined = new URL(address, location.href);
  Object.entries(fields).forEach(([name, value]) => joined.searchParams.set(name, value));
  return joined;
}
