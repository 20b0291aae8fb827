"""The search for a proof of a formula.  Nothing here is trusted: it only calls the kernel's rules.

Each kind of formula has one tactic.  `known` holds what they may use.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from itertools import chain, product
from typing import Any

from symattn import language as lang
from symattn.engine import rules
from symattn.engine.reading import refuse_long
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.rules.definitions import sandwich
from symattn.kernel.syntax import formulas, terms
from symattn.kernel.syntax.formulas import (
    And,
    Equation,
    Exists,
    ForAll,
    Formula,
    Iff,
    Implies,
    NonNegative,
    Not,
    RankAtMost,
    Semidefinite,
)
from symattn.kernel.syntax.sizes import size_of
from symattn.kernel.syntax.substitution import instantiate
from symattn.kernel.syntax.terms import Letter, symbols
from symattn.proof.elaborate.claims import array
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search import by_blocks, existence, positive_parts, rank_chains, ranks
from symattn.proof.search.equations import (
    cancelling,
    case_split,
    congruence,
    derived,
    factorisations,
    reduction,
    side_conditions,
    slopes_of_determinants,
    unfolding,
)
from symattn.proof.search.inequalities import (
    by_masks,
    division,
    dominance,
    hints,
    known_signs,
    known_squares,
    linear,
    roots,
    sums_of_squares as bounds,
    vanishing,
    visible_sums,
)
from symattn.proof.search.known import Known
from symattn.proof.search.rewording import in_words, reworded

FEW = 30
"""Nodes of the search for one of many equations that may help, and of the first look for a bound."""


class NoProof(Exception):
    """The search found nothing; `reason` says at which step."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def search(e: Elaborator, claim: Any, goal: Formula, known: Known) -> Proof:
    """A theorem whose conclusion is the goal, or NoProof."""
    exact = next((f for f in known.facts if f.conclusion == goal), None) or next(
        (f for fact in known.facts if (f := reworded(fact, goal)) is not None), None
    )
    if exact is not None:
        return exact
    for fact in known.facts:
        if isinstance(fact.conclusion, Implies) and fact.conclusion.conclusion == goal:
            with suppress(NoProof):
                return rules.apply((fact, search(e, None, fact.conclusion.hypothesis, known.without(fact))))
    tactic = TACTICS[type(goal)]
    return tactic(e, claim, goal, known)


def _equation(e: Elaborator, claim: Any, goal: Equation, known: Known) -> Proof:
    def easier(same: Equation, more: Iterable[Proof] = ()) -> Proof:
        return search(e, None, same, known.with_facts(e, more))

    found = (
        slopes_of_determinants.by_factors(goal, known.facts, easier)
        or side_conditions.by_chain(e, goal, known.facts, lambda condition: _certain(e, condition, known), easier)
        or positive_parts.with_slopes(goal, easier)
        or derived.identity(goal)
        or _in_positive_letters(e, goal, known)
    )
    if found is None:
        found = by_blocks.in_parts(e, goal, lambda part: search(e, None, part, known))
    if found is None and known.facts:
        found = _by_facts(e, goal, known) or cancelling.multiplied(
            e, goal, known.letters(), lambda g: _by_facts(e, g, known, FEW)
        )
    if found is None and (either := case_split.by_cases(e, goal, known.facts)):
        cases = unfolding.Unfolding(e, goal, either)
        found = cases.proof(lambda g: derived.identity(g) or _by_facts(e, g, known, FEW))
    if found is None and known.claims and isinstance(claim, lang.Equal):
        found = congruence.rewrite(e, claim, goal, known.claims, lambda c, g, k: search(e, c, g, Known(known.facts, k)))
    if found is None:
        found = _as_known(e, goal, known)
    if found is None and goal.indices and any(_says_one_number(f) for f in known.facts):
        found = vanishing.by_squares(goal, lambda least: _at_most_zero(e, least, known))
    if found is None and claim is not None and any(isinstance(f.conclusion, NonNegative) for f in known.facts):
        found = vanishing.by_bounds(goal, lambda bound: reduction.bounded(e, bound, known.facts, FEW))
    if found is None:
        found = by_masks.equal_by_masks(e, goal, known.facts, lambda bound, given: _quickly(e, bound, given))
    if found is None:
        refuse_long(terms.subtract(goal.left, goal.right))
        no_bridge = ", and no hypothesis bridges them" if known.facts else ""
        raise NoProof(f"the two sides have different normal forms{no_bridge}")
    return found


def _by_facts(e: Elaborator, goal: Equation, known: Known, nodes: int = reduction.NODES) -> Proof | None:
    def reduced(easier: Equation) -> Proof | None:
        return reduction.reduce(e, easier, known.facts, nodes)

    unfolded = unfolding.Unfolding(e, goal, known.facts)
    return unfolded.proof(derived.identity) or reduced(goal) or unfolded.proof(reduced)


def _certain(e: Elaborator, claim: Formula, known: Known) -> Proof | None:
    with suppress(NoProof, KernelError):
        return search(e, None, claim, known)
    return None


def _in_positive_letters(e: Elaborator, goal: Equation | NonNegative, known: Known) -> Proof | None:
    return positive_parts.by_letters(e, goal, lambda g, more: _certain(e, g, known.with_facts(e, more)))


def _as_known(e: Elaborator, goal: Equation | NonNegative, known: Known) -> Proof | None:
    for index, sizes in by_blocks.as_known(known.facts, goal):
        with suppress(NoProof):
            return by_blocks.part_by_part(e, goal, index, sizes, lambda part: search(e, None, part, known))
    return None


def _at_most_zero(e: Elaborator, least: NonNegative, known: Known) -> Proof | None:
    zero = Equation((), terms.negative(least.body), terms.number(0))
    return vanishing.at_most_zero(reduction.reduce(e, zero, known.facts), least)


def _says_one_number(fact: Proof) -> bool:
    return isinstance(fact.conclusion, Equation) and not fact.conclusion.indices


def _and(e: Elaborator, claim: Any, goal: And, known: Known) -> Proof:
    claims = claim.args if isinstance(claim, lang.And) else [claim] * len(goal.parts)
    return rules.conjoin([search(e, c, p, known) for c, p in zip(claims, goal.parts, strict=True)])


def _implies(e: Elaborator, claim: Any, goal: Implies, known: Known) -> Proof:
    hypothesis, conclusion = (claim.args[0], claim.args[1]) if claim is not None else (None, None)
    more = known.with_fact(e, rules.assume((), goal.hypothesis), hypothesis)
    inner = more.close(search(e, conclusion, goal.conclusion, more))
    return rules.discharge((inner,), goal.hypothesis)


def _iff(e: Elaborator, claim: Any, goal: Iff, known: Known) -> Proof:
    there = lang.Implies(claim.left, claim.right) if claim is not None else None
    back = lang.Implies(claim.right, claim.left) if claim is not None else None
    one = _implies(e, there, Implies(goal.left, goal.right), known)
    return rules.both_ways((one, _implies(e, back, Implies(goal.right, goal.left), known)))


def _forall(e: Elaborator, claim: Any, goal: ForAll, known: Known) -> Proof:
    inner = search(e, claim.claim if claim is not None else None, goal.body, known)
    return rules.generalise((known.close(inner),), goal.symbols)


def _exists(e: Elaborator, claim: Any, goal: Exists, known: Known) -> Proof:
    reasons = []
    for arrays, body_claim in existence.candidates(e, claim, goal, known.arrays):
        body = instantiate(goal.body, dict(zip(goal.symbols, arrays, strict=True)))
        try:
            return rules.witness((search(e, body_claim, body, known),), goal, arrays)
        except (NoProof, KernelError) as error:
            reasons.append(str(error))
    if claim is not None and claim.witness is not None:
        raise NoProof(f"with the witness that is stated, {reasons[0]}")
    raise NoProof("no witness was given, and none of the usual ones fits")


def _not(e: Elaborator, claim: Any, goal: Not, known: Known) -> Proof:
    inside = claim.claim if isinstance(claim, lang.Not) else None
    assumed = known.with_fact(e, rules.assume((), goal.body), inside)
    for fact in chain(assumed.facts, derived.meetings(assumed.facts)):
        found = existence.contradiction(e, fact)
        if found is not None:
            return rules.contradict((assumed.close(found),), goal.body)
    false = existence.absurd(assumed.facts, lambda zero: reduction.reduce(e, zero, assumed.facts), e.fresh)
    if false is not None:
        return rules.contradict((assumed.close(false),), goal.body)
    theorem = existence.too_large(goal.body) or ranks.too_narrow(
        e, goal.body, assumed, lambda claim, k: _certain(e, claim, k)
    )
    if theorem is None:
        raise NoProof("nothing was found that contradicts the claim to be denied")
    return theorem


def _nonnegative(e: Elaborator, claim: Any, goal: NonNegative, known: Known) -> Proof:
    found = bounds.nonnegative(e, goal) or visible_sums.visible(e, goal, known.facts)
    found = found or division.by_division(e, goal, known.facts) or known_signs.by_known_signs(e, goal, known.facts)
    if found is None and not goal.strict:
        found = by_blocks.in_parts(e, goal, lambda part: search(e, None, part, known))
    if found is not None:
        return found
    hinted = list(hints.entries(e, goal, known.hinted(e, tuple(map(size_of, goal.indices)))))
    found = hints.by_hints(goal, hinted, known.facts, lambda g: derived.identity(g) or _by_facts(e, g, known, FEW))
    if found is not None:
        return found
    found = roots.by_squares(e, goal, lambda g: _certain(e, g, known)) or _in_positive_letters(e, goal, known)
    if found is not None:
        return found
    facts = [*known.facts, *known.at_columns(e, symbols(goal.body))]
    weighed = linear.combinations_of(e, goal, facts)
    found = (
        (None if goal.strict else _as_known(e, goal, known))
        or reduction.bounded(e, goal, facts, FEW)
        or dominance.dominant(e, goal, lambda least: bounds.nonnegative(e, least))
        or next(weighed, None)
        or reduction.bounded(e, goal, facts)
        or next(filter(None, weighed), None)
        or by_masks.by_masks(e, goal, facts, lambda bound, given: _quickly(e, bound, given))
        or hints.by_hints(goal, hinted, (), lambda g: _certain(e, g, known))
        or _as_square(e, goal, known)
    )
    if found is not None:
        return found
    for fact in [f for f in known.facts if isinstance(f.conclusion, NonNegative)]:
        with suppress(NoProof, KernelError):
            return bounds.carried(goal, fact, lambda g: _equation(e, None, g, known))
    ordered = any(term.kind == "before" for term in terms.walk(goal.body))
    if not goal.strict and (ordered or any(isinstance(f.conclusion, Equation) for f in known.facts)):
        with suppress(NoProof, KernelError):
            zero = Equation(goal.indices, goal.body, terms.number(0))
            return bounds.equals(goal, zero.right, _equation(e, None, zero, known))
    raise NoProof("the difference is not visibly a sum of products that are not negative")


def _as_square(e: Elaborator, goal: NonNegative, known: Known) -> Proof | None:
    return known_squares.by_products(e, goal, known.facts, lambda g: _by_facts(e, g, known, FEW))


def _quickly(e: Elaborator, bound: NonNegative, facts: list[Proof]) -> Proof | None:
    """A bound in one case of several."""
    return bounds.nonnegative(e, bound) or linear.combination(e, bound, facts)


def _semidefinite(e: Elaborator, claim: Any, goal: Semidefinite, known: Known) -> Proof:
    shapes = [array(e, h) for h in known.hinted(e, goal.matrix.sizes)]
    found = bounds.semidefinite(
        e, goal, lambda g: _equation(e, None, g, known), shapes, lambda form, v: _along(e, form, v, known)
    )
    if found is None:
        raise NoProof("no Gram matrix and no weighted sum of squares was found, and no known form is this one")
    return found


def _along(e: Elaborator, form: NonNegative, direction: Letter, known: Known) -> Proof | None:
    """A form that is >= 0 because others are, along the same row or that row times known letters."""
    found = dominance.dominant(e, form, lambda least: bounds.nonnegative(e, least)) or _as_square(e, form, known)
    if found is not None:
        return found
    others = known.along(e, direction, symbols(form.body))
    try:
        return _nonnegative(e, None, form, replace(known, facts=[*others, *known.facts])) if others else None
    except NoProof:
        return None


def _rank(e: Elaborator, claim: Any, goal: RankAtMost, known: Known) -> Proof:
    found = rank_chains.chained(goal, known.facts) or _through(e, goal, known, ranks.by_summands(e, claim))
    if found is None:
        turned = formulas.Array(goal.upper.indices[::-1], goal.upper.body)
        first = _through(e, RankAtMost(goal.lower, turned), known)
        if first is None:
            raise NoProof("no factorisation through the smaller rank was found")
        found = rules.rank_chain((first, rules.rank_of_transpose((), RankAtMost(turned, goal.upper))))
    return found


def _through(
    e: Elaborator, goal: RankAtMost, known: Known, first: Iterable[tuple[formulas.Array, formulas.Array]] = ()
) -> Proof | None:
    shapes = (goal.lower.sizes[0], goal.upper.sizes[0]), (goal.upper.sizes[1], goal.lower.sizes[1])
    structural = factorisations.factorisations(goal, [f.conclusion for f in known.facts])
    tried = chain(first, structural, ranks.around_inverses(goal), product(*(known.arrays(e, s) for s in shapes)))
    for left, right in tried:
        whole = sandwich(goal.lower.indices, left, goal.upper, right)
        with suppress(NoProof, KernelError):
            step = _equation(e, None, Equation(goal.lower.indices, goal.lower.body, whole), known)
            return rules.rank_by_factors((step,), goal, left, right)
    return None


TACTICS: dict[type, Any] = {
    Equation: _equation,
    And: _and,
    Implies: _implies,
    Iff: _iff,
    ForAll: _forall,
    Exists: _exists,
    Not: _not,
    NonNegative: _nonnegative,
    Semidefinite: _semidefinite,
    RankAtMost: _rank,
}


def worded(theorem: Proof, goal: Formula) -> Proof:
    """The theorem in the very words of the goal: what is bound may have other names, for no two sizes share one.

    Raises    NoProof, KernelError when it does not say the same
    """
    return in_words(theorem, goal, _searched)


def _searched(theorem: Proof, goal: Formula) -> Proof:
    e = Elaborator(prefix="s")
    known = Known().with_fact(e, theorem)
    return known.close(search(e, None, goal, known))
