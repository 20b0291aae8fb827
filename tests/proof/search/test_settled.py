"""What the parts of the search settle together: forms for all x, determinants of inverses, bounds times squares."""

from __future__ import annotations

import pytest

import symattn as sa

SETTLED = [
    ("x:n*1 A:n*n |- Iff(ForAll(x, x'@A@x == 0), A == -A')", (), "proved"),
    ("x:n*1 A:n*n |- Implies(ForAll(x, x'@A@x == 0), A == 0)", (), "refuted"),
    ("x:n*1 A:n*n B:n*n |- Implies(ForAll(x, x'@A@x == x'@B@x), A + A' == B + B')", (), "proved"),
    ("x:n*1 A:n*n B:n*n |- Implies(ForAll(x, x'@A@x == x'@B@x), A == B)", (), "refuted"),
    (
        "A:m*n B:n*p c:scalar x:n*1 |- normsquared(A@B) <= c*normsquared(B)",
        ("ForAll(x, normsquared(A@x) <= c*normsquared(x))",),
        "proved",
    ),
    ("A:n*n B:n*n |- Implies(PSD(A) and PSD(B), PSD(A@B))", (), "refuted"),
    ("A:n*n |- det(inv(A)) == 1/det(A) and det(A) != 0", (), "proved"),
    ("A:n*n |- det(A) != 0", (), "refuted"),
    ("A:n*n |- det(inv(A)) == det(A)", (), "refuted"),
    ("x:1*d k:1*d b:scalar |- norm(x - b*(x@k')*k) <= norm(x)", ("k@k' == 1", "0 <= b", "b <= 2"), "proved"),
    ("x:1*d k:1*d b:scalar |- norm(x - b*(x@k')*k) <= norm(x)", ("k@k' == 1", "0 <= b", "b <= 3"), "refuted"),
    ("a:scalar b:scalar x:1*n y:1*n |- a*b*(x@y')^2 >= 0", ("a >= 0", "b >= 0"), "proved"),
    ("a:scalar b:scalar x:1*n y:1*n |- a*b*(x@y') >= 0", ("a >= 0", "b >= 0"), "refuted"),
    ("x:1*n |- -sum(softmax(x)∘log(softmax(x))) <= log(n)", (), "proved"),
    ("n>=2 x:1*n |- -sum(softmax(x)∘log(softmax(x))) <= log(n)/2", (), "refuted"),
    ("Q[H]:d*k K[H]:d*k h<H |- Rank(sum_heads(Q[h]@K[h]', h)) <= H*k", (), "proved"),
    ("H>=2 d>=4 Q[H]:d*k K[H]:d*k h<H |- Rank(sum_heads(Q[h]@K[h]', h)) <= k", (), "refuted"),
    (
        "X:m*n w:n*1 y:m*1 |- Gradient(sum(log(exp(-y*(X@w)) + 1)), w) == -X'@(y*exp(-y*(X@w))/(exp(-y*(X@w)) + 1))",
        (),
        "proved",
    ),
    ("X:m*n w:n*1 y:m*1 |- Gradient(sum(log(exp(-y*(X@w)) + 1)), w) == -X'@(y/(exp(-y*(X@w)) + 1))", (), "refuted"),
    ("x:1*n W:n*m w:m*1 |- Hessian(tanh(x@W)@w, x) == W@diag(-2*w'*tanh(x@W)*(1 - tanh(x@W)**2))@W'", (), "proved"),
    ("x:1*n W:n*m w:m*1 |- Hessian(tanh(x@W)@w, x) == W@diag(-2*w'*tanh(x@W))@W'", (), "refuted"),
]


@pytest.mark.parametrize(("text", "given", "status"), SETTLED)
def test_it_is_settled(text: str, given: tuple[str, ...], status: str) -> None:
    assert sa.decide(text, given=list(given), timeout=60).status == status
