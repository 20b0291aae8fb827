"""The letters of the tests that print, read and measure expressions: those of the literature, at sizes of their own."""

from __future__ import annotations

from symattn.language import bilinear, family, index, matrix, row, scalar, sizes

n = sizes("n", min=1)
d, k, H = sizes("d k H", min=0)
X, Q, K, W = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k), matrix("W", d, d)
G = matrix("G", k, k, invertible=True)
t, s = scalar("t", positive=True), scalar("s")
x, y = row("x", d), row("y", d)
F, h, g, r = family("F", 6, d, k), index("h", 6), index("g", 2), index("r", 3)
B = bilinear("B", d)
