"""What only a studio knows: where staff ask, which ids there are, which token opens what, and how things are now."""

import json
import os
import urllib.error
import urllib.request
import uuid
from datetime import datetime

import schemathesis
from hypothesis import strategies as st

READY = json.loads(os.environ["CARTWHEEL_READY"])
BRANCH = f"/api/v1/branches/{READY['branch_id']}"


def staff(path):
    with urllib.request.urlopen(READY["staff_listen"] + BRANCH + path) as answer:
        return json.load(answer)


EVENTS = [it["activity_id"] for it in staff("/activities?limit=100")["items"]]
KNOWN = {
    "activity_id": EVENTS,
    "to": EVENTS,
    "service_id": [it["service_id"] for it in staff("/services")["items"]],
    "team_member_id": [it["team_member_id"] for it in staff("/team")["items"]],
    "link_id": [READY["link_id"]],
}
IN_PATHS = {"activity": "activity_id", "link": "link_id", "service": "service_id", "team_member": "team_member_id"}
# The tokens that answers gave, by the id of what they open.
TOKENS = {}

# On a wall clock: a date and a time, without an offset.
wall_times = st.datetimes(min_value=datetime(1971, 1, 1)).map(lambda it: it.isoformat(timespec="seconds"))
schemathesis.openapi.format("date-time-local", wall_times)
schemathesis.openapi.format("position-or-moment", st.integers(0, 60).map(str) | st.just("2027-01-04T10:00:00Z"))
# Opaque to callers: only one that was given can be sent back.
schemathesis.openapi.format("cursor", st.just(staff("/activities?limit=1")["next_cursor"]))


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Staff have a listener of their own."""
    raw_schema["servers"] = [{"url": READY["listen"]}]
    for operations in raw_schema["paths"].values():
        for operation in operations.values():
            if is_for_staff(operation):
                operation["servers"] = [{"url": READY["staff_listen"]}]


def is_for_staff(operation):
    return "widget" not in operation.get("tags", [])


def is_id(value):
    try:
        return isinstance(value, str) and str(uuid.UUID(value)) == value
    except ValueError:
        return False


def mostly(value):
    """For seven of eight values, and always the same ones."""
    return uuid.uuid5(uuid.NAMESPACE_OID, str(value)).int % 8 != 0


def known(value, name=None):
    """The same, with ids that there are in the place of most that there are not."""
    if isinstance(value, dict):
        return {name: known(it, name) for name, it in value.items()}
    if isinstance(value, list):
        return [known(it, name) for it in value]
    if name in KNOWN and is_id(value) and mostly(value):
        return KNOWN[name][uuid.UUID(value).int % len(KNOWN[name])]
    return value


@schemathesis.hook
def map_body(context, body):
    return known(body)


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if not path_parameters:
        return path_parameters
    return {name: known(value, IN_PATHS.get(name)) for name, value in path_parameters.items()}


@schemathesis.auth(refresh_interval=None)
class Tokens:
    """A cart or an appointment opens with its own token."""

    def get(self, case, context):
        opened = (case.path_parameters or {}).values()
        return next((TOKENS[it] for it in opened if isinstance(it, str) and it in TOKENS), None)

    def set(self, case, token, context):
        if token:
            case.headers["Authorization"] = f"Bearer {token}"


@schemathesis.hook
def before_call(context, case, kwargs):
    """Most changes are based on how things are now."""
    if case.headers and "If-Match" in case.headers and mostly(case.headers["If-Match"]):
        now = version(case.formatted_path)
        if now:
            case.headers["If-Match"] = now


def version(path):
    """The ETag of the nearest thing on the way to that address."""
    while len(path) >= len(BRANCH):
        try:
            with urllib.request.urlopen(READY["staff_listen"] + path) as answer:
                if answer.headers["ETag"]:
                    return answer.headers["ETag"]
        except (urllib.error.HTTPError, ValueError, UnicodeError):
            pass
        path = path.rpartition("/")[0]
    return None


@schemathesis.hook
def after_call(context, case, response):
    try:
        answer = response.json()
    except ValueError:
        return
    if isinstance(answer, dict) and response.status_code < 300:
        for given in [answer, *answer.get("booked", [])]:
            opened = given.get("cart_id") or given.get("appointment_id")
            if opened and given.get("token"):
                TOKENS[opened] = given["token"]
