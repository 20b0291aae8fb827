"""Kernel, top floor: equality and logic.  `inequalities` and `rank_rules` hold the other rules, `rules` lists them all.

Where two terms have to be equal, `plain` checks the steps that the data gives.  What is not a rule is not trusted; each
docstring is the inference line.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypeVar

from symattn.errors import KernelError
from symattn.kernel.formulas import (
    FORMULAS,
    And,
    Array,
    Equation,
    Exists,
    ForAll,
    Formula,
    Iff,
    Implies,
    NonNegative,
    Not,
    Symbol,
    free_symbols,
    instantiate,
    refresh,
    terms_of,
)
from symattn.kernel.plain import Proof, holds
from symattn.kernel.sizes import Index, constant_size, size_of, variables_of
from symattn.kernel.terms import (
    Letter,
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
from symattn.kernel.theorem import Sequent, Theorem, gather, rule

Kind = TypeVar("Kind", bound=Formula)


def need(condition: bool, message: str) -> None:
    if not condition:
        raise KernelError(message)


def must_be(formula: Formula, kind: type[Kind], rule_name: str) -> Kind:
    """The formula, which has to be of that kind."""
    if type(formula) is not kind:
        raise KernelError(f"{rule_name} needs the form {kind.__name__}, not {type(formula).__name__}")
    return formula


@rule
def identity(premises: tuple[Theorem, ...], claim: Equation, proof: Proof) -> Sequent:
    """|- left = right, when steps show that left - right is 0, or there are no indices for which to compare them."""
    must_be(claim, Equation, "identity")
    need(not premises, "identity takes no premise")
    need(nowhere(claim) or holds(subtract(claim.left, claim.right), *proof), "the steps do not show it")
    return (), claim


def nowhere(claim: Equation) -> bool:
    """Is there never an index for which the sides are compared?"""
    return any(size_of(v).constant == 0 for v in claim.indices)


@rule
def assume(premises: tuple[Theorem, ...], claim: Formula) -> Sequent:
    """A |- A."""
    need(not premises and type(claim) in FORMULAS, "assume takes a formula and no premise")
    return (claim,), claim


Use = tuple[int, tuple[tuple[int, Index], ...], tuple[int, ...], Term]


def used(formula: Equation | NonNegative, body: Term, use: Use, free: tuple[int, ...]) -> Term:
    """`- sum of factor body[indices := values]`; a value that nothing binds need not exist, so it is refused."""
    _, places, bound, factor = use
    need(tuple(v for v, _ in places) == formula.indices, "every index of the premise needs a value")
    need(all(size_of(v) == size_of(i) for v, i in places), "an index is given a value of another size")
    moving = frozenset(w for _, index in places for w in variables_of(index))
    need(moving <= {*bound, *free}, "a value of an index uses a variable that is bound nowhere")
    return negative(summation(bound, multiply(factor, reindex(refresh(body, moving), dict(places)))))


@rule
def combine(premises: tuple[Theorem, ...], claim: Equation, uses: tuple[Use, ...], proof: Proof) -> Sequent:
    """H |- l_p = r_p  (p = 1, ...)   =>   H |- left = right, when left - right = sum of factor (l_p - r_p) somewhere.

    A use is (premise, values of its indices, variables summed over, factor).
    """
    need(holds(left_over(premises, claim, uses), *proof), "the steps do not show that the premises give this")
    return gather(*premises), claim


def left_over(premises: tuple[Theorem, ...], claim: Equation, uses: tuple[Use, ...]) -> Term:
    """The difference of the sides, less what the uses of the premises take away."""
    must_be(claim, Equation, "combine")
    rest = [subtract(claim.left, claim.right)]
    for use in uses:
        equation = must_be(premises[use[0]].conclusion, Equation, "combine")
        rest.append(used(equation, subtract(equation.left, equation.right), use, claim.indices))
    return bounded(add(*rest), claim)


def bounded(total: Term, claim: Equation | NonNegative) -> Term:
    need(total.free <= frozenset(claim.indices), "a factor uses an index that is bound nowhere")
    return total


@rule
def split(
    premises: tuple[Theorem, ...], indices: tuple[int, ...], body: Term, v: int, places: tuple[int, ...]
) -> Sequent:
    """|- sum over v of x = sum over p_1 of x[v := p_1 in part 1] + ...,  when the parts make up the size of v."""
    sizes = tuple(size_of(place) for place in places)
    parts: list[Index] = [("part", sizes, which, place) for which, place in enumerate(places)]
    need(not premises and body.free.isdisjoint(places), "a place is an index of what is summed")
    need(sum(sizes, constant_size(0)) == size_of(v), "the parts do not make up the size of the index")
    there = (reindex(refresh(body, frozenset({p})), {v: part}) for p, part in zip(places, parts, strict=True))
    each = [summation((p,), term) for p, term in zip(places, there, strict=True)]
    return (), Equation(indices, summation((v,), body), add(*each))


@rule
def rewrite(premises: tuple[Theorem, ...], pattern: Formula, hole: Letter) -> Sequent:
    """H |- L = R,  H' |- F[L]   =>   H, H' |- F[R], for a letter (the hole) that stands under no derivative."""
    equal, before = premises
    equation = must_be(equal.conclusion, Equation, "rewrite")
    need(not hole.facts, "the hole must be a letter of which nothing is known")
    old, new = (Array(equation.indices, t) for t in (equation.left, equation.right))
    need(not _differentiated(pattern, hole), "the hole stands under a derivative, where a hypothesis may not be used")
    need(instantiate(pattern, {hole: old}) == before.conclusion, "the second premise is not the pattern filled in")
    return gather(equal, before), instantiate(pattern, {hole: new})


def _differentiated(formula: Formula, hole: Letter) -> bool:
    return any(t.kind == "derivative" and hole in symbols(t) for t in walk(*terms_of(formula)))


@rule
def substitute(premises: tuple[Theorem, ...], new: tuple[tuple[Symbol, Array], ...]) -> Sequent:
    """H |- A   =>   H |- A[letters := arrays], for letters that H does not mention."""
    (premise,) = premises
    need(not frozenset(dict(new)) & mentioned_in(premise.hypotheses), "a hypothesis is about a letter to be replaced")
    return premise.hypotheses, instantiate(premise.conclusion, dict(new))


def mentioned_in(formulas: tuple[Formula, ...]) -> frozenset[Symbol]:
    return frozenset().union(*(free_symbols(f) for f in formulas))


@rule
def generalise(premises: tuple[Theorem, ...], bound: tuple[Symbol, ...]) -> Sequent:
    """H |- A   =>   H |- for all x. A, when H does not mention x."""
    (premise,) = premises
    need(not frozenset(bound) & mentioned_in(premise.hypotheses), "a hypothesis is about a letter to be generalised")
    return premise.hypotheses, ForAll(bound, premise.conclusion)


@rule
def specialise(premises: tuple[Theorem, ...], new: tuple[tuple[Symbol, Array], ...]) -> Sequent:
    """H |- for all x. A   =>   H |- A[x := arrays]."""
    (premise,) = premises
    every = must_be(premise.conclusion, ForAll, "specialise")
    need(tuple(s for s, _ in new) == every.symbols, "every bound letter needs a value")
    return premise.hypotheses, instantiate(every.body, dict(new))


@rule
def witness(premises: tuple[Theorem, ...], claim: Exists, new: tuple[Array, ...]) -> Sequent:
    """H |- A[x := arrays]   =>   H |- there is x. A."""
    (premise,) = premises
    must_be(claim, Exists, "witness")
    need(not any(a.chosen for a in new), "a witness may not depend on indices, of which there may be none")
    filled = instantiate(claim.body, dict(zip(claim.symbols, new, strict=True)))
    need(filled == premise.conclusion, "the premise is not the claim with the witness filled in")
    return premise.hypotheses, claim


@rule
def eliminate(premises: tuple[Theorem, ...]) -> Sequent:
    """H |- there is x. A,  H', A |- B   =>   H, H' |- B, when H' and B do not mention x."""
    some, rest = premises
    there = must_be(some.conclusion, Exists, "eliminate")
    others = gather(rest, without=(there.body,))
    need(there.body in rest.hypotheses, "the second premise does not use what exists")
    mentioned = mentioned_in((*others, rest.conclusion))
    need(not mentioned & frozenset(there.symbols), "the conclusion is still about the witness")
    return tuple(dict.fromkeys((*some.hypotheses, *others))), rest.conclusion


@rule
def discharge(premises: tuple[Theorem, ...], hypothesis: Formula) -> Sequent:
    """H, A |- B   =>   H |- A implies B."""
    (premise,) = premises
    return gather(premise, without=(hypothesis,)), Implies(hypothesis, premise.conclusion)


@rule
def apply(premises: tuple[Theorem, ...]) -> Sequent:
    """H |- A implies B,  H' |- A   =>   H, H' |- B."""
    implication, fact = premises
    said = must_be(implication.conclusion, Implies, "apply")
    need(said.hypothesis == fact.conclusion, "the second premise is not the hypothesis of the first")
    return gather(implication, fact), said.conclusion


@rule
def both_ways(premises: tuple[Theorem, ...]) -> Sequent:
    """H |- A implies B,  H' |- B implies A   =>   H, H' |- A iff B."""
    there, back = premises
    said = must_be(there.conclusion, Implies, "both_ways")
    a, b = said.hypothesis, said.conclusion
    need(back.conclusion == Implies(b, a), "the second premise is not the converse of the first")
    return gather(there, back), Iff(a, b)


@rule
def one_way(premises: tuple[Theorem, ...], forward: bool) -> Sequent:
    """H |- A iff B   =>   H |- A implies B  (or B implies A)."""
    (premise,) = premises
    said = must_be(premise.conclusion, Iff, "one_way")
    a, b = said.left, said.right
    return premise.hypotheses, Implies(a, b) if forward else Implies(b, a)


@rule
def conjoin(premises: tuple[Theorem, ...]) -> Sequent:
    """H_p |- A_p  (p = 1, ...)   =>   H_1, ... |- A_1 and ... ."""
    return gather(*premises), And(tuple(p.conclusion for p in premises))


@rule
def project(premises: tuple[Theorem, ...], which: int) -> Sequent:
    """H |- A_1 and A_2 and ...   =>   H |- A_p."""
    (premise,) = premises
    return premise.hypotheses, must_be(premise.conclusion, And, "project").parts[which]


@rule
def contradict(premises: tuple[Theorem, ...], hypothesis: Formula, value: int | Fraction, proof: Proof) -> Sequent:
    """H, A |- l = r, where l - r is a number other than 0   =>   H |- not A."""
    (premise,) = premises
    said = must_be(premise.conclusion, Equation, "contradict")
    need(
        type(value) in (int, Fraction) and value != 0,
        "the sides of the premise have to differ by a number other than 0",
    )
    need(not said.indices, "an equation with indices may hold because its sizes are empty")
    need(holds(add(said.left, negative(said.right), number(-value)), *proof), "the steps do not show this difference")
    return gather(premise, without=(hypothesis,)), Not(hypothesis)
