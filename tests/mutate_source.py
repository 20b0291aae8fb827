"""`python -m tests.mutate_source --lines 40 --seed 1`: random changes of lines, and which of them no test notices.

A change is put to the tests of its file, then to those of its shelf, then to those of its room, until one fails.  It is
made in a copy of the package; nothing here is touched.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import symattn
from tests.sabotage.changes import changed, places

ROOT = Path(__file__).parents[1]
PACKAGE = Path(symattn.__file__).parent
ROOMS = ("kernel", "proof", "numeric", "checks")
SECONDS = 900


def tests_of(module: Path) -> Iterator[Path]:
    """The tests that should notice a change in this file of the package, the nearest first."""
    shelf = ROOT / "tests" / module.parent
    yield from (path for path in (shelf / f"test_{module.stem}.py",) if path.is_file())
    while shelf != ROOT / "tests":
        if shelf.is_dir():
            yield shelf
        shelf = shelf.parent


def noticed(copy: Path, module: Path) -> bool:
    """Whether a test fails, or does not end, with the package as it is in the copy."""
    there = {**os.environ, "PYTHONPATH": os.pathsep.join([str(copy), str(ROOT)]), "PYTHONDONTWRITEBYTECODE": "1"}
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    for tests in tests_of(module):
        command = [sys.executable, "-m", "pytest", *options, "--rootdir", str(ROOT), str(tests)]
        try:
            ran = subprocess.run(command, cwd=copy, env=there, capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return True
        if ran.returncode:
            return True
    return False


def survivors(lines: int, seed: int, rooms: tuple[str, ...] = ROOMS) -> Iterator[tuple[str, int, str, str, bool]]:
    """File, line, what stood there, what stands there now, and whether a test noticed."""
    rng = random.Random(seed)
    files = [path for room in rooms for path in sorted((PACKAGE / room).rglob("*.py"))]
    weights = [len(places(path.read_text(encoding="utf-8"))) for path in files]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(PACKAGE, copy / "symattn", ignore=shutil.ignore_patterns("__pycache__"))
        done = 0
        while done < lines:
            path = rng.choices(files, weights)[0]
            source = path.read_text(encoding="utf-8")
            number = rng.choice(places(source))
            other = changed(source, number, rng)
            if other is None:
                continue
            done += 1
            module = path.relative_to(PACKAGE)
            (copy / "symattn" / module).write_text(other, encoding="utf-8")
            seen = noticed(copy, module)
            (copy / "symattn" / module).write_text(source, encoding="utf-8")
            yield str(module), number + 1, source.splitlines()[number], other.splitlines()[number], seen


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutate_source", description=__doc__)
    parser.add_argument("--lines", type=int, default=40, help="how many changes (default 40)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rooms", nargs="+", default=ROOMS)
    asked = parser.parse_args()
    alive = 0
    for file, line, before, after, seen in survivors(asked.lines, asked.seed, tuple(asked.rooms)):
        alive += not seen
        if not seen:
            print(f"{file}:{line}\n  - {before.strip()}\n  + {after.strip()}", flush=True)
    print(f"{asked.lines - alive} of {asked.lines} changes are noticed")
    return int(alive > 0)


if __name__ == "__main__":
    sys.exit(main())
