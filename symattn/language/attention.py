"""Attention, as expressions.  One head, written with rows as tokens: X n×d; Q, K d×k; V d×v; O v×d."""

from __future__ import annotations

from sympy import Expr, MatrixExpr

from symattn.language.nodes import softmax

__all__ = ["attention", "form", "head", "scores"]


def form(Q: MatrixExpr, K: MatrixExpr) -> MatrixExpr:
    """The bilinear form of a head, W = Q Kᵀ.

    Q, K    queries and keys

    Shapes    Q, K d×k gives d×d

    >>> d, k = sizes("d k")
    >>> prove(Rank(form(matrix("Q", d, k), matrix("K", d, k))) <= k).claim
    rank(Q Kᵀ) ≤ k
    """
    return Q @ K.T


def scores(X: MatrixExpr, Q: MatrixExpr, K: MatrixExpr, scale: Expr | int | None = None) -> MatrixExpr:
    """How much each token asks of each other one: S = τ X Q Kᵀ Xᵀ.

    X        the tokens, one a row
    Q, K     queries and keys
    scale    τ, a scalar such as 1/√k; by default 1

    Shapes    X n×d, Q and K d×k gives n×n

    >>> n, d, k = sizes("n d k")
    >>> X, Q, K = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k)
    >>> prove(Equal(T(scores(X, Q, K)), scores(X, K, Q))).over
    'any commutative ring'
    """
    product = X @ Q @ K.T @ X.T
    return product if scale is None else scale * product


def attention(
    X: MatrixExpr,
    Q: MatrixExpr,
    K: MatrixExpr,
    V: MatrixExpr,
    scale: Expr | int | None = None,
    *,
    mask: MatrixExpr | None = None,
) -> MatrixExpr:
    """What one head reads: Z = softmax(τ X Q Kᵀ Xᵀ) X V.

    X          the tokens, one a row
    Q, K, V    queries, keys and values
    scale      τ, a scalar such as 1/√k; by default 1
    mask       n×n, 1 where a token may look and 0 elsewhere, such as causal(n); by default all look at all

    Shapes    X n×d, Q and K d×k, V d×v gives n×v
    Assumes   n ≥ 1

    >>> n, d, k, v = sizes("n d k v")
    >>> X, Q, K, V = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k), matrix("V", d, v)
    >>> P = matrix("P", n, n, permutation=True)
    >>> prove(Equal(attention(P @ X, Q, K, V), P @ attention(X, Q, K, V))).over
    'the real numbers'
    """
    return softmax(scores(X, Q, K, scale), mask=mask) @ X @ V


def head(
    X: MatrixExpr,
    Q: MatrixExpr,
    K: MatrixExpr,
    V: MatrixExpr,
    O: MatrixExpr,
    scale: Expr | int | None = None,
    *,
    mask: MatrixExpr | None = None,
) -> MatrixExpr:
    """What one head adds to the tokens: softmax(τ X Q Kᵀ Xᵀ) X V O.

    X             the tokens, one a row
    Q, K, V, O    queries, keys, values and the output
    scale         τ, a scalar such as 1/√k; by default 1
    mask          n×n, as in attention

    Shapes    X n×d, Q and K d×k, V d×v, O v×d gives n×d
    Assumes   n ≥ 1

    >>> from sympy import sqrt
    >>> n, d, k, v = sizes("n d k v")
    >>> X, Q, K, V, O = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k), matrix("V", d, v), matrix("O", v, d)
    >>> head(X, Q, K, V, O, scale=1 / sqrt(k))
    softmax((1/sqrt(k)) X Q Kᵀ Xᵀ) X V O
    """
    return attention(X, Q, K, V, scale, mask=mask) @ O
