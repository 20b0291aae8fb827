"""`python -m tests.mutate_source --lines 40 --seed 1`: random changes of lines, and which of them no test notices.

A change is put to the tests of its file, then to those that import the file, to those of its shelf and of its room,
until one fails.  It is made in a copy of the package; nothing here is touched.  Every change is told when it is judged,
so that a run can be stopped at any time.  A change of nothing but the words of an error is not made.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter

import symattn
from tests.sabotage.changes import changed, places

ROOT = Path(__file__).parents[1]
PACKAGE = Path(symattn.__file__).parent
ROOMS = ("kernel", "proof", "numeric", "checks")
SECONDS, OWN = 900, 120


@dataclass(frozen=True)
class Change:
    """A line of a file, what stood there, what stands there now, and the seconds until a test noticed, if one did."""

    module: Path
    line: int
    before: str
    after: str
    noticed: bool
    seconds: float

    def __str__(self) -> str:
        word = "noticed" if self.noticed else "NOT NOTICED"
        lines = (f"  - {self.before.strip()}", f"  + {self.after.strip()}")
        return "\n".join((f"{word}: {self.module}:{self.line} ({self.seconds:.0f} s)", *lines))


def tests_of(module: Path) -> Iterator[list[Path]]:
    """The tests that should notice a change in this file of the package, the nearest first, none of them twice."""
    shelf = ROOT / "tests" / module.parent
    above = ".".join(("symattn", *module.parent.parts)).replace(".", r"\.")
    imported = re.compile(rf"{above}\.{module.stem}\b|from {above} import .*\b{module.stem}\b")
    everywhere = sorted((ROOT / "tests").rglob("test_*.py"))
    rounds = [[shelf / f"test_{module.stem}.py"], [p for p in everywhere if imported.search(p.read_text("utf-8"))]]
    while shelf != ROOT / "tests":
        rounds.append(sorted(shelf.rglob("test_*.py")))
        shelf = shelf.parent
    done: set[Path] = set()
    for tests in rounds:
        new = [path for path in tests if path.is_file() and path not in done]
        done |= set(new)
        if new:
            yield new


def noticed(copy: Path, module: Path, own: bool = False) -> bool:
    """Whether a test (of its `own` file: the nearest) fails, or does not end, with the package as it is in the copy."""
    there = {**os.environ, "PYTHONPATH": os.pathsep.join([str(copy), str(ROOT)]), "PYTHONDONTWRITEBYTECODE": "1"}
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    most, limit = (1, OWN) if own else (None, SECONDS)
    for tests in islice(tests_of(module), most):
        command = [sys.executable, "-m", "pytest", *options, "--rootdir", str(ROOT), *map(str, tests)]
        try:
            ran = subprocess.run(command, cwd=copy, env=there, capture_output=True, timeout=limit, check=False)
        except subprocess.TimeoutExpired:
            return True
        if ran.returncode:
            return True
    return False


def matters(before: str, after: str) -> bool:
    """Whether more is another than the words of an error, how strictly two lists are put side by side, and how a round
    of a loop that is over goes on."""
    return _wordless(before) != _wordless(after)


def _wordless(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.While):
            _end(node.body)
        if isinstance(node, ast.Call):
            node.keywords = [keyword for keyword in node.keywords if keyword.arg != "strict"]
        if isinstance(node, ast.Raise):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                    inner.value = ""
    return ast.dump(tree)


def _end(body: list[ast.stmt]) -> None:
    """Forget `continue` where the round is over anyway."""
    match body[-1] if body else None:
        case ast.Continue():
            body[-1] = ast.Pass()
        case ast.If(body=inside, orelse=otherwise):
            _end(inside)
            _end(otherwise)
        case ast.Try(handlers=handlers, orelse=otherwise, finalbody=[]):
            for handler in handlers:
                _end(handler.body)
            _end(otherwise)


def changes(lines: int, seed: int, parts: Sequence[str] = ROOMS, own: bool = False) -> Iterator[Change]:
    """So many changes in these rooms and files, one after the other."""
    rng = random.Random(seed)
    files = [path for part in map(PACKAGE.joinpath, parts) for path in ([part] if part.suffix else _modules(part))]
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
            if other is None or not matters(source, other):
                continue
            done += 1
            module, start = path.relative_to(PACKAGE), perf_counter()
            (copy / "symattn" / module).write_text(other, encoding="utf-8")
            seen = noticed(copy, module, own)
            (copy / "symattn" / module).write_text(source, encoding="utf-8")
            before, after = source.splitlines()[number], other.splitlines()[number]
            yield Change(module, number + 1, before, after, seen, perf_counter() - start)


def _modules(room: Path) -> list[Path]:
    return sorted(room.rglob("*.py"))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutate_source", description=__doc__)
    parser.add_argument("--lines", type=int, default=40, help="how many changes (default 40)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rooms", nargs="+", default=ROOMS, help="or files, such as proof/search/known.py")
    parser.add_argument("--own", action="store_true", help="ask only the tests of the file itself")
    asked = parser.parse_args()
    alive = 0
    for change in changes(asked.lines, asked.seed, asked.rooms, asked.own):
        alive += not change.noticed
        print(change, flush=True)
    print(f"{asked.lines - alive} of {asked.lines} changes are noticed")
    return int(alive > 0)


if __name__ == "__main__":
    sys.exit(main())
