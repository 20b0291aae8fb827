"""Layer cli: `symattn rocq [NAME...]`, every theorem once more by Rocq."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..errors import UnknownName
from ..rocq import Result, audit, write
from ..rocq.audit import FAILED, PROVED, UNPROVED, printed
from ..verify import select
from .table import table
from .wording import exit_code


def run(arguments: argparse.Namespace) -> int:
    """Prints, writes or checks; returns 0 proved, 1 one failed, 3 a theorem asked for by name has no proof yet."""
    if not arguments.names and not arguments.all:
        raise UnknownName("name the theorems, or give --all: symattn list shows them")
    statements = select([] if arguments.all else arguments.names)
    if arguments.check:
        return _check(arguments, statements)
    if arguments.out:
        for path in write(statements, Path(arguments.out)):
            print(path)
        return 0
    print("\n\n".join(printed(statement) for statement in statements))
    return 0


def _check(arguments: argparse.Namespace, statements: Sequence[Any]) -> int:
    out = Path(arguments.out) if arguments.out else None
    results = audit(statements, out=out, jobs=arguments.jobs)
    print(_text(results))
    if any(result.status == FAILED for result in results):
        return exit_code(False)
    # the catalogue as a whole lists what has no proof yet; a theorem asked for by name is undecided
    missing = any(result.status == UNPROVED for result in results)
    return exit_code(None if missing and not arguments.all else True)


def _text(results: Sequence[Result]) -> str:
    rows = [(r.name, r.status, "kept" if r.cached else f"{r.seconds:.2f} s" if r.seconds else "") for r in results]
    counts = Counter(result.status for result in results)
    told = [f"{r.name}: {r.message}" for r in results if r.message]
    number = f"{counts[PROVED]} proved, {counts[UNPROVED]} no proof yet, {counts[FAILED]} failed"
    summary = f"{len(results)} theorem{'s' * (len(results) != 1)}: {number}"
    return "\n\n".join([table(("theorem", "Rocq", "time"), rows), *told, summary])
