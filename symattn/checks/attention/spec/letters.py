"""The letters of the formulas, of one batch and one head.

Q, K, V    n×k, m×k, m×v    queries, keys, values        G    n×v    the gradient of the output
B          n×m              bias                         s    number  the logit of the sink
M          n×m              1 where a key is seen        R    n×m     1 in rows that see a key, for their mean
L          size             keys that lengths leave      u    number  the slope of ALiBi
g, h       1×k              gains of the norms of queries and keys
C, D       n×k              cos and sin of the turn of each query, one column for each of its own
E, F       m×k              those of the keys            J    k×k     which columns are turned into which
"""

from __future__ import annotations

from sympy import sqrt

from symattn.language import matrix, row, scalar, sizes

__all__ = [
    "ROOT",
    "B",
    "C",
    "D",
    "E",
    "F",
    "G",
    "J",
    "K",
    "L",
    "M",
    "Q",
    "R",
    "V",
    "g",
    "h",
    "k",
    "m",
    "n",
    "past",
    "sink",
    "slope",
    "v",
]

n, m, k, v = sizes("n m k v")
L, past = sizes("L", min=0), sizes("p", min=0)
Q, K, V = matrix("Q", n, k), matrix("K", m, k), matrix("V", m, v)
B, M, R = matrix("B", n, m), matrix("M", n, m, mask=True), matrix("R", n, m, mask=True)
G, sink, slope = matrix("G", n, v), scalar("s"), scalar("u")
g, h = row("g", k), row("h", k)
C, D, E, F = matrix("C", n, k), matrix("D", n, k), matrix("E", m, k), matrix("F", m, k)
J = matrix("J", k, k)

ROOT = 1 / sqrt(k)
