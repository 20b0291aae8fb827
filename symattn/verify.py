"""Layer verify: every theorem held to every witness, as data.  The command line prints it.

Main results
    select     the statements with the given names
    check      one statement: the kernel, exact arithmetic, float64 and trained heads, each by itself
    verify     several of them, one Row each
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from .errors import LanguageError, ShapeError, SymattnError, Undecided, unknown_name
from .language import And, Implies, Matrix
from .numeric.claims import witness
from .numeric.exact import EXACT
from .numeric.floats import FLOAT64
from .numeric.samples import SEED, Sample, degenerate, sample
from .numeric.trained import Head
from .numeric.verdicts import Outcome
from .proof import Statement, catalogue, replay
from .proof.limit import time_limit

FLOAT_KINDS = ("normal", "cancelling", "onehot")
"""Entries at the usual sizes: of one magnitude, large ones that nearly cancel, a single 1 in each row."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one witness says: `holds` is None when it is undecided, and `detail` says why.

    `samples` is at how many sizes, entries or heads it looked; `residual` is the difference that came nearest to its
    `bound`, or passed it.
    """

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
    trained: Finding | None = None

    @property
    def witnesses(self) -> dict[str, Finding]:
        """Every witness that was asked and that the statement is about, by name."""
        asked = {"kernel": self.kernel, "exact": self.exact, "float64": self.float64, "trained": self.trained}
        return {name: finding for name, finding in asked.items() if finding is not None}

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


def verify(
    names: Sequence[str] = (), *, heads: Sequence[Head] = (), seed: int = SEED, seconds: float | None = None
) -> Iterator[Row]:
    """Checks the statements one after the other; `seconds` limits each witness of each."""
    return (check(statement, heads=heads, seed=seed, seconds=seconds) for statement in select(names))


def check(statement: Statement, *, heads: Sequence[Head] = (), seed: int = SEED, seconds: float | None = None) -> Row:
    """One statement, held to every witness; on trained heads too when there are any."""
    kernel, over = kernel_witness(statement, seconds=seconds)
    exact = numeric_witness(statement, EXACT, ["integers"], seed=seed, seconds=seconds)
    float64 = numeric_witness(statement, FLOAT64, FLOAT_KINDS, seed=seed, seconds=seconds)
    trained = trained_witness(statement, heads, seed=seed, seconds=seconds)
    return Row(statement.name, statement.card, statement.title, over, kernel, exact, float64, trained)


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

    def outcomes() -> Iterator[Outcome]:
        for instance in statement.instances or ({},):
            for at in _samples(statement, instance, kinds, seed):
                yield witness(claim(statement), at, arithmetic, substitution=instance)

    return _summary(outcomes, seconds)


def trained_witness(
    statement: Statement, heads: Sequence[Head], *, seed: int = SEED, seconds: float | None = None
) -> Finding | None:
    """Evaluates the statement in float64 with each head's matrices as its Q, K, V, O; None when it has none of them."""
    samples = [at for head in heads if (at := _sample_of_head(statement, head, seed)) is not None]
    if not samples:
        return None
    return _summary(lambda: (witness(claim(statement), at, FLOAT64) for at in samples), seconds)


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


def _sample_of_head(statement: Statement, head: Head, seed: int) -> Sample | None:
    """A sample with the head's matrices in it, or None when the statement has no place for them."""
    values = {"Q": head.Q, "K": head.K, "V": head.V, "O": head.O}
    free = [letter for letter in statement.says.letters if isinstance(letter, Matrix) and not letter.facts]
    found = {letter: values[letter.name] for letter in free if values.get(letter.name) is not None}
    try:
        return sample(claim(statement), seed=seed, kind="normal", values=found) if found else None
    except ShapeError:
        return None


def _summary(outcomes: Callable[[], Iterable[Outcome]], seconds: float | None) -> Finding:
    """The worst of the outcomes: one that fails, else one that is undecided, else the one nearest to its bound."""
    start = perf_counter()
    try:
        with time_limit(seconds):
            found = list(outcomes())
    except Undecided as error:
        return Finding(None, str(error), perf_counter() - start)
    worst = max(found, key=_badness)
    residual, bound = (None if part is None else float(part) for part in (worst.residual, worst.bound))
    holds = together(outcome.holds for outcome in found)
    return Finding(holds, worst.detail, perf_counter() - start, residual, bound, len(found))


def _badness(outcome: Outcome) -> tuple[int, float]:
    rank = {False: 2, None: 1, True: 0}[outcome.holds]
    if not outcome.residual:
        return rank, 0.0
    return rank, float(outcome.residual / outcome.bound) if outcome.bound else float("inf")
