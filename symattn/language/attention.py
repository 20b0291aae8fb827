"""Attention, as expressions.  One head, written with rows as tokens: X n×d; Q, K d×k; V d×v; O v×d."""

from __future__ import annotations

from typing import Any

from symattn.language.nodes import softmax

__all__ = ["attention", "form", "head", "scores"]


def form(Q: Any, K: Any) -> Any:
    """The bilinear form of a head, W = Q Kᵀ.

    Shapes    Q, K d×k gives d×d
    """
    return Q @ K.T


def scores(X: Any, Q: Any, K: Any, scale: Any = None) -> Any:
    """How much each token asks of each other one: S = τ X Q Kᵀ Xᵀ, with τ = `scale`, 1 when absent.

    Shapes    X n×d, Q and K d×k gives n×n
    """
    product = X @ Q @ K.T @ X.T
    return product if scale is None else scale * product


def attention(X: Any, Q: Any, K: Any, V: Any, scale: Any = None) -> Any:
    """What one head reads: Z = softmax(τ X Q Kᵀ Xᵀ) X V.

    Shapes    X n×d, Q and K d×k, V d×v gives n×v
    Assumes   n ≥ 1
    """
    return softmax(scores(X, Q, K, scale)) @ X @ V


def head(X: Any, Q: Any, K: Any, V: Any, O: Any, scale: Any = None) -> Any:
    """What one head adds to the tokens: softmax(τ X Q Kᵀ Xᵀ) X V O.

    Shapes    X n×d, Q and K d×k, V d×v, O v×d gives n×d
    Assumes   n ≥ 1
    """
    return attention(X, Q, K, V, scale) @ O
