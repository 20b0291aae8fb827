"""What the functions of this folder compute, or mean to: scores, attention, masked attention, a layer of heads."""

from __future__ import annotations

from sympy import sqrt

from symattn.language import concat_heads, family, index, inverse, matrix, scalar, scores, sizes, softmax

n, m, d, k, v, H = sizes("n m d k v H")
X, Q, K, V = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k), matrix("V", d, v)
q, keys, values = matrix("q", n, k), matrix("k", m, k), matrix("v", m, v)
even_values = matrix("v", m, k)
M = matrix("M", n, m, mask=True)
Qs, Ks, Vs = family("Q", H, d, k), family("K", H, d, k), family("V", H, d, v)
h = index("h", H)

SCORES = scores(X, Q, K)
HEAD = softmax(scores(X, Q, K), scale=1 / sqrt(k)) @ X @ V
ATTENTION = softmax(q @ keys.T, scale=1 / sqrt(k)) @ values
EVEN = softmax(q @ keys.T, scale=1 / sqrt(k)) @ even_values
MASKED = softmax(q @ keys.T, scale=1 / sqrt(k), mask=M) @ values
LAYER = concat_heads(softmax(scores(X, Qs[h], Ks[h]), scale=1 / sqrt(k)) @ X @ Vs[h], h)

S, t = matrix("S", n, m), scalar("t")
W, Y = matrix("W", n, n, invertible=True), matrix("Y", n, n, symmetric=True)
O, P = matrix("O", n, n, orthogonal=True), matrix("P", n, n, positive=True)

SUBJECTS = {
    "scores": SCORES,
    "head": HEAD,
    "attention": ATTENTION,
    "even": EVEN,
    "masked": MASKED,
    "layer": LAYER,
    "scaled": t * X,
    "tempered": softmax(t * S),
    "mixed": softmax(S) @ values,
    "inverse": inverse(W),
    "solved": inverse(W) @ X,
    "turned": O @ X,
    "symmetric": Y @ X,
    "positive": P @ X,
}
