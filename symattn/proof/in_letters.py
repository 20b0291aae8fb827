"""A long claim by letters for its parts: proved, or refuted before anything of it is multiplied out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from symattn.proof.elaborate.values import named
from symattn.proof.refute.attempts import Sizes
from symattn.proof.refute.counterexample import Counterexample, find, first_failure
from symattn.proof.search import by_values
from symattn.proof.verdict import Theorem, Verdict


def settled(claim: Any) -> Verdict | None:
    """The verdict on a claim that is long without letters, where letters, or a few numbers, give one."""
    short = named(claim)
    if short is None:
        return None
    look = _Look(claim)
    found = by_values.prove(short, lambda: look.failure is None)
    if found is not None:
        return Verdict("proved", claim, Theorem(claim, (), found))
    if look.failure is not None:
        return Verdict("refuted", claim, counterexample=find(claim) or look.failure)
    return None


def few(sizes: tuple[Any, ...]) -> Iterator[tuple[Sizes, tuple[str, ...]]]:
    """Two small sizes and small numbers, of which deep functions make no large ones."""
    for number in (2, 1):
        yield {s: max(s.minimum, number) for s in sizes}, ("signs", "halves", "signs", "integers")


class _Look:
    """A look at numbers, taken once and only when it is asked for."""

    def __init__(self, claim: Any) -> None:
        self.claim = claim

    @cached_property
    def failure(self) -> Counterexample | None:
        return first_failure(self.claim, (), few)
