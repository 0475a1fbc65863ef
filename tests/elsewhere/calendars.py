"""Files and feeds, read by an implementation that is not ours (PyPI icalendar).

Starts `cartwheel demo` (CARTWHEEL_BIN), books events on both sides of a change of the clocks in Berlin, and compares
what another reader makes of the calendar file and the feed with what the API says.
"""

import json
import os
import re
import subprocess
import tempfile
import unittest
import urllib.parse
import urllib.request
import uuid
from datetime import datetime, timedelta, timezone

import icalendar

# 18:30 in Berlin, before and after the clocks go forward on 28 March 2027.
WALL = ["2027-03-27T18:30:00", "2027-03-29T18:30:00"]
INSTANTS = [datetime(2027, 3, 27, 17, 30, tzinfo=timezone.utc), datetime(2027, 3, 29, 16, 30, tzinfo=timezone.utc)]
# A title longer than a line of 75 octets, in letters of two, three and four octets.
TITLE = "Йога для начинающих, очень длинное название 瑜伽 🧘 с продолжением после запятой; и точки с запятой"


class Studio:
    """A demonstration in a folder of its own."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="cartwheel-calendars-")
        listen = ["--listen", "127.0.0.1:0", "--staff-listen", "127.0.0.1:0", "--format", "json"]
        store = ["--store", f"sqlite:{self.folder.name}/demo.db"]
        command = [os.environ["CARTWHEEL_BIN"], "demo", *store, *listen]
        self.program = subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "RUST_LOG": "error"})
        self.ready = json.loads(self.program.stdout.readline())
        self.cookies = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def close(self):
        self.program.kill()
        self.program.wait()
        self.program.stdout.close()
        self.folder.cleanup()

    def ask(self, method, path, body=None, staff=False, **headers):
        base = self.ready["staff_listen" if staff else "listen"]
        address = f"{base}/api/v1/branches/{self.ready['branch_id']}{path}"
        data = None if body is None else json.dumps(body).encode()
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if data is not None:
            headers["content-type"] = "application/json"
        request = urllib.request.Request(address, data, headers, method=method)
        with urllib.request.urlopen(request) as answer:
            text = answer.read()
            return (json.loads(text) if text else None), answer.headers

    def schedule(self):
        """Two events of a service with a hard name, one on each side of the change of the clocks."""
        services, _ = self.ask("GET", "/services", staff=True)
        yoga = next(it for it in services["items"] if it["name"] == "Yoga")
        _, headers = self.ask("GET", "", staff=True)
        changed = {name: value for name, value in yoga.items() if name != "service_id"} | {"name": TITLE}
        self.ask("PUT", f"/services/{yoga['service_id']}", changed, staff=True, if_match=headers["etag"])
        team, _ = self.ask("GET", "/team", staff=True)
        sofie = next(it for it in team["items"] if it["name"] == "Sofie")
        events = []
        for starts in WALL:
            wanted = {
                "service_id": yoga["service_id"],
                "team_member_id": sofie["team_member_id"],
                "starts_local": starts,
                "duration_minutes": 60,
                "capacity": 9,
                "open": True,
            }
            answer, _ = self.ask("POST", "/activities", wanted, staff=True)
            events.append(answer["items"][0]["activity_id"])
        return events

    def book(self, events):
        picks = [{"activity_id": event} for event in events]
        cart, _ = self.ask("POST", "/carts", {"link_id": self.ready["link_id"], "events": picks})
        headers = {"authorization": f"Bearer {cart['token']}", "idempotency_key": str(uuid.uuid4())}
        person = {"name": "Anna Berg", "phone": "030 23125 014"}
        confirmed, _ = self.ask("PUT", f"/carts/{cart['cart_id']}/confirmation", person, **headers)
        return confirmed

    def read(self, address):
        with self.cookies.open(address) as answer:
            return answer.read()

    def submit(self, path, **fields):
        body = urllib.parse.urlencode(fields).encode()
        return self.cookies.open(f"{self.ready['listen']}{path}", body).read().decode()

    def feed(self):
        """Signs in as the client would, and asks for an address."""
        account = f"/account/{self.ready['branch_id']}"
        self.submit(f"{account}/sign-in", phone="030 23125 014")
        mailbox = self.read(f"{self.ready['listen']}/dev/mailbox").decode()
        self.submit(f"{account}/code", code=re.search(r"\b\d{6}\b", mailbox).group())
        page = self.submit(f"{account}/feed")
        return re.search(r'value="(http[^"]+\.ics[^"]*)"', page).group(1)


class Calendars(unittest.TestCase):
    """What another reader finds."""

    @classmethod
    def setUpClass(cls):
        cls.studio = Studio()
        cls.addClassCleanup(cls.studio.close)
        cls.booked = cls.studio.book(cls.studio.schedule())

    def entries(self, text):
        calendar = icalendar.Calendar.from_ical(text)
        for line in text.split(b"\r\n"):
            self.assertLessEqual(len(line), 75, "RFC 5545, section 3.1")
        self.assertNotIn(b"\n", text.replace(b"\r\n", b""))
        return sorted(calendar.walk("VEVENT"), key=lambda entry: entry["DTSTART"].dt)

    def check(self, entries):
        self.assertEqual([entry["DTSTART"].dt for entry in entries], INSTANTS)
        for entry, appointment in zip(entries, self.booked["appointments"]):
            self.assertEqual(entry["DTEND"].dt - entry["DTSTART"].dt, timedelta(hours=1))
            self.assertEqual(str(entry["UID"]), appointment["appointment_id"])
            self.assertEqual(str(entry["SUMMARY"]), f"{TITLE} with Sofie")

    def test_1_a_file_of_one_appointment(self):
        one = self.booked["appointments"][0]
        address = f"{self.studio.ready['listen']}/m/{one['token']}/calendar.ics"
        entries = self.entries(self.studio.read(address))
        self.assertEqual([entry["DTSTART"].dt for entry in entries], INSTANTS[:1])

    def test_2_a_feed_and_what_it_says_after_a_cancellation(self):
        address = self.studio.feed()
        entries = self.entries(self.studio.read(address))
        self.check(entries)
        before = [entry["SEQUENCE"] for entry in entries]
        one = self.booked["appointments"][0]
        path = f"/appointments/{one['appointment_id']}/cancellation"
        self.studio.ask("POST", path, authorization=f"Bearer {one['token']}")

        entries = self.entries(self.studio.read(address))

        self.check(entries)
        self.assertEqual([str(entry["STATUS"]) for entry in entries], ["CANCELLED", "CONFIRMED"])
        self.assertGreater(entries[0]["SEQUENCE"], before[0])
        self.assertEqual(entries[1]["SEQUENCE"], before[1])


if __name__ == "__main__":
    unittest.main()
