"""Kernel, top floor: every rule.  What is not here is not trusted; each docstring is the inference line.

Equality comes from normal forms alone; inequalities from sums and products of what is visibly not negative; rank from a
factorisation; the rest is the usual logic.
"""

from __future__ import annotations

from collections import Counter

from symattn.errors import KernelError
from symattn.kernel.formulas import (
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
    RankAtMost,
    Semidefinite,
    Symbol,
    free_symbols,
    instantiate,
    refresh,
    replace_symbols,
    terms_of,
)
from symattn.kernel.normal import is_zero, rational_value
from symattn.kernel.sizes import ONE_SIZE, Index, size_of, variable, variables_of
from symattn.kernel.terms import (
    Letter,
    Term,
    add,
    children,
    entry,
    multiply,
    negative,
    reindex,
    subtract,
    summation,
    symbols,
    walk,
)
from symattn.kernel.theorem import Sequent, Theorem, gather, rule


def _need(condition: bool, message: str) -> None:
    if not condition:
        raise KernelError(message)


def _is(formula: Formula, kind: type, rule_name: str) -> None:
    _need(isinstance(formula, kind), f"{rule_name} needs a premise of the form {kind.__name__}, not {formula}")


@rule
def identity(premises: tuple[Theorem, ...], claim: Equation) -> Sequent:
    """|- left = right, when left - right has the normal form 0."""
    _need(not premises and isinstance(claim, Equation), "identity takes an equation and no premise")
    _need(is_zero(subtract(claim.left, claim.right)), "the two sides have different normal forms")
    return (), claim


@rule
def assume(premises: tuple[Theorem, ...], claim: Formula) -> Sequent:
    """A |- A."""
    return (claim,), claim


Use = tuple[int, tuple[tuple[int, Index], ...], tuple[int, ...], Term]


@rule
def combine(premises: tuple[Theorem, ...], claim: Equation, uses: tuple[Use, ...]) -> Sequent:
    """H |- l_p = r_p  (p = 1, ...)   =>   H |- left = right, when left - right = sum of factor (l_p - r_p) at some indices.

    A use is (premise, values of its indices, variables summed over, factor).
    """
    _is(claim, Equation, "combine")
    rest = [subtract(claim.left, claim.right)]
    for which, places, bound, factor in uses:
        equation = premises[which].conclusion
        _is(equation, Equation, "combine")
        _need(tuple(v for v, _ in places) == equation.indices, "every index of the premise needs a value")
        _need(all(size_of(v) == size_of(i) for v, i in places), "an index is given a value of another size")
        moving = frozenset(w for _, index in places for w in variables_of(index))
        difference = reindex(refresh(subtract(equation.left, equation.right), moving), dict(places))
        rest.append(negative(summation(bound, multiply(factor, difference))))
    total = add(*rest)
    _need(total.free <= frozenset(claim.indices), "a factor uses an index that is bound nowhere")
    _need(is_zero(total), "the sides do not differ by this combination of the premises")
    return gather(*premises), claim


@rule
def rewrite(premises: tuple[Theorem, ...], pattern: Formula, hole: Letter) -> Sequent:
    """H |- L = R,  H' |- F[L]   =>   H, H' |- F[R], for a letter (the hole) that stands under no derivative."""
    equal, before = premises
    _is(equal.conclusion, Equation, "rewrite")
    _need(not hole.facts, "the hole must be a letter of which nothing is known")
    old, new = (Array(equal.conclusion.indices, t) for t in (equal.conclusion.left, equal.conclusion.right))
    _need(not _differentiated(pattern, hole), "the hole stands under a derivative, where a hypothesis may not be used")
    _need(instantiate(pattern, {hole: old}) == before.conclusion, "the second premise is not the pattern filled in")
    return gather(equal, before), instantiate(pattern, {hole: new})


def _differentiated(formula: Formula, hole: Letter) -> bool:
    return any(t.kind == "derivative" and hole in symbols(t) for t in walk(*terms_of(formula)))


@rule
def substitute(premises: tuple[Theorem, ...], new: tuple[tuple[Symbol, Array], ...]) -> Sequent:
    """H |- A   =>   H |- A[letters := arrays], for letters that H does not mention."""
    (premise,) = premises
    _need(not frozenset(dict(new)) & _mentioned(premise.hypotheses), "a hypothesis is about a letter to be replaced")
    return premise.hypotheses, instantiate(premise.conclusion, dict(new))


def _mentioned(formulas: tuple[Formula, ...]) -> frozenset[Symbol]:
    return frozenset().union(*(free_symbols(f) for f in formulas))


@rule
def generalise(premises: tuple[Theorem, ...], bound: tuple[Symbol, ...]) -> Sequent:
    """H |- A   =>   H |- for all x. A, when H does not mention x."""
    (premise,) = premises
    _need(not frozenset(bound) & _mentioned(premise.hypotheses), "a hypothesis is about a letter to be generalised")
    return premise.hypotheses, ForAll(bound, premise.conclusion)


@rule
def specialise(premises: tuple[Theorem, ...], new: tuple[tuple[Symbol, Array], ...]) -> Sequent:
    """H |- for all x. A   =>   H |- A[x := arrays]."""
    (premise,) = premises
    _is(premise.conclusion, ForAll, "specialise")
    _need(tuple(s for s, _ in new) == premise.conclusion.symbols, "every bound letter needs a value")
    return premise.hypotheses, instantiate(premise.conclusion.body, dict(new))


@rule
def witness(premises: tuple[Theorem, ...], claim: Exists, new: tuple[Array, ...]) -> Sequent:
    """H |- A[x := arrays]   =>   H |- there is x. A."""
    (premise,) = premises
    _is(claim, Exists, "witness")
    _need(not any(a.chosen for a in new), "a witness may not depend on indices, of which there may be none")
    filled = instantiate(claim.body, dict(zip(claim.symbols, new, strict=True)))
    _need(filled == premise.conclusion, "the premise is not the claim with the witness filled in")
    return premise.hypotheses, claim


@rule
def eliminate(premises: tuple[Theorem, ...]) -> Sequent:
    """H |- there is x. A,  H', A |- B   =>   H, H' |- B, when H' and B do not mention x."""
    some, rest = premises
    _is(some.conclusion, Exists, "eliminate")
    others = gather(rest, without=(some.conclusion.body,))
    _need(some.conclusion.body in rest.hypotheses, "the second premise does not use what exists")
    mentioned = _mentioned((*others, rest.conclusion))
    _need(not mentioned & frozenset(some.conclusion.symbols), "the conclusion is still about the witness")
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
    _is(implication.conclusion, Implies, "apply")
    _need(implication.conclusion.hypothesis == fact.conclusion, "the second premise is not the hypothesis of the first")
    return gather(implication, fact), implication.conclusion.conclusion


@rule
def both_ways(premises: tuple[Theorem, ...]) -> Sequent:
    """H |- A implies B,  H' |- B implies A   =>   H, H' |- A iff B."""
    there, back = premises
    _is(there.conclusion, Implies, "both_ways")
    a, b = there.conclusion.hypothesis, there.conclusion.conclusion
    _need(back.conclusion == Implies(b, a), "the second premise is not the converse of the first")
    return gather(there, back), Iff(a, b)


@rule
def one_way(premises: tuple[Theorem, ...], forward: bool) -> Sequent:
    """H |- A iff B   =>   H |- A implies B  (or B implies A)."""
    (premise,) = premises
    _is(premise.conclusion, Iff, "one_way")
    a, b = premise.conclusion.left, premise.conclusion.right
    return premise.hypotheses, Implies(a, b) if forward else Implies(b, a)


@rule
def conjoin(premises: tuple[Theorem, ...]) -> Sequent:
    """H_p |- A_p  (p = 1, ...)   =>   H_1, ... |- A_1 and ... ."""
    return gather(*premises), And(tuple(p.conclusion for p in premises))


@rule
def project(premises: tuple[Theorem, ...], which: int) -> Sequent:
    """H |- A_1 and A_2 and ...   =>   H |- A_p."""
    (premise,) = premises
    _is(premise.conclusion, And, "project")
    return premise.hypotheses, premise.conclusion.parts[which]


@rule
def contradict(premises: tuple[Theorem, ...], hypothesis: Formula) -> Sequent:
    """H, A |- l = r, where l - r is a number other than 0   =>   H |- not A."""
    (premise,) = premises
    _is(premise.conclusion, Equation, "contradict")
    value = rational_value(subtract(premise.conclusion.left, premise.conclusion.right))
    _need(bool(value), "the sides of the premise do not differ by a number other than 0")
    _need(not premise.conclusion.indices, "an equation with indices may hold because its sizes are empty")
    return gather(premise, without=(hypothesis,)), Not(hypothesis)


@rule
def sign(premises: tuple[Theorem, ...], claim: NonNegative, shown: Term) -> Sequent:
    """|- body >= 0 (or > 0), when body equals a term that is visibly so."""
    _is(claim, NonNegative, "sign")
    _need(not premises and shown.free <= frozenset(claim.indices), "sign takes no premise and a closed term")
    _need(visibly_positive(shown) if claim.strict else visibly_nonnegative(shown), "the term is not visibly of that sign")
    _need(is_zero(subtract(claim.body, shown)), "the term shown is not equal to the one in the claim")
    return (), claim


@rule
def relate(premises: tuple[Theorem, ...], claim: NonNegative) -> Sequent:
    """H |- a >= 0,  H' |- a = b   =>   H, H' |- b >= 0 (and the same for > 0)."""
    bound, equation = premises
    _is(bound.conclusion, NonNegative, "relate")
    _is(equation.conclusion, Equation, "relate")
    expected = NonNegative(bound.conclusion.indices, bound.conclusion.body, claim.strict)
    _need(bound.conclusion == expected and claim.indices == equation.conclusion.indices, "the premise bounds something else")
    _need(bound.conclusion.indices == claim.indices, "the indices of the premises differ")
    _need(is_zero(subtract(equation.conclusion.left, bound.conclusion.body)), "the equation is about another term")
    _need(is_zero(subtract(equation.conclusion.right, claim.body)), "the equation gives another term")
    return gather(bound, equation), claim


@rule
def semidefinite(premises: tuple[Theorem, ...], claim: Semidefinite, direction: Letter) -> Sequent:
    """H |- A_ij = A_ji,  H' |- v A v^T >= 0 for a letter v that H' does not mention   =>   H, H' |- A is semidefinite."""
    mirror, form = premises
    (i, j), body = claim.matrix.indices, claim.matrix.body
    size = size_of(i)
    swapped = reindex_pair(body, i, j)
    _need(mirror.conclusion == Equation((i, j), body, swapped), "the first premise does not say that the matrix is symmetric")
    _need(direction == Letter(direction.name, (ONE_SIZE, size)), "the direction must be a row of which nothing is known")
    _need(direction not in _mentioned(form.hypotheses) | symbols(body), "the direction is not arbitrary")
    _need(form.conclusion == NonNegative((), quadratic_form(claim.matrix, direction)), "the second premise is another form")
    return gather(mirror, form), claim


def reindex_pair(body: Term, i: int, j: int) -> Term:
    """The body with i and j exchanged."""
    k = variable("exchanged", size_of(i))
    return reindex(reindex(reindex(body, {i: k}), {j: i}), {k: j})


def quadratic_form(matrix: Array, direction: Letter) -> Term:
    """`v A v^T` for a row v."""
    i, j = matrix.indices
    zero: Index = ("const", 0, ONE_SIZE)
    return summation((i, j), multiply(entry(direction, zero, i), matrix.body, entry(direction, zero, j)))


@rule
def rank_by_factors(premises: tuple[Theorem, ...], claim: RankAtMost, left: Array, right: Array) -> Sequent:
    """H |- A = L B R   =>   H |- rank A <= rank B."""
    (premise,) = premises
    _is(claim, RankAtMost, "rank_by_factors")
    a, b = claim.lower, claim.upper
    _need(len(a.sizes) == len(b.sizes) == len(left.sizes) == len(right.sizes) == 2, "rank is about matrices")
    expected = Equation(a.indices, a.body, sandwich(a.indices, left, b, right))
    _need(premise.conclusion == expected, "the premise is not the factorisation A = L B R")
    return premise.hypotheses, claim


def sandwich(indices: tuple[int, ...], left: Array, middle: Array, right: Array) -> Term:
    """The entry of `L B R` at these indices."""
    p, q = (variable(f"inner{n}", size) for n, size in enumerate(middle.sizes))
    pieces = [(left, (indices[0], p)), (middle, (p, q)), (right, (q, indices[1]))]
    filled = []
    for array, places in pieces:
        _need(array.sizes == tuple(size_of(v) for v in places), "the factors do not have matching sizes")
        hole = Letter("factor", array.sizes)
        filled.append(replace_symbols(entry(hole, *places), {hole: array}))
    return summation((p, q), multiply(*filled))


@rule
def rank_of_transpose(premises: tuple[Theorem, ...], claim: RankAtMost) -> Sequent:
    """|- rank A^T <= rank A."""
    _is(claim, RankAtMost, "rank_of_transpose")
    _need(not premises and claim.lower.sizes == claim.upper.sizes[::-1], "the shapes are not those of a transpose")
    flipped = reindex(refresh(claim.upper.body, frozenset(claim.lower.indices)), dict(zip(claim.upper.indices, claim.lower.indices[::-1], strict=True)))
    _need(is_zero(subtract(claim.lower.body, flipped)), "the first matrix is not the transpose of the second")
    return (), claim


@rule
def rank_chain(premises: tuple[Theorem, ...]) -> Sequent:
    """H |- rank A <= rank B,  H' |- rank B <= rank C   =>   H, H' |- rank A <= rank C."""
    first, second = premises
    _is(first.conclusion, RankAtMost, "rank_chain")
    _is(second.conclusion, RankAtMost, "rank_chain")
    _need(first.conclusion.upper == second.conclusion.lower, "the two bounds do not meet")
    return gather(first, second), RankAtMost(first.conclusion.lower, second.conclusion.upper)


def visibly_nonnegative(term: Term) -> bool:
    """Sums and products of squares, exps, masks, positive letters and reciprocals of such."""
    match term.kind:
        case "number":
            return term.args[0] >= 0
        case "cardinal" | "delta":
            return True
        case "entry":
            return bool(term.args[0].facts & {"mask", "permutation", "positive"}) and not term.args[0].inverse
        case "power" if term.args[1].denominator == 1 and term.args[1] % 2 == 0:
            return True
        case "multiply":
            odd = [t for t, times in Counter(children(term)).items() if times % 2]
            return all(visibly_nonnegative(t) for t in odd)
        case "add" | "sum" | "reciprocal" | "power":
            return all(visibly_nonnegative(t) for t in children(term))
    return visibly_positive(term)


def visibly_positive(term: Term) -> bool:
    """The same, and not zero; a sum needs a summand."""
    match term.kind:
        case "number":
            return term.args[0] > 0
        case "cardinal":
            return term.args[0].minimum >= 1
        case "parameter":
            return term.args[0].positive
        case "entry":
            return "positive" in term.args[0].facts and not term.args[0].inverse
        case "exp":
            return True
        case "sum":
            return all(size_of(v).minimum >= 1 for v in term.args[0]) and visibly_positive(term.args[1])
        case "add":
            return all(map(visibly_nonnegative, children(term))) and any(map(visibly_positive, children(term)))
        case "multiply" | "reciprocal" | "power":
            return all(visibly_positive(t) for t in children(term))
    return False

