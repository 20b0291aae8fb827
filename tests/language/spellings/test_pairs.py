"""Kronecker's product and vec: laws of the textbooks, the same with something wrong, and NumPy's values."""

from __future__ import annotations

import numpy as np
import pytest

import symattn as sa
from symattn.errors import LanguageError, ShapeError
from symattn.language import HeadIndex, column, index, matrix, sizes, stack_heads, sum_heads, unit
from symattn.language.printing.latex import latex
from symattn.numeric import EXACT, evaluate, sample

LETTERS = "A:m*n B:p*q C:n*r D:q*s X:n*p S:m*m R:p*p x:n*1 g:m*1 |- "


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("kron(A, B)@kron(C, D) == kron(A@C, B@D)", "proved"),
        ("kron(A, B)@kron(C, D) == 2*kron(A@C, B@D)", "refuted"),
        ("kron(A, B)' == kron(A', B')", "proved"),
        ("kron(A, B) == kron(B, A)", "refuted"),
        ("tr(kron(S, R)) == tr(S)*tr(R)", "proved"),
        ("tr(kron(S, R)) == tr(S) + tr(R)", "refuted"),
        ("vec(A@X@B) == kron(B', A)@vec(X)", "proved"),
        ("vec(g@x') == kron(x, g)", "proved"),
        ("vec(g@x') == kron(g, x)", "refuted"),
        ("normsquared(vec(A)) == normsquared(A)", "proved"),
        ("vec(A)'@vec(A) == tr(A)**2", "refuted"),
        ("normsquared(kron(A, B)) == normsquared(A)*normsquared(B)", "proved"),
    ],
)
def test_laws_and_near_misses(text: str, status: str) -> None:
    text = text.replace("tr(A)", "tr(A@A')")
    assert sa.decide(LETTERS + text, timeout=30).status == status


def test_the_values_are_numpys() -> None:
    A, B = matrix("A", 2, 3), matrix("B", 3, 2)
    a, b = np.arange(6).reshape(2, 3), np.arange(5, 11).reshape(3, 2)
    at = sample(sa.kron(A, B), values={A: a, B: b})
    assert np.asarray(evaluate(sa.kron(A, B), at, EXACT)).tolist() == np.kron(a, b).tolist()
    assert np.asarray(evaluate(sa.vec(A), at, EXACT)).tolist() == a.reshape(-1, 1, order="F").tolist()


def test_products_of_products_bind_indices_of_their_own() -> None:
    A = matrix("A", 2, 2)
    thrice, values = sa.kron(sa.kron(A, A), sa.kron(A, A)), np.array([[1, 2], [3, 5]])
    once = np.kron(values, values)
    at = sample(thrice, values={A: values})
    assert np.asarray(evaluate(thrice, at, EXACT)).tolist() == np.kron(once, once).tolist()


def test_a_unit_row_may_stand_at_an_index_that_is_bound() -> None:
    n, m = sizes("n m")
    x, i = column("x", n), index("i", n)
    at_all = sum_heads(unit(n, i).T @ unit(n, i) @ x, i)
    assert sa.decide(sa.Equal(at_all, x)).status == "proved"
    assert sa.decide(sa.Equal(at_all, 2 * x)).status == "refuted"
    assert isinstance(unit(n, i).place, HeadIndex)
    assert latex(unit(n, i)) == "e_{i}"
    with pytest.raises(ShapeError, match="ranges over another size"):
        sa.decide(sa.Equal(stack_heads(unit(m, i), i), sa.zeros(n, m)))
    with pytest.raises(LanguageError, match="is not bound"):
        sa.decide(sa.Equal(unit(n, i), sa.ones(1, n)))


def test_other_names() -> None:
    a = "A:m*n B:p*q |- block_diag(A, B) == vstack(hstack(A, zeros(m, q)), hstack(zeros(p, n), B))"
    assert sa.decide(a).status == "proved"
    assert sa.decide(a.replace("zeros(p, n), B", "zeros(p, n), 2*B")).status == "refuted"
    with pytest.raises(LanguageError, match="at least one"):
        sa.blockdiag()
