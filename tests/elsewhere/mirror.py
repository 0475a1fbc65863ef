"""The mirror as somebody else reads it: the example subscriber (examples/mirror/subscriber.py) sees every fact once, and a
store comes back from the streams. EVENTSTORE_SERVER is the server of the tests, or else CARTWHEEL_TEST_EVENTSTORE_URL names
one that is empty."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

SUBSCRIBER = pathlib.Path(__file__).parents[2] / "examples" / "mirror" / "subscriber.py"
WEEK = '''venue,service,teacher,starts_local,duration_minutes
Quay,"Йога, 瑜伽 ""slow""",Sofie,2027-01-04T18:30,60
Pier,Boxing,Marco,2027-01-05T19:00,45
'''
PATIENCE = 30  # seconds


class Mirror(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="cartwheel-mirror-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.url = os.environ.get("CARTWHEEL_TEST_EVENTSTORE_URL") or self.server()
        (self.folder / "week.csv").write_text(WEEK, encoding="utf-8")
        self.grow(weeks=20)
        listen = ["--listen", "127.0.0.1:0", "--staff-listen", "127.0.0.1:0"]
        self.begin([os.environ["CARTWHEEL_BIN"], "serve", *self.store("studios"), *listen, "--mirror", self.url])

    def begin(self, program, **more):
        process = subprocess.Popen(program, stdout=subprocess.PIPE, text=True, **more)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def server(self):
        return self.begin([os.environ["EVENTSTORE_SERVER"], "0"]).stdout.readline().strip()

    def store(self, name):
        return ["--store", f"sqlite:{self.folder}/{name}.db"]

    def cartwheel(self, *arguments):
        program = [os.environ["CARTWHEEL_BIN"], *map(str, arguments)]
        return subprocess.run(program, check=True, capture_output=True, text=True).stdout

    def grow(self, weeks):
        terms = ["--time-zone", "Europe/Berlin", "--capacity", "9", "--first-week", "2027-01-04", "--repeat-weeks", weeks]
        self.cartwheel("import", self.folder / "week.csv", *terms, *self.store("studios"))

    def facts(self):
        """Every fact, as an export tells it."""
        file = self.folder / f"{time.monotonic_ns()}.jsonl"
        self.cartwheel("audit", "export", "--to", file, *self.store("studios"))
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        return {(line["source"].removeprefix("urn:uuid:"), int(line["id"])): (line["type"], line["data"]) for line in lines}

    def subscribed(self, count):
        """What the example prints until it has printed so many facts."""
        subscriber = self.begin([sys.executable, str(SUBSCRIBER), self.url, str(self.folder / "seen.json")])
        facts = {}
        for _ in range(count):
            branch, position, _, kind, data = subscriber.stdout.readline().split(" ", 4)
            key = (branch, int(position))
            self.assertNotIn(key, facts)
            facts[key] = (kind, json.loads(data))
        time.sleep(0.2)
        subscriber.kill()
        return facts

    def mirrored(self):
        """Waits until everything is mirrored."""
        end = time.monotonic() + PATIENCE
        while True:
            verified = json.loads(self.cartwheel("verify", *self.store("studios"), "--mirror", self.url, "--format", "json"))
            if verified["mirror"]["behind"] == 0:
                return
            self.assertLess(time.monotonic(), end, verified)
            time.sleep(0.2)

    def test_whoever_subscribes_sees_every_fact_once_and_goes_on_after_a_restart(self):
        first = self.facts()
        self.assertEqual(self.subscribed(len(first)), first)

        self.grow(weeks=30)
        more = {key: fact for key, fact in self.facts().items() if key not in first}
        self.assertEqual(len(more), 20)
        self.assertEqual(self.subscribed(len(more)), more)

    def test_a_store_comes_back_from_the_streams(self):
        self.mirrored()

        said = self.cartwheel("restore", "--from", self.url, *self.store("again"))

        self.assertIn("Restored and verified: 2 branches", said)
        self.assertIn("Clean: 2 branches", self.cartwheel("verify", *self.store("again")))


if __name__ == "__main__":
    unittest.main()
