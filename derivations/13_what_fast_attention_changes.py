"""Fast attention: what each method changes in softmax(Q Kᵀ) V, and which of them still compute the same.

Run it: python derivations/13_what_fast_attention_changes.py [--tex FILE] [--png FILE] [--json] [--quiet]
"""

import symattn.views.chapter.interrupts  # isort: skip  # noqa: F401  (before what takes long to load)

from fractions import Fraction

import numpy as np
from mpmath import iv
from sympy import MatMul

from symattn import Equal, calc, hstack, identity, matrix, sizes, vstack
from symattn.theory.efficient import features, landmarks, online_softmax, random_features, shared_heads, smaller_heads
from symattn.theory.efficient.taylor import nearly_equal_kernels, taylor_kernel_rank
from symattn.views.chapter import Chapter, rounded

chapter = Chapter(13, "What fast attention changes")

chapter.prose("""
A text of 100 000 words has 10 000 000 000 weights in every head.  Many methods promise to do with less, and each has
its own way.  Ask of each what it changes: the order in which sums are taken, what is kept of the words, which words are
looked at, or the exponential itself.  The first two change nothing that is computed.  The others do.

First the order.  A query has read some keys, and m is the largest score so far.  Keep the mass ℓ = Σ exp(s_j - m) and
the sum o = Σ exp(s_j - m) c_j, with the values c_j; then o/ℓ is what attention over these keys reads.  When a key comes
with a larger score, ℓ and o are multiplied by exp(m - s) for the new largest score s, and the new key is added.  Here
scores are in units of log 2, so that all is exact:
""")
KEYS = [(3, 8), (1, 16), (5, 24), (2, 40)]
rows, shift, mass, read = [], 0, Fraction(0), Fraction(0)
for score, value in KEYS:
    larger = max(shift, score)
    old, new = Fraction(2) ** (shift - larger), Fraction(2) ** (score - larger)
    shift, mass, read = larger, mass * old + new, read * old + new * value
    rows.append([score, value, shift, mass, read, read / mass])
chapter.table(["score", "value", "m", "ℓ", "o", "o/ℓ"], rows)
chapter.prose(f"""
The weights over all four keys at once are 2^s over their sum, and their mean of the values is {
    sum(Fraction(2) ** s * c for s, c in KEYS) / sum(2**s for s, _ in KEYS)
}: the same.  No table of weights was ever there.  And m need not be the largest score, nor need keys come one by one.
Blocks of keys with scores A and B and values U and V, summed up with any shifts μ and ν, are merged to the sums of
both at any shift M.  So keys can be cut in blocks, and this is all that FlashAttention does to the result (diag(a) is a
diagonal matrix, rowsum sums rows, and reciprocal(a) has 1/a_i in the place of a_i):
""")
chapter.theorem(online_softmax.online_softmax_merge)
chapter.theorem(online_softmax.flash_exact_many)

tiny = 2.0**-53
one_by_one, last_two_first = Fraction((1 + tiny) + tiny - 1), Fraction(1 + (tiny + tiny) - 1)
chapter.prose(f"""
It is also said that the result is the same to the last bit.  That is false, since a machine rounds every sum.  Scores
0, -53 and -53 in units of log 2 have the mass 1 + 2⁻⁵³ + 2⁻⁵³.  In double precision, what is above 1 is {one_by_one}
when the keys come one by one, and {last_two_first}, which is 2⁻⁵², when the last two are merged first.
""")

chapter.prose("""
The same formula tells what is lost when words are left out, as by a window or any other mask.  Attention over two sets
of keys is a mean of both, and the weight of a set is the softmax of its log-sum-exp:
""")
chapter.theorem(online_softmax.sparse_mask_union)
n, d, k, v, q = sizes("n d k v q", min=1)
Z1, Z2, W = matrix("Z_1", n, v), matrix("Z_2", n, v), matrix("D", n, n)
chapter.prose("""
Let D be the diagonal matrix of the weights of the second set, Z₁ and Z₂ what is read of each.  Leaving out the second
set, one reads Z₁, and it is off by
""")
chapter.derivation(calc(Z1 - ((identity(n) - W) @ Z1 + W @ Z2)).eq(W @ (Z1 - Z2), by="Z₁ is (1 - D) Z₁ + D Z₁"))
chapter.prose("""
That attention is sparse anyway is no law, then.  If scores differ by log 2 at most, and 900 of 1000 words are left out,
these have 900 in 900 + 200 of the weight or more.  It takes scores that are far apart.
""")

chapter.prose("""
Second, what is kept.  Text is written word by word, and each new word reads all that stand before.  It needs their keys
and values, not the words.  X' are the words before, B and C their keys and values, x is the new word:
""")
chapter.theorem(smaller_heads.decode_kv_cache)
chapter.prose("""
That is 2 H k numbers a word for H heads with k = v.  Groups that share keys and values keep less, and are exact only
where ranks allow it.  Another way is to keep one short vector x D for all heads and make keys (x D) U and values
(x D) U' of it.  These need not be made at all, as U can go into the queries.  What one group keeps is such a
vector too; but heads that read the two halves of it share no keys.
""")
chapter.theorem(smaller_heads.mla_absorb)
chapter.theorem(shared_heads.mla_not_gqa)
KEPT = {"32 heads": 2 * 32 * 128, "8 groups": 2 * 8 * 128, "1 group": 2 * 128, "latent of 512": 512}
chapter.bars(
    list(map(float, KEPT.values())),
    labels=list(KEPT),
    digits=0,
    caption="Numbers kept for each word, in a layer of 32 heads with k = v = 128",
)

chapter.prose("""
Third, the exponential.  Put in its place a product of features, φ(q)·φ(κ), with r numbers for each query and key: rows
of F and of H.  Then brackets can be moved, and all that is kept of the keys is T = Hᵀ C and t = Hᵀ 1, whose size does
not grow.  A new key with the features f and the value y adds to both; q are the features of a query:
""")
chapter.theorem(smaller_heads.linear_attn_assoc)
chapter.theorem(features.linear_attn_rnn)
chapter.prose("""
Attention has become a recurrent network, with a state of r (v + 1) numbers however long the text is.  With the right
features, some say, it is the same as softmax.  It never is, for any r, not even with a factor for each query:
""")
chapter.theorem(features.no_finite_feature_map)
chapter.prose("""
One can only come near.  The exponential up to its second power is made of 1 + k + k² features.  Where a kernel is off
by a share ε of each entry at most, no set of keys has its weight off by more than ε:
""")
chapter.theorem(taylor_kernel_rank)
chapter.theorem(nearly_equal_kernels)
POINTS = (-2, -1, 0, 1, 2, 3, 4)
chapter.bars(
    [rounded((1 + s + iv.mpf(s * s) / 2) / iv.exp(s), 2) for s in POINTS],
    labels=[f"s = {s}" for s in POINTS],
    digits=2,
    caption="1 + s + s²/2 over exp(s): only small scores are safe",
)
chapter.prose("""
Or one throws dice.  The features exp(ω·x - |x|²/2), with normal random ω, have products whose mean is exp(x·y).  Means
are sums Σ_w over outcomes w, each with a weight p[w]; x ∘ y multiplies entry by entry.  How far are the products off?
""")
chapter.theorem(random_features.performer_unbiased)
chapter.theorem(random_features.performer_variance)
chapter.prose("""
Relative to the square of the mean the variance is exp(|x + y|²) - 1, and m features divide it by m.  A query and a key
that are equal, with the score s = |x|², have |x + y|² = 4 s.  For an error of a tenth that takes 100 (e^(4s) - 1)
features, and more the larger the weight:
""")
SCORES = (Fraction(1, 4), Fraction(1, 2), 1, 2, 4)
needed = [rounded(100 * (iv.exp(iv.mpf(int(4 * score))) - 1), 0) for score in SCORES]
chapter.table(["score s", *SCORES], [["features", *(f"{number:.0f}" for number in needed)]])
chapter.prose("""
Is the estimate right at least in the mean?  The numbers above and below the division are, but not the weight:
""")
chapter.theorem(random_features.quotient_of_features_biased)

chapter.prose("""
Fourth, fewer keys.  Mix n keys B down to r keys E B, and the values with them.  That is often cited as a proof that
attention has low rank.  It only makes a matrix that has; attention itself can have an inverse.
""")
chapter.theorem(landmarks.linformer_shape)
chapter.prose("""
Or take some rows and columns of the weights as landmarks, G where they cross, and fill in the rest by [G; C] G⁻¹ [G |
B].  Where the whole is a product of r columns and r rows, cut into L₁, L₂ and R₁, R₂, with L₁ and R₁ for the landmarks,
the middle cancels.  Here V' U' is the inverse of G = U V:
""")
L1, L2, R1, R2 = matrix("L_1", q, q), matrix("L_2", n, q), matrix("R_1", q, q), matrix("R_2", q, n)
inverse = matrix("V'", q, q) @ matrix("U'", q, q)
undone = Equal(R1 @ inverse @ L1, identity(q))
chapter.theorem(
    landmarks.nystrom_exact_iff,
    calc(MatMul(vstack(L1, L2), R1 @ inverse @ L1, hstack(R1, R2)), given=undone).eq(
        vstack(L1, L2) @ hstack(R1, R2), by=undone
    ),
)


def skeleton_error(N: np.ndarray) -> Fraction:
    """The largest error of what the first two rows and columns of a matrix of fractions make of it."""
    (a, b), (c, e) = N[:2, :2]
    inverted = np.array([[e, -b], [-c, a]]) / (a * e - b * c)
    return max(abs(entry) for entry in (N[:, :2] @ inverted @ N[:2] - N).ravel())


S = np.array([[Fraction(i * j + i - j) for j in range(1, 5)] for i in range(1, 5)])
raw = np.array([[Fraction(2) ** int(s) for s in line] for line in S])
chapter.prose(f"""
Scores of rank 2, i j + i - j for i and j from 1 to 4, come back from two rows and columns with the error {
    skeleton_error(S)
}.  The
weights that softmax makes of them, in units of log 2, do not: one is off by {
    rounded(iv.mpf(1) * (e := skeleton_error(raw / raw.sum(axis=1, keepdims=True))).numerator / e.denominator, 2)
}.  Low rank is lost in the exponential.
""")

chapter.table(
    ["method", "what it changes", "the same?"],
    [
        ["blocks", "the order of sums", "yes, but for rounding"],
        ["cache", "what is kept", "yes"],
        ["latent vectors", "what is kept", "for keys made of them"],
        ["groups of heads", "which keys are equal", "if ranks allow it"],
        ["windows", "which keys are seen", "no, by what others weigh"],
        ["features", "the exponential", "no"],
        ["random features", "the exponential", "no, and biased"],
        ["mixed keys", "the keys", "if nothing is mixed"],
        ["landmarks", "the weights", "if of the same rank"],
    ],
)

chapter.question("""
What survives of all this when later words are hidden, scores fall with distance, or queries and keys are turned by
their places?
""")

if __name__ == "__main__":
    chapter.main()
