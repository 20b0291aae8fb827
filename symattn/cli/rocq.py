"""`symattn rocq [NAME...]`, every theorem once more by Rocq."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from symattn.cli.screen.tables import table
from symattn.cli.wording import exit_code
from symattn.errors import UnknownName
from symattn.rocq import Refusal, Result, audit, refusals, write
from symattn.rocq.audit import FAILED, PROVED, UNPROVED, printed
from symattn.rocq.refused_mutants import REFUSED
from symattn.theory import select
from symattn.views.screen.width import fitted


def run(arguments: argparse.Namespace) -> int:
    """Prints, writes or checks.

    Returns 0 proved, 1 one failed or a mutant was not refused, 3 a theorem asked for by name has no proof yet.
    """
    if not arguments.names and not arguments.all:
        raise UnknownName("name the theorems, or give --all: symattn list shows them")
    statements = select([] if arguments.all else arguments.names)
    if arguments.check:
        return _check(arguments, statements)
    if arguments.out:
        for path in write(statements, Path(arguments.out)):
            print(path)
        return 0
    # Rocq reads a line that goes on below as it reads a long one
    print(fitted("\n\n".join(printed(statement) for statement in statements)))
    return 0


def _check(arguments: argparse.Namespace, statements: Sequence[Any]) -> int:
    out = Path(arguments.out) if arguments.out else None
    results = audit(statements, out=out, jobs=arguments.jobs)
    proved = {result.name for result in results if result.status == PROVED}
    mutants = refusals([s for s in statements if s.name in proved], jobs=arguments.jobs)
    print(_text(results, mutants))
    failed = any(result.status == FAILED for result in results)
    if failed or any(mutant.status != REFUSED for mutant in mutants):
        return exit_code(False)
    # the catalogue as a whole lists what has no proof yet; a theorem asked for by name is undecided
    missing = any(result.status == UNPROVED for result in results)
    return exit_code(None if missing and not arguments.all else True)


def _text(results: Sequence[Result], mutants: Sequence[Refusal]) -> str:
    of = {mutant.name: mutant.status for mutant in mutants}
    rows = [
        (r.name, r.status, "kept" if r.cached else f"{r.seconds:.2f} s" if r.seconds else "", of.get(r.name, ""))
        for r in results
    ]
    counts = Counter(result.status for result in results)
    told = [f"{r.name}: {r.message}" for r in results if r.message]
    told += [mutant.said for mutant in mutants if mutant.status != REFUSED]
    number = f"{counts[PROVED]} proved, {counts[UNPROVED]} no proof yet, {counts[FAILED]} failed"
    summary = f"{len(results)} theorem{'s' * (len(results) != 1)}: {number}"
    refused = sum(mutant.status == REFUSED for mutant in mutants)
    tail = f"{len(mutants)} false statement{'s' * (len(mutants) != 1)} beside them: {refused} refused"
    parts = [table(("theorem", "Rocq", "time", "mutant"), rows), *map(fitted, [*told, f"{summary}\n{tail}"])]
    return "\n\n".join(parts)
