"""The API against its own description, asked by a program that is not ours (PyPI schemathesis).

Starts `cartwheel demo` (CARTWHEEL_BIN) and lets Schemathesis ask every operation of the document that it serves, right
and wrong, one by one and one after another (links). How it is asked stands in the folder contract/.
EXAMPLES (40) is how many requests each operation gets, SEED (1) where they begin.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HOW = Path(__file__).parent / "contract"


def main():
    with tempfile.TemporaryDirectory(prefix="cartwheel-contract-") as folder:
        listen = ["--listen", "127.0.0.1:0", "--staff-listen", "127.0.0.1:0", "--format", "json"]
        demo = [os.environ["CARTWHEEL_BIN"], "demo", "--store", f"sqlite:{folder}/demo.db", *listen]
        program = subprocess.Popen(demo, stdout=subprocess.PIPE, env={**os.environ, "RUST_LOG": "error"})
        try:
            ready = json.loads(program.stdout.readline())
            return ask(ready, folder)
        finally:
            program.kill()
            program.wait()


def ask(ready, folder):
    environment = {
        **os.environ,
        "PYTHONPATH": str(HOW),
        "SCHEMATHESIS_HOOKS": "hooks",
        "CARTWHEEL_READY": json.dumps(ready),
        "BRANCH": ready["branch_id"],
    }
    command = [
        *[str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(HOW / "schemathesis.toml")],
        *["run", ready["openapi"], "--checks", "all", "--continue-on-failure"],
        # It wants 401 where an id alone gives 404, so that nobody learns what there is; see tests/api/tokens.rs.
        *["--exclude-checks", "ignored_auth"],
        *["--max-examples", os.environ.get("EXAMPLES", "40"), "--seed", os.environ.get("SEED", "1")],
    ]
    return subprocess.run(command, env=environment, cwd=folder).returncode


if __name__ == "__main__":
    sys.exit(main())
