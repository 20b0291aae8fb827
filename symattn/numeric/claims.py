"""Numeric layer, its top: what numbers say about a claim at one sample, in one arithmetic.

Nothing here proves a claim for all sizes.  A failure is a counterexample at the sample; a success is agreement, exact
or within the error bound that the same run computed.  No tolerance is chosen.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import sympy

from .. import language
from ..errors import LanguageError
from ..language import Claim, Equal, letters_of, text
from ..language.shapes import check
from . import comparisons
from .arithmetic import Arithmetic, NotExact, Truth, Value
from .exact import EXACT, Exact
from .quantifiers import assignment, trials
from .rules_algebra import transposed
from .samples import Sample, letter_shape
from .verdicts import Finding, Outcome, implied, negated, same_truth, worst
from .walk import Walk

EXPONENTIALS = (
    sympy.exp,
    sympy.log,
    sympy.core.numbers.Exp1,
    language.ElementwiseExp,
    language.ElementwiseLog,
    language.Softmax,
)


def witness(
    claim: Claim,
    sample: Sample,
    arithmetic: Arithmetic | None = None,
    *,
    substitution: Mapping[Any, Any] | None = None,
) -> Outcome:
    """What the arithmetic (exact when none is given) says about the claim at the sample.

    `substitution` gives letters the value of an expression, so that a hypothesis such as K = Q M holds; the sample must
    know the letters of that expression: sample([claim, *substitution.values()]).

    Raises    ShapeError or LanguageError when the claim, or a substitution, does not fit
    """
    arithmetic = EXACT if arithmetic is None else arithmetic
    check(claim)
    for letter, expr in (substitution or {}).items():
        check(Equal(letter, expr))
    try:
        walk = _substituted(sample, arithmetic, dict(substitution or {}))
        finding = _find(claim, walk, frozenset(), True)
    except NotExact as reason:
        finding = Finding(Truth.UNKNOWN, str(reason))
    holds = {Truth.FALSE: False, Truth.UNKNOWN: None}.get(finding.truth, True) if finding.tested else None
    formal = isinstance(arithmetic, Exact) and has_exponential(claim, *(substitution or {}).values())
    detail = f"{finding.detail} (exp read as 2**x)" if formal else finding.detail
    certain = finding.truth in (Truth.TRUE, Truth.FALSE) and holds is not None and not formal
    return Outcome(holds, finding.residual, finding.bound, detail, arithmetic.name, certain)


def _substituted(sample: Sample, arithmetic: Arithmetic, substitution: dict[Any, Any]) -> Walk:
    """A walk in which the letters have the values of expressions, and these expressions that very value."""
    plain = Walk(sample, arithmetic)
    values = {letter: plain.value(expr) for letter, expr in substitution.items()}
    walk = Walk(sample, arithmetic, values)
    for letter, expr in substitution.items():
        if not substitution.keys() & set(letters_of(expr)):
            walk.assume(expr, values[letter])
    return walk


def has_exponential(*roots: Any) -> bool:
    """Whether exp, log or softmax occurs: then exact arithmetic reads exp(x) as 2**x, and only intervals refute."""
    return any(True for _ in _nodes(EXPONENTIALS, roots))


def _nodes(kinds: type | tuple[type, ...], roots: Iterable[Any]) -> Iterator[Any]:
    """The different nodes of some classes, those inside a found one aside."""
    stack, seen = list(roots), set()
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        if isinstance(node, kinds):
            yield node
        else:
            stack.extend(node.args)


def _find(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    """The finding for a claim.

    `bound` are the letters that a quantifier around it binds.  `asserted` is False where the claim only conditions
    another: there a witness that fails says nothing.
    """
    rule = next((FINDERS[cls] for cls in type(claim).__mro__ if cls in FINDERS), None)
    if rule is None:
        raise LanguageError(f"{text(claim)} is not a claim of the language")
    return rule(claim, walk, bound, asserted)


def _counted(expr: Any, walk: Walk) -> Value:
    """An expression in ranks and sizes, as a whole number in any arithmetic."""
    counter = Walk(walk.sample, EXACT)
    for rank in _nodes(language.Rank, [expr]):
        least, most = walk.arithmetic.rank(walk.value(rank.arg))
        if least != most:
            raise NotExact(f"{text(rank)} is between {least} and {most} in {walk.arithmetic.name}")
        counter.assume(rank, counter.number(least))
    return counter.value(expr)


def _equal(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    for rank, other in ((claim.left, claim.right), (claim.right, claim.left)):
        if isinstance(rank, language.Rank):
            value, number = walk.value(rank.arg), _counted(other, walk)
            sides = (comparisons.rank_at_most, comparisons.rank_at_least)
            return worst([side(walk.arithmetic, value, number) for side in sides])
    return comparisons.equal(*_sides(claim, walk))


def _at_most(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    return comparisons.at_most(*_sides(claim, walk))


def _sides(claim: Any, walk: Walk) -> tuple[Arithmetic, Value, Value]:
    if any(True for _ in _nodes(language.Rank, claim.args)):
        return EXACT, _counted(claim.left, walk), _counted(claim.right, walk)
    return walk.arithmetic, walk.value(claim.left), walk.value(claim.right)


def _positive(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    return comparisons.positive(walk.arithmetic, walk.value(claim.arg))


def _semidefinite(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    return comparisons.semidefinite(walk.arithmetic, walk.value(claim.arg), transposed)


def _rank_at_most(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    return comparisons.rank_at_most(walk.arithmetic, walk.value(claim.arg), _counted(claim.bound, walk))


def _rank_at_least(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    return comparisons.rank_at_least(walk.arithmetic, walk.value(claim.arg), _counted(claim.bound, walk))


def _all_of(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    return worst([_find(part, walk, bound, asserted) for part in claim.args])


def _not(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    """Not says that the claim fails for some values of its free letters, so a sample where it holds refutes nothing."""
    finding = negated(_find(claim.claim, walk, bound, False))
    if finding.truth is Truth.FALSE and not bound.issuperset(claim.letters):
        return replace(finding, truth=Truth.UNKNOWN, detail=f"this sample is no example: {finding.detail}")
    return finding


def _iff(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    return same_truth(_find(claim.left, walk, bound, False), _find(claim.right, walk, bound, False))


def _implies(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    hypothesis = _find(claim.hypothesis, walk, bound, False)
    if hypothesis.truth in (Truth.FALSE, Truth.UNKNOWN):
        return implied(hypothesis, hypothesis)
    return implied(hypothesis, _find(claim.conclusion, walk, bound, asserted))


def _exists(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    if claim.witness is None:
        return Finding(Truth.UNKNOWN, f"no witness is given for {', '.join(map(text, claim.variables))}")
    values = {letter: walk.value(expr) for letter, expr in zip(claim.variables, claim.witness, strict=True)}
    inner = Walk(walk.sample, walk.arithmetic, {**walk.bound, **values})
    finding = _find(claim.claim, inner, bound.union(claim.variables), asserted)
    if finding.truth is not Truth.FALSE:
        return finding
    truth = Truth.FALSE if asserted else Truth.UNKNOWN
    return replace(finding, truth=truth, detail=f"the witness fails: {finding.detail}")


def _for_all(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    shapes = [letter_shape(variable, walk.sample.sizes) for variable in claim.variables]
    tried, decisive = trials(claim.variables, claim.claim, shapes, walk.sample.seed)
    findings = []
    for values in tried:
        given = {v: walk.lift(v, value) for v, value in zip(claim.variables, values, strict=True)}
        inner = Walk(walk.sample, walk.arithmetic, {**walk.bound, **given})
        finding = _find(claim.claim, inner, bound.union(claim.variables), asserted)
        if finding.truth is Truth.FALSE:
            return replace(finding, detail=f"at {assignment(claim.variables, values)}: {finding.detail}")
        findings.append(finding)
    tested = [finding for finding in findings if finding.tested]
    result = worst(tested or findings)
    settles = "which decide it for all" if decisive else "which do not decide it for all"
    truth = Truth.CONSISTENT if result.truth is Truth.TRUE and not decisive else result.truth
    return replace(result, truth=truth, detail=f"{result.detail}, at {len(tested)} values, {settles}")


FINDERS: dict[type, Callable[[Any, Walk, frozenset[Any], bool], Finding]] = {
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
