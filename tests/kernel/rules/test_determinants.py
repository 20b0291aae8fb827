"""Determinants of products, transposes and block triangular matrices; each rule with what it must not say."""

from __future__ import annotations

from itertools import product

import pytest

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel import Proof, replay
from symattn.kernel.rules.definitions import whole
from symattn.kernel.rules.determinants import det
from symattn.kernel.syntax.formulas import Array, Equation
from symattn.kernel.syntax.sizes import constant_size, variable
from symattn.kernel.syntax.terms import entry, multiply, number
from tests.kernel.build import array, d, i, identity, k, letter, matrix, n, same, z
from tests.kernel.model import Model

A, B, Q = letter("A", n, n), letter("B", n, n), letter("Q", n, z)
D, E = letter("D", z, z), letter("E", k, k)
THEOREMS = {
    "product": rules.det_of_product([], whole(A), whole(B)),
    "product with the identity": rules.det_of_product([], whole(A), array(identity(n))),
    "transpose": rules.det_of_transpose([], whole(A)),
    "transpose of a product": rules.det_of_transpose([], array(matrix(A) @ matrix(B))),
    "blocks": rules.det_of_blocks([], whole(A), whole(Q), whole(D)),
    "blocks, the other empty": rules.det_of_blocks([], whole(D), array(matrix(Q).T), whole(A)),
    "empty product": rules.det_of_product([], whole(D), whole(D)),
}


@pytest.mark.parametrize("theorem", THEOREMS.values(), ids=THEOREMS)
@pytest.mark.parametrize(("rows", "more"), list(product((1, 2, 3), (0, 1, 2))))
def test_it_is_true_of_numbers(theorem: Proof, rows: int, more: int) -> None:
    for seed in range(3):
        model = Model(seed, {"n": rows, "z": more})
        assert model.term(theorem.conclusion.left, {}) == model.term(theorem.conclusion.right, {})
    assert replay(theorem) == theorem


@pytest.mark.parametrize("theorem", THEOREMS.values(), ids=THEOREMS)
def test_it_says_more_than_the_normal_form(theorem: Proof) -> None:
    trivial = theorem in (THEOREMS["product with the identity"],)
    assert same(theorem.conclusion.left, theorem.conclusion.right) == trivial


def test_matrices_that_do_not_fit_are_refused() -> None:
    wide = letter("W", n, k)
    for rule, arrays in (
        (rules.det_of_product, (whole(A), whole(E))),
        (rules.det_of_product, (whole(wide), array(matrix(wide).T))),
        (rules.det_of_product, (whole(wide), whole(wide))),
        (rules.det_of_transpose, (whole(wide),)),
        (rules.det_of_blocks, (whole(A), array(matrix(Q).T), whole(D))),
        (rules.det_of_blocks, (whole(A), whole(Q), whole(E))),
        (rules.det_of_blocks, (whole(wide), whole(letter("F", n, d)), whole(letter("G", d, d)))),
        (rules.det_of_transpose, (Array((i,), number(1)),)),
    ):
        with pytest.raises(KernelError):
            rule([], *arrays)


def test_a_factor_may_not_depend_on_an_open_index() -> None:
    row = variable("r", n)
    open_array = Array((i, variable("j", n)), entry(A, row, variable("j", n)), (row,))
    for rule, arrays in (
        (rules.det_of_product, (open_array, whole(B))),
        (rules.det_of_transpose, (open_array,)),
        (rules.det_of_blocks, (open_array, whole(Q), whole(D))),
    ):
        with pytest.raises(KernelError, match="own indices only|is not bound"):
            rule([], *arrays)


def test_premises_are_refused() -> None:
    for rule, arrays in (
        (rules.det_of_product, (whole(A), whole(B))),
        (rules.det_of_transpose, (whole(A),)),
        (rules.det_of_blocks, (whole(A), whole(Q), whole(D))),
    ):
        with pytest.raises(KernelError):
            rule([rules.det_of_transpose([], whole(A))], *arrays)


def test_a_forged_product_is_refused() -> None:
    theorem = THEOREMS["product"]
    for left, right in (
        (theorem.conclusion.left, det(whole(A))),
        (det(whole(A)), det(whole(B))),
        (theorem.conclusion.left, multiply(number(2), theorem.conclusion.right)),
    ):
        with pytest.raises(KernelError):
            replay(Proof((), Equation((), left, right), "det_of_product", (), theorem.data))


def test_the_names_of_the_indices_of_an_array_do_not_matter() -> None:
    p, q = variable("p", n), variable("q", n)
    for names in ((p, q), (q, p), (variable("i", n), variable("j", n)), (variable("j", n), variable("i", n))):
        renamed = Array(names, entry(A, *names))
        said = rules.det_of_product([], renamed, whole(B)).conclusion
        assert same(said.left, THEOREMS["product"].conclusion.left)
        assert same(said.right, THEOREMS["product"].conclusion.right)


def test_small_sizes_agree_with_leibniz() -> None:
    two = constant_size(2)
    theorem = rules.det_of_transpose([], whole(letter("C", two, two)))
    assert same(theorem.conclusion.left, theorem.conclusion.right)
