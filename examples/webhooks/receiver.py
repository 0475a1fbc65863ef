"""Takes webhooks of Cartwheel: verifies them after the Standard Webhooks specification and prints each fact once.

    python3 receiver.py 9000 whsec_...
"""

import base64
import hashlib
import hmac
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

PORT, SECRET = int(sys.argv[1]), base64.b64decode(sys.argv[2].removeprefix("whsec_"))
TOLERANCE = 300  # seconds
seen = set()  # a real receiver keeps this where it keeps what it makes of the facts


def verified(headers, body):
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(SECRET, signed, hashlib.sha256).digest()).decode()
    given = headers["webhook-signature"].split(" ")  # more than one while secrets change
    fresh = abs(time.time() - int(headers["webhook-timestamp"])) < TOLERANCE
    return fresh and any(hmac.compare_digest(expected, signature) for signature in given)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        right = verified(self.headers, body)
        if right and self.headers["webhook-id"] not in seen:
            seen.add(self.headers["webhook-id"])
            fact = json.loads(body)
            print(fact["type"], fact["data"].get("aggregate_id", ""), flush=True)
        self.send_response(204 if right else 401)
        self.end_headers()

    def log_message(self, *_):
        pass


HTTPServer(("127.0.0.1", PORT), Receiver).serve_forever()
