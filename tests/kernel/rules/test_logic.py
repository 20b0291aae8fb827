"""Equality and logic: each rule once as it is meant, and next to it what it must refuse."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel import replay
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import And, Array, Equation, Exists, ForAll, Iff, Implies, NonNegative, Not
from symattn.kernel.syntax.sizes import constant_index, constant_size, part_index, variable
from symattn.kernel.syntax.terms import Letter, Parameter, Term, entry, multiply, number, parameter, summation
from tests.kernel.build import (
    array,
    d,
    equation,
    i,
    identity,
    inverse,
    j,
    letter,
    matrix,
    n,
    number_equation,
    proved,
    z,
)

A, B = letter("A", n, n), letter("B", n, n)
x, y = Letter("x", (n,)), Letter("y", (n,))
e0 = constant_index(0, n)
zero, one = number(0), number(1)
TRUE = rules.identity([], number_equation(one, one))
FALSE = number_equation(zero, one)
x_is_y = Equation((i,), entry(x, i), entry(y, i))
x_is_0 = Equation((i,), entry(x, i), zero)


def column(body: Term) -> Array:
    return Array((i,), body)


def test_identity_proves_what_normal_forms_show() -> None:
    theorem = rules.identity([], equation((matrix(A) @ matrix(B)).T, matrix(B).T @ matrix(A).T))
    assert replay(theorem) == theorem
    assert theorem.hypotheses == ()
    with pytest.raises(KernelError, match="different normal forms"):
        rules.identity([], equation((matrix(A) @ matrix(B)).T, matrix(A).T @ matrix(B).T))
    for misfit in (NonNegative((), one), Not(TRUE.conclusion), "1 = 1"):
        with pytest.raises(KernelError):
            rules.identity([], misfit)
    with pytest.raises(KernelError, match="identity cannot use"):
        rules.identity([TRUE], TRUE.conclusion)


def test_assume_keeps_its_claim_as_a_hypothesis() -> None:
    assert rules.assume([], FALSE).hypotheses == (FALSE,)
    for misfit in ("0 = 1", one, None, A):
        with pytest.raises(KernelError):
            rules.assume([], misfit)


def test_combine_adds_multiples_of_premises() -> None:
    premise = rules.assume([], x_is_y)
    claim = Equation(
        (j,),
        summation([i], multiply(entry(A, j, i), entry(x, i))),
        summation([i], multiply(entry(A, j, i), entry(y, i))),
    )
    c = variable("c", n)
    theorem = rules.combine([premise], claim, ((0, ((i, c),), (c,), entry(A, j, c)),))
    assert theorem.hypotheses == (x_is_y,)
    assert replay(theorem) == theorem
    for use in (
        (0, ((i, c),), (c,), entry(A, c, j)),
        (0, ((i, j),), (), entry(A, j, j)),
        (0, ((i, c),), (c,), multiply(number(2), entry(A, j, c))),
    ):
        with pytest.raises(KernelError, match="do not differ by this combination"):
            rules.combine([premise], claim, (use,))


def test_combine_needs_every_index_at_its_size() -> None:
    premise, q = rules.assume([], x_is_y), variable("q", d)
    claim = Equation((j,), entry(x, j), entry(y, j))
    assert rules.combine([premise], claim, ((0, ((i, j),), (), one),)).conclusion == claim
    for places in ((), ((j, j),), ((i, q),), ((i, ("const", 1, n)),), ((i, 3),), ((i, j), (j, j))):
        with pytest.raises(KernelError):
            rules.combine([premise], claim, ((0, places, (), one),))


def test_combine_does_not_use_a_premise_at_an_index_that_may_not_exist() -> None:
    """For all w of an empty size 0 = 1; this once gave 0 = 1, and so that no size is empty."""
    at, w = variable("at", z), variable("w", z)
    vacuous = rules.assume([], Equation((at,), zero, one))
    with pytest.raises(KernelError, match="bound nowhere"):
        rules.combine([vacuous], FALSE, ((0, ((at, w),), (), one),))
    as_often_as_it_is_long = Equation((), terms.negative(terms.cardinal(z)), zero)
    assert rules.combine([vacuous], as_often_as_it_is_long, ((0, ((at, w),), (w,), one),))
    assert rules.combine([vacuous], Equation((w,), zero, one), ((0, ((at, w),), (), one),))


def test_combine_leaves_no_factor_open() -> None:
    premise = rules.assume([], x_is_0)
    with pytest.raises(KernelError, match="bound nowhere"):
        rules.combine([premise], number_equation(zero, zero), ((0, ((i, e0),), (), multiply(zero, entry(y, j))),))


def test_combine_needs_equations() -> None:
    bound = rules.bound([], NonNegative((), one), one)
    with pytest.raises(KernelError, match="does not follow from bounds"):
        rules.combine([bound], FALSE, ((0, (), (), one),))
    with pytest.raises(KernelError):
        rules.combine([], FALSE, ((0, (), (), one),))
    with pytest.raises(KernelError):
        rules.combine([TRUE], FALSE, ((0, (), ()),))


whole, p, q = variable("w", n + d), variable("p", n), variable("q", d)
w = Letter("w", (n + d,))


def test_a_sum_is_that_of_the_sums_over_the_parts_of_its_size() -> None:
    theorem = rules.split([], (), entry(w, whole), whole, (p, q))
    first = summation([p], entry(w, part_index((n, d), 0, p)))
    last = summation([q], entry(w, part_index((n, d), 1, q)))
    assert theorem.conclusion == Equation((), summation([whole], entry(w, whole)), terms.add(first, last))
    assert theorem.hypotheses == ()
    assert replay(theorem) == theorem
    assert rules.split([], (i,), multiply(entry(x, i), entry(w, whole)), whole, (q, p)).conclusion.indices == (i,)
    assert rules.split([], (), entry(x, i), i, (p,))


def test_the_parts_make_up_the_whole() -> None:
    """Without any part the sum of n ones would be 0; so it is only where n is 0."""
    for places in ((p,), (p, p), (p, q, q), (q, q), ()):
        with pytest.raises(KernelError, match="do not make up"):
            rules.split([], (), one, whole, places)
    with pytest.raises(KernelError, match="do not make up"):
        rules.split([], (), one, variable("c", z), ())
    assert rules.split([], (), one, variable("c", constant_size(0)), ()).conclusion.right == terms.add()
    assert rules.split([], (), one, variable("c", n + n), (p, p))


def test_a_place_is_no_index_of_what_is_summed() -> None:
    """The sum over w of M_pw is not that of M_pp over the first part, and M_pq over the last."""
    M = Letter("M", (n, n + d))
    body = entry(M, p, whole)
    assert rules.split([], (p,), body, whole, (i, q))
    for places in ((p, q), (variable("p", n), q)):
        with pytest.raises(KernelError, match="an index of what is summed"):
            rules.split([], (p,), body, whole, places)
    with pytest.raises(KernelError, match="not bound"):
        rules.split([], (), body, whole, (i, q))


def test_a_place_is_not_caught_by_a_sum_inside() -> None:
    M = Letter("M", (n, n + d))
    inside = summation([p], entry(M, p, whole))
    first = rules.split([], (), inside, whole, (p, q)).conclusion.right.args[0]
    assert first.free == frozenset()
    apart = summation([i, j], entry(M, i, part_index((n, d), 0, j)))
    assert rules.identity([], number_equation(first, apart))


def test_split_takes_variables_and_no_premise() -> None:
    for premises, v, places in (([TRUE], whole, (p, q)), ([], int(whole), (p, q)), ([], whole, (int(p), int(q)))):
        with pytest.raises(KernelError):
            rules.split(premises, (), entry(w, whole), v, places)


HOLE = Letter("hole", (n,))


def test_rewrite_replaces_equals_in_any_formula() -> None:
    equal, pattern = rules.assume([], x_is_y), NonNegative((), summation([i], terms.power(entry(HOLE, i), 2)))
    before = rules.bound(
        [], NonNegative((), summation([i], terms.power(entry(x, i), 2))), summation([i], terms.power(entry(x, i), 2))
    )
    after = rules.rewrite([equal, before], pattern, HOLE)
    assert after.conclusion == NonNegative((), summation([i], terms.power(entry(y, i), 2)))
    assert after.hypotheses == (x_is_y,)
    with pytest.raises(KernelError, match="not the pattern"):
        rules.rewrite([equal, after], pattern, HOLE)
    with pytest.raises(KernelError, match="nothing is known"):
        rules.rewrite([equal, before], pattern, Letter("hole", (n,), frozenset({"mask"})))


def test_rewrite_does_not_use_a_hypothesis_under_a_derivative() -> None:
    """Where x = 1, the derivative of x x is not that of x."""
    s, hole = Letter("s", ()), Letter("hole", ())
    at_one = rules.assume([], number_equation(entry(s), one))

    def slope(inside: Term) -> Equation:
        return number_equation(terms.derivative(multiply(inside, entry(s)), s), multiply(number(2), entry(s)))

    before = rules.identity([], slope(entry(s)))
    for pattern in (slope(entry(hole)), ForAll((y,), slope(entry(hole)))):
        with pytest.raises(KernelError, match="under a derivative"):
            rules.rewrite([at_one, before], pattern, hole)
    outside = number_equation(terms.derivative(multiply(entry(s), entry(s)), s), multiply(number(2), entry(hole)))
    assert rules.rewrite([at_one, before], outside, hole).conclusion.right == multiply(number(2), one)


def test_rewrite_does_not_carry_a_letter_under_its_quantifier() -> None:
    equal, before = (
        rules.assume([], x_is_y),
        rules.generalise([rules.identity([], Equation((i,), entry(x, i), entry(x, i)))], (y,)),
    )
    with pytest.raises(KernelError, match="bound where it would go"):
        rules.rewrite([equal, before], ForAll((y,), Equation((i,), entry(HOLE, i), entry(x, i))), HOLE)


def test_substitute_replaces_letters_that_no_hypothesis_mentions() -> None:
    theorem = rules.identity([], Equation((i,), multiply(entry(x, i), entry(y, i)), multiply(entry(y, i), entry(x, i))))
    new = ((x, column(entry(A, i, i))), (y, column(one)))
    assert rules.substitute([theorem], new).conclusion.left == multiply(entry(A, i, i), one)
    with pytest.raises(KernelError, match="a hypothesis is about"):
        rules.substitute([rules.assume([], x_is_0)], ((x, column(one)),))
    kept = rules.substitute([rules.assume([], x_is_0)], ((y, column(one)),))
    assert kept.conclusion == x_is_0


def test_substitute_keeps_facts() -> None:
    M = letter("M", n, n, "invertible")
    theorem = proved(matrix(M) @ matrix(inverse(M)), identity(n))
    assert rules.substitute([theorem], ((M, array(matrix(letter("N", n, n, "invertible")))),))
    with pytest.raises(KernelError, match="not known to be"):
        rules.substitute([theorem], ((M, array(matrix(A))),))


def test_generalise_binds_letters_that_no_hypothesis_mentions() -> None:
    theorem = rules.identity([], Equation((i,), entry(x, i), entry(x, i)))
    assert rules.generalise([theorem], (x,)).conclusion == ForAll((x,), theorem.conclusion)
    with pytest.raises(KernelError, match="a hypothesis is about"):
        rules.generalise([rules.assume([], x_is_0)], (x,))
    with pytest.raises(KernelError, match="a hypothesis is about"):
        rules.generalise([rules.assume([], x_is_y)], (Parameter("t"), y))


def test_an_inverse_is_not_generalised_apart_from_its_letter() -> None:
    M = letter("M", n, n, "invertible")
    with pytest.raises(KernelError):
        rules.generalise([rules.assume([], equation(matrix(M), identity(n)))], (inverse(M),))


def test_specialise_gives_every_bound_letter_a_value() -> None:
    for_all = rules.assume([], ForAll((x, y), x_is_y))
    new = ((x, column(one)), (y, column(zero)))
    assert rules.specialise([for_all], new).conclusion == Equation((i,), one, zero)
    for wrong in (new[:1], new[::-1], ((x, column(one)), (A, column(zero))), ()):
        with pytest.raises(KernelError):
            rules.specialise([for_all], wrong)
    with pytest.raises(KernelError, match="ForAll"):
        rules.specialise([rules.assume([], x_is_y)], new)


def test_specialise_captures_nothing() -> None:
    for_all = rules.assume([], ForAll((x,), Exists((y,), Not(x_is_y))))
    with pytest.raises(KernelError, match="bound where it would go"):
        rules.specialise([for_all], ((x, column(entry(y, i))),))


def test_a_witness_is_filled_in() -> None:
    claim = Exists((x,), Equation((i,), entry(x, i), one))
    premise = rules.identity([], Equation((i,), one, one))
    assert rules.witness([premise], claim, (column(one),)).conclusion == claim
    for wrong in ((column(zero),), (), (column(one), column(one)), (array(matrix(A)),)):
        with pytest.raises(KernelError):
            rules.witness([premise], claim, wrong)
    with pytest.raises(KernelError, match="Exists"):
        rules.witness([premise], ForAll((x,), Equation((i,), entry(x, i), one)), (column(one),))


def test_a_witness_does_not_depend_on_indices() -> None:
    """Over an empty size every equation holds, for a witness that is not there."""
    c = variable("c", z)
    claim = Exists((x,), Equation((), summation([i], entry(x, i)), zero))
    open_witness = Array((i,), terms.delta(c, c), (c,))
    with pytest.raises(KernelError, match="may not depend on indices"):
        rules.witness(
            [rules.assume([], Equation((c,), summation([i], terms.delta(c, c)), zero))], claim, (open_witness,)
        )


def test_a_witness_has_the_facts_of_the_letter() -> None:
    M = letter("M", n, n, "skew")
    claim = Exists((M,), equation(matrix(M), matrix(A)))
    with pytest.raises(KernelError, match="not known to be"):
        rules.witness([proved(matrix(A), matrix(A))], claim, (array(matrix(A)),))


def test_what_exists_is_used_without_being_named() -> None:
    body = Equation((), entry(x, e0), one)
    some = rules.assume([], Exists((x,), body))
    claim = Exists((y,), Equation((), entry(y, e0), one))
    rest = rules.witness([rules.assume([], body)], claim, (column(entry(x, i)),))
    assert rules.eliminate([some, rest]).hypotheses == (Exists((x,), body),)
    assert rules.eliminate([some, rest]).conclusion == claim
    with pytest.raises(KernelError, match="still about the witness"):
        rules.eliminate([some, rules.assume([], body)])
    with pytest.raises(KernelError, match="does not use"):
        rules.eliminate([some, TRUE])
    with pytest.raises(KernelError, match="Exists"):
        rules.eliminate([rules.assume([], ForAll((x,), body)), rest])


def test_what_exists_is_not_what_another_hypothesis_is_about() -> None:
    """There is a zero x, and some x is not zero, do not contradict each other."""
    here, there = Equation((), entry(x, e0), zero), Equation((), entry(x, e0), one)
    both = rules.combine(
        [rules.assume([], here), rules.assume([], there)], FALSE, ((1, (), (), one), (0, (), (), number(-1)))
    )
    with pytest.raises(KernelError, match="still about the witness"):
        rules.eliminate([rules.assume([], Exists((x,), here)), both])


def test_discharge_and_apply() -> None:
    implication = rules.discharge([rules.assume([], x_is_0)], x_is_0)
    assert implication.hypotheses == ()
    assert implication.conclusion == Implies(x_is_0, x_is_0)
    assert rules.discharge([TRUE], x_is_0).conclusion == Implies(x_is_0, TRUE.conclusion)
    assert rules.discharge([rules.assume([], x_is_0)], x_is_y).hypotheses == (x_is_0,)
    assert rules.apply([implication, rules.assume([], x_is_0)]).conclusion == x_is_0
    for premises in ([implication, rules.assume([], x_is_y)], [TRUE, TRUE], [rules.assume([], x_is_0), implication]):
        with pytest.raises(KernelError):
            rules.apply(premises)


def test_both_ways_and_one_way() -> None:
    there, back = (rules.discharge([rules.assume([], b)], a) for a, b in ((x_is_0, x_is_y), (x_is_y, x_is_0)))
    iff = rules.both_ways([there, back])
    assert iff.conclusion == Iff(x_is_0, x_is_y)
    assert iff.hypotheses == (x_is_y, x_is_0)
    assert rules.one_way([iff], True).conclusion == there.conclusion
    assert rules.one_way([iff], False).conclusion == back.conclusion
    for premises in ([there, there], [there, TRUE], [TRUE, back]):
        with pytest.raises(KernelError):
            rules.both_ways(premises)
    with pytest.raises(KernelError, match="Iff"):
        rules.one_way([there], True)


def test_conjoin_and_project() -> None:
    both = rules.conjoin([TRUE, rules.assume([], x_is_0)])
    assert both.conclusion == And((TRUE.conclusion, x_is_0))
    assert both.hypotheses == (x_is_0,)
    assert rules.project([both], 0).conclusion == TRUE.conclusion
    assert rules.project([both], 0).hypotheses == (x_is_0,)
    with pytest.raises(KernelError):
        rules.project([both], 2)
    with pytest.raises(KernelError, match="And"):
        rules.project([TRUE], 0)


def test_contradict_needs_two_numbers_that_differ() -> None:
    refuted = rules.contradict([rules.assume([], FALSE)], FALSE)
    assert (refuted.hypotheses, refuted.conclusion) == ((), Not(FALSE))
    assert replay(refuted) == refuted
    t = parameter(Parameter("t", True))
    for claim in (
        number_equation(one, one),
        number_equation(t, zero),
        number_equation(terms.cardinal(n), zero),
        number_equation(entry(x, e0), one),
    ):
        with pytest.raises(KernelError, match="do not differ by a number"):
            rules.contradict([rules.assume([], claim)], claim)
    with pytest.raises(KernelError, match="Equation"):
        rules.contradict([rules.assume([], Not(FALSE))], FALSE)


def test_contradict_does_not_use_an_equation_over_a_size_that_may_be_empty() -> None:
    for size in (z, n):
        claim = Equation((variable("c", size),), zero, one)
        with pytest.raises(KernelError, match="empty"):
            rules.contradict([rules.assume([], claim)], claim)


def test_contradict_keeps_the_other_hypotheses() -> None:
    here, there = Equation((), entry(x, e0), zero), Equation((), entry(x, e0), one)
    both = rules.combine(
        [rules.assume([], here), rules.assume([], there)], FALSE, ((1, (), (), one), (0, (), (), number(-1)))
    )
    assert rules.contradict([both], here).hypotheses == (there,)


@pytest.mark.parametrize("name", sorted(rules.__all__))
def test_a_rule_refuses_premises_and_data_of_another_kind(name: str) -> None:
    rule: Any = getattr(rules, name)
    for premises, data in (([], ()), ([TRUE] * 9, ()), ([TRUE], (1, 2, 3, 4, 5)), ([TRUE, TRUE], (None, None))):
        if name == "conjoin" and not data:
            continue
        with pytest.raises(KernelError):
            rule(premises, *data)
