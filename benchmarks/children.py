"""Child processes: each row is measured in its own, so that no cache of an earlier row helps a later one."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
START = 120.0
"""Seconds that a child may take to begin: to import what it measures."""
OURS = ("symattn", "length", "finding")


@dataclass(frozen=True)
class Options:
    """How much time a run may take, and what it looks at."""

    budget: float = 30.0
    repeats: int = 15
    tensorgrad: str | None = None
    only: tuple[str, ...] = ()

    def wants(self, name: str) -> bool:
        return not self.only or name in self.only


def with_tensorgrad(python: str | None) -> str | None:
    """The interpreter that has tensorgrad: the given one, this one, or none."""
    return python or (sys.executable if find_spec("tensorgrad") else None)


def answers(what: str, name: str, repeats: int, *, python: str = sys.executable, patience: float = 600) -> list[dict]:
    """What `worker` prints, line by line, until it ends or says nothing for `patience` seconds.

    Raises    RuntimeError when our own part fails; the failure of another is shown, and what it said before counts
    """
    command = [python, "-m", "benchmarks.worker", what, name, str(repeats)]
    with TemporaryFile("w+", encoding="utf-8") as errors:
        child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True)
        lines: queue.Queue[str | None] = queue.Queue()
        reader = threading.Thread(target=_pass_on, args=(child.stdout, lines), daemon=True)
        reader.start()
        found = [json.loads(line) for line in _in_time(lines, patience)]
        reader.join(1)
        if reader.is_alive():
            child.kill()
            child.wait()
        elif child.wait():
            errors.seek(0)
            said = f"{' '.join(command)}\n{errors.read()}"
            if what in OURS:
                raise RuntimeError(said)
            print(said, file=sys.stderr)
    return found


def _pass_on(stream: Any, lines: queue.Queue[str | None]) -> None:
    for line in stream:
        lines.put(line)
    lines.put(None)


def _in_time(lines: queue.Queue[str | None], patience: float) -> Iterator[str]:
    wait = patience + START
    while True:
        try:
            line = lines.get(timeout=wait)
        except queue.Empty:
            return
        if line is None:
            return
        yield line
        wait = patience


def seconds_of(command: list[str]) -> float:
    """How long a whole process takes, by the clock."""
    start = perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "COLUMNS": "80"})
    return perf_counter() - start
