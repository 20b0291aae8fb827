"""Letters: their facts are part of them, and an inverse must be declared."""

from __future__ import annotations

import pickle

import pytest
from sympy import Identity, ImmutableMatrix, MatrixSymbol

from symattn.errors import LanguageError, ShapeError
from symattn.language import Matrix, T, column, inverse, matrix, row, scalar, sizes
from symattn.language.trees.unevaluated import Inverse

d, k = sizes("d k")
X = matrix("X", d, k)
M = matrix("M", k, k, invertible=True, symmetric=True)
Z = matrix("Z", k, k)


def facts_in(expr: object) -> set[frozenset[str]]:
    return {letter.facts for letter in expr.atoms(Matrix) | expr.atoms(MatrixSymbol)}  # type: ignore[attr-defined]


def test_letters_that_differ_in_a_fact_differ() -> None:
    assert matrix("A", k, k) != matrix("A", k, k, symmetric=True)
    assert hash(matrix("A", k, k)) != hash(matrix("A", k, k, symmetric=True))


def test_the_order_in_which_facts_are_declared_does_not_matter() -> None:
    assert Matrix("M", k, k, "symmetric", "invertible") == M


@pytest.mark.parametrize("fact", ["invertible", "symmetric", "skew", "orthogonal", "permutation", "mask", "positive"])
def test_each_fact_is_declared_by_its_name(fact: str) -> None:
    assert matrix("A", k, k, **{fact: True}).facts == {fact}


def test_facts_survive_a_change_of_sizes() -> None:
    assert (X @ M).xreplace({k: 2}).args[1] == matrix("M", 2, 2, invertible=True, symmetric=True)
    assert M.subs(k, 2).facts == {"invertible", "symmetric"}


def test_facts_survive_the_transposition_of_products_and_sums() -> None:
    rewritten = (2 * (X @ (M + M @ M))).T
    assert facts_in(rewritten) == {frozenset(), frozenset({"invertible", "symmetric"})}


def test_facts_survive_pickling() -> None:
    again = pickle.loads(pickle.dumps(X @ M.I))
    assert again == X @ M.I
    assert again.args[1].arg.facts == M.facts


def test_a_fact_about_square_matrices_needs_equal_sizes() -> None:
    with pytest.raises(ShapeError, match="cannot be symmetric"):
        matrix("A", d, k, symmetric=True)
    assert matrix("A", d, k, mask=True).shape == (d, k)


def test_sizes_that_are_equal_as_polynomials_make_a_square() -> None:
    assert matrix("A", d * (k + 1), d * k + d, symmetric=True).facts == {"symmetric"}


def test_an_unknown_fact_is_refused() -> None:
    with pytest.raises(LanguageError, match="no fact is called normal"):
        Matrix("A", k, k, "normal")


@pytest.mark.parametrize("size", [1.5, -1, "k"])
def test_a_matrix_has_whole_sizes(size: object) -> None:
    with pytest.raises(LanguageError):
        matrix("A", size, k)


@pytest.mark.parametrize(
    "invert",
    [lambda A: A.I, lambda A: A.inv(), lambda A: A**-1, inverse],
    ids=["A.I", "A.inv()", "A**-1", "inverse(A)"],
)
def test_the_inverse_of_an_undeclared_letter_is_refused_and_says_how_to_declare_it(invert: object) -> None:
    with pytest.raises(LanguageError, match="invertible=True"):
        invert(Z)  # type: ignore[operator]


@pytest.mark.parametrize("fact", ["symmetric", "skew", "mask", "positive"])
def test_other_facts_do_not_give_an_inverse(fact: str) -> None:
    with pytest.raises(LanguageError, match="no inverse here"):
        inverse(matrix("A", k, k, **{fact: True}))


@pytest.mark.parametrize("fact", ["invertible", "orthogonal", "permutation"])
def test_a_letter_declared_to_have_an_inverse_has_one(fact: str) -> None:
    letter = matrix("G", k, k, **{fact: True})
    assert letter.I == inverse(letter) == Inverse(letter)


def test_the_transpose_of_a_declared_letter_has_an_inverse_too() -> None:
    assert inverse(M.T) == Inverse(M.T)
    assert inverse(T(M)) == Inverse(T(M))


@pytest.mark.parametrize("expr", [X @ M, T(Z), Z.T, M + M @ M])
def test_only_letters_have_inverses(expr: object) -> None:
    with pytest.raises(LanguageError, match="no inverse here"):
        inverse(expr)


def test_square_letters_without_inverse_can_still_be_multiplied() -> None:
    """SymPy would ask every factor for its inverse."""
    assert (Z @ matrix("Y", k, k)).args == (Z, matrix("Y", k, k))
    assert (Z @ M @ M.I @ Z).args == (Z, M, M.I, Z)


def test_a_symmetric_letter_is_symmetric_when_written_out() -> None:
    A = matrix("A", 3, 3, symmetric=True).as_explicit()
    assert A == A.T
    assert len(set(A)) == 6


def test_a_skew_letter_is_skew_when_written_out() -> None:
    A = matrix("A", 3, 3, skew=True).as_explicit()
    assert A == -A.T
    assert len(set(A)) == 7


def test_a_letter_without_facts_has_different_entries() -> None:
    assert len(set(matrix("A", 2, 3).as_explicit())) == 6


def test_a_transpose_stays_as_it_is_in_products_and_sums() -> None:
    assert (T(X) @ X).args == (T(X), X)
    assert (2 * T(X)).args == (2, T(X))
    assert set((T(X) + X.T).args) == {T(X), X.T}


def test_transposing_a_kept_transpose_gives_its_argument() -> None:
    assert T(X).T == X
    assert (T(X) @ M).T == M.T @ X


def test_a_kept_transpose_swaps_sizes_and_entries() -> None:
    A = matrix("A", 2, 3)
    assert T(A).shape == (3, 2)
    assert T(A).as_explicit() == ImmutableMatrix(3, 2, lambda i, j: A[j, i])
    assert T(X)[0, 1] == X[1, 0]


def test_a_kept_transpose_is_written_out_inside_a_product() -> None:
    A, B = matrix("A", 2, 3), matrix("B", 2, 1)
    assert (T(A) @ B).as_explicit() == A.as_explicit().T * B.as_explicit()


def test_rows_and_columns_are_thin() -> None:
    assert row("x", d).shape == (1, d)
    assert column("y", d).shape == (d, 1)


def test_scalars_are_real_and_positive_when_declared() -> None:
    assert scalar("t").is_real
    assert scalar("t").is_positive is None
    assert scalar("t", positive=True).is_positive


def test_the_identity_is_its_own_inverse() -> None:
    assert inverse(Identity(k)) == Identity(k)


def test_a_long_product_keeps_every_factor() -> None:
    letters = [matrix(f"A{i}", k, k) for i in range(64)]
    product = letters[0]
    for letter in letters[1:]:
        product = product @ letter
    assert product.args == tuple(letters)
