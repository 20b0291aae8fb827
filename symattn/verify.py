"""Layer verify: every theorem held to every witness, as data.  The command line prints it.

Main results
    select     the statements with the given names
    check      one statement: the kernel, exact arithmetic, float64, each by itself
    verify     several of them, one Row each
    on_head    one statement evaluated on a trained head
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from .errors import LanguageError, ShapeError, SymattnError, Undecided, unknown_name
from .language import And, Implies, Matrix
from .numeric import EXACT, FLOAT64, SEED, Head, Outcome, Sample, degenerate, sample, witness
from .proof import Statement, catalogue, replay
from .proof.limit import time_limit

FLOAT_KINDS = ("normal", "cancelling", "onehot")
"""Entries at the usual sizes: of one magnitude, large ones that nearly cancel, a single 1 in each row."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one witness says: `holds` is None when it is undecided, and `detail` says why."""

    holds: bool | None
    detail: str = ""
    seconds: float = 0.0
    residual: float | None = None
    bound: float | None = None
    samples: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One theorem and its witnesses."""

    name: str
    card: str
    title: str
    over: str
    kernel: Finding
    exact: Finding
    float64: Finding

    @property
    def witnesses(self) -> dict[str, Finding]:
        return {"kernel": self.kernel, "exact": self.exact, "float64": self.float64}

    @property
    def holds(self) -> bool | None:
        """False when one witness fails; None when none fails and one is undecided."""
        return together(finding.holds for finding in self.witnesses.values())


def together(answers: Iterable[bool | None]) -> bool | None:
    """All of several answers: one False decides, else one None does."""
    known = set(answers)
    return False if False in known else None if None in known else True


def select(names: Sequence[str] = ()) -> list[Statement]:
    """The statements with these names, or the whole catalogue.

    Raises: UnknownName, with the nearest names.
    """
    known = catalogue()
    for name in names:
        if name not in known:
            raise unknown_name(name, known)
    return [known[name] for name in names] if names else list(known.values())


def verify(names: Sequence[str] = (), *, seed: int = SEED, seconds: float | None = None) -> Iterator[Row]:
    """Checks the statements one after the other; `seconds` limits each of them."""
    return (check(statement, seed=seed, seconds=seconds) for statement in select(names))


def check(statement: Statement, *, seed: int = SEED, seconds: float | None = None) -> Row:
    """One statement, held to every witness."""
    kernel, over = kernel_witness(statement, seconds=seconds)
    exact = numeric_witness(statement, EXACT, ["integers"], seed=seed, seconds=seconds)
    float64 = numeric_witness(statement, FLOAT64, FLOAT_KINDS, seed=seed, seconds=seconds)
    return Row(statement.name, statement.card, statement.title, over, kernel, exact, float64)


def kernel_witness(statement: Statement, *, seconds: float | None = None) -> tuple[Finding, str]:
    """Proves the statement, then replays its certificate from nothing; also over what it holds."""
    start = perf_counter()
    try:
        with time_limit(seconds):
            theorem = statement.prove()
            replay(theorem.certificate())
            over = theorem.over
    except Undecided as error:
        return Finding(None, str(error), perf_counter() - start), ""
    except SymattnError as error:
        return Finding(False, str(error), perf_counter() - start), ""
    return Finding(True, "", perf_counter() - start), over


def numeric_witness(
    statement: Statement, arithmetic: Any, kinds: Sequence[str], *, seed: int = SEED, seconds: float | None = None
) -> Finding:
    """Evaluates the statement at pairwise different sizes with entries of each kind, and at degenerate sizes."""
    start = perf_counter()
    try:
        with time_limit(seconds):
            outcomes = [
                witness(claim(statement), at, arithmetic, substitution=instance)
                for instance in statement.instances or ({},)
                for at in _samples(statement, instance, kinds, seed)
            ]
    except Undecided as error:
        return Finding(None, str(error), perf_counter() - start)
    return _summary(outcomes, perf_counter() - start)


def claim(statement: Statement) -> Any:
    """What numbers can test: the statement under its hypotheses."""
    given = statement.given
    if not given:
        return statement.says
    return Implies(given[0] if len(given) == 1 else And(*given), statement.says)


def _samples(statement: Statement, instance: Any, kinds: Sequence[str], seed: int) -> Iterator[Sample]:
    subject = [claim(statement), *instance.values()]
    for kind in kinds:
        yield sample(subject, seed=seed, kind=kind)
    for number, sizes in enumerate(degenerate(subject), 1):
        try:
            yield sample(subject, sizes=sizes, seed=seed + number, kind=kinds[0])
        except LanguageError:
            # no matrix of this size has the declared facts, so the statement says nothing there
            continue


def _summary(outcomes: Sequence[Outcome], seconds: float) -> Finding:
    """The worst of the outcomes: one that fails, else one that is undecided, else the one nearest to its bound."""
    worst = max(outcomes, key=_badness)
    holds = together(outcome.holds for outcome in outcomes)
    residual, bound = (None if part is None else float(part) for part in (worst.residual, worst.bound))
    return Finding(holds, worst.detail, seconds, residual, bound, len(outcomes))


def _badness(outcome: Outcome) -> tuple[int, float]:
    rank = {False: 2, None: 1, True: 0}[outcome.holds]
    if not outcome.residual:
        return rank, 0.0
    return rank, float(outcome.residual / outcome.bound) if outcome.bound else float("inf")


def letters_of_head(statement: Statement, head: Head) -> dict[Matrix, Any] | None:
    """The values that a trained head gives to the Q, K, V, O of a statement; None when it has none of them."""
    values = {"Q": head.Q, "K": head.K, "V": head.V, "O": head.O}
    free = [letter for letter in statement.says.letters if isinstance(letter, Matrix) and not letter.facts]
    found = {letter: values[letter.name] for letter in free if values.get(letter.name) is not None}
    return found or None


def on_head(statement: Statement, head: Head, *, seed: int = SEED, seconds: float | None = None) -> Finding | None:
    """The statement in float64 with the head's matrices in the place of its letters; None when it has no place."""
    values = letters_of_head(statement, head)
    if values is None:
        return None
    start = perf_counter()
    subject = claim(statement)
    try:
        at = sample(subject, seed=seed, kind="normal", values=values)
    except ShapeError:
        return None
    try:
        with time_limit(seconds):
            outcome = witness(subject, at, FLOAT64)
    except Undecided as error:
        return Finding(None, str(error), perf_counter() - start)
    return _summary([outcome], perf_counter() - start)
