"""Attention of queries, keys and values that are made already, under the name that torch has for it."""

from __future__ import annotations

from typing import Any

from sympy import Expr, MatrixExpr, OneMatrix, Transpose, sqrt

from symattn.errors import LanguageError, layout
from symattn.language.entrywise import Hadamard
from symattn.language.matrices import T
from symattn.language.nodes import Before, softmax
from symattn.language.printing.text import text
from symattn.language.spellings.order import causal
from symattn.language.trees.base import as_matrix

__all__ = ["scaled_dot_product_attention"]


def scaled_dot_product_attention(
    Q: MatrixExpr,
    K: MatrixExpr,
    V: MatrixExpr,
    *,
    attn_mask: MatrixExpr | None = None,
    is_causal: bool = False,
    scale: Expr | int | None = None,
) -> MatrixExpr:
    """What one head reads with queries, keys and values that are made already: softmax(τ Q Kᵀ) V.

    Q, K, V      queries, keys and values, one a row
    attn_mask    n×m: where a query may look, such as causal(n) or a letter declared a mask; any other matrix is added
                 to the scores
    is_causal    query i looks at the keys j ≤ i, whatever their number
    scale        τ; by default 1/√k

    Shapes    Q n×k, K m×k, V m×v gives n×v
    Assumes   m ≥ 1; a query that sees nothing reads 0, where torch gives nan
    Source    the documentation of torch.nn.functional.scaled_dot_product_attention

    >>> n, k, v = sizes("n k v")
    >>> Q, K, V = matrix("Q", n, k), matrix("K", n, k), matrix("V", n, v)
    >>> sa.scaled_dot_product_attention(Q, K, V, is_causal=True)
    softmax((1/sqrt(k)) Q Kᵀ, mask=causal(n)) V

    Raises    LanguageError for a mask and is_causal together, and what is no matrix
    """
    Q, K, V = (as_matrix(part, "scaled_dot_product_attention") for part in (Q, K, V))
    if is_causal and attn_mask is not None:
        pairs = [("attn_mask", text(attn_mask)), ("is_causal", "True")]
        raise LanguageError(layout("torch takes a mask or is_causal, not both", pairs, "hadamard(mask, causal(n))"))
    asked = (1 / sqrt(Q.shape[1]) if scale is None else scale) * Q @ K.T
    mask = causal(Q.shape[0], K.shape[0], "upper-left") if is_causal else attn_mask
    if mask is None or is_causal or _is_mask(mask):
        return softmax(asked, mask=mask) @ V
    return softmax(asked + mask) @ V


def _is_mask(matrix: Any) -> bool:
    """Whether all entries are seen to be 0 or 1, as those of tril(ones(n, n)) and of a transposed mask are."""
    if isinstance(matrix, Hadamard):
        return all(isinstance(part, OneMatrix) or _is_mask(part) for part in matrix.args)
    if isinstance(matrix, T | Transpose):
        return _is_mask(matrix.args[0])
    return isinstance(matrix, Before) or bool(getattr(matrix, "facts", frozenset()) & {"mask", "permutation"})
