"""A change to a copy of the package, and the false claims put to that."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import symattn
from tests.sabotage.changes import changed, places

ROOT = Path(__file__).parents[2]
PACKAGE = Path(symattn.__file__).parent
SECONDS = 240
TRANSLATION = {"proof/elaborate", "proof/text"}
JUDGES = {"proof/verdict.py", "proof/decision.py", "proof/limit.py"}
"""What says which formula a claim is: a change there proves another statement, which is not asked here."""


@dataclass(frozen=True)
class Change:
    """One line, changed, and the false claims that are proved then."""

    file: str
    line: int
    before: str
    after: str
    proved: tuple[str, ...]
    ended: bool


def targets() -> list[Path]:
    """The files that are not trusted: the engine, and the search for proofs."""
    searching = [path for path in sorted((PACKAGE / "proof").rglob("*.py")) if not _translates(path)]
    return [*sorted((PACKAGE / "engine").rglob("*.py")), *searching]


def _translates(path: Path) -> bool:
    inside = path.relative_to(PACKAGE)
    return inside.parent.as_posix() in TRANSLATION or inside.as_posix() in JUDGES or path.stem == "__init__"


def sabotage(lines: int, seed: int) -> Iterator[Change]:
    """So many changes, one after the other."""
    rng = random.Random(seed)
    files = targets()
    weights = [len(places(path.read_text(encoding="utf-8"))) for path in files]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "symattn"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "rocq", "theory"))
        done = 0
        while done < lines:
            path = rng.choices(files, weights)[0]
            source = path.read_text(encoding="utf-8")
            number = rng.choice(places(source))
            other = changed(source, number, rng)
            if other is not None:
                done += 1
                yield _tried(copy / path.relative_to(PACKAGE), source, other, number)


def _tried(file: Path, source: str, other: str, number: int) -> Change:
    file.write_text(other, encoding="utf-8")
    try:
        there = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_above(file)), str(ROOT)])}
        command = [sys.executable, "-m", "tests.sabotage.false_claims"]
        ran = subprocess.run(
            command, env=there, cwd=_above(file), capture_output=True, text=True, timeout=SECONDS, check=False
        )
        proved, ended = tuple(filter(None, ran.stdout.splitlines())), True
    except subprocess.TimeoutExpired:
        proved, ended = (), False
    finally:
        file.write_text(source, encoding="utf-8")
    before, after = source.splitlines()[number].strip(), other.splitlines()[number].strip()
    return Change(str(file.relative_to(_above(file))), number + 1, before, after, proved, ended)


def _above(file: Path) -> Path:
    return next(parent for parent in file.parents if (parent / "symattn").is_dir() and parent.name != "symattn")
