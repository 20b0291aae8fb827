"""One form, many factors: what of Q and K no score can show, and how many parameters are left.

Run it: python derivations/05_one_form_has_many_factors.py [--tex FILE] [--png FILE] [--json] [--quiet]
"""

import symattn.views.chapter.interrupts  # isort: skip  # noqa: F401  (before what takes long to load)

import numpy as np
from sympy import QQ, MatAdd, MatMul, Rational
from sympy.polys.matrices import DomainMatrix

from symattn import Equal, T, calc, identity, inner, inverse, matrix, normsquared, sizes, trace, zeros
from symattn.theory.rank import approximations, gauge, operator_norm, projections, singular_values
from symattn.views.chapter import Chapter

chapter = Chapter(5, "One form has many factors")

chapter.prose("""
Scores see Q and K only as the product Q Kᵀ.  So mix the k columns of Q by any invertible k×k matrix C, and undo it in
K: no score, no weight, no output changes.  Such a change is called a gauge.  Values and outputs have one of their
own.
""")

d, k = sizes("d k", min=0)
Q, K = matrix("Q", d, k), matrix("K", d, k)
C = matrix("C", k, k, invertible=True)
chapter.theorem(
    gauge.gauge_invariance,
    calc(MatMul(Q @ C, T(K @ T(inverse(C)))))
    .eq(MatMul(Q, C, inverse(C), K.T), by="transpose reverses a product; twice does nothing")
    .eq(Q @ K.T, by="C and its inverse cancel"),
)
chapter.prose("""
A single column of Q, or one entry of it, therefore means nothing by itself: another gauge has another one, and the
head is the same.  What means something is W, and what can be computed from it.

Is the gauge all that is hidden?  Yes, when W has rank k, the most it can.  That Q has independent columns is said by
a matrix L with L Q = I, and so on for the others.  From Q Kᵀ = Q' K'ᵀ the new queries are mixtures of the old:
""")

L, M, Q1, K1 = matrix("L", k, d), matrix("M", k, d), matrix("Q'", d, k), matrix("K'", d, k)
L1, M1 = matrix("L'", k, d), matrix("M'", k, d)
one_form, M1_K1, L1_Q1 = Equal(Q @ K.T, Q1 @ K1.T), Equal(M1 @ K1, identity(k)), Equal(L1 @ Q1, identity(k))
chapter.derivation(
    calc(Q1, given=(one_form, M1_K1))
    .eq(MatMul(Q1, T(M1 @ K1)), by=M1_K1)
    .eq(MatMul(Q1 @ K1.T, M1.T), by="transpose reverses a product; other brackets")
    .eq(MatMul(Q, K.T @ M1.T), by=one_form)
)
chapter.derivation(
    calc(K1, given=(one_form, L1_Q1))
    .eq(MatMul(K1, T(L1 @ Q1)), by=L1_Q1)
    .eq(MatMul(T(Q1 @ K1.T), L1.T), by="transpose reverses a product; other brackets")
    .eq(MatMul(K, T(L1 @ Q)), by=one_form)
)
chapter.theorem(gauge.gauge_uniqueness)
chapter.prose("""
With a W of smaller rank more is hidden, and it is a mistake to say that Q and K are always unique up to a gauge.
Already Q = 0 makes W = 0 with every K whatever.
""")
chapter.theorem(gauge.gauge_uniqueness_false)

chapter.prose("""
How many numbers does a head really have?  Move Q by dQ and K by dK, both small: to first order W moves by dQ Kᵀ + Q
dKᵀ.  It stands still along the gauge, dQ = Q A and dK = -K Aᵀ, for any k×k matrix A:
""")
A = matrix("A", k, k)
chapter.derivation(
    calc((Q @ A) @ K.T + Q @ T(-K @ A.T))
    .eq(MatAdd(MatMul(Q, A, K.T), MatMul(-1, Q, A, K.T)), by="transpose reverses a product")
    .eq(zeros(d, d), by="the two cancel")
)
chapter.prose("And, at full column rank, along nothing else:")
chapter.theorem(gauge.gauge_differential)


def directions(d: int, k: int) -> int:
    """In how many directions W moves: the exact rank of (dQ, dK) ↦ dQ Kᵀ + Q dKᵀ at some Q, K of whole numbers."""
    Q = np.array([[(i + 1) ** j for j in range(k)] for i in range(d)])
    K = np.array([[(i + 2) ** j for j in range(k)] for i in range(d)])
    moves = []
    for place in np.ndindex(d, k):
        step = np.zeros((d, k), dtype=int)
        step[place] = 1
        moves += [(step @ K.T).ravel(), (Q @ step.T).ravel()]
    rows = [[QQ(int(number)) for number in move] for move in moves]
    return int(DomainMatrix(rows, (len(rows), d * d), QQ).rank())


chapter.prose("""
So of 2 d k numbers k² are idle, and 2 d k - k² count.  For k ≥ d all d² numbers of W are reached, and the rest is
idle.  Counted exactly, at one head for each pair of widths, as the rank of the map above:
""")
chapter.table(
    ["d", "k", "numbers in Q and K", "directions of W", "2 d k - k²", "d²"],
    [
        [d_, k_, 2 * d_ * k_, directions(d_, k_), 2 * d_ * k_ - k_**2 if k_ <= d_ else "", d_**2]
        for d_ in (2, 3, 4)
        for k_ in (1, 2, 3, 4)
    ],
)

chapter.prose("""
Training sees the gauge after all when it punishes large numbers.  Weight decay adds ½ (‖Q‖² + ‖K‖²) to the loss, half
the squares of all entries, and that changes along the gauge though W does not.  How small can it get?  Take any R
with orthonormal columns and rows (R Rᵀ = I), and look at a square:
""")
R = matrix("R", d, d, orthogonal=True)
chapter.theorem(
    gauge.balanced_gauge,
    calc(normsquared(R.T @ Q - K))
    .eq(normsquared(R.T @ Q) - 2 * inner(R.T @ Q, K) + normsquared(K), by="multiplied out")
    .eq(normsquared(Q) + normsquared(K) - 2 * trace(R.T @ Q @ K.T), by="R keeps lengths; Σ A_ij B_ij is a trace"),
)
chapter.prose("""
A square is never below 0, so ½ (‖Q‖² + ‖K‖²) is at least tr(Rᵀ W), for every R.  The largest of these traces is the
sum of the singular values of W, the nuclear norm.  Write the form as U diag(s)² Vᵀ, with orthonormal columns in U and
V.  Then the norms are at least 2 Σ s², and they are that exactly when Qᵀ Q = Kᵀ K: queries and keys are balanced.
""")
chapter.theorem(singular_values.nuclear_norm_bound)
chapter.theorem(singular_values.balanced_iff_least)
chapter.prose("""
So decay on Q and K is a pull on the singular values of W, one that makes some of them 0: it favours low rank.  What is
lost when they are made 0?  No head of width k can lose less than the squares of all but the k largest:
""")
chapter.theorem(approximations.eckart_young_frobenius)
chapter.theorem(approximations.eckart_young_attained)
chapter.prose("""
The reason is that a factor Q of k columns leaves d - k dimensions unseen.  What it sees is what an orthogonal
projection keeps, one that is built column by column, as Gram and Schmidt did:
""")
chapter.theorem(projections.projection_exists)
chapter.prose("""
That adds up what is lost over all pairs of one-hot rows.  One may also ask for the row of length 1 that loses most.  It
loses at least the next singular value, in every head of width k, and in the best heads no more; but of those there are
many.
""")
chapter.theorem(operator_norm.mirsky_operator)
chapter.theorem(approximations.mirsky_attained)
chapter.prose("""
For k = 1 the gauge is one number g.  With Q = (8, 0) and K = (0, 2) the one singular value of W is 16:
""")
GAUGES = [Rational(1, 8), Rational(1, 4), Rational(1, 2), Rational(1), Rational(2)]
decay = [(64 * g**2 + 4 / g**2) / 2 for g in GAUGES]
chapter.table(
    ["g", "Q g", "K / g", "½ (‖Q g‖² + ‖K / g‖²)"],
    [[g, f"({8 * g}, 0)", f"(0, {2 / g})", f"{float(value):.1f}"] for g, value in zip(GAUGES, decay, strict=True)],
)
chapter.bars(
    [float(value) for value in decay],
    labels=[f"g = {g}" for g in GAUGES],
    caption="Weight decay along the gauge; the least is the nuclear norm, 16",
)

chapter.question("""
A head is a form of rank k, and has 2 d k - k² numbers to say it with.  What can it then not do?  Which patterns of
attention are out of reach?
""")

if __name__ == "__main__":
    chapter.main()
