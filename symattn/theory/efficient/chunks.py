"""Causal linear attention, chunk by chunk: within a chunk by its scores, and before it by one k×v matrix.

    Q, R    a×k, b×k    queries of a chunk and of the next one
    F, G    a×k, b×k    features of their keys
    U, V    a×v, b×v    their values

Main results
    chunkwise_linear_attention   what the next chunk reads of the one before is R (Fᵀ U), whatever its length
"""

from __future__ import annotations

from symattn.language import Equal, T, causal, hadamard, matrix, sizes, vstack
from symattn.proof import theorem

a, b = sizes("a b", min=1)
k, v = sizes("k v", min=0)
Q, R = matrix("Q", a, k), matrix("R", b, k)
F, G = matrix("F", a, k), matrix("G", b, k)
U, V = matrix("U", a, v), matrix("V", b, v)
read = hadamard(Q @ F.T, causal(a)) @ U
then = R @ (F.T @ U) + hadamard(R @ G.T, causal(b)) @ V


@theorem(
    section="7.19",
    says=Equal(hadamard(vstack(Q, R) @ T(vstack(F, G)), causal(a + b)) @ vstack(U, V), vstack(read, then)),
    source="Yang et al.: Gated Linear Attention Transformers with Hardware-Efficient Training, 2024",
    sketch="causal(a + b) is [[causal(a), 0], [1, causal(b)]], and under its ones (R Fᵀ) U is R (Fᵀ U).",
)
def chunkwise_linear_attention():
    """Causal linear attention over two chunks: the second reads itself by its scores, and the first by Fᵀ U alone."""
    ...
