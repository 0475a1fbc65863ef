// Runs the script with the client `@eventstore/db-client` for JavaScript and prints what came of each step, as JSON.
//
// Called with the server's URL, the file of the script, and what to put before the names of streams.

import { readFileSync } from "node:fs";

import {
  ANY,
  BACKWARDS,
  END,
  EventStoreDBClient,
  FORWARDS,
  NO_STREAM,
  START,
  STREAM_EXISTS,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
  jsonEvent,
} from "@eventstore/db-client";

const EXPECTED = { any: ANY, "no-stream": NO_STREAM, "stream-exists": STREAM_EXISTS };

// With these it appends without a batch.
const credentials = { username: "admin", password: "changeit" };

const made = (number) =>
  jsonEvent({
    id: `00000000-0000-0000-0000-${number.toString(16).padStart(12, "0")}`,
    type: `happened.${number}`,
    data: { number },
    metadata: { by: "script" },
  });

const told = ({ event }) => ({
  id: event.id,
  type: event.type,
  revision: Number(event.revision),
  data: event.data,
  metadata: event.metadata,
});

async function run(client, step) {
  const stream = own + step.stream;
  const expectedRevision = typeof step.expected === "number" ? BigInt(step.expected) : EXPECTED[step.expected];
  switch (step.do) {
    case "append":
      await client.appendToStream(stream, step.events.map(made), { expectedRevision, credentials });
      return { done: true };
    case "batch":
      await client.appendToStream(stream, step.events.map(made), { expectedRevision });
      return { done: true };
    case "read": {
      const direction = step.direction === "forwards" ? FORWARDS : BACKWARDS;
      const fromRevision = { start: START, end: END }[step.from] ?? BigInt(step.from);
      const events = [];
      const found = client.readStream(stream, { direction, fromRevision, maxCount: step.count });
      for await (const event of found) events.push(told(event));
      return { events };
    }
    case "subscribe": {
      const fromRevision = step.from === "start" ? START : BigInt(step.from);
      const subscription = client.subscribeToStream(stream, { fromRevision });
      for (const number of step.then) await client.appendToStream(stream, made(number));
      const events = [];
      for await (const event of subscription) {
        events.push(told(event));
        if (events.length === step.count) break;
      }
      await subscription.unsubscribe();
      return { events };
    }
    case "delete":
      await client.deleteStream(stream, { expectedRevision });
      return { done: true };
    case "tombstone":
      await client.tombstoneStream(stream, { expectedRevision });
      return { done: true };
  }
}

async function tried(client, step) {
  try {
    return await run(client, step);
  } catch (error) {
    if (error instanceof WrongExpectedVersionError) {
      const last = error.actualVersion;
      return { wrong: typeof last === "bigint" || typeof last === "number" ? Number(last) : null };
    }
    if (error instanceof StreamDeletedError) return { deleted: true };
    if (error instanceof StreamNotFoundError) return { missing: true };
    throw error;
  }
}

const [url, script, own] = process.argv.slice(2);
const client = EventStoreDBClient.connectionString(url);
const results = [];
for (const step of JSON.parse(readFileSync(script, "utf8"))) results.push(await tried(client, step));
console.log(JSON.stringify(results));
await client.dispose();
