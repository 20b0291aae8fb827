"""`decide` and `prove` for those who do not know what is known: theorems are recognised in any letters."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from time import perf_counter
from typing import Any

import sympy
from sympy import Expr

from symattn.errors import SymattnError
from symattn.language import PSD, Claim, ElementwiseLog, Exists, ForAll, Iff, Not, Reciprocal, recurrence_in, text
from symattn.language.shapes.signs import sign
from symattn.language.walk import nodes_of
from symattn.proof import Statement, Theorem, Verdict, decision
from symattn.proof.attempts.attempts import ATTEMPTS, Attempt, at_once, by_search, refuted_at_once
from symattn.proof.attempts.case import Case
from symattn.proof.attempts.purse import Purse
from symattn.proof.decision import Given, Provable, several
from symattn.proof.elaborate.claims import statement
from symattn.proof.limit import ENDED, free, kept
from symattn.proof.search.lemmas import instance, may_say, stepwise
from symattn.proof.text.parse import understood
from symattn.proof.write.powers import by_powers
from symattn.proof.write.recurrences import by_steps
from symattn.proof.write.squares import by_roots, roots_in
from symattn.theory import catalogue
from symattn.theory.offers import apart, by_grams, by_steps_of_softmax

__all__ = ["LIMIT", "decide", "prove"]

LIMIT = 5.0
"""Seconds of the processor for an answer where nothing is said about it."""
SAID = (Iff, Exists, ForAll, Not, PSD)
"""What is in the claims of theorems that are hard to find and easy to name."""
SLOPES = (sympy.log, ElementwiseLog, Reciprocal, sympy.Pow)
"""What has a derivative where it is of something positive."""
MORE = 12
"""How many times the limit is offered where it was too short."""


def decide(
    claim: Claim | str,
    given: Given | str | Sequence[Claim | str] = (),
    *,
    using: Iterable[Theorem | Provable] = (),
    hints: Iterable[Expr] = (),
    timeout: float = LIMIT,
    check: bool = True,
) -> Verdict:
    """Whether the claim holds for all its letters and sizes, proved, refuted or undecided.

    claim      what is judged: Equal(A, B), at_most(A, B), Rank(A) <= k, …, or a text, as `parse` reads it
    given      claims under which it shall hold, or texts about the letters of a claim that is one
    using      theorems that the proof may use, in any letters and at any sizes
    hints      expressions worth trying: as witnesses, factors or sums of squares, and where something holds for all
    timeout    seconds of the processor for all that is tried; math.inf for no limit.  It is kept in the main thread
               alone, which is the only one that can be interrupted
    check      whether what is proved is put to numbers at a few small sizes before it is told

    Where the search finds nothing, the theorems of the catalogue are compared with the claim; `by` names the one that
    says it.

    >>> n, d = sizes("n d")
    >>> A, B = matrix("A", n, d), matrix("B", n, d)
    >>> decide(Equal(A + B, B + A))
    <Verdict proved: A + B = B + A>
    >>> decide(Equal(A, B)).status
    'refuted'
    >>> decide(Equal(A, B), given=Equal(B.T, A.T)).status
    'proved'
    >>> decide("x:1*n y:1*n |- norm(x - y) == 0", given="x == y").status
    'proved'

    Raises    ShapeError when two sizes that must agree differ; LanguageError for what is no statement of the language;
              StatementError for a text that is none; Contradiction when numbers refute what the kernel proves
    """
    start, purse = perf_counter(), Purse(_limit(timeout))
    with purse.charged():
        claim, given = understood(claim, given)
    case = Case(claim, several(given), tuple(using), tuple(hints))
    verdict = decision.judged(case, purse, check=check, attempts=_attempts(case))
    if verdict.status == "undecided":
        reason = _said(verdict.reason, purse.seconds) + _wanting(claim, verdict.reason)
        verdict = replace(verdict, reason=reason)
    return replace(verdict, seconds=perf_counter() - start)


def prove(
    claim: Claim | str,
    given: Given | str | Sequence[Claim | str] = (),
    *,
    using: Iterable[Theorem | Provable] = (),
    hints: Iterable[Expr] = (),
    timeout: float = LIMIT,
    check: bool = True,
) -> Theorem:
    """The theorem that the claim holds for all its letters and sizes.

    claim, given, using, hints, timeout, check    as for `decide`

    >>> n, d = sizes("n d")
    >>> Q, K = matrix("Q", n, d), matrix("K", n, d)
    >>> prove(Equal(T(Q @ K.T), K @ Q.T)).over
    'any commutative ring'
    >>> prove(Equal(Q @ K.T, K @ Q.T))
    Traceback (most recent call last):
        ...
    symattn.errors.Refuted: Q Kᵀ = K Qᵀ is false:
        n=2, d=1, Q = [[0], [1]], K = [[1], [0]]: entry (0,1) is 0, but 1

    Raises    Refuted with a counterexample; Undecided with the step that could not be taken; ShapeError, LanguageError;
              Contradiction when numbers refute what the kernel proves
    """
    return decision.insisted(decide(claim, given, using=using, hints=hints, timeout=timeout, check=check))


def _attempts(case: Case) -> tuple[Attempt, ...]:
    """What is tried: induction, squares, or theorems by name, soon where a search takes long over such claims."""
    claim, given, first = case.claim, case.given, ATTEMPTS.index(by_search)
    if not isinstance(claim, Claim):
        return ATTEMPTS  # of which the first refuses it
    soon: tuple[Attempt, ...] = ()
    if any(recurrence_in(h) is not None for h in given):
        soon = (at_once, refuted_at_once, by_powers, by_steps)
    elif roots_in(given):
        soon = (at_once, refuted_at_once, by_roots)
    elif any(True for _ in apart(claim)):
        soon = (at_once, refuted_at_once, by_steps_of_softmax)
    elif any(True for _ in nodes_of(claim, kinds=SAID)):
        soon = (at_once, by_name)
    late = (attempt for attempt in (by_steps, by_name, by_grams) if attempt not in soon)
    return (*ATTEMPTS[:first], *soon, *ATTEMPTS[first:], *late)


def by_name(case: Case) -> Verdict | None:
    """The verdict with the theorem of the catalogue that says it."""
    names: dict[str, object] = {}
    goal, stated = statement(names, case.claim), [statement(names, g) for g in case.given]
    with suppress(SymattnError, RecursionError):
        for lemma, formula in _said_by_theorems():
            if may_say(formula, goal):
                with free():  # what is proved once is no part of the search, as loading it is not
                    theorem = lemma.prove().kernel
                found = instance(theorem, goal, stated) or (None if stated else stepwise(theorem, goal))
                if found is not None:
                    return Verdict("proved", case.claim, Theorem(case.claim, case.given, found), by=lemma.name)
    return None


@cache
def _said_by_theorems() -> list[tuple[Statement, Any]]:
    """Every theorem of the catalogue, and what it says as a formula."""
    with free():
        return [(lemma, statement({}, lemma.says)) for lemma in catalogue().values()]


def _limit(timeout: float) -> float | None:
    """The limit, where there is one that can be kept."""
    return None if math.isinf(timeout) else kept(timeout) if timeout == LIMIT else timeout


def _said(reason: str, limit: float | None) -> str:
    """Why there is no answer; where there was no time left, also what asks for more."""
    if not limit or not reason.startswith(ENDED):
        return reason
    ended, *first = reason.split("; ", 1)
    return "; ".join((f"{ended} of the processor", f"timeout={limit * MORE:g} looks longer", *first))


def _wanting(claim: Claim, reason: str) -> str:
    """The facts that a derivative waits for: what stands under log, or below 1, and is not seen to be positive."""
    if "may vanish has no derivative" not in reason:
        return ""
    inside = [node.args[0] for node in nodes_of(claim) if isinstance(node, SLOPES) and sign(node.args[0]) < 1]
    facts = " and ".join(f"{text(each)} > 0" for each in dict.fromkeys(inside))
    return f"; it has one where {facts} is given" if facts else ""
