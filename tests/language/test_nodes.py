"""Operations: SymPy leaves them as they are, and written out they are what they say."""

from __future__ import annotations

import pickle

import pytest
from sympy import ImmutableMatrix, Integer, MatrixSymbol, Rational

from symattn.errors import LanguageError, ShapeError
from symattn.language import (
    Entry,
    Softmax,
    T,
    bilinear,
    diag,
    entry,
    exp,
    family,
    hadamard,
    identity,
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
    total,
    trace,
    unit,
    zeros,
)
from tests.language.samples import LOGS, RAW, written_out

n = sizes("n", min=1)
d = sizes("d")
A, B, Z = matrix("A", n, n), matrix("B", n, n), matrix("Z", n, d)
t = scalar("t")


def test_softmax_divides_each_exponential_by_the_sum_of_its_row() -> None:
    weights = [[Rational(1, 6), Rational(2, 6), Rational(3, 6)], [Rational(1, 4), Rational(1, 4), Rational(2, 4)]]
    assert written_out(softmax(RAW), S=LOGS) == ImmutableMatrix(weights)


def test_a_mask_leaves_out_scores() -> None:
    mask = matrix("M", 2, 3, mask=True)
    kept = ImmutableMatrix([[1, 1, 0], [0, 1, 1]])
    weights = [[Rational(1, 3), Rational(2, 3), 0], [0, Rational(1, 3), Rational(2, 3)]]
    assert written_out(softmax(RAW, mask=mask), S=LOGS, M=kept) == ImmutableMatrix(weights)


def test_a_row_that_the_mask_hides_is_zero() -> None:
    mask = matrix("M", 2, 3, mask=True)
    hidden = ImmutableMatrix([[0, 0, 0], [0, 1, 0]])
    assert written_out(softmax(RAW, mask=mask), S=LOGS, M=hidden) == hidden


def test_the_scale_multiplies_the_scores_and_not_the_mask() -> None:
    mask = matrix("M", n, n, mask=True)
    assert softmax(A, mask=mask, scale=t) == Softmax(t * A, mask)


def test_softmax_is_written_out_inside_a_product() -> None:
    X = matrix("X", 3, 2)
    P = softmax(RAW)
    assert (P @ X).as_explicit() == P.as_explicit() * X.as_explicit()
    assert (X.T @ P.T).as_explicit() == X.as_explicit().T * P.as_explicit().T


def test_softmax_over_a_size_without_value_is_not_written_out() -> None:
    assert softmax(A)[0, 1] == Entry(softmax(A), 0, 1)


@pytest.mark.parametrize("node", [softmax(A), T(A), diag(row("x", n)), exp(A), reciprocal(A), hadamard(A, B)])
def test_sympy_keeps_a_node_and_its_shape_in_products_and_sums(node: object) -> None:
    assert (node @ Z).args == (node, Z)  # type: ignore[operator]
    assert (node @ Z).shape == (n, d)  # type: ignore[operator]
    assert (Z.T @ node).args == (Z.T, node)
    assert node in (node + B).args  # type: ignore[operator]
    assert (3 * node).args == (3, node)  # type: ignore[operator]
    assert hadamard(node, B).args == (node, B)


NODES = [
    softmax(A),
    softmax(A, mask=matrix("M", n, n, mask=True), scale=t),
    T(A),
    exp(A),
    log(A),
    reciprocal(A),
    hadamard(A, B, A),
    diag(row("x", n)),
    unit(n, 0),
    rowsum(A),
    total(A),
    entry(A @ B, 0, 0),
]


@pytest.mark.parametrize("node", NODES)
def test_a_node_is_rebuilt_from_its_arguments_and_from_a_pickle(node: object) -> None:
    assert node.func(*node.args) == node  # type: ignore[attr-defined]
    assert pickle.loads(pickle.dumps(node)) == node


@pytest.mark.parametrize("node", NODES)
def test_a_node_follows_a_change_of_sizes(node: object) -> None:
    small = node.xreplace({n: Integer(2)})  # type: ignore[attr-defined]
    assert n not in {s for letter in small.atoms(MatrixSymbol) for s in letter.args}
    assert getattr(small, "shape", ()) == tuple(size.xreplace({n: Integer(2)}) for size in getattr(node, "shape", ()))


@pytest.mark.parametrize("node", NODES)
def test_sympy_does_not_evaluate_a_node(node: object) -> None:
    assert node.doit() == node  # type: ignore[attr-defined]


def test_an_entry_of_an_expression_stays_an_entry_in_front_of_a_matrix() -> None:
    """SymPy would write (A B)[0, 0] as a sum over an index."""
    assert (entry(A @ B, 0, 0) * Z).args[0] == Entry(A @ B, 0, 0)


def test_the_entry_of_a_letter_written_out_is_sympys_own() -> None:
    for letter in (A, family("F", 2, n, d)[1], matrix_of(bilinear("s", n))):
        assert entry(letter, 0, 0).as_explicit() == letter[0, 0]


def test_an_entry_written_out_is_the_entry_of_the_matrix_written_out() -> None:
    P, Q = matrix("P", 2, 3), matrix("Q", 3, 2)
    assert entry(P @ Q, 1, 0).as_explicit() == (P.as_explicit() * Q.as_explicit())[1, 0]


@pytest.mark.parametrize("place", [(-1, 0), (n, 0), (Rational(1, 2), 0), (2, 0)])
def test_an_entry_needs_places_within_the_matrix(place: tuple[object, object]) -> None:
    with pytest.raises(LanguageError):
        entry(matrix("P", 2, 3), *place)


def test_diag_puts_a_row_or_a_column_on_the_diagonal() -> None:
    x = matrix("x", 1, 2)
    expected = ImmutableMatrix([[x[0, 0], 0], [0, x[0, 1]]])
    assert diag(x).as_explicit() == expected
    assert diag(x.T).as_explicit() == expected
    assert diag(matrix("y", d, 1)).shape == (d, d)


def test_diag_of_a_matrix_is_refused() -> None:
    with pytest.raises(ShapeError, match="one row or one column"):
        diag(A)


def test_a_unit_row_has_a_one_at_its_place_counted_from_zero() -> None:
    assert unit(3, 1).as_explicit() == ImmutableMatrix([[0, 1, 0]])
    assert unit(d, 1).shape == (1, d)


@pytest.mark.parametrize("place", [-1, n, Rational(1, 2)])
def test_a_unit_row_needs_a_whole_place(place: object) -> None:
    with pytest.raises(LanguageError, match="unit needs a place"):
        unit(d, place)


def test_a_unit_row_picks_a_row_inside_a_product() -> None:
    X = matrix("X", 3, 2)
    assert (unit(3, 2) @ X).as_explicit() == X.as_explicit()[2, :]


def test_constants_are_sympys_own() -> None:
    assert ones(2, 1).as_explicit() == ImmutableMatrix([[1], [1]])
    assert (zeros(n, d) + Z).args == (zeros(n, d), Z)
    assert (identity(n) @ Z).args == (identity(n), Z)
    assert trace(A).arg == A


@pytest.mark.parametrize("build", [softmax, T, total, rowsum, diag, trace, hadamard])
def test_an_operation_on_matrices_refuses_a_scalar(build: object) -> None:
    with pytest.raises(LanguageError, match="needs a matrix"):
        build(t)  # type: ignore[operator]


@pytest.mark.parametrize("node", [softmax(A), exp(A), hadamard(A, B), T(A)])
def test_an_operation_has_no_inverse(node: object) -> None:
    with pytest.raises(LanguageError, match="no inverse here"):
        node.I  # type: ignore[attr-defined]  # noqa: B018


def test_text_is_not_an_expression() -> None:
    with pytest.raises(LanguageError, match="not an expression"):
        softmax("__import__('os')")


def test_sympy_may_not_differentiate_a_node() -> None:
    """SymPy would drop terms without a word."""
    with pytest.raises(LanguageError, match=r"gradient\(L, A\)"):
        total(softmax(t * A)).diff(t)
    with pytest.raises(LanguageError, match=r"gradient\(L, A\)"):
        softmax(t * A).diff(t)
