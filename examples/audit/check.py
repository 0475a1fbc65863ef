"""Checks an export of `cartwheel audit export`, by docs/audit.md alone: python check.py FILE KEY

Needs the package cryptography for the signature.
"""

import hashlib
import json
import sys
from base64 import urlsafe_b64decode
from datetime import datetime, timezone
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def base64url(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def micros(time):
    moment = datetime.fromisoformat(time.replace("Z", "+00:00")) - EPOCH
    return (moment.days * 86_400 + moment.seconds) * 1_000_000 + moment.microseconds


def after(before, line, text):
    """The hash after a fact. `data` is hashed as it stands in the line, between its name and the end of the object."""
    kind, stored_id = line["subject"].split("/", 1)
    data = text[text.index(',"data":') + len(',"data":') : text.rindex("}")]
    digest = hashlib.sha256(before)
    for number in (int(line["id"]), micros(line["time"])):
        digest.update(number.to_bytes(8, "big", signed=True))
    for part in (kind, stored_id, line["sequence"], line["type"], line["factversion"], data, line["metadata"]):
        digest.update(len(part.encode()).to_bytes(4, "big") + part.encode())
    return digest.digest()


def difference(path, key):
    with open(path + ".manifest.json", encoding="utf-8") as file:
        signed = json.load(file)
    if signed["public_key"] != key:
        return "the manifest was signed with another key"
    try:
        signature = base64url(signed["signature"])
        Ed25519PublicKey.from_public_bytes(base64url(key)).verify(signature, signed["manifest"].encode())
    except InvalidSignature:
        return "the manifest is not what was signed"
    manifest = json.loads(signed["manifest"])
    hashes = {end["branch_id"]: (0, hashlib.sha256(b"cartwheel-ledger-v1" + UUID(end["branch_id"]).bytes).digest())
              for end in manifest["branches"]}
    whole = hashlib.sha256()
    with open(path, "rb") as file:
        for number, raw in enumerate(file, 1):
            whole.update(raw)
            text = raw.decode()
            line = json.loads(text)
            branch = line["source"].removeprefix("urn:uuid:")
            position, before = hashes[branch]
            now = after(before, line, text)
            if int(line["id"]) != position + 1 or now.hex() != line["hash"]:
                return f"line {number}: position {position + 1} of branch {branch}"
            hashes[branch] = (position + 1, now)
    for end in manifest["branches"]:
        if hashes[end["branch_id"]] != (end["facts"], bytes.fromhex(end["hash"])):
            return f"branch {end['branch_id']} does not end as it was signed"
    return None if whole.hexdigest() == manifest["sha256"] else "the file is not the one that was signed"


if __name__ == "__main__":
    found = difference(*sys.argv[1:3])
    print(found or "as it was signed")
    sys.exit(1 if found else 0)
