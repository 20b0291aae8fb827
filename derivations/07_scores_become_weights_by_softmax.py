"""From scores to weights: why softmax and no other map, how large scores should be, and what the weights keep of them.

Run it: python derivations/07_scores_become_weights_by_softmax.py [--tex FILE] [--png FILE] [--json] [--quiet]
"""

import symattn.views.chapter.interrupts  # isort: skip  # noqa: F401  (before what takes long to load)

from fractions import Fraction
from math import comb

import numpy as np
from mpmath import iv
from sympy import MatMul

from symattn import calc, exp, hstack, identity, inner, ones, row, scalar, sizes, softmax, total, vstack, zeros
from symattn.theory.softmax import (
    derivatives,
    dot_products,
    entropy,
    half_lipschitz,
    temperature,
    total_variation,
    weights,
)
from symattn.views.chapter import Chapter, rounded

chapter = Chapter(7, "Scores become weights by softmax")

chapter.prose("""
Scores have any sign, and a word reads a mean: it needs weights that are positive and sum to 1.  The first map that
comes to mind divides each score by their sum, the second divides squares, the third divides powers of a number such as
2.  Try them on the scores 1 and 2, on the same with 10 added to both, and on -1 and 1:
""")


MAPS = {"s over the sum": Fraction, "s² over the sum": lambda s: s * Fraction(s), "2^s": lambda s: Fraction(2) ** s}
rows = []
for scores in ((1, 2), (11, 12), (-1, 1)):
    made = [list(map(of, scores)) for of in MAPS.values()]
    rows.append([str(scores), *(", ".join(str(z / sum(zs)) for z in zs) if sum(zs) else "no sum" for zs in made)])
chapter.table(["scores", *MAPS], rows)
chapter.prose("""
The first can fail, the second takes -1 for 1, and both change when a number is added to all scores.  They should not.
The score of a query with a key is bilinear: if all keys move by one vector, all scores of that query move by one
number, and no word has become better than another.  Say then that a weight is φ(s_j) over the sum of all φ(s_l), for
some continuous function φ > 0, and that adding c to all scores changes nothing.  The ratio φ(s + c)/φ(s) is then the
same for every s, so φ(s + c) φ(0) = φ(s) φ(c): sums become products, and the only functions that do that are φ(s) =
φ(0) b^s.  The base b only sets the unit of scores; with b = e the map is called softmax.  Below, s and t are rows of n
scores, ones(1, n) is a row of ones, rowsum(A) is the column of the sums of the rows of A, and A ∘ B multiplies entry by
entry.
""")

n, m, k = sizes("n m k", min=1)
s, c, h, low, one = row("s", n), scalar("c"), scalar("h"), ones(1, m), identity(1)
chapter.theorem(
    weights.softmax_shift,
    calc(exp(s + c * ones(1, n)) / total(exp(s + c * ones(1, n))))
    .eq(exp(c) * exp(s) / (exp(c) * total(exp(s))), by="exp makes a product of a sum")
    .eq(softmax(s), by="exp(c) cancels"),
)
chapter.prose("""
So the shift is all that is lost, and weights can be read backwards.  The logarithm of a weight is its score less one
number that all scores of the row share, and in any combination z whose coefficients sum to 0 that number drops out.
Whoever sees weights softmax(S), row by row, knows all differences within the rows of S and none from row to row.
""")
chapter.theorem(weights.score_recovery)

chapter.prose("""
There is a second way to the same weights.  Let a reader choose weights q freely, and let it gain twice: the mean score,
and the entropy H(q), the sum of -q_j log q_j, which is large when the weights are spread out.  Together that makes
log Σ exp(s_j), less a divergence from softmax(s) that is 0 for softmax(s) itself and never below 0, as log x ≤ x - 1:
""")
chapter.theorem(weights.gibbs_variational)


def bits(shares: tuple[int, ...], scores: tuple[int, ...]) -> iv.mpf:
    """Mean score plus entropy, in units of log 2, of the weights that have these shares."""
    q = [iv.mpf(share) / sum(shares) for share in shares if share]
    return sum(p * (score - iv.log(p) / iv.log(2)) for p, score in zip(q, scores, strict=False))


CHOICES = {
    "best alone": (1, 0, 0),
    "two alike": (1, 1, 0),
    "all alike": (1, 1, 1),
    "softmax": (4, 2, 1),
    "bold": (6, 2, 1),
}
chapter.bars(
    [rounded(bits(q, (2, 1, 0))) for q in CHOICES.values()],
    labels=list(CHOICES),
    digits=3,
    caption="Scores 2, 1, 0 in units of log 2: mean score plus entropy of some weights",
)

chapter.prose("""
How large should scores be?  Multiply all by β > 0, which is called an inverse temperature.  Let b be the largest, let
the m others, a row a, be lower by a gap Δ or more, and divide every exponential by that of b:
""")
a, b, beta, gap = row("a", m), scalar("b"), scalar("beta", positive=True), scalar("Delta")
chapter.theorem(
    temperature.temperature_limit,
    calc(1 - total(MatMul(softmax(hstack(beta * a, beta * b * one)), vstack(zeros(m, 1), one))))
    .eq(total(exp(beta * a)) / (total(exp(beta * a)) + exp(beta * b)), by="what the others weigh")
    .eq(temperature.r / (1 + temperature.r), by="over exp(β b)"),
)
chapter.prose("""
With the others exactly at the gap this is m over m + e^(βΔ), and solving for β tells what scale a text of n = m + 1
words needs if the best is to have a weight of δ = 1 - ε: it grows like the logarithm of n.
""")
chapter.theorem(
    temperature.sharpness_iff,
    calc(1 - temperature.largest((b - gap) * low, b)).eq(m / (exp(beta * gap) + m), by="r = m exp(-βΔ)"),
)
LENGTHS, SCALES = (10, 100, 1000, 10**6), (1, 4, 8, 16, 24)
chapter.heatmap(
    np.array([[2**scale / (2**scale + words - 1) for scale in SCALES] for words in LENGTHS]),
    rows=[f"{words} words" for words in LENGTHS],
    columns=[f"β = {scale}" for scale in SCALES],
    caption="The weight of the best word, when the gap is Δ = log 2",
)
chapter.prose("""
Colder is not always nearer to one-hot, though it is often said.  Where k scores tie for the largest they share, however
cold it is, and none gets more than 1/k.
""")
chapter.theorem(
    temperature.tied_maxima_share,
    calc(temperature.shares).eq(1 / (k + temperature.r) * ones(1, k), by="over exp(β b), the sum of all is k + r"),
)

chapter.prose("""
What size do scores have before anything is learned?  Draw queries q[i] and keys κ[j], H and J of them, of k numbers
with mean 0, uncorrelated, with the variances a and b, and let every query meet every key.  Σ_i adds up over queries:
""")
chapter.theorem(dot_products.dot_variance)
chapter.prose("""
So scores grow with the square root of the width, and τ = 1/√k gives them the same size in every width.  That is often
said of any numbers with mean 0 and variance 1.  It needs queries and keys that know nothing of each other:
""")
chapter.theorem(dot_products.dot_with_itself)
chapter.prose("""
What does that mean for weights?  Take two keys, and all numbers +1 or -1 by the toss of a coin.  The scores differ by a
sum of 2 k signs, so that the mean of the larger weight is a finite sum:
""")
WIDTHS = (1, 4, 16, 64, 256)


def larger(k: int, tau: iv.mpf) -> iv.mpf:
    """The mean of the larger of two weights, when `ups` of the 2 k signs are +1."""
    terms = (comb(2 * k, ups) / (1 + iv.exp(-tau * abs(2 * ups - 2 * k))) for ups in range(2 * k + 1))
    return sum(terms) / iv.mpf(4) ** k


means = {f"k = {k_}{', scaled' * on}": larger(k_, 1 / iv.sqrt(k_**on)) for on in (0, 1) for k_ in WIDTHS}
chapter.bars(
    list(map(rounded, means.values())),
    labels=list(means),
    cut=len(WIDTHS),
    digits=3,
    caption="The larger of two weights before learning, without a scale and with it",
)
chapter.prose("""
Without the scale a wide head has made up its mind before it has seen a word.  And it hardly changes it.  The derivative
of the weights p is J = diag(p) - pᵀ p, where diag(p) has p on its diagonal and 0 elsewhere; along a direction v that is
the variance of v under the weights.  Where one weight is near 1, nothing moves.
""")
chapter.theorem(derivatives.softmax_jacobian)
chapter.theorem(derivatives.softmax_jacobian_variance)

chapter.prose("""
So much for one end.  At the other, scores that spread over no more than R leave the entropy H above log n - R: in a
long text, a head with bounded scores looks at everything.  One score b and m others, with r = e^R:
""")
chapter.theorem(weights.dispersion_bound)
chapter.theorem(
    entropy.entropy_bounds,
    calc(entropy.H).eq(entropy.lse(entropy.s) - inner(entropy.p, entropy.s), by="log p_j = s_j - log Σ exp(s_l)"),
)

chapter.prose("""
How far can weights move when scores do?  Let s_j - t_j, the change from t to s, differ by at most 2 h from one key to
another.  The weight of any set of keys, even of a part w of each, then moves by at most (e^h - 1) / (e^h + 1), which is
tanh(h/2), however many keys there are.  One key against m others attains it:
""")
chapter.theorem(
    total_variation.tv_tanh,
    calc(inner(total_variation.last, softmax(total_variation.ahead) - softmax(total_variation.behind)))
    .eq(exp(h) / (exp(h) + 1) - 1 / (exp(h) + 1), by="the last of m + 1 scores gains h, the others lose h")
    .eq((exp(h) - 1) / (exp(h) + 1), by="over one denominator"),
)
chapter.prose("It is false that weights move as far as scores.  Half as far is the law, also for the derivative J:")
chapter.theorem(half_lipschitz.softmax_half_lipschitz)

chapter.question("""
A row of weights is one mean: it finds one word, or blurs several.  "Bites" wants two, who bites and who is bitten, and
must not mix them up.  What can several heads do that one cannot?
""")

if __name__ == "__main__":
    chapter.main()
