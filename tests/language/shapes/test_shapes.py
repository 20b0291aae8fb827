"""Shapes: what fits gets a shape, what does not is refused with both sides shown."""

from __future__ import annotations

import pytest
import sympy as sp

from symattn.errors import LanguageError, ShapeError
from symattn.language import (
    PSD,
    And,
    AtMost,
    Equal,
    Exists,
    ForAll,
    Gradient,
    Implies,
    Jacobian,
    Not,
    Partial,
    Rank,
    RankAtMost,
    T,
    attention,
    bilinear,
    check,
    concat_heads,
    cos,
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
    inverse,
    language_nodes,
    log,
    logsumexp,
    matrix,
    matrix_of,
    ones,
    reciprocal,
    row,
    rowsum,
    scalar,
    shape,
    sin,
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
from tests.language.samples import G, H, K, Q, W, X, d, k, n, s, t, x

p, v = sizes("p", min=1), sizes("v", min=0)
V, S = matrix("V", d, v), matrix("S", n, n)
F, h = family("F", H, d, k), index("h", H)
B = bilinear("B", d, k)

FITTING = [
    (X @ Q @ K.T @ X.T, (n, n)),
    (attention(X, Q, K, V, t), (n, v)),
    (T(X @ Q), (k, n)),
    ((X @ Q).T, (k, n)),
    (Q @ G.I @ inverse(G.T), (d, k)),
    (S**3, (n, n)),
    (Q - t * K, (d, k)),
    (hadamard(Q, K), (d, k)),
    (softmax(S, mask=matrix("M", n, n)), (n, n)),
    (softmax(matrix("L", d, p)), (d, p)),
    (exp(Q) + log(Q) + reciprocal(Q), (d, k)),
    (cos(Q) + sin(Q), (d, k)),
    (cos(s) + sin(t), ()),
    (logsumexp(S), (n, 1)),
    (rowsum(Q), (d, 1)),
    (diag(x), (d, d)),
    (diag(rowsum(Q)), (d, d)),
    (unit(p, 0) @ ones(p, k), (1, k)),
    (identity(d) + zeros(d, d), (d, d)),
    (entry(S @ S, 0, 0) * trace(S) * total(X) / sp.sqrt(n) * Q, (d, k)),
    (sum_heads(F[h] @ K.T, h), (d, d)),
    (concat_heads(X @ F[h], h), (n, H * k)),
    (stack_heads(F[h], h), (H * d, k)),
    (concat_heads(X @ F[h], h) @ stack_heads(F[h].T, h), (n, d)),
    (family("E", H * k, d, v)[group(h, index("r", k))], (d, v)),
    (hstack(Q, K, W), (d, 2 * k + d)),
    (vstack(Q.T, W), (k + d, d)),
    (Gradient(total(X @ Q), Q), (d, k)),
    (Gradient(x @ W @ x.T, W), (d, d)),
    (Jacobian(x @ Q, x), (k, d)),
    (matrix_of(B), (d, k)),
    (B(x, row("z", k)), ()),
    (Partial(t**2, t) + Rank(Q) + sum_heads(total(F[h]), h) + sp.exp(s) + sp.log(t) + t ** sp.Rational(-3, 2), ()),
    (sp.MatrixSymbol("P", d, k), (d, k)),
    (sp.HadamardProduct(Q, K), (d, k)),
    (n * k + 1, ()),
    (s**-2 + 1 / k, ()),
    (sp.Integer(3), ()),
]


@pytest.mark.parametrize(("expr", "expected"), FITTING, ids=[str(expr) for expr, _ in FITTING])
def test_what_fits_has_the_shape_of_the_books(expr: object, expected: tuple[object, ...]) -> None:
    assert shape(expr) == expected


@pytest.mark.parametrize(("expr", "expected"), FITTING, ids=[str(expr) for expr, _ in FITTING])
def test_sympy_sees_the_same_shape(expr: object, expected: tuple[object, ...]) -> None:
    assert tuple(getattr(expr, "shape", ())) == expected


def test_sizes_that_are_equal_as_polynomials_fit() -> None:
    wide = matrix("A", n, H * k + H)
    assert shape(wide @ matrix("C", H * (k + 1), d)) == (n, d)


def test_a_product_that_does_not_fit_shows_both_sides_and_the_transpose_that_would() -> None:
    with pytest.raises(ShapeError) as error:
        shape(X @ Q @ K)
    assert str(error.value) == (
        "cannot multiply\n    X @ Q : n×k\n    K     : d×k\n  the inner sizes differ: k ≠ d.  Did you mean K.T (k×d)?"
    )


@pytest.mark.parametrize(
    ("product", "meant"),
    [(X @ K.T, "K (d×k)"), (Q @ X.T, "Q.T (k×d)"), (T(X) @ Q, "X (n×d)"), (X @ T(Q), "Q (d×k)")],
    ids=["right", "left", "left T", "right T"],
)
def test_the_suggested_transpose_is_one_that_fits(product: object, meant: str) -> None:
    with pytest.raises(ShapeError) as error:
        shape(product)
    assert str(error.value).endswith(f"Did you mean {meant}?")


def test_no_transpose_is_suggested_when_none_fits() -> None:
    with pytest.raises(ShapeError) as error:
        shape(X @ Q @ V)
    assert "Did you mean" not in str(error.value)
    with pytest.raises(ShapeError) as error:
        shape(X @ Q @ S)
    assert "Did you mean" not in str(error.value)


def test_a_suggestion_must_fit_the_next_factor_too() -> None:
    with pytest.raises(ShapeError) as error:
        shape(X @ Q @ K @ V)
    assert "K.T" in str(error.value)
    with pytest.raises(ShapeError) as error:
        shape(X @ Q @ K @ G)
    assert "Did you mean" not in str(error.value)


def test_the_place_of_a_misfit_in_a_long_product_is_found() -> None:
    letters = [matrix(f"A{i}", d, d) for i in range(500)]
    assert shape(sp.MatMul(*letters)) == (d, d)
    with pytest.raises(ShapeError, match=r"    A300 +: d×d\n  the inner sizes differ: k ≠ d"):
        shape(sp.MatMul(*letters[:300], Q, *letters[300:]))


MISFITS = [
    (Q + K.T, "cannot add"),
    (hadamard(Q, K.T), "cannot multiply entry by entry"),
    (softmax(S, mask=X), "cannot mask"),
    (trace(Q), "Trace needs a square matrix"),
    (determinant(Q), "Determinant needs a square matrix"),
    (sp.MatPow(Q, 2), "MatPow needs a square matrix"),
    (hstack(X, Q), "cannot put side by side"),
    (vstack(X, Q), "cannot put one under the other"),
    (F[index("j", k)], "the head ranges over another size"),
    (F[group(h, index("r", k))], "the head ranges over another size"),
    (Gradient(W, W), "Gradient needs a scalar"),
    (Jacobian(W, x), "Jacobian is of a row in a row"),
    (Jacobian(x, matrix("y", d, 1)), "Jacobian is of a row in a row"),
    (B(x, x), "B cannot take this"),
    (B(X, row("z", k)), "B cannot take this"),
    (B(x.T, row("z", k)), "B cannot take this"),
    (T(hadamard(softmax(X @ Q), exp(S))), "cannot multiply|softmax over"),
]


@pytest.mark.parametrize(("expr", "message"), MISFITS, ids=[str(expr) for expr, _ in MISFITS])
def test_what_does_not_fit_is_refused(expr: object, message: str) -> None:
    with pytest.raises((ShapeError, LanguageError), match=message):
        shape(expr)


@pytest.mark.parametrize(
    "wrap",
    [lambda e: 2 * T(e), total, lambda e: sum_heads(e, h), lambda e: Gradient(total(e), Q)],
    ids=["T", "total", "sum_heads", "Gradient"],
)
def test_a_misfit_is_found_however_deep_it_is(wrap: object) -> None:
    with pytest.raises(ShapeError, match="cannot multiply"):
        shape(wrap(X @ K.T))  # type: ignore[operator]


FOREIGN = [
    (0.5 * X, r"write Rational\(1, 2\)"),
    (sp.Inverse(W), "not declared invertible"),
    (sp.Inverse(W.T), "not declared invertible"),
    (sp.Inverse(X @ X.T), "not declared invertible"),
    (sp.Inverse(sp.MatrixSymbol("P", d, d)), "not declared invertible"),
    (sp.MatPow(G, -2), "a matrix has powers"),
    (sp.MatPow(W, sp.Symbol("m", integer=True)), "a matrix has powers"),
    (sp.sqrt(k) * Q, "a root needs something that is seen to be positive"),
    (sp.sqrt(total(Q)), "a root needs something that is seen to be positive"),
    (t**s, "an exponent must be a rational number"),
    (softmax(matrix("L", n, k)), "softmax over a size that may be 0"),
    (softmax(matrix("L", n, n - 1)), "softmax over a size that may be 0"),
    (unit(d, 0), "unit is out of range"),
    (unit(p, 1), "unit is out of range"),
    (entry(X, 0, 0), "an entry is out of range"),
    (entry(S, 1, 0), "an entry is out of range"),
    (S[-1, 0], "an entry takes places"),
    (S[sp.Symbol("i", integer=True), 0], "an entry takes places"),
    (F[0], "a head of F is out of range"),
    (h * X, "a head is an index"),
    (sp.Symbol("c", commutative=False), "a scalar must be commutative"),
    (matrix("P", sp.Symbol("m", integer=True, nonnegative=True), d), "m is not a size"),
    (Jacobian(x, matrix("u", 1, d, mask=True)), "declared mask"),
    (Partial(n * t, n), "whole number"),
    (sp.BlockMatrix([[Q, K]]), "hstack"),
    (sp.DiagMatrix(x), r"write diag\(x\)"),
    (sp.HadamardPower(Q, 2), r"hadamard\(A, A\)"),
    (sp.ImmutableMatrix([[1]]), "not part of the language"),
    (sp.Sum(t, (sp.Symbol("i"), 0, 3)), "total"),
    (sp.tanh(t), "not part of the language"),
    (sp.pi * t, "not part of the language"),
    (sp.oo, "not part of the language"),
    (sp.Determinant(W), "not part of the language"),
    (sp.Adjoint(W), r"A\.T"),
]


@pytest.mark.parametrize(("expr", "message"), FOREIGN, ids=[f"{i}: {m}" for i, (_, m) in enumerate(FOREIGN)])
def test_what_is_not_in_the_language_is_refused_by_name(expr: object, message: str) -> None:
    with pytest.raises(LanguageError, match=message):
        shape(expr)


def test_a_larger_minimum_makes_room_for_more_units_and_softmax() -> None:
    m = sizes("m", min=3)
    assert shape(unit(m, 2)) == (1, m)
    assert shape(softmax(matrix("L", n, m - 2))) == (n, m - 2)
    assert shape(family("F", m, d, k)[2]) == (d, k)
    assert shape(sp.sqrt(m)) == ()


def test_the_message_about_a_softmax_says_what_to_declare() -> None:
    with pytest.raises(LanguageError, match=r'needs k ≥ 1\n  declare sizes\("k", min=1\)'):
        shape(softmax(matrix("L", n, k)))


FALSE_SHAPES = [
    Equal(X, Q),
    Equal(Q, Q.T),
    AtMost(Q, Q.T),
    PSD(Q),
    And(PSD(W), PSD(Q)),
    Not(Equal(X, Q)),
    Implies(Equal(X, Q), PSD(W)),
    ForAll(x, Equal(x, x.T)),
    Exists(Q, Equal(Q, K), witness=K.T),
    Exists(t, Equal(t, s), witness=x @ x.T),
    RankAtMost(X @ X, k),
    Not(RankAtMost(W, Rank(X @ X))),
]


@pytest.mark.parametrize("claim", FALSE_SHAPES, ids=[str(c) for c in FALSE_SHAPES])
def test_a_claim_that_does_not_fit_is_refused(claim: object) -> None:
    with pytest.raises((ShapeError, LanguageError)):
        check(claim)


def test_a_claim_that_fits_passes_and_one_changed_letter_does_not() -> None:
    fitting = Exists((Q, K), And(Equal(W, Q @ K.T), Rank(W) <= k), witness=(hstack(Q), K))
    assert check(fitting) is None
    with pytest.raises(ShapeError, match="cannot compare"):
        check(fitting.xreplace({W: X}))


TWINS = [
    Equal(Q, matrix("Q", d, k, mask=True)),
    Equal(total(X), scalar("X")),
    Equal(t, scalar("t")),
    And(PSD(W), ForAll(matrix("W", k, k), PSD(matrix("W", k, k)))),
    Equal(total(X), sizes("n", min=2)),
]


@pytest.mark.parametrize("claim", TWINS, ids=[f"{i}: {claim}" for i, claim in enumerate(TWINS)])
def test_two_letters_of_one_name_are_refused(claim: object) -> None:
    with pytest.raises(LanguageError, match="two things are called"):
        check(claim)


def test_the_message_about_two_letters_of_one_name_tells_them_apart() -> None:
    with pytest.raises(LanguageError, match=r"Q : Matrix d×k\n    Q : Matrix d×k mask"):
        check(TWINS[0])
    with pytest.raises(LanguageError, match=r"n : Size ≥ 1\n    n : Size ≥ 2"):
        check(TWINS[-1])


def test_a_letter_may_be_bound_twice() -> None:
    twice = And(ForAll(x, Equal(x, x)), ForAll(x, Equal(x, x)))
    assert check(twice) is None
    assert twice.letters == ()


def test_a_tree_deeper_than_the_stack_of_python_has_a_shape() -> None:
    deep = S
    for _ in range(3000):
        deep = T(softmax(deep))
    assert shape(deep) == (n, n)


def test_the_grammar_lists_what_it_accepts() -> None:
    assert {"Softmax", "MatMul", "Member", "Gradient"} <= set(language_nodes())
    assert {"BlockMatrix", "Sum", "Permanent"}.isdisjoint(language_nodes())
