"""The judgements of every kind of claim, one for each of the values at which a walk stands.

A quantifier tries its values side by side; what stands around it, and every sample, is one value.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from symattn import language
from symattn.errors import LanguageError
from symattn.language import letters_of, text
from symattn.language.walk import nearest, nodes_of
from symattn.numeric.arithmetic import NotExact, OneByOne, Truth, Value
from symattn.numeric.arithmetics.exact import EXACT
from symattn.numeric.claims import comparisons
from symattn.numeric.claims.existence import linear_existence, projection
from symattn.numeric.claims.exponentials import has_exponential
from symattn.numeric.claims.for_all import at_all_values
from symattn.numeric.claims.verdicts import Judgement, implied, negated, same_truth, worst
from symattn.numeric.evaluation.rules_algebra import transposed
from symattn.numeric.evaluation.walk import Walk


def judge(claim: Any, walk: Walk, *, asserted: bool = True) -> list[Judgement]:
    """What the values of the walk say about a claim, one judgement for each of them.

    `asserted` is False where the claim only conditions another: there a witness that fails says nothing.

    Raises    OneByOne where several values cannot be judged at once
    """
    rule = nearest(JUDGES, type(claim))
    if rule is None:
        raise LanguageError(f"{text(claim)} is not a claim of the language")
    found = rule(claim, walk, asserted)
    return found if len(found) == walk.count else found * walk.count


def _need_one_value(walk: Walk) -> None:
    if walk.count > 1:
        raise OneByOne


def _counted(expr: Any, walk: Walk) -> Value:
    """An expression in ranks and sizes, as a whole number in any arithmetic.

    Raises    NotExact where exp or log has a part in it: exact arithmetic would read exp(1) as 2, and call that certain
    """
    if has_exponential(expr):
        raise NotExact(f"{text(expr)} is not rational")
    counter = Walk(walk.sample, EXACT)
    for rank in nodes_of(expr, kinds=language.Rank, outermost=True):
        least, most = walk.arithmetic.rank(walk.value(rank.arg))
        if least != most:
            raise NotExact(f"{text(rank)} is between {least} and {most} in {walk.arithmetic.name}")
        counter.assume(rank, counter.number(least))
    return counter.value(expr)


def _equal(claim: Any, walk: Walk, asserted: bool) -> list[Judgement]:
    for rank, other in ((claim.left, claim.right), (claim.right, claim.left)):
        if isinstance(rank, language.Rank):
            _need_one_value(walk)
            value, number = walk.value(rank.arg), _counted(other, walk)
            sides = (comparisons.rank_at_most, comparisons.rank_at_least)
            return [worst([side(walk.arithmetic, value, number) for side in sides])]
    arithmetic, left, right = _values(walk, claim.left, claim.right)
    return comparisons.equal(arithmetic, left, right)


def _at_most(claim: Any, walk: Walk, asserted: bool) -> list[Judgement]:
    arithmetic, left, right = _values(walk, claim.left, claim.right)
    return comparisons.at_most(arithmetic, left, right)


def _values(walk: Walk, *exprs: Any) -> tuple[Any, ...]:
    """The arithmetic and the values in it.  What counts only ranks and sizes is a whole number in every arithmetic."""
    ranks, letters = _read(exprs)
    if ranks:
        return EXACT, *(_counted(expr, walk) for expr in exprs)
    if not letters:
        try:
            return EXACT, *(_counted(expr, walk) for expr in exprs)
        except NotExact:
            pass  # a root of a size, or an exponential
    return walk.arithmetic, *(walk.value(expr) for expr in exprs)


@lru_cache(maxsize=256)  # a claim is asked about at many samples
def _read(exprs: tuple[Any, ...]) -> tuple[bool, bool]:
    """Whether there are ranks in the expressions, and letters."""
    return any(True for _ in nodes_of(*exprs, kinds=language.Rank)), any(map(letters_of, exprs))


def _positive(claim: Any, walk: Walk, asserted: bool) -> list[Judgement]:
    arithmetic, value = _values(walk, claim.arg)
    return comparisons.positive(arithmetic, value)


def _semidefinite(claim: Any, walk: Walk, asserted: bool) -> list[Judgement]:
    _need_one_value(walk)
    return [comparisons.semidefinite(walk.arithmetic, walk.value(claim.arg), transposed)]


def _rank_at_most(claim: Any, walk: Walk, asserted: bool) -> list[Judgement]:
    _need_one_value(walk)
    return [comparisons.rank_at_most(walk.arithmetic, walk.value(claim.arg), _counted(claim.bound, walk))]


def _rank_at_least(claim: Any, walk: Walk, asserted: bool) -> list[Judgement]:
    _need_one_value(walk)
    return [comparisons.rank_at_least(walk.arithmetic, walk.value(claim.arg), _counted(claim.bound, walk))]


def _all_of(claim: Any, walk: Walk, asserted: bool) -> list[Judgement]:
    parts = [judge(part, walk, asserted=asserted) for part in claim.args]
    return [worst(list(each)) for each in zip(*parts, strict=True)] or [worst([])]


def _not(claim: Any, walk: Walk, asserted: bool) -> list[Judgement]:
    """Not is about all values of its free letters, so a sample where the claim holds refutes it."""
    return [negated(each) for each in judge(claim.claim, walk, asserted=False)]


def _iff(claim: Any, walk: Walk, asserted: bool) -> list[Judgement]:
    sides = [judge(side, walk, asserted=False) for side in (claim.left, claim.right)]
    return [same_truth(left, right) for left, right in zip(*sides, strict=True)]


def _implies(claim: Any, walk: Walk, asserted: bool) -> list[Judgement]:
    hypotheses = judge(claim.hypothesis, walk, asserted=False)
    if all(each.truth in (Truth.FALSE, Truth.UNKNOWN) for each in hypotheses):
        return [implied(each, each) for each in hypotheses]
    conclusions = judge(claim.conclusion, walk, asserted=asserted)
    return [implied(*pair) for pair in zip(hypotheses, conclusions, strict=True)]


def _exists(claim: Any, walk: Walk, asserted: bool) -> list[Judgement]:
    if claim.witness is None and not all(letter in walk.bound for letter in claim.variables):
        _need_one_value(walk)
        unknown = Judgement(Truth.UNKNOWN, f"no witness is given for {', '.join(map(text, claim.variables))}")
        return [linear_existence(claim, walk) or _projected(claim, walk) or unknown]
    # an instance may say what exists, where a statement does not
    values = dict(zip(claim.variables, map(walk.value, claim.witness or claim.variables), strict=True))
    return [_failing(each, asserted) for each in judge(claim.claim, walk.inside(values), asserted=asserted)]


def _failing(judgement: Judgement, asserted: bool) -> Judgement:
    """What is said of "there is" where a witness fails."""
    if judgement.truth is not Truth.FALSE:
        return judgement
    truth = Truth.FALSE if asserted else Truth.UNKNOWN
    return replace(judgement, truth=truth, detail=f"the witness fails: {judgement.detail}")


def _projected(claim: Any, walk: Walk) -> Judgement | None:
    """The claim at the projection that its equations ask for, where it holds there; elsewhere it says nothing."""
    values = projection(claim, walk)
    if values is None:
        return None
    [judgement] = judge(claim.claim, walk.inside(values))
    if judgement.truth in (Truth.FALSE, Truth.UNKNOWN):
        return None
    return replace(judgement, detail=f"{judgement.detail}, at the projection that the equations ask for")


def _for_all(claim: Any, walk: Walk, asserted: bool) -> list[Judgement]:
    _need_one_value(walk)
    return [at_all_values(claim, walk, lambda inner: judge(claim.claim, inner, asserted=asserted))]


JUDGES: dict[type, Callable[[Any, Walk, bool], list[Judgement]]] = {
    language.Equal: _equal,
    language.AtMost: _at_most,
    language.Positive: _positive,
    language.PSD: _semidefinite,
    language.RankAtMost: _rank_at_most,
    language.RankAtLeast: _rank_at_least,
    language.And: _all_of,
    language.Not: _not,
    language.Iff: _iff,
    language.Implies: _implies,
    language.Exists: _exists,
    language.ForAll: _for_all,
}
