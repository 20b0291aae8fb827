"""The witnesses.  Each answers by itself; a witness that cannot answer is undecided, never agreeing.

kernel     proves the statement for all sizes and replays its certificate from nothing
exact      evaluates it in rationals, exp(x) read as 2**x; in intervals of 100 bits where that is not enough
rounded    evaluates it in any other arithmetic, with an error bound carried through the same run
trained    the same with the Q, K, V, O of trained heads
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import product
from time import perf_counter
from typing import Any

import sympy

from symattn.errors import LanguageError, ShapeError, SymattnError, Undecided
from symattn.language import ElementwiseLog, Implies, Matrix, Rank, RankAtLeast, RankAtMost
from symattn.models.trained import Head
from symattn.numeric.arithmetic import Arithmetic
from symattn.numeric.arithmetics.exact import EXACT
from symattn.numeric.arithmetics.floats import FLOAT64
from symattn.numeric.arithmetics.interval import Intervals
from symattn.numeric.arithmetics.modular import Modular
from symattn.numeric.arithmetics.registry import parse_arithmetic
from symattn.numeric.claims.at_a_sample import modulo, witness
from symattn.numeric.claims.exponentials import has_exponential
from symattn.numeric.claims.instances import Place, places
from symattn.numeric.claims.verdicts import Outcome
from symattn.numeric.evaluation.room import EXACT_ENTRIES, FLOAT_ENTRIES
from symattn.numeric.samples.samples import SEED, sample
from symattn.proof import Statement, replay
from symattn.proof.limit import time_limit
from symattn.verify.findings import Finding
from symattn.verify.plan import Plan, moduli

LOGARITHMS = (sympy.log, ElementwiseLog)
RANKS = (Rank, RankAtMost, RankAtLeast)
NOTHING = "nothing could be evaluated"

Answer = tuple[bool, Outcome]
"""Whether the sizes of the sample are no special case, and what the sample says."""


def kernel_witness(statement: Statement, *, seconds: float | None = None) -> tuple[Finding, str]:
    """Proves the statement, then replays its certificate from nothing; also over what it holds.

    It is not put to numbers here, since the other witnesses do that.
    """
    start = perf_counter()
    try:
        with time_limit(seconds):
            theorem = statement.by_kernel_alone()
            replay(theorem.certificate())
            over = theorem.over
    except Undecided as error:
        return Finding(None, str(error), perf_counter() - start), ""
    except SymattnError as error:
        return Finding(False, str(error), perf_counter() - start), ""
    return Finding(True, "", perf_counter() - start), over


def exact_witness(statement: Statement, over: str = "", *, plan: Plan) -> Finding:
    """Evaluates the statement without rounding; modulo primes too, where it holds `over` rings or fields."""
    arithmetic = Intervals() if statement.whole.has(*LOGARITHMS) else EXACT
    drawn = cache(lambda: [*_places(statement, arithmetic, plan)])  # what is exact is asked at the same samples
    finding = numeric_witness(statement, arithmetic, plan=plan, drawn=drawn)
    if not finding.holds and arithmetic is EXACT and has_exponential(statement.whole):
        # 2**x turns sums into products as exp does, but rises less steeply: only the true exp can refute
        return numeric_witness(statement, Intervals(), plan=plan)
    if not finding.holds:
        return finding
    primes = moduli(over)
    for prime, found in zip(primes, _modular(primes, drawn, plan), strict=True):
        if found.holds is False:
            return found
        if found.holds:
            finding = replace(finding, moduli=(*finding.moduli, prime))
    return finding


def _modular(primes: Sequence[int], drawn: Callable[[], Iterable[Place]], plan: Plan) -> Iterator[Finding]:
    """What numbers say modulo each prime, at the same samples."""

    @cache
    def said() -> list[tuple[bool, list[Outcome]]]:
        return [(each.general, modulo(each.subject, each.at, primes, substitution=each.values)) for each in drawn()]

    def modulo_one(place: int) -> list[Answer]:
        return [(general, outcomes[place]) for general, outcomes in said()]

    return (_summary(partial(modulo_one, place), plan.seconds) for place in range(len(primes)))


def rounded_witness(statement: Statement, name: str, over: str, *, plan: Plan) -> Finding | None:
    """Evaluates the statement in the arithmetic of this name, with the error bound of the same run.

    None where the statement is no question for it: a rank, which rounding moves, or an order modulo a prime.
    """
    arithmetic = parse_arithmetic(name)
    if isinstance(arithmetic, Modular) and arithmetic.prime not in moduli(over, arithmetic.prime):
        return None
    if not arithmetic.certain and statement.whole.has(*RANKS):
        return None
    return numeric_witness(statement, arithmetic, plan=plan)


def _kinds(subject: Any, arithmetic: Arithmetic) -> tuple[str, ...]:
    """Entries to draw: large ones that nearly cancel only where no exp turns them into 0."""
    if arithmetic.certain or isinstance(arithmetic, Intervals):
        return ("integers",)
    return ("normal", "onehot") if has_exponential(subject) else ("normal", "onehot", "cancelling")


def numeric_witness(
    statement: Statement, arithmetic: Arithmetic, *, plan: Plan, drawn: Callable[[], Iterable[Place]] | None = None
) -> Finding:
    """Evaluates the statement at general sizes with entries of each kind, and at degenerate sizes; or as `drawn`."""

    def answers() -> Iterator[Answer]:
        for subject, values, at, general in drawn() if drawn else _places(statement, arithmetic, plan):
            yield general, witness(subject, at, arithmetic, substitution=values)

    return _summary(answers, plan.seconds)


def _places(statement: Statement, arithmetic: Arithmetic, plan: Plan) -> Iterator[Place]:
    kinds = _kinds(statement.whole, arithmetic)
    draws = [(plan.seed + trial, kind) for trial, kind in product(range(plan.trials), kinds)]
    most, edges = EXACT_ENTRIES if arithmetic.certain else FLOAT_ENTRIES, (plan.seed, kinds[0])
    return places(statement.whole, statement.instances, draws, edges=edges, sizes=plan.sizes, most=most)


def trained_witness(
    statement: Statement, heads: Sequence[Head], *, seed: int = SEED, seconds: float | None = None
) -> Finding | None:
    """Evaluates the statement in float64 on each head.

    None when it has none of the letters Q, K, V, O, is about ranks, or has a hypothesis, which no trained head meets.
    """
    subject = statement.whole
    values = [found for head in heads if (found := _values_of_head(statement, head))]
    if not values or subject.has(*RANKS) or isinstance(subject, Implies):
        return None

    def answers() -> Iterator[Answer]:
        for found in values:
            try:
                at = sample(subject, seed=seed, kind="normal", values=found)
            except (ShapeError, LanguageError):
                # the letters of this statement have other shapes
                continue
            yield True, witness(subject, at, FLOAT64)

    finding = _summary(answers, seconds, every=True)
    return None if finding.detail == NOTHING else finding


def _values_of_head(statement: Statement, head: Head) -> dict[Any, Any]:
    """The head's matrices for the letters of the statement that are called as they are."""
    values = {"Q": head.Q, "K": head.K, "V": head.V, "O": head.O}
    free = [letter for letter in statement.says.letters if isinstance(letter, Matrix) and not letter.facts]
    return {letter: values[letter.name] for letter in free if values.get(letter.name) is not None}


def _summary(answers: Callable[[], Iterable[Answer]], seconds: float | None, *, every: bool = False) -> Finding:
    """No sample may fail, and one of general sizes must say something, or `every` sample must."""
    start = perf_counter()
    try:
        with time_limit(seconds):
            found = list(answers())
    except SymattnError as error:
        # too slow, or outside what this witness can evaluate: it has not said anything
        return Finding(None, str(error), perf_counter() - start)
    except MemoryError:
        return Finding(None, "there is not enough memory to evaluate it", perf_counter() - start)
    if not found:
        return Finding(None, NOTHING, perf_counter() - start)
    silent = [outcome for _, outcome in found if outcome.holds is None]
    heard = [outcome for _, outcome in found if outcome.holds is not None]
    enough = not silent if every else any(general and outcome.holds is not None for general, outcome in found)
    worst = max(heard if enough or False in [outcome.holds for outcome in heard] else silent, key=_badness)
    residual, bound = (None if part is None else float(part) for part in (worst.residual, worst.bound))
    seconds_taken = perf_counter() - start
    return Finding(worst.holds, worst.detail, seconds_taken, worst.arithmetic, residual, bound, len(found), len(silent))


def _badness(outcome: Outcome) -> tuple[bool, float]:
    failed = outcome.holds is False
    if not outcome.residual:
        return failed, 0.0
    return failed, float(outcome.residual / outcome.bound) if outcome.bound else float("inf")
