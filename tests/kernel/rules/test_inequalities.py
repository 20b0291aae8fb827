"""Bounds come from what is visibly not negative, and from bounds that are given."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel import Proof, replay, rules as trusted
from symattn.kernel.plain.signs import visibly_nonnegative, visibly_positive
from symattn.kernel.rules.inequalities import quadratic_form
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import And, Array, Equation, Exists, ForAll, NonNegative, Semidefinite
from symattn.kernel.syntax.sizes import constant_size, variable
from symattn.kernel.syntax.terms import (
    Letter,
    Parameter,
    entry,
    exponential,
    multiply,
    number,
    parameter,
    power,
    reciprocal,
    summation,
)
from tests.kernel.build import array, d, i, index, inverse, j, letter, matrix, n, z

A, B = letter("A", n, n), letter("B", n, d)
x, y = (entry(Letter(name, (n,)), i) for name in "xy")
zero, one = number(0), number(1)
POSITIVE = {
    "number": number(Fraction(1, 2)),
    "size": terms.cardinal(n),
    "parameter": parameter(Parameter("t", True)),
    "letter": entry(letter("P", n, n, "positive"), i, j),
    "exp": exponential(x),
    "sum": summation([index(n)], exponential(x)),
    "product": multiply(exponential(x), number(2)),
    "with a square": terms.add(power(x, 2), one),
    "reciprocal": reciprocal(terms.add(exponential(x), one)),
    "root": power(exponential(x), Fraction(-1, 2)),
}
NOT_NEGATIVE = {
    "zero": zero,
    "empty size": terms.cardinal(z),
    "delta": terms.delta(i, j),
    "mask": entry(letter("M", n, n, "mask"), i, j),
    "permutation": entry(letter("R", n, n, "permutation"), i, j),
    "square": multiply(x, y, x, y),
    "even power": power(x, -4),
    "empty sum": summation([index(z)], one),
    "square times mask": multiply(x, entry(letter("M", n, n, "mask"), i, j), x),
    "reciprocal": reciprocal(power(x, 2)),
}
ANY_SIGN = {
    "negative": number(-1),
    "entry": x,
    "parameter": parameter(Parameter("u")),
    "product": multiply(x, y),
    "cube": multiply(x, x, x),
    "odd power": power(x, 3),
    "log": terms.logarithm(exponential(x)),
    "difference": terms.add(one, number(-1)),
    "inverse of a positive letter": entry(inverse(letter("P", n, n, "positive", "invertible")), i, j),
    "inverse of a mask": entry(inverse(letter("M", n, n, "mask", "invertible")), i, j),
    "skew": entry(letter("K", n, n, "skew"), i, j),
    "derivative": terms.derivative(power(x, 2), Letter("x", (n,)), i),
}


@pytest.mark.parametrize("name", POSITIVE)
def test_what_is_visibly_positive(name: str) -> None:
    assert visibly_positive(POSITIVE[name])
    assert visibly_nonnegative(POSITIVE[name])


@pytest.mark.parametrize("name", NOT_NEGATIVE)
def test_what_is_visibly_not_negative_may_be_zero(name: str) -> None:
    assert visibly_nonnegative(NOT_NEGATIVE[name])
    assert not visibly_positive(NOT_NEGATIVE[name])


@pytest.mark.parametrize("name", ANY_SIGN)
def test_what_may_have_any_sign(name: str) -> None:
    assert not visibly_nonnegative(ANY_SIGN[name])
    assert not visibly_positive(ANY_SIGN[name])


def claim(body: terms.Term, strict: bool = False) -> NonNegative:
    return NonNegative(tuple(sorted(body.free)), body, strict)


def test_a_square_is_not_negative() -> None:
    body = terms.add(power(x, 2), multiply(number(-2), x, y), power(y, 2))
    square = power(terms.subtract(x, y), 2)
    theorem = rules.bound([], claim(body), square)
    assert theorem.conclusion == claim(body)
    with pytest.raises(KernelError, match="visibly > 0"):
        rules.bound([], claim(body, strict=True), square)
    with pytest.raises(KernelError, match="not this combination"):
        rules.bound([], claim(body), power(terms.add(x, y), 2))
    with pytest.raises(KernelError, match="not visibly"):
        rules.bound([], claim(body), body)


def test_a_positive_term_gives_a_strict_bound() -> None:
    body = terms.add(power(x, 2), one)
    assert rules.bound([], claim(body, strict=True), body).conclusion.strict
    empty = summation([variable("c", z)], one)
    with pytest.raises(KernelError, match="visibly > 0"):
        rules.bound([], claim(empty, strict=True), empty)


def test_the_term_shown_is_closed() -> None:
    with pytest.raises(KernelError, match="bound nowhere"):
        rules.bound([], NonNegative((), zero), multiply(zero, power(x, 2)))


def test_a_bound_is_a_combination_of_bounds_and_equations() -> None:
    at_x, at_y = rules.assume([], claim(x)), rules.assume([], Equation((i,), x, y))
    exp_i = exponential(y)
    goal = NonNegative((i,), terms.add(multiply(exp_i, x), terms.negative(y), x))
    uses = ((0, ((i, i),), (), exp_i), (1, ((i, i),), (), one))
    theorem = rules.bound([at_x, at_y], goal, zero, uses)
    assert theorem.hypotheses == (at_x.conclusion, at_y.conclusion)
    with pytest.raises(KernelError, match="factor of a bound"):
        rules.bound([at_x], NonNegative((i,), multiply(y, x)), zero, ((0, ((i, i),), (), y),))
    with pytest.raises(KernelError, match="factor of a bound"):
        rules.bound([at_x], NonNegative((i,), terms.negative(x)), zero, ((0, ((i, i),), (), number(-1)),))


def test_a_strict_premise_gives_a_strict_bound_only_once_and_with_a_positive_factor() -> None:
    strict = rules.assume([], claim(x, strict=True))
    e = variable("e", z)
    assert rules.bound([strict], claim(multiply(number(2), x), strict=True), zero, ((0, ((i, i),), (), number(2)),))
    with pytest.raises(KernelError, match="visibly > 0"):
        rules.bound([strict], NonNegative((i,), zero, True), zero, ((0, ((i, i),), (), zero),))
    total = multiply(terms.cardinal(z), x)
    with pytest.raises(KernelError, match="visibly > 0"):
        rules.bound([strict], claim(total, strict=True), zero, ((0, ((i, i),), (e,), one),))
    weak = rules.assume([], claim(x))
    with pytest.raises(KernelError, match="visibly > 0"):
        rules.bound([weak], claim(x, strict=True), zero, ((0, ((i, i),), (), one),))


def test_a_bound_is_not_used_at_an_index_that_may_not_exist() -> None:
    at, w = variable("at", z), variable("w", z)
    vacuous = rules.assume([], NonNegative((at,), number(-1)))
    with pytest.raises(KernelError, match="bound nowhere"):
        rules.bound([vacuous], NonNegative((), number(-1)), zero, ((0, ((at, w),), (), one),))


def test_bounds_come_from_bounds_and_equations_only() -> None:
    other = rules.assume([], Semidefinite(array(matrix(A))))
    with pytest.raises(KernelError, match="Equation or NonNegative"):
        rules.bound([other], NonNegative((), number(-1)), zero, ((0, (), (), one),))
    with pytest.raises(KernelError):
        rules.bound([], Equation((), one, one), one)


row = Letter("v", (constant_size(1), n))


def gram() -> tuple[Semidefinite, list]:
    whole = Semidefinite(array(matrix(B) @ matrix(B).T))
    p, q = whole.matrix.indices
    body = whole.matrix.body
    mirror = rules.identity([], Equation((p, q), body, terms.reindex(body, {p: q, q: p})))
    form = quadratic_form(whole.matrix, row)
    c, e = index(d), index(n)
    along = summation([e], multiply(entry(row, ("const", 0, constant_size(1)), e), entry(B, e, c)))
    return whole, [mirror, rules.bound([], NonNegative((), form), summation([c], power(along, 2)))]


def test_a_gram_matrix_is_semidefinite() -> None:
    whole, premises = gram()
    assert rules.semidefinite(premises, whole, row).conclusion == whole


def test_semidefinite_needs_a_symmetric_matrix_and_every_direction() -> None:
    whole, (mirror, form) = gram()
    with pytest.raises(KernelError, match="short for"):
        rules.semidefinite([form, form], whole, row)
    with pytest.raises(KernelError, match="short for"):
        rules.semidefinite([mirror, mirror], whole, row)
    with pytest.raises(KernelError, match="short for"):
        rules.semidefinite([mirror, form], whole, Letter("v", (constant_size(1), n), frozenset({"mask"})))
    with pytest.raises(KernelError, match="short for"):
        rules.semidefinite([mirror, form], whole, Letter("v", (n, constant_size(1))))
    with pytest.raises(KernelError, match="short for"):
        rules.semidefinite([mirror, form], whole, Letter("w", row.sizes))
    with pytest.raises(KernelError, match="Semidefinite"):
        rules.semidefinite([mirror, form], form.conclusion, row)


def test_the_direction_is_arbitrary() -> None:
    whole = Semidefinite(array(matrix(letter("S", n, n, "symmetric"))))
    p, q = whole.matrix.indices
    mirror = rules.identity([], Equation((p, q), whole.matrix.body, terms.reindex(whole.matrix.body, {p: q, q: p})))
    form = rules.assume([], NonNegative((), quadratic_form(whole.matrix, row)))
    with pytest.raises(KernelError, match="a hypothesis is about"):
        rules.semidefinite([mirror, form], whole, row)
    outer = Semidefinite(Array((p, q), multiply(*(entry(row, ("const", 0, constant_size(1)), at) for at in (p, q)))))
    mirror = rules.identity([], Equation((p, q), outer.matrix.body, terms.reindex(outer.matrix.body, {p: q, q: p})))
    body = quadratic_form(outer.matrix, row)
    square = summation([p], power(entry(row, ("const", 0, constant_size(1)), p), 2))
    form = rules.bound([], NonNegative((), body), power(square, 2))
    with pytest.raises(KernelError, match="names of its own"):
        rules.semidefinite([mirror, form], outer, row)


def test_exchanging_two_indices_captures_nothing() -> None:
    for p, q in ((i, j), (variable("exchanged", n), j), (i, variable("exchanged", n))):
        assert terms.reindex(entry(A, p, q), {p: q, q: p}) is entry(A, q, p)
    body = summation([i], multiply(entry(A, i, i), entry(A, j, variable("k", n))))
    exchanged = terms.reindex(body, {j: variable("k", n), variable("k", n): j})
    assert exchanged is summation([i], multiply(entry(A, i, i), entry(A, variable("k", n), j)))


def terms_that_sum_to_at_most_0(body, rest=(), over=(i,)):
    small = NonNegative(tuple(rest), terms.negative(summation(over, body)))
    return rules.assume([], NonNegative((*rest, *over), body)), rules.assume([], small)


def test_terms_of_one_sign_that_sum_to_nothing_are_nothing() -> None:
    proved = rules.vanish(terms_that_sum_to_at_most_0(x), (i,))
    assert proved.conclusion == Equation((i,), x, zero)
    assert len(proved.hypotheses) == 2
    at = entry(A, i, j)
    assert rules.vanish(terms_that_sum_to_at_most_0(at, (i,), (j,)), (j,)).conclusion == Equation((i, j), at, zero)
    assert rules.vanish(terms_that_sum_to_at_most_0(x, (i,), ()), ()).conclusion == Equation((i,), x, zero)


def test_terms_of_any_sign_may_sum_to_nothing() -> None:
    signs, small = terms_that_sum_to_at_most_0(x)
    other = rules.assume([], Equation((i,), x, x))
    for premises in ((small, signs), (other, small), (signs, other), (signs, signs)):
        with pytest.raises(KernelError):
            rules.vanish(premises, (i,))
    at_least = rules.assume([], NonNegative((), summation([i], x)))
    with pytest.raises(KernelError, match="not the hypothesis"):
        rules.vanish((signs, at_least), (i,))
    with pytest.raises(KernelError, match="not the hypothesis"):
        rules.vanish((signs, rules.assume([], NonNegative((), terms.negative(summation([i], y))))), (i,))


def test_a_sum_over_what_may_be_empty_says_nothing_of_its_term() -> None:
    """Over an empty size t sums to 0 whatever t is: only an index of the term may be summed over."""
    loose, t = variable("l", z), parameter(Parameter("t", True))
    signs = rules.bound([], NonNegative((), t), t)
    empty = rules.assume([], NonNegative((), terms.negative(summation([loose], t))))
    with pytest.raises(KernelError, match="no index of the terms"):
        rules.vanish((signs, empty), (loose,))


def test_the_sum_of_one_row_says_nothing_of_the_others() -> None:
    at = entry(A, i, j)
    signs = rules.assume([], NonNegative((i, j), at))
    for small in (
        NonNegative((i,), terms.negative(summation([j], at)), True),
        NonNegative((j,), terms.negative(summation([i], at))),
    ):
        with pytest.raises(KernelError):
            rules.vanish((signs, rules.assume([], small)), (j,))


def test_a_square_that_is_0_is_that_of_0() -> None:
    claim = Equation((i,), x, zero)
    premise = rules.assume([], Equation((i,), power(x, 2), zero))
    assert rules.square_root([premise], claim).conclusion == claim
    for wrong in (
        Equation((i,), power(x, 2), one),
        Equation((i,), multiply(x, y), zero),
        Equation((i,), power(x, -2), zero),
        Equation((i,), power(y, 2), zero),
        Equation((), power(number(0), 2), zero),
    ):
        with pytest.raises(KernelError, match="not the hypothesis"):
            rules.square_root([rules.assume([], wrong)], claim)
    with pytest.raises(KernelError, match="not the hypothesis"):
        rules.square_root([rules.assume([], Equation((i,), power(x, 2), one))], Equation((i,), x, one))


root = Letter("r", (n,))
x_at_least_0 = NonNegative((i,), x)


def test_what_is_not_negative_has_a_root() -> None:
    theorem = rules.root([rules.assume([], x_at_least_0)], root)
    assert theorem.conclusion == Exists((root,), Equation((i,), power(entry(root, i), 2), x))
    assert theorem.hypotheses == (x_at_least_0,)
    assert replay(theorem) == theorem
    strict = rules.bound([], NonNegative((i, j), exponential(entry(A, i, j)), True), exponential(entry(A, i, j)))
    assert rules.root([strict], letter("r", n, n)).hypotheses == ()
    assert rules.root([rules.bound([], NonNegative((), one), one)], Letter("r", ()))


def test_only_what_is_not_negative_has_a_root() -> None:
    for other in (Equation((i,), x, zero), Semidefinite(array(matrix(A)))):
        with pytest.raises(KernelError, match="NonNegative"):
            rules.root([rules.assume([], other)], root)
    for premises in ([], [rules.assume([], x_at_least_0)] * 2):
        with pytest.raises(KernelError):
            rules.root(premises, root)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(letter("r", n, n), id="one root more"),
        pytest.param(Letter("r", ()), id="one root for all"),
        pytest.param(Letter("r", (d,)), id="of another size"),
        pytest.param(Letter("r", (n,), frozenset({"mask"})), id="0 or 1"),
        pytest.param(Letter("r", (n,), frozenset({"positive"})), id="positive"),
        pytest.param(Parameter("r"), id="a parameter"),
        pytest.param("r", id="text"),
    ],
)
def test_of_a_root_nothing_more_is_known(wrong: object) -> None:
    """4 has a root, but none that is 0 or 1; and 0 has none that is positive."""
    with pytest.raises(KernelError):
        rules.root([rules.assume([], x_at_least_0)], wrong)


def test_the_matrix_of_roots_has_no_facts_of_its_own() -> None:
    """A matrix of ones has no skew matrix of roots: with it, 0 = 1 on the diagonal."""
    ones = rules.bound([], NonNegative((i, j), one), one)
    for fact in ("skew", "permutation", "invertible"):
        with pytest.raises(KernelError, match="must be unknown"):
            rules.root([ones], letter("r", n, n, fact))
    with pytest.raises(KernelError, match="must be unknown"):
        rules.root([ones], inverse(letter("r", n, n, "invertible")))


def test_a_root_is_not_what_it_is_the_root_of() -> None:
    """There is no number r with r^2 = r^2 + 1."""
    more = terms.add(power(entry(root, i), 2), one)
    with pytest.raises(KernelError, match="name of its own"):
        rules.root([rules.bound([], NonNegative((i,), more), more)], root)
    of_another_size = summation([variable("i", d)], power(entry(Letter("r", (d,)), variable("i", d)), 2))
    assert rules.root([rules.bound([], NonNegative((i,), of_another_size), of_another_size)], root)


def test_a_root_is_not_one_that_a_hypothesis_knows() -> None:
    """r = 2 and x >= 0 do not give x = 4, though some r has r^2 = x."""
    r_is_2, square = Equation((i,), entry(root, i), number(2)), Equation((i,), power(entry(root, i), 2), x)
    x_is_4 = Equation((i,), x, number(4))
    uses = ((0, ((i, i),), (), number(-1)), (1, ((i, i),), (), terms.add(entry(root, i), number(2))))
    rest = rules.combine([rules.assume([], square), rules.assume([], r_is_2)], x_is_4, uses)
    some = rules.root([rules.assume([], x_at_least_0)], root)
    assert some.conclusion == Exists((root,), square)
    with pytest.raises(KernelError, match="still about the witness"):
        rules.eliminate([some, rest])


def slope_at_0(argument: terms.Term) -> NonNegative:
    """`exp(x) - (1 + x) >= 0`."""
    gap = terms.subtract(exponential(argument), terms.add(one, argument))
    return NonNegative(tuple(sorted(argument.free)), gap)


def test_exp_lies_above_its_tangent() -> None:
    theorem = rules.tangent([], (i,), x)
    assert (theorem.hypotheses, theorem.conclusion) == ((), slope_at_0(x))
    assert replay(theorem) == theorem
    for argument in (one, terms.negative(multiply(x, y)), summation([i], x), exponential(x), entry(A, i, j)):
        assert rules.tangent([], tuple(sorted(argument.free)), argument).conclusion == slope_at_0(argument)
    more = rules.bound(
        [theorem], NonNegative((i,), terms.subtract(exponential(x), x), True), one, ((0, ((i, i),), (), one),)
    )
    assert more.conclusion.strict


def test_exp_meets_its_tangent_at_0_and_lies_above_no_other_line() -> None:
    gap = slope_at_0(x).body
    for wrong in (
        NonNegative((i,), gap, True),
        NonNegative((i,), terms.negative(gap)),
        NonNegative((i,), terms.subtract(exponential(x), terms.add(one, y))),
        NonNegative((i,), terms.subtract(exponential(x), terms.add(one, multiply(number(2), x)))),
        NonNegative((i,), terms.subtract(exponential(x), terms.add(number(2), x))),
        NonNegative((i,), terms.subtract(x, terms.add(one, exponential(x)))),
        slope_at_0(y),
    ):
        with pytest.raises(KernelError, match="a line claims"):
            replay(Proof((), wrong, "tangent", (), ((i,), x)))


def test_the_tangent_is_that_of_the_term_itself() -> None:
    with pytest.raises(KernelError, match="a line claims"):
        replay(Proof((), slope_at_0(x), "tangent", (), ((i,), y)))
    with pytest.raises(KernelError, match="no premise"):
        rules.tangent([rules.assume([], x_at_least_0)], (i,), x)
    for misfit in (None, "x", 1, slope_at_0(x)):
        with pytest.raises(KernelError, match="not a term"):
            rules.tangent([], (i,), misfit)


def regular_at(body: terms.Term) -> Equation:
    """`x x (1/x) = x`."""
    return Equation(tuple(sorted(body.free)), multiply(body, body, reciprocal(body)), body)


def test_a_number_times_itself_over_itself_is_itself() -> None:
    theorem = rules.regular([], regular_at(x))
    assert (theorem.hypotheses, theorem.conclusion) == ((), regular_at(x))
    assert replay(theorem) == theorem
    for body in (zero, number(2), terms.subtract(x, y), summation([i], x), entry(A, i, j), reciprocal(x)):
        assert rules.regular([], regular_at(body))


def test_a_number_over_itself_is_not_1() -> None:
    over_x = reciprocal(x)
    for wrong in (
        Equation((i,), multiply(x, over_x), one),
        Equation((i,), multiply(x, x, over_x), one),
        Equation((i,), multiply(x, over_x), x),
        Equation((i,), multiply(x, x, over_x), y),
        Equation((i,), multiply(x, y, over_x), y),
        Equation((i,), multiply(x, x, reciprocal(y)), x),
        Equation((i,), multiply(x, over_x, over_x), x),
        Equation((i,), multiply(x, x, x, over_x), x),
        Equation((i,), x, multiply(x, x, over_x)),
    ):
        with pytest.raises(KernelError, match="not what follows"):
            rules.regular([], wrong)
    with pytest.raises(KernelError, match="regular cannot use"):
        rules.regular([rules.assume([], x_at_least_0)], regular_at(x))
    with pytest.raises(KernelError, match="Equation"):
        rules.regular([], NonNegative((i,), x))


def test_the_tangent_leaves_no_index_open() -> None:
    with pytest.raises(KernelError, match="not bound"):
        rules.tangent([], (), x)


def test_a_number_and_its_opposite_that_are_not_negative_are_0() -> None:
    least, most = (rules.assume([], NonNegative((i,), term)) for term in (x, terms.negative(x)))
    assert trusted.vanish([least, most]).conclusion == Equation((i,), x, zero)
    for other in (
        NonNegative((i,), terms.negative(y)),
        NonNegative((i,), x),
        NonNegative((i,), terms.negative(x), True),
    ):
        with pytest.raises(KernelError, match="at most 0"):
            trusted.vanish([least, rules.assume([], other)])
    with pytest.raises(KernelError, match="NonNegative"):
        trusted.vanish([rules.assume([], Equation((i,), x, zero)), most])


def test_a_semidefinite_matrix_has_a_form_of_one_sign() -> None:
    said = Semidefinite(array(matrix(A)))
    theorem = rules.quadratic([rules.assume([], said)], row)
    p, q = said.matrix.indices
    form = ForAll((row,), NonNegative((), quadratic_form(said.matrix, row)))
    assert theorem.conclusion == And((Equation((p, q), entry(A, p, q), entry(A, q, p)), form))
    assert theorem.hypotheses == (said,)
    assert replay(theorem) == theorem


def test_only_the_form_of_a_semidefinite_matrix_has_one_sign() -> None:
    for other in (NonNegative((i, j), entry(A, i, j)), Equation((i, j), entry(A, i, j), entry(A, j, i))):
        with pytest.raises(KernelError, match="Semidefinite"):
            rules.quadratic([rules.assume([], other)], row)
    for wrong in (Letter("v", (n,)), Letter("v", (n, constant_size(1))), letter("v", n, n), Parameter("v")):
        with pytest.raises(KernelError):
            rules.quadratic([rules.assume([], Semidefinite(array(matrix(A))))], wrong)
    with pytest.raises(KernelError, match="nothing is known"):
        rules.quadratic([rules.assume([], Semidefinite(array(matrix(A))))], Letter("v", row.sizes, frozenset({"mask"})))


def test_the_direction_of_a_form_is_not_in_its_matrix() -> None:
    """For the outer product of v with itself the form is (v v^T)^2; bound again, v would stand for two things."""
    first = ("const", 0, constant_size(1))
    outer = Semidefinite(Array((i, j), multiply(entry(row, first, i), entry(row, first, j))))
    with pytest.raises(KernelError, match="names of its own"):
        rules.quadratic([rules.assume([], outer)], row)
    assert rules.quadratic([rules.assume([], outer)], Letter("w", row.sizes))


ANY = Letter("a", (n,))
SURE = Letter("s", (n,), frozenset({"positive"}))
ABOVE = NonNegative((j,), entry(ANY, j), True)


def test_what_holds_of_positive_letters_holds_of_what_is_positive() -> None:
    about = rules.identity([], Equation((i,), multiply(entry(SURE, i), reciprocal(entry(SURE, i))), number(1)))
    found = rules.for_positive([rules.assume([], ABOVE), about], SURE)
    assert found.conclusion == Equation((i,), multiply(entry(ANY, i), reciprocal(entry(ANY, i))), number(1))
    assert found.hypotheses == (ABOVE,)


def test_what_is_not_said_to_be_positive_takes_no_place_of_a_positive_letter() -> None:
    about = rules.identity([], Equation((i,), entry(SURE, i), entry(SURE, i)))
    for bound in (NonNegative((j,), entry(ANY, j)), Equation((j,), entry(ANY, j), number(1))):
        with pytest.raises(KernelError):
            rules.for_positive([rules.assume([], bound), about], SURE)
    for other in (ANY, Letter("s", (n,), frozenset({"mask"})), Letter("s", (n, n), frozenset({"positive"}))):
        with pytest.raises(KernelError, match="declared positive"):
            rules.for_positive([rules.assume([], ABOVE), about], other)


def test_a_hypothesis_keeps_its_positive_letter() -> None:
    claim = Equation((i,), entry(SURE, i), number(1))
    with pytest.raises(KernelError, match="hypothesis"):
        rules.for_positive([rules.assume([], ABOVE), rules.assume([], claim)], SURE)


def test_a_positive_letter_that_is_bound_stays() -> None:
    every = ForAll((SURE,), Equation((i,), entry(SURE, i), entry(SURE, i)))
    about = rules.generalise([rules.identity([], every.body)], (SURE,))
    assert rules.for_positive([rules.assume([], ABOVE), about], SURE).conclusion == every
