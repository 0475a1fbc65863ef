"""Runs the script with the client `esdbclient` for Python and prints what came of each step, as JSON.

Called with the server's URL, the file of the script, and what to put before the names of streams.
"""

import json
import re
import sys
from uuid import UUID

from esdbclient import EventStoreDBClient, NewEvent, StreamState
from esdbclient.exceptions import FailedPrecondition, NotFound, StreamIsDeleted, WrongCurrentVersion

EXPECTED = {"any": StreamState.ANY, "no-stream": StreamState.NO_STREAM, "stream-exists": StreamState.EXISTS}


def new(number):
    return NewEvent(
        id=UUID(int=number),
        type=f"happened.{number}",
        data=json.dumps({"number": number}).encode(),
        metadata=json.dumps({"by": "script"}).encode(),
    )


def told(event):
    return {
        "id": str(event.id),
        "type": event.type,
        "revision": event.stream_position,
        "data": json.loads(event.data),
        "metadata": json.loads(event.metadata),
    }


def run(client, step):
    stream, expected = own + step["stream"], EXPECTED.get(step.get("expected"), step.get("expected"))
    match step["do"]:
        case "append":
            [number] = step["events"]
            client.append_to_stream(stream, current_version=expected, events=new(number))
            return {"done": True}
        case "batch":
            client.append_to_stream(stream, current_version=expected, events=[new(it) for it in step["events"]])
            return {"done": True}
        case "read":
            found = client.get_stream(
                stream,
                stream_position=None if isinstance(step["from"], str) else step["from"],
                backwards=step["direction"] == "backwards",
                limit=step["count"],
            )
            return {"events": [told(event) for event in found]}
        case "subscribe":
            start = None if step["from"] == "start" else step["from"]
            with client.subscribe_to_stream(stream, stream_position=start) as subscription:
                for number in step["then"]:
                    client.append_to_stream(stream, current_version=StreamState.ANY, events=new(number))
                events = []
                for event in subscription:
                    events.append(told(event))
                    if len(events) == step["count"]:
                        return {"events": events}
        case "delete":
            client.delete_stream(stream, current_version=expected)
            return {"done": True}
        case "tombstone":
            client.tombstone_stream(stream, current_version=expected)
            return {"done": True}


def tried(client, step):
    try:
        return run(client, step)
    except WrongCurrentVersion as wrong:
        found = re.search(r"last event is (\d+)|Actual version: (\d+)", str(wrong))
        last = next((int(it) for it in found.groups() if it), None) if found else None
        return {"wrong": last}
    except StreamIsDeleted:
        return {"deleted": True}
    except FailedPrecondition as refused:
        # Of a single append this client keeps no more.
        if str(refused).endswith("is deleted."):
            return {"deleted": True}
        raise
    except NotFound:
        return {"missing": True}


url, script, own = sys.argv[1:]
client = EventStoreDBClient(uri=url)
steps = json.load(open(script))
print(json.dumps([tried(client, step) for step in steps]))
client.close()
