"""Queries and keys must differ: the dot product is symmetric, a form W = Q Kᵀ need not be.

Run it: python derivations/03_queries_and_keys_must_differ.py [--tex FILE] [--png FILE] [--json] [--quiet]
"""

import symattn.views.chapter.interrupts  # isort: skip  # noqa: F401  (before what takes long to load)

from collections import Counter

import numpy as np
from sympy import MatMul

from symattn import Equal, T, calc, entry, matrix, row, scores, sizes, total, unit
from symattn.theory.score import (
    bilinear_form,
    previous_token,
    skew_rank,
    symmetric_attention,
    symmetric_heads,
    symmetric_locus,
    symmetry,
    tied_forms,
)
from symattn.views.chapter import Chapter

chapter = Chapter(3, "Queries and keys must differ")

chapter.prose("""
The score that everybody tries first is the dot product.  A number is its own transpose, so it is symmetric:
""")

n, d, k = sizes("n d k", min=0)
x, y, X, W = row("x", d), row("y", d), matrix("X", n, d), matrix("W", d, d)
Q, K = matrix("Q", d, k), matrix("K", d, k)
chapter.theorem(
    bilinear_form.dot_product_symmetric,
    calc(total(x @ y.T))
    .eq(total(T(x @ y.T)), by="a number is its own transpose")
    .eq(total(y @ x.T), by="transpose reverses a product"),
)
chapter.prose("""
Every word asks of another exactly what the other asks of it.  In "dog bites man" the verb wants its subject more than
the subject wants its verb; no choice of vectors makes a dot product say so.  A form W is free of that, unless W is
symmetric too.  One direction is the same calculation.  For the other, let two one-hot rows ask for an entry of W:
""")

symmetric = Equal(W, W.T)
chapter.theorem(
    bilinear_form.score_symmetric_iff,
    calc(total(x @ W @ y.T), given=symmetric)
    .eq(total(y @ W.T @ x.T), by="a number is its own transpose")
    .eq(total(y @ W @ x.T), by=symmetric),
)
d_two, k_one = sizes("d", min=2), sizes("k", min=1)
e0, e1, f0 = unit(d_two, 0), unit(d_two, 1), unit(k_one, 0)
W_two = matrix("W", d_two, d_two)
alike = Equal(total(e0 @ W_two @ e1.T), total(e1 @ W_two @ e0.T))
chapter.derivation(
    calc(entry(W_two, 0, 1), given=alike)
    .eq(total(e0 @ W_two @ e1.T), by="one-hot rows pick an entry")
    .eq(total(e1 @ W_two @ e0.T), by=alike)
    .eq(entry(W_two, 1, 0), by="and the same for every other pair of places")
)

chapter.prose("""
Attention makes its form of two matrices.  x Q is the query of a word, what it looks for; y K is the key of a word,
what it is found by; the score is the dot product of the query of one with the key of the other, x Q (y K)ᵀ = x Q Kᵀ
yᵀ.  So W = Q Kᵀ.  Going from one direction of the score to the other exchanges queries and keys:
""")
chapter.derivation(
    calc(T(scores(X, Q, K)))
    .eq(MatMul(T(X.T), T(K.T), Q.T, X.T), by="transpose reverses a product")
    .eq(X @ K @ Q.T @ X.T, by="transposing twice does nothing")
)
chapter.prose(
    "If queries are keys, nothing is exchanged, and the scores are symmetric as those of the dot product are:"
)
chapter.derivation(calc(T(scores(X, Q, Q))).eq(X @ Q @ Q.T @ X.T, by="the line above with K = Q"))
chapter.prose("""
Such a head gives up more than asymmetry.  No word can score below 0 with itself.  That, and the rank, is all:
""")
chapter.theorem(tied_forms.psd_is_tied)
chapter.theorem(bilinear_form.head_symmetric_iff)

chapter.prose("""
So queries and keys must differ, if scores are to.  Do different ones do?  Yes, in the smallest way: let Q hold a
single 1, which looks at the first number of a word, and K a single 1, which looks at the second.  Below, e₀ and e₁
are the first one-hot rows, of length d or k as it fits; so Q = e₀ᵀ e₀ and K = e₁ᵀ e₀.
""")
QK = (MatMul(e0.T, f0), T(MatMul(e1.T, f0)))
chapter.theorem(
    bilinear_form.asymmetry_witness,
    calc(total(MatMul(e0, *QK, e1.T)))
    .eq(total(MatMul(e0 @ e0.T, f0 @ f0.T, e1 @ e1.T)), by="transpose reverses a product; other brackets")
    .eq(1, by="a one-hot row times itself is 1"),
)
chapter.derivation(
    calc(total(MatMul(e1, *QK, e0.T)))
    .eq(total(MatMul(e1 @ e0.T, f0 @ f0.T, e1 @ e0.T)), by="the same, the other way")
    .eq(0, by="different one-hot rows give 0")
)
chapter.prose("There is no such head only where there is no room for one:")
chapter.theorem(bilinear_form.width_one_is_symmetric)
chapter.theorem(bilinear_form.no_head_width_is_symmetric)

chapter.prose("""
Must one look for such heads?  No, they are nearly all.  Q Kᵀ - K Qᵀ has entries that are polynomials in those of Q
and K; the witness shows that they are not all the polynomial 0; and the zeros of any other polynomial fill no volume.
The exact count for d = 2 and k = 1, over all heads whose four entries are whole numbers from -r to r:
""")
rows = []
for r in (0, 1, 2, 5, 10, 50):
    products = Counter(a * b for a in range(-r, r + 1) for b in range(-r, r + 1))
    alike_both_ways, heads = sum(count * count for count in products.values()), (2 * r + 1) ** 4
    rows.append([r, heads, alike_both_ways, f"{100 * alike_both_ways / heads:.2f} %"])
chapter.table(["r", "heads", "symmetric", "share"], rows)
chapter.prose("""
Those that are symmetric can be named.  Where the columns of Q are independent, the keys must be made of the queries
by a symmetric k×k matrix: k (k + 1)/2 free numbers in place of the d k of K.
""")
chapter.theorem(symmetric_heads.symmetric_iff_keys_are_queries)
chapter.prose("""
How much room is that?  Move Q and K a little, at a symmetric head.  The scores stay symmetric exactly along dK = dQ M
+ Q Z with Z symmetric: d k numbers for dQ and k (k + 1)/2 for Z.  The other k (2 d - k - 1)/2 directions break the
symmetry.
""")
chapter.theorem(symmetric_locus.symmetric_locus_kernel)

chapter.prose("""
What exactly does the difference of Q and K add?  Every form is the sum of a symmetric and a skew one, (W + Wᵀ)/2 and
(W - Wᵀ)/2.  The skew part is all of the asymmetry, and no word sees it in its score with itself.
""")
chapter.theorem(symmetry.asymmetry_is_skew)
chapter.theorem(symmetry.skew_part_unseen)
chapter.prose("""
How much of a head is skew before it has learned anything?  Of the mean energy of independent queries and keys, nearly
half, in every width of the head.  And what a skew part can be is limited: its rank is even, as its determinant is 0 in
odd sizes.  The symmetric part of a head has as many positive as negative directions:
""")
chapter.theorem(skew_rank.skew_energy_at_init)
chapter.theorem(skew_rank.skew_rank_even)
chapter.theorem(skew_rank.symmetric_part_inertia)

WORDS = ["dog", "bites", "man"]
QUERIES, KEYS = np.array([[0, 2], [1, 0], [0, 1]]), np.array([[3, 0], [0, 1], [1, 0]])
S = QUERIES @ KEYS.T
chapter.prose("""
The scores that the last chapter wished for, now from queries and keys of two numbers each: the first says who wants a
noun or is one, the second who wants a verb or is one.  Their symmetric part is the nearest that a symmetric form
comes.
""")
chapter.heatmap(S, rows=WORDS, columns=WORDS, caption="The scores S = X Q Kᵀ Xᵀ")
chapter.heatmap((S + S.T) / 2, rows=WORDS, columns=WORDS, caption="Their symmetric part")
chapter.heatmap((S - S.T) / 2, rows=WORDS, columns=WORDS, caption="Their skew part: who asks more of whom")

chapter.prose("""
Two cautions.  First, softmax divides each row by its own sum, so symmetric scores do not make symmetric attention.
Second, it is said that no symmetric score can find the previous word.  On a circle that is true: add up what every
word asks of the one before it, and symmetry makes it the sum of what every word asks of the one after it.
""")
chapter.theorem(symmetric_attention.symmetric_score_asymmetric_attention)
chapter.theorem(symmetric_attention.doubly_stochastic_iff)
chapter.theorem(symmetric_attention.directionality_cycle_sum)
chapter.prose("""
On a line it is false, even with queries equal to keys.  Let each word be made of two directions, its own and that of
the word before it, and let words grow shorter along the line, fourfold with every step.  Then each word scores highest
with the one before it, for any number of words, and not only on a line: on every tree.  The price is in the lengths.
""")
chapter.theorem(previous_token.symmetric_can_do_any_tree)
chapter.theorem(previous_token.symmetric_can_do_prevtoken_on_a_line)
chapter.prose("Five words like that, and what their dot products make each of them prefer:")
WEIGHTS = np.array([256, 64, 16, 4, 1])
LINE = WEIGHTS[:, None] * (np.eye(5, dtype=int) + np.eye(5, k=-1, dtype=int))
places = ["first", "second", "third", "fourth", "fifth"]
chapter.table(
    ["", *places],
    [
        [place, *(f"{score} *" if 0 < row == at + 1 else score for at, score in enumerate(line))]
        for row, (place, line) in enumerate(zip(places, (LINE @ LINE.T).tolist(), strict=True))
    ],
    caption="Dot products; the star is the word before, and the largest in its row",
)

chapter.question("""
A form W of d×d numbers can score as one likes; attention stores two matrices d×k and makes W = Q Kᵀ of them, with k
far smaller than d.  Why, and which W can it then not have?
""")

if __name__ == "__main__":
    chapter.main()
