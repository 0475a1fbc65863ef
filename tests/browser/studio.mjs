// The program as a process of its own: a demonstration's studio on a store in a folder of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { needed } from './needed.mjs';

/** Starts the studio for one test, with these flags, and stops it when the test ends. */
export async function openStudio(t, flags = []) {
  const folder = await mkdtemp(join(tmpdir(), 'cartwheel-browser-'));
  const environment = Object.entries(process.env).filter(([name]) => !/^(CARTWHEEL_|RUST_LOG$)/.test(name));
  const store = join(folder, 'demo.db');
  const listen = ['--listen', '127.0.0.1:0', '--staff-listen', '127.0.0.1:0', '--format', 'json'];
  const program = spawn(needed('CARTWHEEL_BIN'), ['demo', '--store', `sqlite:${store}`, ...listen, ...flags], {
    env: { ...Object.fromEntries(environment), RUST_LOG: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(program, 'exit');
  t.after(async () => {
    program.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true });
  });
  const [line] = await Promise.race([
    once(createInterface(program.stdout), 'line'),
    ended.then(([code]) => Promise.reject(new Error(`cartwheel demo ended with ${code}`))),
  ]);
  const studio = new Studio(JSON.parse(line), store);
  await studio.readTimetable();
  return studio;
}

class Studio {
  /** The address of the widget's first page. */
  widget;
  /** The address of the journal's first page. */
  journal;
  /** The address of a page of the settings. */
  settings = (page) => `${this.#ready.staff_listen}/settings/${this.#ready.branch_id}/${page}`;
  /** The address of a page about somebody's own sign-in. */
  staffPage = (page) => `${this.#ready.staff_listen}/staff/${page}`;
  /** The address of a page of the personal account. */
  account = (page) => `${this.#ready.listen}/account/${this.#ready.branch_id}${page}`;
  /** All dates of Yoga with Sofie by start, on Tuesdays and Thursdays. */
  yoga = [];
  #ready;
  #store;

  constructor(ready, store) {
    this.#ready = ready;
    this.#store = store;
    this.widget = ready.widget;
    this.journal = ready.journal;
    this.link = ready.link_id;
  }

  async readTimetable() {
    const { items } = await this.staff('GET', '/activities?limit=100');
    this.yoga = items.filter((event) => event.service === 'Yoga');
    this.boxing = items.filter((event) => event.service === 'Boxing');
  }

  /** The page of an event, with these dates ticked and whatever else the query says. */
  eventPage(opened, ticked = [opened], more = {}) {
    const query = new URLSearchParams({ like: opened.activity_id, ...more });
    ticked.forEach((event) => query.append('event', event.activity_id));
    return `${this.widget}?${query}`;
  }

  /** What staff ask the API for. */
  staff = (method, path, body, etag) => call(this.#at(this.#ready.staff_listen, path), method, body, match(etag));

  /** Changes some fields of what the API keeps under an address. */
  async change(path, fields) {
    const answer = await fetch(this.#at(this.#ready.staff_listen, path));
    const { settings, ...rest } = await answer.json();
    await this.staff('PUT', path, { ...(settings ?? rest), ...fields }, answer.headers.get('etag'));
  }

  changeLink = (fields) => this.change(`/links/${this.link}/settings`, fields);
  changeRules = (fields) => this.change('/rules', fields);

  /** Changes a service, such as how it is booked with a membership. */
  async changeService(name, fields) {
    const { items } = await this.staff('GET', '/services');
    const { service_id, ...service } = items.find((service) => service.name === name);
    const version = (await fetch(this.#at(this.#ready.staff_listen, ''))).headers.get('etag');
    await this.staff('PUT', `/services/${service_id}`, { ...service, ...fields }, version);
  }

  /** The studio changes events: their capacity, their start, or that they take place. */
  async changeEvents(events, how, body, method = 'POST') {
    for (const event of events) {
      const path = `/activities/${event.activity_id}`;
      const answer = await fetch(this.#at(this.#ready.staff_listen, path));
      await this.staff(method, `${path}/${how}`, body, answer.headers.get('etag'));
    }
  }

  /** Adds an event that starts so many hours from now. */
  async schedule({ service_id, team_member_id, inHours, capacity }) {
    const starts = new Date(Date.now() + inHours * 3_600_000);
    const starts_local = starts.toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' }).replace(' ', 'T');
    // As a series of one week: a wall time that daylight saving skips moves on instead of being refused.
    const wanted = { service_id, team_member_id, starts_local, duration_minutes: 60, capacity, weeks: 1 };
    const { items: [event] } = await this.staff('POST', '/activities', { ...wanted, open: true });
    return event;
  }

  /** Somebody else books these events, over the API; what the confirmation answered. */
  async book(events, details) {
    const confirm = await this.bookSlowly(events, details);
    return confirm();
  }

  /** The same, but what is selected is confirmed only when the answer is called. */
  async bookSlowly(events, { phone = '030 23125 099', spots = 1, name = 'Ben Sommer', mode } = {}) {
    const picks = events.map((event) => ({ activity_id: event.activity_id, spots }));
    const cart = await this.#client('POST', '/carts', { link_id: this.link, events: picks });
    const headers = { authorization: `Bearer ${cart.token}`, 'idempotency-key': cart.cart_id };
    const confirmation = { name, phone, ...(mode && { mode }) };
    return () => this.#client('PUT', `/carts/${cart.cart_id}/confirmation`, confirmation, headers);
  }

  /** A client cancels the appointment that a token opens. */
  cancel = ({ appointment_id, token }) =>
    this.#client('POST', `/appointments/${appointment_id}/cancellation`, undefined, { authorization: `Bearer ${token}` });

  /** Keeps the turn to write from everybody, as another program might; what ends it. */
  async holdStore() {
    const program = `
import sqlite3, sys
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()`;
    const holder = spawn('python3', ['-c', program, this.#store], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    return async () => {
      holder.stdin.end();
      await once(holder, 'exit');
    };
  }

  /** Somebody meddles with the tables. */
  async meddle(sql) {
    const program = 'import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=9).executescript(sys.argv[2])';
    const meddler = spawn('python3', ['-c', program, this.#store, sql], { stdio: 'inherit' });
    const [code] = await once(meddler, 'exit');
    if (code) throw new Error(`python3 ended with ${code}`);
  }

  /** The code that was sent last, as the development mailbox shows it. */
  async newestCode() {
    const page = await (await fetch(this.#ready.mailbox)).text();
    return page.match(/<p class="text">\D*(\d{6})/)[1];
  }

  /** Somebody who may sign in as staff from now on. */
  async addUser(role, { login, password }) {
    const options = ['--store', `sqlite:${this.#store}`, '--role', role, '--login', login, '--password-file', '-'];
    const adding = spawn(needed('CARTWHEEL_BIN'), ['user', 'create', ...options], { stdio: ['pipe', 'ignore', 'inherit'] });
    adding.stdin.end(password);
    const [code] = await once(adding, 'exit');
    if (code) throw new Error(`cartwheel user create ended with ${code}`);
  }

  /** What a program is answered that shows this token and asks for the journal. */
  async opens(token) {
    const answer = await fetch(this.#at(this.#ready.staff_listen, '/journal'), { headers: { authorization: `Bearer ${token}` } });
    return answer.status;
  }

  /** How many appointments the journal has. */
  appointments = async () => (await this.staff('GET', '/journal')).items.length;

  /** Leaves no spot free in an event. */
  sellOut = (event, taken = 1) => this.changeEvents([event], 'capacity', { capacity: taken }, 'PUT');

  #client = (method, path, body, headers) => call(this.#at(this.#ready.listen, path), method, body, headers);
  #at = (listen, path) => `${listen}/api/v1/branches/${this.#ready.branch_id}${path}`;
}

const match = (etag) => (etag ? { 'if-match': etag } : {});

async function call(address, method, body, headers = {}) {
  const answer = await fetch(address, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status} ${text}`);
  return text && JSON.parse(text);
}
