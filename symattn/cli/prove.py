"""`symattn prove STATEMENT`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time
from typing import Any

from symattn.cli.certificates import keep
from symattn.cli.deciding.advice import Advice, longer, next_question
from symattn.cli.deciding.hints import hint
from symattn.cli.deciding.pasted import pasted
from symattn.cli.screen.formulas import wrapped
from symattn.cli.screen.matrices import blocks, data
from symattn.cli.wording import as_json, exit_code, milliseconds
from symattn.errors import StatementError, Undecided
from symattn.language import text
from symattn.proof.attempts.attempts import NOTHING_FOUND
from symattn.proof.limit import ENDED
from symattn.proof.text.parse import Goal, parse
from symattn.theory import select
from symattn.theory.answers import decide
from symattn.views.screen.spelling import spelled
from symattn.views.screen.width import PAGE, columns, fitted

_HOLDS = {"proved": True, "refuted": False, "undecided": None}
INDENT = "    "
WAYS = "try next a theorem of this list (--using NAME), or --hint EXPR or --given CLAIM"


def run(arguments: argparse.Namespace) -> int:
    """Prints the verdict; returns 0 proved, 1 refuted, 3 undecided."""
    using = select(arguments.using) if arguments.using else []
    start = process_time()
    try:
        with _answerable():
            goal = parse(arguments.statement, arguments.given)
            hints = [hint(goal, given) for given in arguments.hint]
            verdict = decide(goal.claim, goal.given, using=using, hints=hints, timeout=arguments.timeout)
    except Undecided as error:
        return _ended(arguments, str(error))
    if verdict.reason.startswith(ENDED):
        return _ended(arguments, verdict.reason.partition(" of the processor")[0])
    undecided = verdict.status == "undecided"
    left = arguments.timeout - (process_time() - start)
    advice = next_question(arguments, goal, hints, using, left) if undecided else None
    said = _said(arguments, goal, verdict, advice)
    if arguments.certificate and verdict.theorem is not None:
        keep(verdict.theorem, arguments.certificate)
    # what is pasted somewhere is a theorem or nothing
    aside = undecided or (arguments.to and verdict.status == "refuted")
    print(said, file=sys.stderr if aside and not arguments.json else sys.stdout)
    return exit_code(_HOLDS[verdict.status])


@contextmanager
def _answerable() -> Iterator[None]:
    """Whatever the machine cannot hold is a refusal or undecided."""
    try:
        yield
    except RecursionError:
        raise StatementError("the statement nests too deeply to be decided") from None
    except MemoryError:
        raise Undecided("the statement needs more memory than there is", reason="out of memory") from None
    except ArithmeticError as error:
        raise Undecided(f"the numbers in it cannot be held: {error}", reason=str(error)) from None


def _ended(arguments: argparse.Namespace, reason: str) -> int:
    """Says that there was not enough time or memory."""
    if arguments.json:
        print(as_json(status="undecided", reason=reason, next=longer(arguments)))
    else:
        print(f"undecided: {reason}\ntry next\n{longer(arguments)}", file=sys.stderr)
    return exit_code(None)


def _said(arguments: argparse.Namespace, goal: Goal, verdict: Any, advice: Advice | None) -> str:
    if arguments.json:
        return as_json(**_data(goal, verdict, advice))
    if advice is not None:
        return _undecided(goal, verdict, advice)
    if verdict.status == "refuted":
        return _refuted(goal, verdict)
    return pasted(goal, verdict, arguments.to) if arguments.to else _proved(arguments, goal, verdict)


def _width() -> int:
    return (columns() or PAGE) - len(INDENT)


def _judged(goal: Goal) -> list[str]:
    """The statement that was judged."""
    lines = wrapped(text(goal.shown), _width())
    for claim in goal.said:
        first, *others = wrapped(claim, _width() - len("given "))
        lines += [f"given {first}", *(f"      {line}" for line in others)]
    return [INDENT + line for line in lines]


def _proved(arguments: argparse.Namespace, goal: Goal, verdict: Any) -> str:
    sizes = [f"{size} ≥ {size.minimum}" for size in goal.claim.sizes]
    where = f" for all {', '.join(sizes)}" if sizes else ""
    over = f", over {verdict.over}" if verdict.over else ""
    by = f", by {verdict.by}" if verdict.by else ""
    using = [f"{INDENT}using {name}" for name in arguments.using]
    first = f"proved{by}{where}{over} ({milliseconds(verdict.seconds)})"
    return "\n".join([fitted(first), *_judged(goal), *using])


def _refuted(goal: Goal, verdict: Any) -> str:
    """Where the claim fails, and the values, as matrices."""
    found = verdict.counterexample
    if found is None:
        return "\n".join([fitted(f"refuted: {verdict.reason}"), *_judged(goal)])
    sizes = ", ".join(f"{size} = {number}" for size, number in found.sizes.items())
    first = f"refuted{f' at {sizes}' if sizes else ''}{f': {found.detail}' if found.detail else ''}"
    values = [f"{INDENT}{line}".rstrip() for line in blocks(found.values, _width())]
    return "\n".join([fitted(first), *_judged(goal), *([""] if values else []), *values])


def _undecided(goal: Goal, verdict: Any, advice: Advice) -> str:
    """What is missing, what numbers say, and what to ask next."""
    missing = fitted(f"undecided: {verdict.reason.removesuffix(NOTHING_FOUND)}")
    way = "try next, with one more option it is proved" if advice.settles else WAYS
    return "\n".join([missing, *_judged(goal), *map(fitted, _numbers(verdict)), fitted(way), spelled(advice.line)])


def _numbers(verdict: Any) -> list[str]:
    if not verdict.held:
        return ["numbers say nothing: none of the samples tried meets what is given"] if verdict.silent else []
    said = f"holds in all {verdict.held} samples tried"
    return [f"{said}; {verdict.silent} more say nothing" if verdict.silent else said]


def _data(goal: Goal, verdict: Any, advice: Advice | None) -> dict[str, Any]:
    found = verdict.counterexample
    return {
        "status": verdict.status,
        "claim": str(goal.claim),
        "given": goal.said,
        "over": verdict.over,
        "counterexample": found
        and {
            "sizes": {str(size): number for size, number in found.sizes.items()},
            "values": {str(letter): data(value) for letter, value in found.values.items()},
            "detail": found.detail,
        },
        "reason": verdict.reason,
        "held": verdict.held if advice else None,
        "next": advice.line.strip() if advice else None,
        "by": verdict.by or None,
        "seconds": verdict.seconds,
    }
