"""Exports, checked by the example that knows nothing but docs/audit.md (examples/audit/check.py)."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

CHECK = pathlib.Path(__file__).parents[2] / "examples" / "audit" / "check.py"
WEEK = '''venue,service,teacher,starts_local,duration_minutes
Quay,"Йога, 瑜伽 ""slow""",Sofie,2027-01-04T18:30,60
Pier,Boxing,Marco,2027-01-05T19:00,45
'''


class Exports(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="cartwheel-exports-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "week.csv").write_text(WEEK, encoding="utf-8")
        terms = ["--time-zone", "Europe/Berlin", "--capacity", "9", "--first-week", "2027-01-04", "--repeat-weeks", "60"]
        self.cartwheel("import", self.folder / "week.csv", *terms, *self.store())
        self.cartwheel("audit", "export", "--to", self.folder / "all.jsonl", *self.store())
        self.key = self.cartwheel("audit", "key", *self.store()).strip()

    def store(self):
        return ["--store", f"sqlite:{self.folder}/studios.db"]

    def cartwheel(self, *arguments):
        program = [os.environ["CARTWHEEL_BIN"], *map(str, arguments)]
        return subprocess.run(program, check=True, capture_output=True, text=True).stdout

    def check(self, key):
        program = [sys.executable, str(CHECK), str(self.folder / "all.jsonl"), key]
        checked = subprocess.run(program, capture_output=True, text=True)
        self.assertEqual(checked.stderr, "")
        return checked.returncode, checked.stdout.strip()

    def test_b_09_an_export_is_what_was_signed(self):
        self.assertEqual(self.check(self.key), (0, "as it was signed"))

    def test_b_09_what_was_changed_is_found(self):
        file = self.folder / "all.jsonl"
        honest = file.read_text(encoding="utf-8").splitlines(keepends=True)
        for change, at in [
            (lambda lines: lines[:40] + lines[41:], "line 41"),
            (lambda lines: [*lines[:40], lines[40].replace("duration", "durations"), *lines[41:]], "line 41"),
            (lambda lines: [*lines[:40], lines[41], lines[40], *lines[42:]], "line 41"),
            (lambda lines: lines[:-1], "does not end"),
            (lambda lines: [line.replace('"id"', ' "id"') for line in lines], "not the one that was signed"),
        ]:
            file.write_text("".join(change(honest)), encoding="utf-8")
            code, said = self.check(self.key)
            self.assertEqual(code, 1)
            self.assertIn(at, said)
        file.write_text("".join(honest), encoding="utf-8")
        stranger = "A" * 43
        self.assertEqual(self.check(stranger), (1, "the manifest was signed with another key"))


if __name__ == "__main__":
    unittest.main()
