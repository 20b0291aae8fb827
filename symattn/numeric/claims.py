"""Numeric layer, its top: what numbers say about a claim at one sample, in one arithmetic.

Nothing here proves a claim for all sizes.  A failure is a counterexample at the sample; a success is agreement, exact
or within the error bound that the same run computed.  No tolerance is chosen.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import sympy

from .. import language
from ..errors import LanguageError
from ..language import Claim, Equal, text
from ..language.shapes import check
from . import comparisons
from .arithmetic import Arithmetic, NotExact, Truth
from .exact import Exact
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
    arithmetic = Exact() if arithmetic is None else arithmetic
    check(claim)
    for letter, expr in (substitution or {}).items():
        check(Equal(letter, expr))
    try:
        plain = Walk(sample, arithmetic)
        bound = {letter: plain.value(expr) for letter, expr in (substitution or {}).items()}
        finding = _find(claim, Walk(sample, arithmetic, bound), frozenset(), True)
    except NotExact as reason:
        finding = Finding(Truth.UNKNOWN, str(reason))
    holds = {Truth.FALSE: False, Truth.UNKNOWN: None}.get(finding.truth, True) if finding.tested else None
    formal = isinstance(arithmetic, Exact) and has_exponential(claim, *(substitution or {}).values())
    detail = f"{finding.detail} (exp read as 2**x)" if formal else finding.detail
    certain = finding.truth in (Truth.TRUE, Truth.FALSE) and holds is not None and not formal
    return Outcome(holds, finding.residual, finding.bound, detail, arithmetic.name, certain)


def has_exponential(*roots: Any) -> bool:
    """Whether exp, log or softmax occurs: then exact arithmetic reads exp(x) as 2**x, and only intervals refute."""
    stack, seen = list(roots), set()
    while stack:
        node = stack.pop()
        if isinstance(node, EXPONENTIALS):
            return True
        if node not in seen:
            seen.add(node)
            stack.extend(node.args)
    return False


def _find(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    """The finding for a claim.

    `bound` are the letters that a quantifier around it binds.  `asserted` is False where the claim only conditions
    another: there a witness that fails says nothing.
    """
    rule = next((FINDERS[cls] for cls in type(claim).__mro__ if cls in FINDERS), None)
    if rule is None:
        raise LanguageError(f"{text(claim)} is not a claim of the language")
    return rule(claim, walk, bound, asserted)


def _equal(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    for rank, number in ((claim.left, claim.right), (claim.right, claim.left)):
        if isinstance(rank, language.Rank) and not number.has(language.Rank):
            value, other = walk.value(rank.arg), walk.value(number)
            sides = (comparisons.rank_at_most, comparisons.rank_at_least)
            return worst([side(walk.arithmetic, value, other) for side in sides])
    return comparisons.equal(walk.arithmetic, walk.value(claim.left), walk.value(claim.right))


def _at_most(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    return comparisons.at_most(walk.arithmetic, walk.value(claim.left), walk.value(claim.right))


def _positive(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    return comparisons.positive(walk.arithmetic, walk.value(claim.arg))


def _semidefinite(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    return comparisons.semidefinite(walk.arithmetic, walk.value(claim.arg), transposed)


def _rank_at_most(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    return comparisons.rank_at_most(walk.arithmetic, walk.value(claim.arg), walk.value(claim.bound))


def _rank_at_least(claim: Any, walk: Walk, bound: frozenset[Any], asserted: bool) -> Finding:
    return comparisons.rank_at_least(walk.arithmetic, walk.value(claim.arg), walk.value(claim.bound))


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
