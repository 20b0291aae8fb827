"""The letters that every chapter uses, with the same meaning everywhere.

n, d, k, v   tokens, width of a token, width of a head's queries and keys, of its values
X            n×d   tokens, one a row
x, y         1×d   two tokens
Q, K         d×k   queries and keys
V, O         d×v, v×d   values and output
W            d×d   the form of a score, Q Kᵀ
tau          the scale of the scores
"""

from symattn.language import matrix, row, scalar, sizes

n, d, k, v = sizes("n d k v", min=1)
X = matrix("X", n, d)
x, y = row("x", d), row("y", d)
Q, K = matrix("Q", d, k), matrix("K", d, k)
V, O = matrix("V", d, v), matrix("O", v, d)
W = matrix("W", d, d)
tau = scalar("tau", positive=True)
