"""Formulas: what the notation changes, and how that which would be too wide is written instead."""

from __future__ import annotations

import pytest

import symattn as sa
from symattn.views.paper.formula_tex import Formulas
from symattn.views.paper.notation import parse

n, d, k, H, G = sa.sizes("n d k H G", min=1)
X, Q, K, W = sa.matrix("X", n, d), sa.matrix("Q", d, k), sa.matrix("K", d, k), sa.matrix("W", d, d)
P, L = sa.matrix("Pi", n, n, permutation=True), sa.matrix("K'", d, k)
x, y = sa.row("x", d), sa.row("y", d)
tau = sa.scalar("tau", positive=True)
M = sa.matrix("M", d, d, invertible=True)
F, h, g, r = sa.family("K'", G * H, d, k), sa.index("h", G * H), sa.index("g", G), sa.index("r", H)
A, B, C, D = (sa.matrix(name, n, n) for name in "ABCD")


def tex(expr: object, notation: str = "", room: float = 345) -> str:
    return Formulas(parse(notation), room).plain(expr)


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("", r"X Q K^{\top}"),
        ("transpose=T", "X Q K^{T}"),
        ("transpose=sans", r"X Q K^{\mathsf{T}}"),
        ("bold", r"\mathbf{X} \mathbf{Q} \mathbf{K}^{\top}"),
        ("Q=W_Q,K=W_K", r"X W_{Q} W_{K}^{\top}"),
        ("Q=W^Q,K=W^K", r"X W^{Q} {W^{K}}^{\top}"),
        ("bold,Q=W_Q,K=W^K", r"\mathbf{X} \mathbf{W}_{Q} {\mathbf{W}^{K}}^{\top}"),
    ],
)
def test_letters_and_transposes_are_written_as_asked(notation: str, expected: str) -> None:
    assert tex(X @ Q @ K.T, notation) == expected


@pytest.mark.parametrize(
    ("expr", "notation", "expected"),
    [
        (tau * X, "scale=1/sqrt(k)", r"\frac{1}{\sqrt{k}} X"),
        (tau**2 * X, "scale=1/sqrt(k),k=d_k", r"\Bigl(\frac{1}{\sqrt{d_{k}}}\Bigr)^{2} X"),
        (P @ X, "bold", r"\boldsymbol{\Pi} \mathbf{X}"),
        (F[sa.group(g, r)].T, "", r"{K'_{(g,r)}}^{\top}"),
        (L.T, "", r"K'^{\top}"),
        (sa.total(x @ W @ y.T), "", r"x W y^{\top}"),
        (sa.total(x @ W @ y.T) ** 2, "", r"(x W y^{\top})^{2}"),
        (sa.total(x @ x.T) * sa.total(y @ y.T), "", r"(x x^{\top}) (y y^{\top})"),
        (sa.total(W), "", r"\operatorname{total}(W)"),
        (sa.normsquared(W), "", r"\lVert W\rVert^{2}"),
        (sa.normsquared(W) ** 2, "", r"\lVert W\rVert^{4}"),
        (sa.inner(W, Q @ K.T), "", r"\langle W, Q K^{\top}\rangle"),
        (sa.inverse(M).T @ M.T, "", r"M^{-\top} M^{\top}"),
        (sa.T(sa.T(X)), "", r"(X^{\top})^{\top}"),
        (sa.ones(n, 1) @ sa.ones(1, d), "transpose=T", r"\mathbf{1}_{n} \mathbf{1}_{d}^{T}"),
        (sa.ones(n, d), "", r"\mathbf{1}_{n \times d}"),
        (sa.ones(1, n).T @ sa.matrix("dQ", n, d), "bold", r"\mathbf{1}_{n} \mathrm{d}\mathbf{Q}"),
        (sa.softmax(sa.vstack(A, B)), "", r"\operatorname{softmax}\biggl(\begin{bmatrix} A \\ B \end{bmatrix}\biggr)"),
        (sa.sum_heads(F[h], h).T, "", r"\Bigl(\sum_{h} K'_{h}\Bigr)^{\top}"),
        (sa.vstack(sa.hstack(A, B), sa.hstack(C, D)), "", r"\begin{bmatrix} A & B \\ C & D \end{bmatrix}"),
        (sa.vstack(A, sa.vstack(B, C)), "", r"\begin{bmatrix} A \\ B \\ C \end{bmatrix}"),
        (sa.Not(sa.Equal(A, B)), "", r"A \ne B"),
        (sa.Exists(A, sa.Equal(A, B), (B,)), "", r"\exists A : A = B \text{ with } A \mathrel{:=} B"),
    ],
)
def test_an_expression_is_set_as_in_a_paper(expr: object, notation: str, expected: str) -> None:
    assert tex(expr, notation) == expected


def test_a_wide_derivative_is_an_operator_before_what_it_is_of() -> None:
    loss = sa.total(sa.softmax(sa.scores(X, Q, K)))
    assert tex(sa.Gradient(loss, Q), room=345).startswith(r"\frac{\partial}{\partial Q} ")
    assert tex(sa.Gradient(sa.total(Q), Q)).startswith(r"\frac{\partial \operatorname{total}(Q)}{\partial Q}")


def test_a_wide_stack_is_a_function_that_can_be_broken() -> None:
    wide = sa.hstack(*[A @ B @ C @ D] * 8)
    assert tex(wide).startswith(r"\operatorname{hstack}(")
