"""Equality and logic.  `rules` lists all rules, those of the other modules too.

Where two terms have to be equal, `plain` checks the steps that the data gives.  What is not a rule is not trusted; each
docstring is the inference line.
"""

from __future__ import annotations

from typing import TypeVar

from symattn.kernel.plain.checking import Evidence, holds
from symattn.kernel.plain.signs import visibly_nonnegative, visibly_positive
from symattn.kernel.proofs import Proof, Sequent, gather, rule
from symattn.kernel.syntax.formulas import (
    FORMULAS,
    And,
    Array,
    Equation,
    Exists,
    ForAll,
    Formula,
    Implies,
    NonNegative,
    Symbol,
    free_symbols,
    terms_of,
)
from symattn.kernel.syntax.sizes import Index, constant_size, need, part_index, size_of, variables_of
from symattn.kernel.syntax.substitution import instantiate, replace_symbols
from symattn.kernel.syntax.terms import (
    Letter,
    Parameter,
    Term,
    add,
    multiply,
    negative,
    number,
    reindex,
    subtract,
    summation,
    symbols,
    walk,
)

Kind = TypeVar("Kind", bound=Formula)
Comparison = Equation | NonNegative
Proofs = tuple[Proof, ...]


def must_be(formula: Formula, *kinds: type[Kind]) -> Kind:
    """The formula, which has to be of one of these kinds."""
    wanted = " or ".join(kind.__name__ for kind in kinds)
    need(type(formula) in kinds, f"this takes a formula of the form {wanted}, not {type(formula).__name__}")
    return formula  # type: ignore[return-value]


@rule(0)
def assume(claim: Formula) -> Sequent:
    """A |- A."""
    need(type(claim) in FORMULAS, "assume takes a formula")
    return (claim,), claim


Use = tuple[int, tuple[tuple[int, Index], ...], tuple[int, ...], Term]
Uses = tuple[Use, ...]


@rule()
def combine(premises: Proofs, claim: Comparison, shown: Term, uses: Uses, proof: Evidence) -> Sequent:
    """H |- l_p = r_p, b_q >= 0  (p, q = 1, ...)   =>   H |- claim, if what it compares is shown + factors (l - r, b).

    A use is (premise, values of its indices, variables summed over, factor).  An equation compares left - right; it
    shows 0 and uses equations only.  For a bound, the term shown and the factors of bounds are visibly not negative;
    `> 0` needs the term shown to be positive, or a strict premise with a positive factor and no sum.
    """
    rest = left_over(premises, claim, shown, uses)
    need(nowhere(claim) or holds(rest, *proof), "the steps do not show that the claim is this combination")
    return gather(*premises), claim


def left_over(premises: Proofs, claim: Comparison, shown: Term, uses: Uses) -> Term:
    """What the claim compares, less the term shown and what the uses of the premises give: it has to be 0."""
    must_be(claim, Equation, NonNegative)
    bound, strict = type(claim) is NonNegative, not getattr(claim, "strict", False) or visibly_positive(shown)
    need(visibly_nonnegative(shown) if bound else shown is number(0), "the term shown is not visibly >= 0, or = 0")
    rest = [subtract(compared(claim), shown)]
    for which, places, over, factor in uses:
        premise: Comparison = must_be(premises[which].conclusion, Equation, NonNegative)  # type: ignore[assignment]
        need(tuple(v for v, _ in places) == premise.indices, "every index of the premise needs a value")
        need(all(size_of(v) == size_of(i) for v, i in places), "an index is given a value of another size")
        moving = {w for _, index in places for w in variables_of(index)}
        need(moving <= {*over, *claim.indices}, "a value of an index uses a variable that is bound nowhere")
        if type(premise) is NonNegative:
            need(bound, "an equation does not follow from bounds")
            need(visibly_nonnegative(factor), "a factor of a bound is not visibly >= 0")
            strict = strict or (premise.strict and not over and visibly_positive(factor))
        rest.append(negative(summation(over, multiply(factor, reindex(compared(premise), dict(places))))))
    total = add(*rest)
    need(strict, "nothing in the combination is visibly > 0")
    need(total.free <= frozenset(claim.indices), "a factor uses an index that is bound nowhere")
    return total


def compared(claim: Comparison) -> Term:
    """`left - right` of an equation, and what a bound says to be at least 0."""
    return subtract(claim.left, claim.right) if type(claim) is Equation else claim.body  # type: ignore[union-attr]


def nowhere(claim: Comparison) -> bool:
    """Is there never an index for which something is compared?"""
    return any(size_of(v).constant == 0 for v in claim.indices)


@rule(0)
def split(indices: tuple[int, ...], body: Term, v: int, places: tuple[int, ...]) -> Sequent:
    """|- sum over v of x = sum over p_1 of x[v := p_1 in part 1] + ...,  when the parts make up the size of v."""
    sizes = tuple(size_of(place) for place in places)
    need(body.free.isdisjoint(places), "a place is an index of what is summed")
    need(sum(sizes, constant_size(0)) == size_of(v), "the parts do not make up the size of the index")
    each = [summation((p,), reindex(body, {v: part_index(sizes, which, p)})) for which, p in enumerate(places)]
    return (), Equation(indices, summation((v,), body), add(*each))


@rule(2)
def rewrite(equal: Proof, before: Proof, pattern: Formula, hole: Letter) -> Sequent:
    """H |- L = R,  H' |- F[L]   =>   H, H' |- F[R], for a letter (the hole) that stands under no derivative."""
    equation = must_be(equal.conclusion, Equation)
    need(not hole.facts, "the hole must be a letter of which nothing is known")
    old, new = (Array(equation.indices, t) for t in (equation.left, equation.right))
    differentiated = any(t.kind == "derivative" and hole in symbols(t) for t in walk(*terms_of(pattern)))
    need(not differentiated, "the hole stands under a derivative, where a hypothesis may not be used")
    need(instantiate(pattern, {hole: old}) == before.conclusion, "the second premise is not the pattern filled in")
    return gather(equal, before), instantiate(pattern, {hole: new})


@rule(1)
def cases(premise: Proof, indices: tuple[int, ...], body: Term, hole: Parameter) -> Sequent:
    """H |- z z = z   =>   H |- F[z] = (1 - z) F[0] + z F[1], for a parameter (the hole) in F.

    What F binds gets other names than the indices of z, and a derivative in F is in nothing that z mentions.  For an
    index that the conclusion has not, the premise might say nothing.
    """
    said, one = must_be(premise.conclusion, Equation), number(1)
    z = said.right
    need(said.left == multiply(z, z), "the premise does not say that z z = z")
    need({*said.indices} <= {*indices}, "the premise has an index that the conclusion has not")
    need(type(hole) is Parameter, "the hole is not a parameter")
    there, none, all_of_it = (replace_symbols(body, {hole: Array((), x, said.indices)}) for x in (z, number(0), one))
    return premise.hypotheses, Equation(indices, there, add(multiply(subtract(one, z), none), multiply(z, all_of_it)))


def mentioned_in(formulas: tuple[Formula, ...]) -> frozenset[Symbol]:
    return frozenset().union(*(free_symbols(f) for f in formulas))


@rule(1)
def generalise(premise: Proof, bound: tuple[Symbol, ...]) -> Sequent:
    """H |- A   =>   H |- for all x. A, when H does not mention x."""
    need(not frozenset(bound) & mentioned_in(premise.hypotheses), "a hypothesis is about a letter to be generalised")
    return premise.hypotheses, ForAll(bound, premise.conclusion)


@rule(1)
def specialise(premise: Proof, new: tuple[tuple[Symbol, Array], ...]) -> Sequent:
    """H |- for all x. A   =>   H |- A[x := arrays]."""
    every = must_be(premise.conclusion, ForAll)
    need(tuple(s for s, _ in new) == every.symbols, "every bound letter needs a value")
    return premise.hypotheses, instantiate(every.body, dict(new))


@rule(1)
def witness(premise: Proof, claim: Exists, new: tuple[Array, ...]) -> Sequent:
    """H |- A[x := arrays]   =>   H |- there is x. A."""
    must_be(claim, Exists)
    need(not any(a.chosen for a in new), "a witness may not depend on indices, of which there may be none")
    filled = instantiate(claim.body, dict(zip(claim.symbols, new, strict=True)))
    need(filled == premise.conclusion, "the premise is not the claim with the witness filled in")
    return premise.hypotheses, claim


@rule(2)
def eliminate(some: Proof, rest: Proof) -> Sequent:
    """H |- there is x. A,  H', A |- B   =>   H, H' |- B, when H' and B do not mention x."""
    there = must_be(some.conclusion, Exists)
    others = gather(rest, without=(there.body,))
    need(there.body in rest.hypotheses, "the second premise does not use what exists")
    mentioned = mentioned_in((*others, rest.conclusion))
    need(not mentioned & frozenset(there.symbols), "the conclusion is still about the witness")
    return tuple(dict.fromkeys((*some.hypotheses, *others))), rest.conclusion


@rule(1)
def discharge(premise: Proof, hypothesis: Formula) -> Sequent:
    """H, A |- B   =>   H |- A implies B."""
    return gather(premise, without=(hypothesis,)), Implies(hypothesis, premise.conclusion)


@rule(2)
def apply(implication: Proof, fact: Proof) -> Sequent:
    """H |- A implies B,  H' |- A   =>   H, H' |- B."""
    said = must_be(implication.conclusion, Implies)
    need(said.hypothesis == fact.conclusion, "the second premise is not the hypothesis of the first")
    return gather(implication, fact), said.conclusion


@rule()
def conjoin(premises: Proofs) -> Sequent:
    """H_p |- A_p  (p = 1, ...)   =>   H_1, ... |- A_1 and ... ."""
    return gather(*premises), And(tuple(p.conclusion for p in premises))


@rule(1)
def project(premise: Proof, which: int) -> Sequent:
    """H |- A_1 and A_2 and ...   =>   H |- A_p."""
    return premise.hypotheses, must_be(premise.conclusion, And).parts[which]
