"""A head stores two thin factors of its form: what low rank is, what it saves, and when it saves nothing.

Run it: python derivations/04_a_head_has_low_rank.py [--tex FILE] [--png FILE] [--json] [--quiet]
"""

import symattn.views.chapter.interrupts  # isort: skip  # noqa: F401  (before what takes long to load)

import numpy as np
from sympy import MatAdd, MatMul

from symattn import T, calc, hstack, identity, matrix, scores, sizes, vstack, zeros
from symattn.numeric.bounds.balls import Ball
from symattn.numeric.linear_algebra.spectra import singular_values
from symattn.theory.rank import costs, determinants, low_rank
from symattn.views.chapter import Chapter

chapter = Chapter(4, "A head has low rank")

chapter.prose("""
Words in a large model have d = 4096 numbers or more, and a form W would have d² of them, for every head.  Attention
keeps Q and K instead, d×k each, with k = 128 or so.  The scores of n words are computed without ever writing W down:
each word is first made into a query and a key of k numbers, and only these meet.
""")

n, d, k, r = sizes("n d k r", min=0)
X, Q, K, W = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k), matrix("W", d, d)
chapter.derivation(
    calc(scores(X, Q, K)).eq(MatMul(X @ Q, T(X @ K)), by="n×d·d×k, then n×k·k×n: all goes through k numbers")
)

chapter.prose("""
The rank of a matrix is the least width through which it can be sent like this: A has rank at most k when A = B C with
k columns in B.  The columns of A are then mixtures of k columns, whatever its size.  So a head of width k has a form,
and scores, of rank at most k.
""")
chapter.theorem(low_rank.rank_bound)
chapter.prose("And rank is the only thing that is lost: every form of rank at most k is some head of width k.")
chapter.theorem(low_rank.rank_factorization_exists)
chapter.prose("""
From k = d on nothing at all is lost.  Here are factors of any W, with r columns to spare:
""")
chapter.theorem(
    low_rank.rank_factorization_wide,
    calc(hstack(W, zeros(d, r)) @ T(hstack(identity(d), zeros(d, r))))
    .eq(hstack(W, zeros(d, r)) @ vstack(identity(d), zeros(r, d)), by="transpose turns a row of blocks into a column")
    .eq(MatAdd(MatMul(W, identity(d)), MatMul(zeros(d, r), zeros(r, d))), by="a row of blocks times a column of blocks")
    .eq(W, by="W times the identity is W, and 0 times 0 is 0"),
)
chapter.prose("""
Two things that one can test on a model.  The scores of any text have rank at most k, however long it is, and tokens
exist that attain it; and every square piece of W, or of the scores, with more than k rows has determinant 0.
""")
chapter.theorem(low_rank.score_matrix_rank)
chapter.theorem(determinants.minors_are_zero)
chapter.prose("""
The pieces with k rows are products of two determinants, and the whole spectrum of W is, but for zeros, that of the
k×k matrix Kᵀ Q:
""")
chapter.theorem(determinants.minors_factor)
chapter.theorem(determinants.charpoly_swap)
chapter.prose("""
What holds of the pieces follows from one formula.  A piece of any size is a larger determinant, in which the factors
stand apart:
""")
chapter.theorem(determinants.minors_cauchy_binet)

TOKENS = np.array([[pow(i + 2, j + 1, 7) - 3 for j in range(6)] for i in range(8)])
FULL = np.array([[pow(i + 2, j + 2, 11) - 5 for j in range(6)] for i in range(6)])
HEAD = FULL[:, :2] @ FULL[:, 3:5].T
WIDTH = 2


def spectrum(S: np.ndarray) -> list[float]:
    """The singular values, with those that are 0 within the error bound of their computation set to 0."""
    values, errors = singular_values(Ball(S.astype(float), np.zeros(S.shape)))
    return [0.0 if value <= error else float(value) for value, error in zip(values, errors, strict=True)]


chapter.prose(f"""
Rank can be seen in the singular values, of which as many are above 0 as the rank says.  Eight words of six whole
numbers, scored by some 6×6 form, and by a head of width {WIDTH} for the same words:
""")
for scored, width, title in ((FULL, 6, "some 6×6 form"), (HEAD, WIDTH, f"a head of width {WIDTH}")):
    chapter.bars(
        spectrum(TOKENS @ scored @ TOKENS.T),
        labels=[str(i + 1) for i in range(8)],
        caption=f"Singular values of the scores by {title}",
        cut=width,
    )
chapter.prose("The form stops at d = 6 and the head at k = 2; behind that every value is 0 within its own error bound.")

chapter.prose("""
What is saved?  First the numbers to store: 2 d k of them against d², which are fewer exactly when 2 k < d.  At k =
d/2 nothing is saved, and H heads of width d/H save only from H = 3 on.  The two factors have k² numbers that change
nothing (next chapter); without them the count is 2 d k - k², and that is never more than d²:
""")
d1, k1, n1 = sizes("d k n", min=1)
chapter.theorem(
    costs.param_breakeven,
    calc(d1**2 - (2 * d1 * k1 - k1**2)).eq((d1 - k1) ** 2, by="which is a square, so never below 0"),
)
chapter.prose("""
Second, multiplications.  Through W the scores take n d² for X W and n² d for the product with Xᵀ; through Q and K
they take n d k twice and n² k.  The difference, sorted in two ways:
""")
full, factored = n1 * d1**2 + n1**2 * d1, 2 * n1 * d1 * k1 + n1**2 * k1
chapter.theorem(
    costs.flop_breakeven,
    calc(full - factored)
    .eq(n1 * (d1 * (d1 + n1) - k1 * (2 * d1 + n1)), by="n is common to all; then by k")
    .eq(n1 * (n1 * (d1 - k1) - d1 * (2 * k1 - d1)), by="the same by n"),
)
chapter.prose("""
The last line says it all: for 2 k ≤ d factors always win, for k ≥ d never, and between the two they win for texts
with n > d (2 k - d)/(d - k).  For d = 64:
""")


def cheaper(width: int, words: int, d: int = 64) -> str:
    """How many multiplications factors need for each one that the form needs."""
    ratio = (2 * words * d * width + words**2 * width) / (words * d**2 + words**2 * d)
    return f"{ratio:.2f}" + (" saved" if ratio < 1 else " no gain" if ratio == 1 else " lost")


chapter.table(
    ["k", "numbers of Q, K", "of W", "without the idle ones", "n = 16", "n = 128", "n = 1024"],
    [
        [width, 2 * 64 * width, 64**2, min(2 * 64 * width - width**2, 64**2) if width <= 64 else 64**2]
        + [cheaper(width, words) for words in (16, 128, 1024)]
        for width in (8, 16, 32, 48, 64)
    ],
)

chapter.question("""
A head stores 2 d k numbers, but k² of them were said to change nothing.  Which?  When do two pairs of factors make
one and the same form?
""")

if __name__ == "__main__":
    chapter.main()
