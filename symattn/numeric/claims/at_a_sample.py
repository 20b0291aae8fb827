"""What numbers say about a claim at one sample, in one arithmetic.

Nothing here proves a claim for all sizes.  A failure is a counterexample at the sample; a success is agreement, exact
or within the error bound that the same run computed.  No tolerance is chosen.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import sympy

from symattn import language
from symattn.errors import LanguageError
from symattn.language import Claim, letters_of, text
from symattn.language.shapes.shapes import check
from symattn.language.walk import nearest, nodes_of
from symattn.numeric.arithmetic import Arithmetic, NotExact, Truth, Value
from symattn.numeric.arithmetics.exact import EXACT, Exact
from symattn.numeric.bounds.rounding import quiet
from symattn.numeric.claims import comparisons
from symattn.numeric.claims.existence import linear_existence, projection
from symattn.numeric.claims.forms import for_all_values
from symattn.numeric.claims.quantifiers import assignment, trials
from symattn.numeric.claims.verdicts import Judgement, Outcome, implied, negated, same_truth, worst
from symattn.numeric.evaluation.rules_algebra import transposed
from symattn.numeric.evaluation.walk import Walk
from symattn.numeric.samples.samples import Sample, letter_shape, resized

EXPONENTIALS = (
    sympy.exp,
    sympy.log,
    sympy.cos,
    sympy.sin,
    sympy.core.numbers.Exp1,
    language.ElementwiseExp,
    language.ElementwiseLog,
    language.ElementwiseCos,
    language.ElementwiseSin,
    language.Softmax,
)


_check = lru_cache(maxsize=256)(check)  # a claim is asked about at many samples


@quiet
def witness(
    claim: Claim, sample: Sample, arithmetic: Arithmetic | None = None, *, substitution: Mapping[Any, Any] | None = None
) -> Outcome:
    """What the arithmetic (exact when none is given) says about the claim at the sample.

    claim           the claim
    sample          where it is evaluated, as `sample(claim)` draws one
    arithmetic      in which numbers, as `parse_arithmetic` gives them
    substitution    gives letters the value of an expression, so that a hypothesis such as K = Q M holds

    The sample must know the letters of a substitution: sample([claim, *substitution.values()]).  An instance of another
    shape, such as Q = vstack(identity(k), zeros(r, k)), decides the sizes of the claim, here d.

    >>> n, k = sizes("n k")
    >>> Q, K = matrix("Q", n, k), matrix("K", n, k)
    >>> claim = Equal(T(Q @ K.T), K @ Q.T)
    >>> witness(claim, sample(claim)).holds
    True
    >>> witness(Equal(Q, K), sample(Equal(Q, K)), sa.numeric.FLOAT64).holds
    False
    >>> witness(Equal(Q, K), sample(Equal(Q, K)), substitution={Q: K}).holds
    True

    Raises    ShapeError or LanguageError when the claim, or a substitution, does not fit
    """
    arithmetic = EXACT if arithmetic is None else arithmetic
    for part in (claim, *map(_without_formulas, (substitution or {}).values())):
        _check(part)
    try:
        walk = _substituted(claim, sample, arithmetic, dict(substitution or {}))
        judgement = _find(claim, walk, frozenset(), True)
    except NotExact as reason:
        judgement = Judgement(Truth.UNKNOWN, str(reason))
    holds = {Truth.FALSE: False, Truth.UNKNOWN: None}.get(judgement.truth, True) if judgement.tested else None
    formal = isinstance(arithmetic, Exact) and has_exponential(claim, *(substitution or {}).values())
    detail = f"{judgement.detail} (exp read as 2**x)" if formal else judgement.detail
    certain = judgement.truth in (Truth.TRUE, Truth.FALSE) and holds is not None and not formal
    return Outcome(holds, judgement.residual, judgement.bound, detail, arithmetic.name, certain)


def _without_formulas(value: Any) -> Any:
    """A value to check, with ones where a formula gives the entries: a FunctionMatrix is no part of the language, so no
    claim may have it, but the values of letters may; of states the step."""
    value = sympy.sympify(value)
    if isinstance(value, language.Recurrence):
        value = language.HeadStack(value.step, value.head)
    return value.xreplace({matrix: language.ones(*matrix.shape) for matrix in value.atoms(sympy.FunctionMatrix)})


def _substituted(claim: Claim, at: Sample, arithmetic: Arithmetic, substitution: dict[Any, Any]) -> Walk:
    """A walk in which the letters have the values of expressions, and these expressions that very value."""
    values: dict[Any, Value] = {}
    states: dict[Any, Value] = {}
    for letter, expr in substitution.items():
        values[letter] = _instance(Walk(at, arithmetic, states), letter, expr)
        if isinstance(expr, language.Recurrence):  # others may start from these, or go on with them
            states = {**states, letter: values[letter]}
    # a family without members tells no sizes
    some = {letter: value for letter, value in values.items() if not isinstance(value, tuple) or value}
    fitting = resized(at, claim, {letter: _shape(arithmetic, value) for letter, value in some.items()})
    walk = Walk(fitting, arithmetic, values)
    for letter, expr in substitution.items():
        of_matrix = not isinstance(letter, language.Family)
        if of_matrix and fitting is at and not substitution.keys() & set(letters_of(expr)):
            walk.assume(expr, values[letter])
    return walk


def _instance(walk: Walk, letter: Any, expr: Any) -> Value:
    """The value of a letter; of a family its members, which `stack_heads` puts one under the other."""
    return tuple(_members(walk, expr)) if isinstance(letter, language.Family) else walk.value(expr)


def _members(walk: Walk, expr: Any) -> Iterator[Value]:
    if isinstance(expr, language.Recurrence):
        yield from _states(walk, expr)
    elif isinstance(expr, language.HeadStack):
        for head in range(walk.size(expr.head.size)):
            yield from _members(walk, expr.at(head))
    else:
        yield walk.value(expr)


def _states(walk: Walk, expr: language.Recurrence) -> Iterator[Value]:
    """The first state, and what each step makes of those before."""
    states = [walk.value(expr.start)]
    for number in range(walk.size(expr.head.size)):
        known = Walk(walk.sample, walk.arithmetic, {**walk.bound, expr.family: tuple(states)})
        states.append(known.value(expr.at(number)))
    yield from states


def _shape(arithmetic: Arithmetic, value: Value) -> tuple[int, ...]:
    return (len(value), *arithmetic.shape(value[0])) if isinstance(value, tuple) else arithmetic.shape(value)


def has_exponential(*roots: sympy.Expr | Claim) -> bool:
    """Whether exp, log, softmax, cos or sin occurs.

    Then exact arithmetic reads exp(x) as 2**x and turns by the 3-4-5 triangle, and what it says is not certain.

    roots    expressions and claims

    >>> S = matrix("S", *sizes("n m"))
    >>> sa.numeric.has_exponential(softmax(S)), sa.numeric.has_exponential(rowsum(S))
    (True, False)
    """
    return any(True for _ in nodes_of(*roots, kinds=EXPONENTIALS))


def _find(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Judgement:
    """The judgement for a claim.

    `bound` are the letters that a quantifier around it binds.  `asserted` is False where the claim only conditions
    another: there a witness that fails says nothing.
    """
    rule = nearest(JUDGES, type(claim))
    if rule is None:
        raise LanguageError(f"{text(claim)} is not a claim of the language")
    return rule(claim, walk, bound, asserted)


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


def _equal(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Judgement:
    for rank, other in ((claim.left, claim.right), (claim.right, claim.left)):
        if isinstance(rank, language.Rank):
            value, number = walk.value(rank.arg), _counted(other, walk)
            sides = (comparisons.rank_at_most, comparisons.rank_at_least)
            return worst([side(walk.arithmetic, value, number) for side in sides])
    arithmetic, left, right = _values(walk, claim.left, claim.right)
    return comparisons.equal(arithmetic, left, right)


def _at_most(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Judgement:
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


def _positive(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Judgement:
    arithmetic, value = _values(walk, claim.arg)
    return comparisons.positive(arithmetic, value)


def _semidefinite(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Judgement:
    return comparisons.semidefinite(walk.arithmetic, walk.value(claim.arg), transposed)


def _rank_at_most(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Judgement:
    return comparisons.rank_at_most(walk.arithmetic, walk.value(claim.arg), _counted(claim.bound, walk))


def _rank_at_least(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Judgement:
    return comparisons.rank_at_least(walk.arithmetic, walk.value(claim.arg), _counted(claim.bound, walk))


def _all_of(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Judgement:
    return worst([_find(part, walk, bound, asserted) for part in claim.args])


def _not(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Judgement:
    """Not is about all values of its free letters, so a sample where the claim holds refutes it."""
    return negated(_find(claim.claim, walk, bound, False))


def _iff(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Judgement:
    return same_truth(_find(claim.left, walk, bound, False), _find(claim.right, walk, bound, False))


def _implies(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Judgement:
    hypothesis = _find(claim.hypothesis, walk, bound, False)
    if hypothesis.truth in (Truth.FALSE, Truth.UNKNOWN):
        return implied(hypothesis, hypothesis)
    return implied(hypothesis, _find(claim.conclusion, walk, bound, asserted))


def _exists(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Judgement:
    if claim.witness is None and not all(letter in walk.bound for letter in claim.variables):
        unknown = Judgement(Truth.UNKNOWN, f"no witness is given for {', '.join(map(text, claim.variables))}")
        return linear_existence(claim, walk) or _projected(claim, walk, bound) or unknown
    # an instance may say what exists, where a statement does not
    values = dict(zip(claim.variables, map(walk.value, claim.witness or claim.variables), strict=True))
    inner = Walk(walk.sample, walk.arithmetic, {**walk.bound, **values})
    judgement = _find(claim.claim, inner, bound.union(claim.variables), asserted)
    if judgement.truth is not Truth.FALSE:
        return judgement
    truth = Truth.FALSE if asserted else Truth.UNKNOWN
    return replace(judgement, truth=truth, detail=f"the witness fails: {judgement.detail}")


def _projected(claim: Any, walk: Walk, bound: frozenset[Any]) -> Judgement | None:
    """The claim at the projection that its equations ask for, where it holds there; elsewhere it says nothing."""
    values = projection(claim, walk)
    if values is None:
        return None
    inner = Walk(walk.sample, walk.arithmetic, {**walk.bound, **values})
    judgement = _find(claim.claim, inner, bound.union(claim.variables), True)
    if judgement.truth in (Truth.FALSE, Truth.UNKNOWN):
        return None
    return replace(judgement, detail=f"{judgement.detail}, at the projection that the equations ask for")


def _for_all(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Judgement:
    shapes = [letter_shape(variable, walk.sample.sizes) for variable in claim.variables]
    decided = for_all_values(claim, walk, shapes)
    if decided is not None and decided.truth is Truth.TRUE:
        return decided
    tried, decisive = trials(claim.variables, claim.claim, shapes, walk.sample.seed)
    judgements = []
    for values in tried:
        given = {v: walk.lift(v, value) for v, value in zip(claim.variables, values, strict=True)}
        inner = Walk(walk.sample, walk.arithmetic, {**walk.bound, **given})
        judgement = _find(claim.claim, inner, bound.union(claim.variables), asserted)
        if judgement.truth is Truth.FALSE:
            return replace(judgement, detail=f"at {assignment(claim.variables, values)}: {judgement.detail}")
        judgements.append(judgement)
    if decided is not None:
        return decided
    tested = [judgement for judgement in judgements if judgement.tested]
    result = worst(tested or judgements)
    settles = "which decide it for all" if decisive else "which do not decide it for all"
    truth = Truth.CONSISTENT if result.truth is Truth.TRUE and not decisive else result.truth
    return replace(result, truth=truth, detail=f"{result.detail}, at {len(tested)} values, {settles}")


JUDGES: dict[type, Callable[[Any, Walk, frozenset[Any], bool], Judgement]] = {
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
