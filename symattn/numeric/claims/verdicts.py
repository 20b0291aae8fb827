"""How what is known of parts combines into what is known of a whole claim."""

from dataclasses import dataclass, replace
from fractions import Fraction

from symattn.numeric.arithmetic import Truth

Number = float | Fraction | int


@dataclass(frozen=True)
class Judgement:
    """What one evaluation says about a claim: its truth, the worst difference, the bound on its error, and why.

    `tested` is False where the claim holds only because its hypothesis fails.
    """

    truth: Truth
    detail: str
    residual: Number | None = None
    bound: Number | None = None
    tested: bool = True


@dataclass(frozen=True)
class Outcome:
    """What `witness` reports.

    holds         True when the claim holds, or when nothing contradicts it within the bound; False when it certainly
                  fails; None when it is undecided here
    residual      the worst difference, None for a claim without one
    bound         the error that the same run allows for it, None too
    detail        in words
    arithmetic    in which numbers
    certain       `holds` is a fact and not an agreement within a bound, and exp was not read as 2**x

    >>> A = matrix("A", *sizes("n m"))
    >>> outcome = witness(Equal(T(T(A)), A), sample(A))
    >>> outcome.holds, outcome.residual, outcome.arithmetic, outcome.certain
    (True, 0, 'exact', True)
    """

    holds: bool | None
    residual: Number | None
    bound: Number | None
    detail: str
    arithmetic: str
    certain: bool

    def __bool__(self) -> bool:
        raise TypeError("an outcome is not true or false by itself: read .holds, which may be None")


def worst(judgements: list[Judgement]) -> Judgement:
    """All of them: false when one is, unknown when one is, else the largest residual for its bound.

    An implication whose hypothesis fails here does hold here, but it is named, and alone it tests nothing.
    """
    if not judgements:
        return Judgement(Truth.TRUE, "nothing is claimed")
    for truth in (Truth.FALSE, Truth.UNKNOWN):
        found = [judgement for judgement in judgements if judgement.truth is truth]
        if found:
            return max(found, key=_strain)
    tested, untested = ([f for f in judgements if f.tested is wanted] for wanted in (True, False))
    strained = max(tested or untested, key=_strain)
    sure = all(judgement.truth is Truth.TRUE for judgement in judgements)
    detail = "; ".join(dict.fromkeys([strained.detail, *(judgement.detail for judgement in untested)]))
    return replace(strained, truth=Truth.TRUE if sure else Truth.CONSISTENT, detail=detail)


def _strain(judgement: Judgement) -> float:
    if not judgement.residual:
        return 0.0
    return float(judgement.residual / judgement.bound) if judgement.bound else float("inf")


def negated(judgement: Judgement) -> Judgement:
    """Not: agreement within a bound does not show a difference, nor deny one."""
    if judgement.truth is Truth.CONSISTENT:
        return replace(judgement, truth=Truth.UNKNOWN, detail=f"no difference is certain: {judgement.detail}")
    opposite = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN}
    return Judgement(opposite[judgement.truth], judgement.detail)


def same_truth(left: Judgement, right: Judgement) -> Judgement:
    """Iff at one sample: both hold or both fail."""
    detail = f"left: {left.detail}; right: {right.detail}"
    truths = {left.truth, right.truth}
    if Truth.UNKNOWN in truths or truths == {Truth.CONSISTENT, Truth.FALSE}:
        return Judgement(Truth.UNKNOWN, detail)
    if truths == {Truth.TRUE, Truth.FALSE}:
        return Judgement(Truth.FALSE, f"one side holds and the other fails: {detail}")
    return Judgement(Truth.CONSISTENT if Truth.CONSISTENT in truths else Truth.TRUE, detail)


def implied(hypothesis: Judgement, conclusion: Judgement) -> Judgement:
    """If the hypothesis fails at the sample, nothing was tested; if it only seems to hold, nothing can be refuted."""
    if hypothesis.truth is Truth.FALSE:
        return Judgement(Truth.TRUE, f"vacuous: the hypothesis fails here, {hypothesis.detail}", tested=False)
    if hypothesis.truth is Truth.UNKNOWN:
        return Judgement(Truth.UNKNOWN, f"the hypothesis is undecided: {hypothesis.detail}")
    if hypothesis.truth is Truth.CONSISTENT and conclusion.truth is Truth.FALSE:
        return Judgement(Truth.UNKNOWN, f"the hypothesis may fail within its bound: {hypothesis.detail}")
    if hypothesis.truth is Truth.CONSISTENT and conclusion.truth is Truth.TRUE:
        return replace(conclusion, truth=Truth.CONSISTENT)
    return conclusion
