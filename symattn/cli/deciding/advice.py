"""What to ask next where a statement is undecided: which theorem, hint or hypothesis is worth a try."""

from __future__ import annotations

import argparse
import re
import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Any

from symattn import language as lang
from symattn.cli.catalogue import spoken
from symattn.errors import SymattnError
from symattn.language import code
from symattn.language.walk import nodes_of
from symattn.proof import decision
from symattn.proof.text.parse import Goal
from symattn.theory import catalogue
from symattn.views.screen.width import paragraph

LONGER = 10
"""How much more time is proposed, where there was too little."""
MOST = 4
"""How many hints, and how many theorems, are tried."""
SECONDS = 0.7
"""For each try: a proof is found at once or not at all, and what takes longer is the search for a counterexample."""
_COMMON = {"MatMul", "Mul", "MatAdd", "Add", "Pow", "Transpose", "T", "Tuple", "Identity", "Matrix", "Size"}
_COMMON |= {"Equal", "And", "Not", "Implies"}
_WORDS = {
    "ElementwiseExp": "exp",
    "ElementwiseLog": "log",
    "ElementwiseCos": "cos",
    "ElementwiseSin": "sin",
    "RankAtMost": "rank",
    "RankAtLeast": "rank",
    "AtMost": "bound",
}


def longer(arguments: argparse.Namespace) -> str:
    """The same question with more time."""
    return command(arguments, f"--timeout {arguments.timeout * LONGER:g}")


def next_question(
    arguments: argparse.Namespace, goal: Goal, hints: Sequence[Any], using: Sequence[Any], left: float
) -> Advice:
    """The command with the one option more that settles it, or else one that looks for a theorem that may."""
    # all of them together keep to what is left of the time that was given for the answer, or to a fifth of it
    seconds = min(SECONDS, max(left, arguments.timeout / 5) / (2 * MOST))
    for one in islice(_hints(goal), MOST):
        if _settles(goal, [*hints, one], using, seconds):
            return Advice(command(arguments, f"--hint {quoted(code(one))}"), settles=True)
    for name in _theorems(goal)[:MOST]:
        if _settles(goal, hints, [*using, catalogue()[name]], seconds):
            return Advice(command(arguments, f"--using {name}"), settles=True)
    return Advice(f"    symattn list {_word(goal)}".rstrip(), settles=False)


@dataclass(frozen=True)
class Advice:
    """A command line, and whether it was tried and settles the question."""

    line: str
    settles: bool


def _settles(goal: Goal, hints: Sequence[Any], using: Sequence[Any], seconds: float) -> bool:
    with suppress(SymattnError):
        found = decision.decide(goal.claim, goal.given, using=using, hints=hints, timeout=seconds, check=False)
        return found.status == "proved"
    return False


def command(arguments: argparse.Namespace, more: str) -> str:
    """The command line that was given, with one more option; lines break where the shell lets them."""
    options = [f"--{name} {quoted(value)}" for name in ("given", "hint", "using") for value in getattr(arguments, name)]
    statement = paragraph(quoted(arguments.statement), first="    symattn prove ", indent="        ")
    return " \\\n        ".join([statement, *options, more])


def quoted(text: str) -> str:
    """The text as a shell takes it, in the quotes that are easier to read."""
    plain = not re.search(r'["$`\\!]', text)
    return shlex.quote(text) if re.fullmatch(r"[\w.=-]+", text) or not plain else f'"{text}"'


def _theorems(goal: Goal) -> list[str]:
    """The theorems that mention most nearly the same as the statement does, the nearest first."""
    mine = _mentioned(goal.claim, *goal.given)
    shares = {name: _share(mine, _mentioned(one.says, *one.given)) for name, one in catalogue().items()}
    return sorted((name for name, share in shares.items() if share), key=lambda name: -shares[name])


def _mentioned(*claims: Any) -> set[type]:
    kinds = {type(node) for claim in claims for node in nodes_of(claim) if node.args}
    return {kind for kind in kinds if kind.__name__ not in _COMMON}


def _share(mine: set[type], theirs: set[type]) -> float:
    return len(mine & theirs) / len(mine | theirs) if mine & theirs else 0.0


def _word(goal: Goal) -> str:
    """What the statement is about, as the catalogue has it: of the functions in it the one that fewest theorems use."""
    counts = Counter(kind for one in catalogue().values() for kind in _mentioned(one.says, *one.given))
    said = " ".join(map(spoken, catalogue().values()))
    mine = {kind: _WORDS.get(kind.__name__, kind.__name__.lower()) for kind in _mentioned(goal.claim, *goal.given)}
    known = [kind for kind, word in mine.items() if counts[kind] and word in said]
    rarest = min(known, key=lambda kind: (issubclass(kind, lang.Claim), counts[kind], mine[kind]), default=None)
    return "" if rarest is None else mine[rarest]


def _hints(goal: Goal) -> Iterator[Any]:
    """Witnesses; differences of letters of one shape, whose squares may be in a bound; letters."""
    letters = [a for a in lang.letters_of(goal.claim) if not isinstance(a, lang.Family | lang.BilinearMap)]
    bound = [letter for node in nodes_of(goal.claim, kinds=lang.Exists) for letter in node.variables]
    for letter in bound:
        sides = [(node.left, node.right) for node in nodes_of(goal.claim, kinds=lang.Equal)]
        yield from (b if a == letter else a for a, b in sides if letter in (a, b))
        yield from (other for other in letters if _shape(other) == _shape(letter))
        if len(_shape(letter)) == 2:
            yield lang.zeros(*letter.shape)
    yield from (one - other for one, other in combinations(letters, 2) if _shape(one) == _shape(other))
    yield from letters


def _shape(letter: Any) -> tuple[Any, ...]:
    return tuple(getattr(letter, "shape", ()))
