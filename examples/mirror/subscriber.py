"""Follows what happens in every branch on EventStoreDB: prints each fact once, in the order of its branch, and goes on after
a restart where it was.

    pip install esdbclient
    python3 subscriber.py 'esdb://127.0.0.1:2113?tls=false' seen.json
"""

import json
import os
import sys
import time

from esdbclient import EventStoreDBClient
from esdbclient.exceptions import EventStoreDBClientException

URL, FILE = sys.argv[1:]
PATIENCE = 30  # seconds, at most, before it is tried again

# A real subscriber keeps this where it keeps what it makes of the facts, and changes both in one step.
seen = {"place": None, "positions": {}}
if os.path.exists(FILE):
    with open(FILE) as file:
        seen = json.load(file)


def take(event):
    fact = json.loads(event.metadata)
    branch, position = event.stream_name.removeprefix("branch-"), fact["position"]
    before = seen["positions"].get(branch, 0)
    if before < position:  # What comes twice was seen.
        assert position == before + 1, f"branch {branch} lacks a fact before position {position}"
        print(branch, position, fact["recorded_at"], event.type, event.data.decode(), flush=True)
        seen["positions"][branch] = position
    seen["place"] = event.commit_position
    with open(f"{FILE}.new", "w") as file:
        json.dump(seen, file)
    os.replace(f"{FILE}.new", FILE)


pause = 1
while True:
    try:
        client = EventStoreDBClient(uri=URL)
        branches = {"filter_include": ["branch-.*"], "filter_by_stream_name": True}
        with client.subscribe_to_all(commit_position=seen["place"], **branches) as events:
            for event in events:
                take(event)
                pause = 1
    except EventStoreDBClientException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
    # The server ended the subscription, or is away.
    time.sleep(pause)
    pause = min(2 * pause, PATIENCE)
