"""Elaboration: equal sums side by side are one term, nested ones keep their variables apart."""

from __future__ import annotations

import symattn as sa
from symattn.kernel.syntax.sizes import variable
from symattn.kernel.syntax.terms import walk
from symattn.proof.elaborate.claims import statement
from symattn.proof.elaborate.elaborator import Elaborator

n, d = sa.sizes("n d")
A, B = sa.matrix("A", n, n), sa.matrix("B", n, n)
X = sa.matrix("X", n, d)


def _sums(claim: object) -> int:
    formula = statement({}, claim)
    return sum(term.kind == "sum" for term in walk(formula.left, formula.right))


def test_a_sum_that_occurs_twice_is_one_term() -> None:
    once = sa.rowsum(A @ B)
    assert _sums(sa.Equal(once, once)) == _sums(sa.Equal(once, sa.zeros(n, 1)))
    assert _sums(sa.Equal(sa.hadamard(sa.softmax(A), sa.softmax(A)), sa.softmax(A))) == 1


def test_a_sum_inside_a_sum_over_the_same_size_has_its_own_variable() -> None:
    nested = sa.rowsum(sa.hadamard(A, sa.rowsum(B) @ sa.ones(1, n)))
    assert sa.decide(sa.Equal(nested, sa.hadamard(sa.rowsum(A), sa.rowsum(B)))).status == "proved"
    assert sa.decide(sa.Equal(nested, sa.rowsum(sa.hadamard(A, B)))).status == "refuted"


def test_a_total_inside_a_total_is_a_product() -> None:
    assert sa.decide(sa.Equal(sa.total(sa.total(A) * B), sa.total(A) * sa.total(B))).status == "proved"
    assert sa.decide(sa.Equal(sa.total(sa.total(A) * B), sa.total(sa.hadamard(A, B)))).status == "refuted"


def test_an_entry_is_elaborated_once_for_its_indices_and_heads() -> None:
    e = Elaborator()
    i, j, k = (variable(name, e.size(n)) for name in "ijk")
    product = A @ B
    assert e.entry(product, i, j) is e.entry(product, i, j)
    assert e.entry(product, i, j) is not e.entry(product, i, k)
    assert e.depth == 0


def test_sums_over_heads_side_by_side_do_not_meet() -> None:
    h = sa.index("h", sa.sizes("H"))
    Q, K = (sa.family(name, h.size, n, n) for name in "QK")
    both = sa.sum_heads(Q[h], h) @ sa.sum_heads(K[h], h)
    paired = sa.sum_heads(Q[h] @ K[h], h)
    assert sa.decide(sa.Equal(both, paired)).status == "refuted"
    g = sa.index("g", h.size)
    assert sa.decide(sa.Equal(both, sa.sum_heads(sa.sum_heads(Q[h] @ K[g], g), h))).status == "proved"
