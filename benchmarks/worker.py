"""One row in a process of its own: `python -m benchmarks.worker WHAT NAME REPEATS` prints lines of JSON.

Times are processor seconds, which other work on the machine does not add to.  Imports are done before any is taken.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from time import process_time
from typing import Any

SIZES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    start = process_time()
    result = action()
    return process_time() - start, result


def say(**what: Any) -> None:
    print(json.dumps(what), flush=True)


def _proofs(make: Callable[[str], Any], repeats: int) -> None:
    import symattn

    decide, version = symattn.decide, symattn.__version__
    for repeat in range(repeats):
        write, claim = timed(lambda tag=f"_{repeat}": make(tag))
        prove, verdict = timed(lambda claim=claim: decide(claim))
        say(write=write, prove=prove, proved=verdict.status == "proved", version=version)


def by_symattn(name: str, repeats: int) -> None:
    """A statement for all sizes; beside it what the import of SymPy takes here."""
    load, _ = timed(lambda: __import__("sympy"))
    from benchmarks.statements import STATEMENTS

    say(sympy=load)
    _proofs(STATEMENTS[name], repeats)


def by_length(name: str, repeats: int) -> None:
    from benchmarks.statements import SCALING

    make, lengths = SCALING[name]
    for length in lengths:
        say(length=length)
        _proofs(lambda tag, length=length: make(f"{tag}_{length}", length), repeats)


def by_finding(name: str, repeats: int) -> None:
    """The proofs of the catalogue, or of gradients, with finding and checking apart."""
    from benchmarks import finding

    for found in getattr(finding, name)():
        say(**found)


def by_sympy(name: str, repeats: int) -> None:
    """Ever larger sizes, until the parent process has seen enough."""
    import sympy

    from benchmarks.explicit import EXPLICIT

    EXPLICIT[name](SIZES[0])  # what SymPy imports only when it is first needed
    for size in SIZES[: repeats or None]:
        seconds, holds = timed(lambda size=size: EXPLICIT[name](size))
        say(size=size, prove=seconds, proved=holds, version=sympy.__version__)


def by_tensorgrad(name: str, repeats: int) -> None:
    from importlib.metadata import version

    from benchmarks.peer import PEER, equal

    for repeat in range(repeats):
        write, sides = timed(lambda tag=f"_{repeat}": PEER[name](tag))
        prove, holds = timed(lambda sides=sides: equal(*sides))
        say(write=write, prove=prove, proved=holds, version=version("tensorgrad"))


WORK = {
    "symattn": by_symattn,
    "length": by_length,
    "finding": by_finding,
    "sympy": by_sympy,
    "tensorgrad": by_tensorgrad,
}

if __name__ == "__main__":
    what, name, repeats = sys.argv[1:]
    WORK[what](name, int(repeats))
