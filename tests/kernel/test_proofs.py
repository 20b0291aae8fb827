"""Possessing a theorem proves nothing: replay applies every rule again, and refuses what does not come out the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel import Proof, replay, rules as trusted
from symattn.kernel.proofs import lines
from symattn.kernel.rules.definitions import sandwich, whole
from symattn.kernel.rules.inequalities import quadratic_form
from symattn.kernel.rules.ranks import beside_identity, unit_equation
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import (
    And,
    Array,
    Equation,
    Exists,
    ForAll,
    Formula,
    Implies,
    NonNegative,
    Not,
    RankAtMost,
    Semidefinite,
    identity_array,
)
from symattn.kernel.syntax.sizes import ONE_SIZE, SizeSymbol, constant_index, constant_size, variable
from symattn.kernel.syntax.terms import (
    Letter,
    Parameter,
    Term,
    cardinal,
    entry,
    multiply,
    number,
    reciprocal,
    summation,
)
from tests.kernel.build import array, d, i, inverse, j, k, letter, matrix, n, number_equation, proved

A, Q, K, M = letter("A", n, n), letter("Q", n, k), letter("K", n, k), letter("M", n, n, "invertible")
x, y, hole, v = Letter("x", (n,)), Letter("y", (n,)), Letter("hole", (n,)), Letter("v", (constant_size(1), n))
e0 = constant_index(0, n)
zero, one = number(0), number(1)
FALSE = number_equation(zero, one)
TRUE = rules.identity([], number_equation(one, one))
x_is_0, x_is_y = Equation((i,), entry(x, i), zero), Equation((i,), entry(x, i), entry(y, i))
zero_or_one, at = Equation((i,), multiply(entry(x, i), entry(x, i)), entry(x, i)), Parameter("h")
bigger = RankAtMost(identity_array(n + n), identity_array(n))
low_rank = RankAtMost(array(matrix(Q) @ matrix(K).T), identity_array(k))


def assumed(formula: Formula) -> Proof:
    return rules.assume([], formula)


def split() -> Proof:
    at = variable("w", n + d)
    body = multiply(entry(x, i), entry(Letter("w", (n + d,)), at))
    return rules.split([], (i,), body, at, (variable("p", n), variable("q", d)))


def semidefinite() -> Proof:
    claim = Semidefinite(array(matrix(letter("S", n, n, "symmetric"))))
    (p, q), body = claim.matrix.indices, claim.matrix.body
    form = NonNegative((), quadratic_form(claim.matrix, v))
    every = rules.specialise([assumed(ForAll((v,), form))], ((v, array(matrix(v))),))
    return rules.semidefinite(
        [rules.identity([], Equation((p, q), body, terms.reindex(body, {p: q, q: p}))), every], claim, v
    )


def rank_by_factors() -> Proof:
    left, right = whole(Q), array(matrix(K).T)
    product = sandwich(low_rank.lower.indices, left, low_rank.upper, right)
    premise = rules.identity([], Equation(low_rank.lower.indices, low_rank.lower.body, product))
    return rules.rank_by_factors([premise], low_rank, left, right)


def eliminate() -> Proof:
    body, claim = Equation((), entry(x, e0), one), Exists((y,), Equation((), entry(y, e0), one))
    rest = rules.witness([assumed(body)], claim, (Array((i,), entry(x, i)),))
    return rules.eliminate([assumed(Exists((x,), body)), rest])


def turned(one: Array) -> Array:
    return Array(one.indices[::-1], one.body)


def rank_cancel() -> Proof:
    claim = RankAtMost(identity_array(k), whole(A))
    padded = RankAtMost(*(beside_identity(d, a) for a in (claim.lower, claim.upper)))
    return rules.rank_cancel([assumed(padded)], claim, d)


def vanish() -> Proof:
    square = terms.power(entry(x, i), 2)
    small = NonNegative((), terms.negative(summation([i], square)))
    return rules.vanish([rules.bound([], NonNegative((i,), square), square), assumed(small)], (i,))


def induction() -> Proof:
    """`n^2 - n >= 0`: from n to n + 1 it grows by 2 n."""
    claims = []
    for size in (constant_size(1), n, n + ONE_SIZE):
        claims.append(NonNegative((), terms.subtract(multiply(cardinal(size), cardinal(size)), cardinal(size))))
    first, claim, following = claims
    step = rules.bound([assumed(claim)], following, multiply(number(2), cardinal(n)), ((0, (), (), one),))
    return rules.induction([rules.bound([], first, zero), step], claim, SizeSymbol("n"))


def tangent() -> Proof:
    return rules.tangent([], (i,), entry(x, i))


def regular() -> Proof:
    at = entry(x, i)
    return rules.regular([], Equation((i,), multiply(at, at, reciprocal(at)), at))


def chain() -> Proof:
    """1/x_i at a place, where x > 0."""
    outer, bound = Letter("y", (n,)), NonNegative((j,), entry(x, j), True)
    body = terms.summation((variable("s", n),), entry(outer, variable("s", n)))
    return rules.chain([assumed(bound)], (i,), body, ((outer, "reciprocal", Array((j,), bound.body)),), x, (i,))


def for_positive() -> Proof:
    sure = Letter("p", (n,), frozenset({"positive"}))
    about = rules.identity([], Equation((i,), entry(sure, i), entry(sure, i)))
    return rules.for_positive([assumed(NonNegative((j,), entry(x, j), True)), about], sure)


def rising() -> Proof:
    """`s^2 >= 0` for s >= 0, since it is so at 0 and `2 s >= 0`."""
    s = Parameter("s")
    claim, later = NonNegative((), terms.power(terms.parameter(s), 2)), NonNegative((), terms.parameter(s))
    base = rules.bound([], NonNegative((), terms.power(zero, 2)), zero)
    slope = NonNegative((), terms.derivative(claim.body, s))
    return rules.rising([base, rules.bound([assumed(later)], slope, zero, ((0, (), (), number(2)),))], claim, s)


def differentiate() -> Proof:
    """x_i = x_i for all x."""
    same = rules.identity([], Equation((i,), entry(x, i), entry(x, i)))
    return rules.differentiate([same], (i, j), x, (j,))


implies = rules.discharge([assumed(x_is_0)], x_is_0)
iff = rules.both_ways([implies, implies])
PROOFS: dict[str, Proof] = {
    "identity": proved(matrix(A).T.T, matrix(A)),
    "assume": assumed(FALSE),
    "at_size": rules.at_size([assumed(x_is_y)], SizeSymbol("n"), n + d),
    "cases": rules.cases([assumed(zero_or_one)], (i,), terms.exponential(terms.parameter(at)), at),
    "chain": chain(),
    "differentiate": differentiate(),
    "for_positive": for_positive(),
    "rising": rising(),
    "combine": rules.combine(
        [assumed(x_is_y)], Equation((j,), entry(y, j), entry(x, j)), ((0, ((i, j),), (), number(-1)),)
    ),
    "split": split(),
    "rewrite": rules.rewrite([assumed(x_is_y), assumed(x_is_0)], Equation((i,), entry(hole, i), zero), hole),
    "substitute": rules.substitute(
        [rules.identity([], Equation((i,), entry(x, i), entry(x, i)))], ((x, Array((i,), one)),)
    ),
    "generalise": rules.generalise([TRUE], (x,)),
    "specialise": rules.specialise([assumed(ForAll((x,), x_is_y))], ((x, Array((i,), one)),)),
    "witness": rules.witness([TRUE], Exists((x,), number_equation(one, one)), (Array((i,), one),)),
    "det_of_blocks": rules.det_of_blocks([], whole(A), whole(Q), whole(letter("D", k, k))),
    "det_of_product": rules.det_of_product([], whole(A), whole(M)),
    "det_of_transpose": rules.det_of_transpose([], whole(A)),
    "eliminate": eliminate(),
    "discharge": implies,
    "apply": rules.apply([implies, assumed(x_is_0)]),
    "both_ways": iff,
    "one_way": rules.one_way([iff], True),
    "conjoin": rules.conjoin([TRUE, assumed(x_is_0)]),
    "project": rules.project([rules.conjoin([TRUE, assumed(x_is_0)])], 1),
    "contradict": rules.contradict([assumed(FALSE)], FALSE),
    "bound": rules.bound([], NonNegative((i,), terms.power(entry(x, i), 2)), terms.power(entry(x, i), 2)),
    "semidefinite": semidefinite(),
    "rank_by_factors": rank_by_factors(),
    "rank_of_transpose": rules.rank_of_transpose([], RankAtMost(turned(whole(Q)), whole(Q))),
    "rank_chain": rules.rank_chain([assumed(bigger), assumed(RankAtMost(identity_array(n), whole(A)))]),
    "rank_factors": rules.rank_factors([rank_by_factors()], letter("L", n, k), letter("R", k, n)),
    "other_side": rules.other_side(
        [rules.identity([], unit_equation(whole(M), whole(inverse(M))))], whole(M), whole(inverse(M))
    ),
    "rank_cancel": rank_cancel(),
    "square_root": rules.square_root(
        [assumed(Equation((i,), terms.power(entry(x, i), 2), zero))], Equation((i,), entry(x, i), zero)
    ),
    "vanish": vanish(),
    "induction": induction(),
    "quadratic": rules.quadratic([assumed(Semidefinite(whole(A)))], v),
    "regular": regular(),
    "root": rules.root([assumed(NonNegative((i,), entry(x, i)))], Letter("r", (n,))),
    "tangent": tangent(),
    "too_large": rules.too_large([assumed(bigger)], bigger),
    "fold": rules.fold([rules.conjoin([implies, implies])], iff.conclusion),
    "unfold": rules.unfold([iff]),
}


def test_there_is_a_proof_by_every_rule() -> None:
    assert sorted(PROOFS) == sorted(rules.__all__)
    assert {line.rule for proof in PROOFS.values() for line in lines(proof)} == {*trusted.__all__}


@pytest.mark.parametrize("name", PROOFS)
def test_a_proof_replays(name: str) -> None:
    assert replay(PROOFS[name]) == PROOFS[name]


@pytest.mark.parametrize("name", sorted({*trusted.__all__} - {"vanish"}))
def test_a_rule_of_the_kernel_is_called_by_its_name(name: str) -> None:
    """The other one is there with what the kernel has not to look for."""
    assert PROOFS[name].rule == name


def refused(forged: Proof) -> None:
    with pytest.raises(KernelError):
        replay(forged)
    with pytest.raises(KernelError):
        replay(rules.conjoin([TRUE, forged]))


@pytest.mark.parametrize("name", PROOFS)
def test_another_conclusion_is_refused(name: str) -> None:
    theorem = PROOFS[name]
    for other in (FALSE, Not(theorem.conclusion), And((theorem.conclusion, FALSE)), None, "0 = 1"):
        if other != theorem.conclusion:
            refused(replace(theorem, conclusion=other))


@pytest.mark.parametrize("name", PROOFS)
def test_other_hypotheses_are_refused(name: str) -> None:
    theorem = PROOFS[name]
    for other in ((), (FALSE, TRUE.conclusion), theorem.hypotheses * 2, [*theorem.hypotheses]):
        if other != theorem.hypotheses:
            refused(replace(theorem, hypotheses=other))


@pytest.mark.parametrize("name", PROOFS)
def test_another_premise_is_refused(name: str) -> None:
    """Forged premises are refused even where the last line is right; a missing or foreign one as well."""
    theorem = PROOFS[name]
    if theorem.premises:
        data = theorem.premises[0].conclusion, zero, (), ((), ())
        forged = replace(theorem.premises[0], rule="combine", premises=(), data=data)
        if theorem.premises[0].rule != "combine":
            refused(replace(theorem, premises=(forged, *theorem.premises[1:])))
        refused(replace(theorem, premises=theorem.premises[1:]))
    refused(replace(theorem, premises=(*theorem.premises, assumed(bigger), assumed(x_is_0))))


@pytest.mark.parametrize("name", PROOFS)
def test_other_data_are_refused(name: str) -> None:
    theorem = PROOFS[name]
    foreign = (FALSE,) * len(theorem.data) if name != "one_way" else (zero, one)
    for data in ((*theorem.data, one), theorem.data[1:], foreign, None, 5):
        if data != theorem.data:
            refused(replace(theorem, data=data))


@pytest.mark.parametrize("name", PROOFS)
def test_another_rule_is_refused(name: str) -> None:
    for other in ("trust_me", "", None, "conjoin" if name != "conjoin" else "project"):
        refused(replace(PROOFS[name], rule=other))


@pytest.mark.parametrize("misfit", [None, "a theorem", FALSE, 5], ids=["nothing", "text", "formula", "number"])
def test_what_is_no_theorem_is_no_premise(misfit: Any) -> None:
    for forged in (misfit, replace(TRUE, premises=(misfit,)), replace(TRUE, premises=misfit), replace(TRUE, rule=[])):
        with pytest.raises(KernelError, match="not a proof"):
            replay(forged)


def test_a_subclass_of_theorem_is_none() -> None:
    class Trusted(Proof):
        """Its fields could say something else at every look."""

    refused(Trusted((), FALSE, "assume", (), (FALSE,)))


def test_a_forged_line_far_below_is_found() -> None:
    theorem = Proof((), FALSE, "combine", (), (FALSE, zero, (), ((), ())))
    for step in range(50):
        theorem = Proof((), FALSE, "project", (Proof((), And((FALSE,)), "conjoin", (theorem,)),), (0,))
        assert len(lines(theorem)) == 2 * step + 3
    with pytest.raises(KernelError, match="do not show"):
        replay(theorem)


def test_a_long_proof_replays_without_recursion() -> None:
    theorem = TRUE
    for _ in range(3000):
        theorem = rules.project([rules.conjoin([theorem])], 0)
    assert replay(theorem).conclusion == TRUE.conclusion


def test_a_shared_line_is_proved_once() -> None:
    theorem = TRUE
    for _ in range(60):
        theorem = rules.conjoin([theorem, theorem])
        theorem = rules.project([theorem], 0)
    assert len(lines(theorem)) == 121
    assert replay(theorem).conclusion == TRUE.conclusion


class Agreeable:
    """Equal to every hypothesis."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


def test_a_hypothesis_is_not_discharged_by_what_is_equal_to_everything() -> None:
    """Modus ponens would then need no proof of it either."""
    anything: Any = Agreeable()
    with pytest.raises(KernelError):
        rules.discharge([assumed(FALSE)], anything)
    refused(Proof((), Implies(FALSE, FALSE), "discharge", (assumed(FALSE),), (anything,)))


def test_a_term_of_false_shape_proves_nothing() -> None:
    p = variable("p", d)
    forged = Term("entry", (A, i, p), frozenset({i, p}))
    with pytest.raises(KernelError):
        Equation((i, p), forged, forged)
    claim = object.__new__(Equation)
    for name, value in (("indices", (i, p)), ("left", forged), ("right", forged)):
        object.__setattr__(claim, name, value)
    refused(Proof((), claim, "identity", (), (claim,)))


def test_a_swapped_variable_and_a_dropped_condition_prove_nothing() -> None:
    product = (matrix(Q) @ matrix(K).T).at(i, j)
    for claim in (
        Equation((i, j), product, (matrix(Q) @ matrix(K).T).at(j, i)),
        Equation((i, j), (matrix(A) @ matrix(A)).at(i, j), entry(A, i, j)),
        Equation((i,), multiply(entry(x, i), terms.reciprocal(entry(x, i))), one),
        Equation((), summation([i], entry(x, i)), multiply(terms.cardinal(n), entry(x, e0))),
    ):
        refused(Proof((), claim, "identity", (), (claim,)))
