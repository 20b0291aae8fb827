"""What low rank costs: which attention patterns a head of width k can make, and which words it can find.

Run it: python derivations/06_what_low_rank_costs.py [--tex FILE] [--png FILE] [--json] [--quiet]
"""

import symattn.views.chapter.interrupts  # isort: skip  # noqa: F401  (before what takes long to load)

import numpy as np
from sympy import ZZ, MatMul
from sympy.polys.matrices import DomainMatrix

from symattn import (
    Equal,
    T,
    calc,
    column,
    diag,
    hadamard,
    hstack,
    identity,
    log,
    logsumexp,
    matrix,
    ones,
    reciprocal,
    sizes,
    softmax,
    vstack,
    zeros,
)
from symattn.theory.rank import attention_rank, patterns
from symattn.views.chapter import Chapter

chapter = Chapter(6, "What low rank costs")

chapter.prose("""
Scores of a head of width k have rank at most k.  It is tempting to conclude that its attention has too.  It has not:
the weights are exponentials of the scores.  Take k = 1, queries 0, 1, 2, …, keys 0, 1, 2, … times log 2.  Word i
scores i j log 2 with word j, which is rank 1, and exp makes 2^(i j) of it.  Dividing rows by their sums changes no
rank, so the attention has an inverse whenever this determinant, Vandermonde's of the numbers 1, 2, 4, …, is not 0:
""")


def determinant(n: int) -> int:
    """The exact determinant of the n×n matrix 2^(i j)."""
    rows = [[ZZ(2 ** (i * j)) for j in range(n)] for i in range(n)]
    return int(DomainMatrix(rows, (n, n), ZZ).det())


chapter.table(
    ["words n", "rank of the scores", "determinant of 2^(i j)"],
    [[n_, min(n_ - 1, 1), determinant(n_)] for n_ in range(1, 7)],
)
chapter.prose("""
It never is.  Here is the proof for every number of words, in the simplest head of all, with Q = K = 1 and words of one
number each.  It goes from n words to n + 1: a new word far above the others scores so high with itself that nothing
the others add up to can make up for it.
""")
chapter.theorem(attention_rank.score_rank_not_attention_rank)
chapter.prose("So something else must be counted.  First, every pattern of positive weights comes from some scores:")

n, m = sizes("n", min=1), sizes("m", min=0)
P, L, one = matrix("P", n, n, positive=True), matrix("L", n, n), ones(n, 1)
sums = Equal(P @ one, one)
chapter.theorem(
    patterns.pattern_has_scores,
    calc(softmax(log(P)), given=sums)
    .eq(diag(reciprocal(P @ one)) @ P, by="exp undoes log, and softmax divides by the sums of rows")
    .eq(P, by=sums),
)
chapter.prose("""
Second, it comes from others too: softmax does not see a number that is added to a whole row.  That freedom is worth
one dimension.  Let C = I - ones(n, n)/n, which takes the mean off each row.  It leaves the pattern as it is,
""")
centre, c = identity(n) - ones(n, n) / n, column("c", n)
chapter.derivation(
    calc(softmax(L @ centre))
    .eq(softmax(L - MatMul(L @ one / n, one.T)), by="from each row its mean")
    .eq(softmax(L), by="which softmax does not see")
)
chapter.prose("and whatever is added to the rows it takes off again, so that L C can be read off the pattern:")
chapter.derivation(
    calc(log(softmax(L)) @ centre)
    .eq((L - logsumexp(L) @ one.T) @ centre, by="the logarithm of a softmax is the scores less one number a row")
    .eq(L @ centre, by="C takes one number a row off")
)
chapter.prose("""
So the scores of the head must be L C, up to what C takes off, and they have rank at most k.  When the words are
linearly independent, nothing else stands in the way:
""")
chapter.theorem(patterns.lowrank_bottleneck_exact)

chapter.prose("""
How large can the rank of L C be?  The columns of C sum to 0, so the last is minus the sum of the others: with n = m +
1 words it is at most m.  And m is reached, by the pattern of the scores L = I, where L C = C.  To see it, strike out
one row, and combine columns:
""")
chapter.theorem(patterns.lowrank_bottleneck_bound)
words = m + 1
keep, fill = hstack(identity(m), zeros(m, 1)), vstack(identity(m), -ones(1, m))
chapter.derivation(
    calc(MatMul(keep, identity(words) - ones(words, words) / words, fill))
    .eq(keep @ fill, by="the columns of the last factor sum to 0, so they have no mean to take off")
    .eq(identity(m), by="they are the identity above a row that is struck out")
)
chapter.prose("""
An identity of size m does not come out of a smaller rank.  So the exact width with which a head can make every
pattern of n independent words is n - 1, when no mask hides some from others.  The usual advice is n.  Under a mask, the
words that see some keys in common still need the rank of their block; in a causal text the later half all see the
earlier half.
""")
chapter.theorem(patterns.visible_block_bound)
chapter.prose("""
With less, something is lost.  Here are scores for six words, as the pattern of a head of width k comes near to it by
the k largest singular values of L C (not the best there is for the weights, but the nearest in the scores):
""")
SCORES = np.array([[(3 * i * i + 2 * i * j + 4 * j * j) % 7 for j in range(6)] for i in range(6)]) / 2


def weights(scores: np.ndarray) -> np.ndarray:
    """Softmax of each row."""
    raw = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raw / raw.sum(axis=1, keepdims=True)


left, values, right = np.linalg.svd(SCORES - SCORES.mean(axis=1, keepdims=True))
errors = [np.abs(weights(left[:, :k] * values[:k] @ right[:k]) - weights(SCORES)).max() for k in range(6)]
chapter.bars(
    errors,
    labels=[f"k = {k}" for k in range(6)],
    digits=2,
    caption="Largest error of a weight, by the width of the head",
)

chapter.prose("""
That is about the weights as numbers.  Often it matters only which word gets the most, and then two dimensions are
enough for everything.  Give key j a number p_j, all different, and let f_i be the number of the key that query i is
to find.  Queries (2 f, 1) and keys (p, -p²):
""")
p, f = matrix("p", n, 1), matrix("f", n, 1)
gap = f @ one.T - one @ p.T
chapter.theorem(
    patterns.hard_pattern_k2,
    calc(hstack(2 * f, one) @ T(hstack(p, -hadamard(p, p))))
    .eq(2 * f @ p.T - one @ T(hadamard(p, p)), by="a row of blocks times a column of blocks")
    .eq(hadamard(f, f) @ one.T - hadamard(gap, gap), by="2 f p - p² = f² - (p - f)²"),
)
chapter.prose("""
The score is f² less the square of the distance, so the key with p = f wins, whatever f is.  In width 1 it is not so:
the score is q_i times p_j, and only the largest and the smallest key can ever win.  Six words, with p = 1, …, 6:
""")
TARGETS, PLACES = np.array([3, 1, 6, 2, 5, 4]), np.arange(1, 7)
HARD = np.stack([2 * TARGETS, np.ones(6, dtype=int)], axis=1) @ np.stack([PLACES, -(PLACES**2)])


def starred(scores: list[int]) -> list[str]:
    """The scores of one query, the highest with a star."""
    return [f"{score} *" if score == max(scores) else str(score) for score in scores]


chapter.table(
    ["", *(f"p = {place}" for place in PLACES)],
    [[f"f = {target}", *starred(line)] for target, line in zip(TARGETS, HARD.tolist(), strict=True)],
    caption="Scores of rank 2; the star is where the query scores highest",
)
chapter.prose("""
The best key leads by 1 at least.  Softmax makes of that lead as much as one likes, by a larger scale τ.  The least
weight that a query gives to the word it is to find:
""")
chapter.table(
    ["scale τ", "least weight"],
    [[tau, f"{weights(tau * HARD)[np.arange(6), TARGETS - 1].min():.3f}"] for tau in (1, 2, 4, 8)],
)
chapter.heatmap(
    weights(2 * HARD),
    rows=[f"f = {target}" for target in TARGETS],
    columns=[f"p = {place}" for place in PLACES],
    caption="The weights at τ = 2",
)

chapter.question("""
A narrow head can find any word, then, if only its scores are large enough.  Why are weights made of exponentials, and
how large should scores be?
""")

if __name__ == "__main__":
    chapter.main()
