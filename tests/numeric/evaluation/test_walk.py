"""The walk: the value of a formula is what its definition says, however deep it is."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy
from sympy import MatMul, Rational, Symbol

from symattn.errors import LanguageError, ShapeError
from symattn.language import (
    Gradient,
    Jacobian,
    Partial,
    Rank,
    T,
    bilinear,
    concat_heads,
    determinant,
    diag,
    entry,
    exp,
    family,
    group,
    hadamard,
    hstack,
    identity,
    index,
    inner,
    inverse,
    log,
    matrix,
    matrix_of,
    ones,
    reciprocal,
    row,
    rowsum,
    scalar,
    sizes,
    softmax,
    stack_heads,
    sum_heads,
    total,
    trace,
    unit,
    vstack,
    zeros,
)
from symattn.language.trees.base import explicit as evaluated
from symattn.numeric import Exact, Floats, Intervals, Modular, Sample, evaluate, sample
from symattn.numeric.arithmetic import NotExact
from symattn.numeric.evaluation.walk import Walk

A, B, C = matrix("A", 3, 4), matrix("B", 3, 4), matrix("C", 4, 2)
S, M = matrix("S", 3, 3), matrix("M", 3, 3, invertible=True)
x, y = row("x", 3), row("y", 4)
t, p = scalar("t"), scalar("p", positive=True)


def exact(expr: Any, at: Sample | None = None) -> list[list[Any]]:
    return evaluate(expr, at or sample(expr), Exact()).tolist()


def explicit(expr: Any, at: Sample) -> list[list[Any]]:
    """The same through SymPy's explicit matrices, which knows nothing of our walk."""
    written = sympy.Matrix([[expr]]) if not expr.is_Matrix else expr.as_explicit()
    numbers = {letter: sympy.Integer(int(value)) for letter, value in at.values.items() if np.ndim(value) == 0}
    for letter, value in at.values.items():
        for (i, j), number in np.ndenumerate(value) if np.ndim(value) == 2 else ():
            numbers[letter[i, j]] = Rational(int(number))
    return written.applyfunc(evaluated).subs(numbers).doit().tolist()


@pytest.mark.parametrize(
    "expr",
    [
        A + 2 * B - B,
        A @ C,
        3 * A @ C @ C.T,
        S**3,
        S**0,
        A.T,
        T(A),
        T(A) @ S,
        hadamard(A, B, A),
        hstack(A, B, S),
        vstack(A, B),
        diag(x),
        diag(x.T),
        rowsum(A),
        ones(3, 4) @ C,
        hstack(zeros(3, 1), A),
        vstack(identity(4), A),
        unit(3, 1) @ A,
        unit(3, 2).T @ y,
        x @ A @ y.T,
        t * A + A / 2,
    ],
    ids=str,
)
def test_a_matrix_has_the_entries_that_sympy_writes_out(expr: Any) -> None:
    at = sample(expr)
    assert exact(expr, at) == explicit(expr, at)


def test_scalars_are_one_by_one() -> None:
    at = sample(A)
    array = at.values[A]
    assert exact(total(A), at) == [[array.sum()]]
    assert exact(inner(A, A) ** 2 / 3, at) == [[Fraction(int((array * array).sum()) ** 2, 3)]]
    assert exact(entry(A, 2, 3), at) == [[array[2, 3]]]
    assert exact(entry(A @ A.T, 0, 1), at) == [[array[0] @ array[1]]]
    assert exact(trace(A @ A.T), at) == [[(array * array).sum()]]


@pytest.mark.parametrize("rows", range(6))
def test_determinants_are_what_sympy_computes(rows: int) -> None:
    letter = matrix("D", rows, rows)
    for seed in range(4):
        at = sample(determinant(letter), seed=seed)
        expected = int(sympy.Matrix(rows, rows, at.values[letter].ravel().tolist()).det())
        assert exact(determinant(letter), at) == [[expected]]
        assert evaluate(determinant(letter), at, Modular(101)).tolist() == [[expected % 101]]
        for arithmetic in (Floats("float64"), Floats("float32"), Intervals()):
            lower, upper = arithmetic.enclose(evaluate(determinant(letter), at, arithmetic))
            assert lower[0, 0] <= expected <= upper[0, 0]


def test_the_slope_of_a_determinant_is_that_of_its_minors() -> None:
    at = sample(determinant(S))
    written = sympy.Matrix(3, 3, at.values[S].ravel().tolist()).cofactor_matrix().tolist()
    assert exact(Gradient(determinant(S), S), at) == written


def test_a_power_may_be_a_size() -> None:
    n = sizes("n", min=0)
    for whole in (0, 1, 5):
        at = sample(t**n, sizes={n: whole}, values={t: -2})
        assert exact(t**n, at) == [[(-2) ** whole]]
        assert exact(t ** (2 * n + 1), at) == [[(-2) ** (2 * whole + 1)]]


def test_scalars_combine() -> None:
    at = sample(t + p, values={t: 3, p: 4})
    assert exact(t**2 * p - p / t, at) == [[Fraction(104, 3)]]
    assert exact(sympy.sqrt(p) + p ** Rational(-3, 2), at) == [[Fraction(17, 8)]]
    assert exact(sympy.exp(t) * sympy.log(p), at) == [[16]]
    assert exact(sympy.exp(1) + 0 * t, at) == [[2]]


def test_sizes_are_numbers_in_formulas() -> None:
    n, d = sizes("n d")
    at = sample(matrix("A", n, d), sizes={n: 5, d: 3})
    assert exact(total(ones(n, d)) - n * d + n / d, at) == [[Fraction(5, 3)]]


def test_one_over_zero_is_zero() -> None:
    at = sample(A, values={A: [[0, 2, -4, 1], [0, 0, 0, 0], [1, 1, 1, 1]]})
    assert exact(reciprocal(A), at)[0] == [0, Fraction(1, 2), Fraction(-1, 4), 1]
    assert exact(1 / entry(A, 0, 0), at) == [[0]]


def test_a_softmax_row_is_its_weights_over_their_sum() -> None:
    at = sample(x, values={x: [[0, 1, 3]]})
    assert exact(softmax(x), at) == [[Fraction(1, 11), Fraction(2, 11), Fraction(8, 11)]]
    assert exact(softmax(x, scale=2), at) == [[Fraction(1, 69), Fraction(4, 69), Fraction(64, 69)]]


def test_a_mask_takes_weights_out_and_an_empty_row_stays_zero() -> None:
    mask = matrix("m", 3, 3, mask=True)
    at = sample(softmax(S, mask=mask), values={S: np.zeros((3, 3), int), mask: [[1, 0, 1], [0, 0, 0], [1, 1, 1]]})
    third = Fraction(1, 3)
    assert exact(softmax(S, mask=mask), at) == [[Fraction(1, 2), 0, Fraction(1, 2)], [0, 0, 0], [third, third, third]]


def test_exp_and_log_are_entry_by_entry() -> None:
    at = sample(x, values={x: [[0, 2, -1]]})
    assert exact(exp(x), at) == [[1, 4, Fraction(1, 2)]]
    assert exact(log(exp(x)), at) == [[0, 2, -1]]


def test_an_inverse_is_the_exact_one_of_the_sample() -> None:
    assert exact(M @ inverse(M)) == np.eye(3, dtype=int).tolist()
    assert exact(inverse(M.T) @ M.T) == np.eye(3, dtype=int).tolist()
    assert exact(inverse(T(M)) @ M.T) == np.eye(3, dtype=int).tolist()


def test_a_bilinear_map_is_the_form_of_its_matrix() -> None:
    s = bilinear("s", 3, 4)
    at = sample(s(x, y))
    form, left, right = at.values[s], at.values[x], at.values[y]
    assert exact(s(x, y), at) == (left @ form @ right.T).tolist()
    assert exact(matrix_of(s), at) == form.tolist()


H, G = sizes("H G", min=0)
h, g, r = index("h", 3), index("g", 2), index("r", 3)
Q, K = family("Q", 3, 2, 2), family("K", 3, 2, 2)


def test_heads_are_summed_and_set_side_by_side_in_their_order() -> None:
    at = sample(sum_heads(Q[h] @ K[h], h))
    q, k = at.values[Q], at.values[K]
    assert exact(sum_heads(Q[h] @ K[h], h), at) == sum(q[i] @ k[i] for i in range(3)).tolist()
    assert exact(sum_heads(total(Q[h]), h), at) == [[q.sum()]]
    assert exact(concat_heads(Q[h], h), at) == np.hstack(list(q)).tolist()
    assert exact(stack_heads(Q[h], h), at) == np.vstack(list(q)).tolist()
    assert exact(Q[2], at) == q[2].tolist()


def test_an_inner_sum_over_the_same_head_hides_the_outer_one() -> None:
    at = sample(sum_heads(Q[h], h))
    q = at.values[Q]
    inside = sum_heads(Q[h], h)
    assert exact(sum_heads(Q[h] @ inside, h), at) == (q.sum(axis=0) @ q.sum(axis=0)).tolist()


def test_member_r_of_group_g_is_head_three_g_plus_r() -> None:
    wide = family("W", 6, 2, 2)
    at = sample(wide[0])
    w = at.values[wide]
    assert (
        exact(concat_heads(sum_heads(wide[group(g, r)], r), g), at) == np.hstack([w[:3].sum(0), w[3:].sum(0)]).tolist()
    )


def test_no_heads_at_all_are_an_empty_sum() -> None:
    many, head = family("F", H, 2, 2), index("h", H)
    at = sample(many[0], sizes={H: 0})
    assert exact(sum_heads(many[head], head), at) == [[0, 0], [0, 0]]
    assert evaluate(concat_heads(many[head], head), at, Exact()).shape == (2, 0)


def test_a_gradient_has_the_shape_of_its_letter_and_the_entries_of_the_derivative() -> None:
    at = sample(A @ C)
    a, c = at.values[A], at.values[C]
    loss = inner(A @ C, A @ C)
    assert exact(Gradient(loss, A), at) == (2 * a @ c @ c.T).tolist()
    assert exact(Gradient(loss, C), at) == (2 * a.T @ a @ c).tolist()
    assert exact(Gradient(total(C), A), at) == np.zeros((3, 4), int).tolist()


def test_a_gradient_can_stand_inside_a_formula() -> None:
    at = sample(A @ C)
    a, c = at.values[A], at.values[C]
    assert exact(A.T @ Gradient(inner(A @ C, A @ C), A), at) == (2 * a.T @ a @ c @ c.T).tolist()


def test_a_partial_derivative_is_in_one_scalar() -> None:
    at = sample(t * x, values={t: 3, x: [[1, 2, 3]]})
    assert exact(Partial(t**3 * total(x), t), at) == [[162]]
    assert exact(Partial(total(x), t), at) == [[0]]


def test_row_i_of_a_jacobian_is_output_i() -> None:
    at = sample(x @ A)
    assert exact(Jacobian(x @ A, x), at) == at.values[A].T.tolist()
    assert exact(Jacobian(y @ C, x), sample(hstack(y, x) @ vstack(C, zeros(3, 2)))) == [[0, 0, 0], [0, 0, 0]]


def test_a_gradient_under_a_sum_over_heads_is_taken_for_each_head() -> None:
    Z = matrix("Z", 2, 2)
    at = sample(sum_heads(Z @ Q[h], h))
    q = at.values[Q]
    expected = sum(np.ones((2, 2), int) @ (q[i] @ q[i]).T for i in range(3)).tolist()
    assert exact(sum_heads(Gradient(total(Z @ Q[h] @ Q[h]), Z), h), at) == expected


def test_five_hundred_factors_and_three_hundred_nested_brackets_are_no_problem() -> None:
    at = sample(S, values={S: [[0, 1, 0], [0, 0, 1], [1, 0, 0]]})
    assert exact(MatMul(*[S] * 500), at) == (np.linalg.matrix_power(at.values[S], 500)).tolist()
    nested = S
    for _ in range(300):
        nested = T(nested @ S) + S
    value = evaluate(nested, at, Floats())
    assert value.value.shape == (3, 3)
    assert np.isfinite(value.radius).all()


@pytest.mark.parametrize("arithmetic", [Exact(), Floats(), Intervals(), Modular(7)], ids=lambda a: a.name)
def test_an_empty_inner_size_gives_zero_in_every_arithmetic(arithmetic: Any) -> None:
    m = sizes("m", min=0)
    L, R = matrix("L", 2, m), matrix("R", m, 3)
    at = sample(L @ R, sizes={m: 0})
    for expr, shape in ((L @ R, (2, 3)), (rowsum(L), (2, 1)), (Gradient(total(A @ C), C), (4, 2))):
        where = at if expr.has(L) else sample(expr, values={A: np.zeros((3, 4), int)})
        lower, upper = arithmetic.enclose(evaluate(expr, where, arithmetic))
        assert lower.shape == shape
        assert (lower == 0).all()
        assert (upper == 0).all()


def test_a_repeated_subexpression_is_evaluated_once() -> None:
    doubled = S
    for _ in range(200):
        doubled = hadamard(doubled, doubled)
    at = sample(S, values={S: np.ones((3, 3), int)})
    assert Walk(at, Exact()).value(doubled).tolist() == at.values[S].tolist()


def test_the_rank_is_a_number_in_exact_arithmetic_and_not_always_one_in_floats() -> None:
    at = sample(A, values={A: [[1, 2, 3, 4], [2, 4, 6, 8], [0, 0, 0, 1]]})
    assert exact(Rank(A) + 1, at) == [[3]]
    with pytest.raises(NotExact, match="between 2 and 3"):
        evaluate(Rank(A), at, Floats())


def test_a_letter_without_a_value_is_named() -> None:
    with pytest.raises(LanguageError, match="no value to B"):
        evaluate(A + B, sample(A), Exact())


def test_a_node_outside_the_language_is_refused() -> None:
    with pytest.raises(LanguageError, match="tan"):
        evaluate(sympy.tan(Symbol("t")), sample(t), Exact())


def test_shapes_are_checked_before_numpy_could_broadcast_them() -> None:
    n, d = sizes("n d")
    wrong = matrix("X", n, d) + row("z", n)
    with pytest.raises(ShapeError):
        evaluate(wrong, sample(wrong), Exact())


def test_an_entry_beyond_a_handmade_sample_is_refused() -> None:
    n = sizes("n", min=3)
    X = matrix("X", n, n)
    small = Sample({n: 2}, {X: np.ones((2, 2), int)}, 0, "below the minimum")
    for expr in (unit(n, 2) @ X, entry(X, 2, 0)):
        with pytest.raises(LanguageError, match="no place 2|no entry"):
            evaluate(expr, small, Exact())


def test_a_walk_inside_evaluates_only_what_has_its_letters() -> None:
    around = Walk(sample(A @ C + B @ C), Exact())
    walk = around.inside({B: around.value(A)})
    assert walk.value(A @ C) is around.value(A @ C)
    assert walk.value(B @ C).tolist() == around.value(A @ C).tolist()
    assert around.value(B @ C).tolist() != around.value(A @ C).tolist()


def test_a_letter_that_is_bound_twice_has_the_inner_value() -> None:
    numbers = [np.full((3, 4), number) for number in range(3)]
    around = Walk(sample(A, values={A: numbers[0]}), Exact())
    middle = around.inside({A: Exact().lift(numbers[1])})
    inner = middle.inside({B: middle.value(A)}).inside({A: Exact().lift(numbers[2])})
    assert [walk.value(A)[0, 0] for walk in (around, middle, inner)] == [0, 1, 2]
    assert inner.value(A + B)[0, 0] == 3


def test_what_is_assumed_of_a_bound_letter_is_not_assumed_inside() -> None:
    around = Walk(sample(A @ C), Exact())
    around.assume(A @ C, Exact().lift(np.zeros((3, 2), int)))
    assert not around.inside({B: around.value(A)}).value(A @ C).any()
    inside = around.inside({A: Exact().lift(np.ones((3, 4), int))})
    assert inside.value(A @ C).tolist() == (np.ones((3, 4), int) @ around.value(C)).tolist()


def test_the_inverse_of_a_bound_letter_is_not_that_of_the_sample() -> None:
    around = Walk(sample(inverse(M)), Exact())
    doubled = around.inside({M: 2 * around.value(M)})
    assert (2 * doubled.value(inverse(M)) == around.value(inverse(M))).all()


def test_a_derivative_inside_is_taken_at_the_bound_value() -> None:
    around = Walk(sample(A @ C, values={C: np.ones((4, 2), int)}), Exact())
    loss = Gradient(total(A @ C), A)
    assert (around.value(loss) == 2).all()
    assert (around.inside({C: Exact().lift(np.full((4, 2), 3))}).value(loss) == 6).all()
