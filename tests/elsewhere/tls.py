"""What goes out over TLS: e-mails, text messages and webhooks, to servers that are not ours (PyPI aiosmtpd, Python's ssl).

Starts `cartwheel serve` (CARTWHEEL_BIN) with a certificate authority of its own among those that it trusts, books, and
looks at what arrived, and how. Whoever shows a certificate of somebody else, of another name, or none, gets nothing.
"""

import datetime
import email
import http.server
import json
import os
import pathlib
import socketserver
import ssl
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.request

from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

WEEK = """venue,service,teacher,starts_local,duration_minutes
Quay,Yoga,Sofie,2027-01-04T18:30,60
"""
ANNA = {"name": "Anna Berg", "phone": "030 2312 5014", "email": "anna@example.org"}
# Seconds.
PATIENCE, QUIET = 20, 4


class Authority:
    """Signs certificates for servers on this machine."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = self.sign(self.key.public_key(), name, x509.BasicConstraints(True, 0))
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    def sign(self, key, subject, *extensions):
        def name(text):
            return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

        now = datetime.datetime.now(datetime.timezone.utc)
        day = datetime.timedelta(days=1)
        builder = x509.CertificateBuilder(name(self.name), name(subject), key, x509.random_serial_number(), now - day, now + day)
        for extension in extensions:
            builder = builder.add_extension(extension, critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def server(self, host="localhost"):
        """What a server of that name needs to speak TLS."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        certificate = self.sign(key.public_key(), host, names)
        file = self.folder / f"{self.name}-{host}.pem"
        private = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        file.write_bytes(key.private_bytes(*private) + certificate.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


class MailServer:
    """Keeps what it is handed, and whether the connection had changed to TLS by then."""

    def __init__(self, port, starttls=None, **how):
        self.taken = []
        terms = {"tls_context": starttls, "require_starttls": True} if starttls else {}
        self.controller = Controller(self, hostname="127.0.0.1", port=port, server_hostname="localhost", **terms, **how)
        self.controller.start()

    async def handle_DATA(self, _server, session, envelope):
        # Of a connection that changed to TLS; one that began with it has nothing here.
        self.taken.append((session.ssl, envelope.rcpt_tos, email.message_from_bytes(envelope.content)))
        return "250 OK"

    def close(self):
        self.controller.stop()


class WebServer:
    """Keeps what is posted to it."""

    def __init__(self, context):
        taken = self.taken = []

        class Takes(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                taken.append((self.connection.version(), self.path, self.headers, json.loads(body)))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Takes)
        self.server.handle_error = lambda *_: None
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"https://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Service:
    """Serves a studio of its own, whose mail, texts and webhooks go where it is told."""

    def __init__(self, folder, trusted, *more):
        folder = pathlib.Path(tempfile.mkdtemp(dir=folder))
        program, store = os.environ["CARTWHEEL_BIN"], ["--store", f"sqlite:{folder}/studio.db"]
        week = folder / "week.csv"
        week.write_text(WEEK, encoding="utf-8")
        terms = ["--time-zone", "Europe/Berlin", "--capacity", "20", "--first-week", "2027-01-04", "--repeat-weeks", "8"]
        imported = subprocess.run(
            [program, "import", str(week), *terms, *store, "--format", "json"], check=True, capture_output=True
        )
        opened = json.loads(imported.stdout)["branches"][0]
        self.branch, self.link = opened["branch_id"], opened["link_id"]
        listen = ["--listen", "127.0.0.1:0", "--staff-listen", "127.0.0.1:0", "--format", "json"]
        environment = {**os.environ, "RUST_LOG": "error", "SSL_CERT_FILE": str(trusted)}
        self.program = subprocess.Popen(
            [program, "serve", *store, *listen, *more], stdout=subprocess.PIPE, env=environment
        )
        self.ready = json.loads(self.program.stdout.readline())

    def ask(self, method, path, body, side="listen", **headers):
        address = f"{self.ready[side]}/api/v1/branches/{self.branch}{path}"
        headers = {"content-type": "application/json", **{name.replace("_", "-"): value for name, value in headers.items()}}
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(address, data, headers, method=method)) as answer:
            return json.loads(answer.read())

    def follow(self, url):
        return self.ask("POST", "/webhooks", {"url": url, "types": ["cart.confirmed.v1"]}, "staff_listen")

    def book(self, person=ANNA):
        address = f"{self.ready['listen']}/api/v1/branches/{self.branch}/links/{self.link}/activities"
        with urllib.request.urlopen(address) as answer:
            event = json.loads(answer.read())["items"][0]["activity_id"]
        cart = self.ask("POST", "/carts", {"link_id": self.link, "events": [{"activity_id": event}]})
        opens = {"authorization": f"Bearer {cart['token']}", "idempotency_key": cart["cart_id"]}
        return self.ask("PUT", f"/carts/{cart['cart_id']}/confirmation", person, **opens)

    def close(self):
        self.program.kill()
        self.program.wait()
        self.program.stdout.close()


def free_port():
    with socketserver.TCPServer(("127.0.0.1", 0), None) as server:
        return server.server_address[1]


class OverTls(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="cartwheel-tls-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.ours, self.others = (Authority(self.folder, name) for name in ("ours", "others"))

    def open(self, kind, *arguments, **named):
        opened = kind(*arguments, **named)
        self.addCleanup(opened.close)
        return opened

    def serve(self, *more):
        return self.open(Service, self.folder, self.ours.file, *more)

    def arrives(self, taken):
        began = time.monotonic()
        while not taken and time.monotonic() < began + PATIENCE:
            time.sleep(0.05)
        self.assertTrue(taken, "nothing arrived")
        return taken[0]

    def mail(self, scheme, port):
        return ["--smtp-url", f"{scheme}://localhost:{port}", "--mail-from", "studio@example.org"]

    def test_a_mail_server_that_speaks_tls_from_the_first_byte(self):
        port = free_port()
        server = self.open(MailServer, port, ssl_context=self.ours.server())
        self.serve(*self.mail("smtps", port)).book()

        _, to, letter = self.arrives(server.taken)
        self.assertEqual(to, ["anna@example.org"])
        self.assertIn("Yoga", str(letter.get_payload()[0]))

    def test_a_mail_server_that_changes_to_tls(self):
        port = free_port()
        server = self.open(MailServer, port, starttls=self.ours.server())
        self.serve(*self.mail("smtp", port)).book()

        tls, to, _ = self.arrives(server.taken)
        self.assertTrue(tls, "it was handed over in the clear")
        self.assertEqual(to, ["anna@example.org"])

    def test_a_mail_server_that_is_somebody_else_or_speaks_no_tls_gets_nothing(self):
        for how in ({"ssl_context": self.others.server()}, {"ssl_context": self.ours.server("mail.example.org")}, {}):
            with self.subTest(how=list(how)):
                port = free_port()
                server = self.open(MailServer, port, **how)
                self.serve(*self.mail("smtps" if how else "smtp", port)).book()
                time.sleep(QUIET)
                self.assertEqual(server.taken, [])

    def test_a_text_gateway_and_a_webhook_over_https(self):
        server = self.open(WebServer, self.ours.server())
        token = self.folder / "token"
        token.write_text("s3cret", encoding="utf-8")
        texts = ["--text-url", f"{server.url}/texts", "--text-token-file", str(token)]
        service = self.serve("--allow-private-webhooks", *texts)
        service.follow(f"{server.url}/hooks")
        service.book({"name": "Anna Berg", "phone": "030 2312 5014"})

        began = time.monotonic()
        while len({path for _, path, _, _ in server.taken}) < 2 and time.monotonic() < began + PATIENCE:
            time.sleep(0.05)
        came = {path: (version, headers, body) for version, path, headers, body in server.taken}
        self.assertEqual(set(came), {"/texts", "/hooks"})
        self.assertTrue(all(version in ("TLSv1.2", "TLSv1.3") for version, _, _ in came.values()))
        _, headers, body = came["/texts"]
        self.assertEqual((headers["authorization"], body["to"]), ("Bearer s3cret", "+493023125014"))
        self.assertTrue(came["/hooks"][1]["webhook-signature"].startswith("v1,"))

    def test_a_webhook_behind_a_certificate_that_nobody_trusts_gets_nothing_and_the_log_says_so(self):
        for context in (self.others.server(), self.ours.server("hooks.example.org")):
            server = self.open(WebServer, context)
            service = self.serve("--allow-private-webhooks")
            webhook = service.follow(f"{server.url}/hooks")
            service.book()

            began, deliveries = time.monotonic(), []
            while not deliveries and time.monotonic() < began + PATIENCE:
                time.sleep(0.1)
                path = f"/webhooks/{webhook['webhook_id']}/deliveries"
                found = service.ask("GET", path, None, "staff_listen")["items"]
                deliveries = [it for it in found if it["attempts"]]
            self.assertEqual(deliveries[0]["attempts"][0]["outcome"], "no-connection", deliveries)
            self.assertEqual(server.taken, [])


if __name__ == "__main__":
    unittest.main()
