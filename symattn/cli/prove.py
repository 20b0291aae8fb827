"""`symattn prove STATEMENT`."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from symattn.cli.certificates import keep
from symattn.cli.wording import SCHEMA, exit_code, milliseconds
from symattn.errors import StatementError, Undecided
from symattn.proof.limit import time_limit
from symattn.proof.text.parse import Goal, parse
from symattn.theory.answers import decide

_HOLDS = {"proved": True, "refuted": False, "undecided": None}


def run(arguments: argparse.Namespace) -> int:
    """Prints the verdict; returns 0 proved, 1 refuted, 3 undecided."""
    try:
        with time_limit(arguments.timeout):
            goal = parse(arguments.statement, arguments.given)
            verdict = decide(goal.claim, goal.given)
            said = _data(goal, verdict) if arguments.json else _answer(goal, verdict)
    except RecursionError:
        raise StatementError("the statement nests too deeply to be decided") from None
    except MemoryError:
        raise Undecided("the statement needs more memory than there is", reason="out of memory") from None
    except ArithmeticError as error:
        raise Undecided(f"the numbers in it cannot be held: {error}", reason=str(error)) from None
    if arguments.certificate and verdict.theorem is not None:
        keep(verdict.theorem, arguments.certificate)
    if arguments.json:
        print(json.dumps(said, ensure_ascii=False))
    else:
        print(said, file=sys.stderr if verdict.status == "undecided" else sys.stdout)
    return exit_code(_HOLDS[verdict.status])


def _answer(goal: Goal, verdict: Any) -> str:
    """The verdict in words, with the statement that was judged."""
    judged = [f"    {goal.claim}", *(f"    given {claim}" for claim in goal.given)]
    if verdict.status != "proved":
        return "\n".join([f"{verdict.status}: {verdict.counterexample or verdict.reason}", *judged])
    sizes = [f"{size} ≥ {size.minimum}" for size in goal.claim.sizes]
    where = f" for all {', '.join(sizes)}" if sizes else ""
    over = f", over {verdict.over}" if verdict.over else ""
    by = f", by {verdict.by}" if verdict.by else ""
    first = f"proved{by}{where}{over} ({milliseconds(verdict.seconds)})"
    return "\n".join([first, *judged])


def _data(goal: Goal, verdict: Any) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "status": verdict.status,
        "claim": str(goal.claim),
        "given": [str(claim) for claim in goal.given],
        "over": verdict.over,
        "counterexample": str(verdict.counterexample) if verdict.counterexample else None,
        "reason": verdict.reason,
        "by": verdict.by or None,
        "seconds": verdict.seconds,
    }
