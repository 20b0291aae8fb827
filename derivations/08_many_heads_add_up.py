"""Many heads at once: concatenation is a sum, what one head cannot do alone, and what heads can share.

Run it: python derivations/08_many_heads_add_up.py [--tex FILE] [--png FILE] [--json] [--quiet]
"""

import symattn.views.chapter.interrupts  # isort: skip  # noqa: F401  (before what takes long to load)

from fractions import Fraction

import numpy as np
from sympy import ZZ, MatAdd, MatMul
from sympy.polys.matrices import DomainMatrix

from symattn import Equal, T, attention, calc, hstack, matrix, row, scalar, sizes, softmax, vstack, zeros
from symattn.theory.circuits import composition
from symattn.theory.efficient import shared_heads, smaller_heads
from symattn.theory.rank import low_rank
from symattn.views.chapter import Chapter

chapter = Chapter(8, "Many heads add up")

chapter.prose("""
Latin marks who bites and who is bitten by the endings of words: "canis hominem mordet" is dog bites man, and "canem
homo mordet" is man bites dog, in whatever order.  So give each word five numbers: is it a dog, a man, a subject, an
object, the verb?  The verb wants to know who bites and who is bitten, and to write them down in two different places.

A head reads one mean.  By the endings it gives the subject the weight p and the object the weight q, both above 0 as
weights of softmax are, and it writes what it reads by one matrix.  Let M be the part of that matrix that reads nouns,
and let u be the difference of two nouns.  When the one takes the place of the other as the subject, what is written
should change in the first place alone, by some multiple a of u: p u M = [a u | 0], where [A | B] is A beside B.  When
it does so as the object, q u M = [0 | b u].  Multiply the first by q and the second by p:
""")

j, d, k, v, n = sizes("j d k v n", min=1)
p, q, tau, a, b = (scalar(letter, positive=letter in "pqtau") for letter in ("p", "q", "tau", "a", "b"))
u, M, nothing = row("u", j), matrix("M", j, 2 * j), zeros(1, j)
as_subject, as_object = Equal(p * u @ M, hstack(a * u, nothing)), Equal(q * u @ M, hstack(nothing, b * u))
chapter.derivation(
    calc(q * hstack(a * u, nothing), given=(as_subject, as_object))
    .eq(p * q * u @ M, by=as_subject)
    .eq(p * hstack(nothing, b * u), by=as_object)
)
chapter.prose("""
The left half says q a u = 0 and the right half p b u = 0.  The nouns differ, so a and b are 0: no one head can put the
two words in two places, whatever its weights and its matrix.  Two heads can.  In one the verb asks for subjects, in the
other for objects, and they write in different places.  Let the score be 6 log 2 for what is asked, and 0 for the rest:
""")

WORDS = {"canis": "10100", "canem": "10010", "homo": "01100", "hominem": "01010", "mordet": "00001"}
TEXTS = [["canis", "hominem", "mordet"], ["canem", "homo", "mordet"]]
SUBJECT, OBJECT = 2, 3


def weights(text: list[str], key: dict[int, Fraction]) -> list[Fraction]:
    """The weights of the verb, when the score is log 2 times a sum over the numbers of a word, each times its key."""
    raw = [Fraction(2) ** int(sum(key[at] * int(WORDS[word][at]) for at in key)) for word in text]
    return [weight / sum(raw) for weight in raw]


def nouns(text: list[str], key: dict[int, Fraction]) -> str:
    """How much dog, and how much man, the verb reads."""
    read = list(zip(text, weights(text, key), strict=True))
    return ", ".join(str(sum(w for word, w in read if WORDS[word][at] == "1")) for at in (0, 1))


KEYS = {"bites": {SUBJECT: Fraction(6)}, "is bitten": {OBJECT: Fraction(6)}}
chapter.heatmap(
    np.array([[float(weight) for weight in weights(TEXTS[0], key)] for key in KEYS.values()]),
    rows=[f"who {name}" for name in KEYS],
    columns=TEXTS[0],
    caption="Where the verb looks in dog bites man, one row for each head",
)
both = {SUBJECT: Fraction(6), OBJECT: Fraction(6)}
chapter.table(
    ["", *(f"who {name}" for name in KEYS), "one head on both"],
    [[" ".join(text), *(nouns(text, key) for key in (*KEYS.values(), both))] for text in TEXTS],
    caption="How much dog, and how much man, the verb reads",
)

chapter.prose("""
How are heads put together?  The usual words are: concatenate what they read, and multiply by one matrix.  What head h
reads is Z[h], and the matrix is a column of blocks O[h], one for each head.  In formulas Σ_h adds up over all heads,
concat_h puts them side by side, and stack_h one under the other.  With two heads, [O₁; O₂] is O₁ above O₂:
""")
Z1, Z2, O1, O2 = matrix("Z_1", n, v), matrix("Z_2", n, v), matrix("O_1", v, d), matrix("O_2", v, d)
chapter.theorem(
    composition.concat_sum,
    calc(hstack(Z1, Z2) @ vstack(O1, O2)).eq(
        MatAdd(MatMul(Z1, O1), MatMul(Z2, O2)), by="a row of blocks times a column of blocks"
    ),
)
chapter.prose("""
So nothing is mixed: every head writes by its own block, and the writings add up.  All that a layer knows of a head is
two d×d matrices, W = Q Kᵀ, which says where it looks, and M = V O, which says what it writes (τ is the scale):
""")
chapter.theorem(composition.qk_ov_factor)
chapter.theorem(composition.head_symmetries)
chapter.prose("""
Each head has a gauge of its own, and the order of the heads means nothing.  What does not follow is that heads
may be merged.  H heads of width k are sometimes called one head of width H k, cut in pieces.  Their forms do add up to
one such form; but no score is ever made of that sum, as each head has its softmax for itself.
""")
chapter.theorem(low_rank.multihead_rank)
chapter.prose("""
When may two heads be merged?  When they look at the same words: for one matrix P of weights they are one head, which
writes by M₁ + M₂.  It takes different weights to make two.
""")
X, P, M1, M2 = matrix("X", n, d), matrix("P", n, n), matrix("M_1", d, d), matrix("M_2", d, d)
chapter.derivation(calc(P @ X @ M1 + P @ X @ M2).eq(P @ X @ (M1 + M2), by="P X is common to both"))

WIDTH = 64
chapter.prose(f"""
How many heads, then?  Let H heads share d = {WIDTH} evenly, k = v = d/H.  They store 4 d² numbers, whatever H is; but
each has 2 k² that its gauges make idle.  So many small heads waste less.  In exchange, each form has less rank:
""")
HEADS = (1, 2, 4, 8, 16)
chapter.table(
    ["heads", "width of each", "numbers stored", "idle", "rank of each form"],
    [[H, WIDTH // H, 4 * WIDTH**2, 2 * H * (WIDTH // H) ** 2, f"up to {WIDTH // H}"] for H in HEADS],
)
chapter.bars(
    [100 * 2 * H * (WIDTH // H) ** 2 / (4 * WIDTH**2) for H in HEADS],
    labels=[f"{H} head{'s' * (H > 1)}" for H in HEADS],
    digits=2,
    caption="How many of 100 stored numbers are idle",
)

chapter.prose("""
When a text is written word by word, the keys and values of all words before are kept: H (k + v) numbers for each word.
To keep fewer, let heads share them.  Take G groups of R heads, with one K and one V for each group; group(g, r) is head
r of group g.  That is a layer like any other, in which some matrices are equal; and a group is one head that is asked
R times as often:
""")
chapter.theorem(smaller_heads.mqa_gqa_tied)
Q1, Q2, K, V = matrix("Q_1", d, k), matrix("Q_2", d, k), matrix("K", d, k), matrix("V", d, v)
chapter.theorem(
    smaller_heads.grouped_queries,
    calc(vstack(attention(X, Q1, K, V, tau), attention(X, Q2, K, V, tau))).eq(
        softmax(tau * vstack(X @ Q1, X @ Q2) @ T(X @ K)) @ X @ V, by="softmax takes each row of queries by itself"
    ),
)
chapter.prose("""
What is lost?  Put the forms of a group one under the other.  If that stack, H d by d, has rank k or less, the heads can
share keys of width k and nothing is lost; if not, they cannot.  For values, the maps M stand side by side.
""")
chapter.theorem(shared_heads.gqa_exactness_keys)
chapter.theorem(shared_heads.gqa_exactness_values)


def rank(A: np.ndarray) -> int:
    """The exact rank."""
    return int(DomainMatrix([[ZZ(int(x)) for x in line] for line in A], A.shape, ZZ).to_field().rank())


UNIT = np.eye(5, dtype=int)
FORMS = [np.outer(UNIT[4], UNIT[asked]) for asked in (SUBJECT, OBJECT)]
MAPS = [np.outer(UNIT[0], UNIT[to]) + np.outer(UNIT[1], UNIT[to + 1]) for to in (0, 2)]
chapter.prose("""
The two heads of the Latin verb, with keys of width 1 and values of width 2, the nouns:
""")
chapter.table(
    ["", "one head", "the other", "both", "width", "shared?"],
    [
        [what, *map(rank, parts), rank(whole), width, "yes" if rank(whole) <= width else "no"]
        for what, parts, whole, width in (("keys", FORMS, np.vstack(FORMS), 1), ("values", MAPS, np.hstack(MAPS), 2))
    ],
    caption="Ranks of what each head has, and of both together",
)
chapter.prose("""
They can share values but not keys.  A recipe that is often followed takes the mean of the keys, as if that kept most of
both heads.  With it, subject and object score 3 log 2 each, in both heads, and nobody knows any more who bites:
""")
mean = {SUBJECT: Fraction(3), OBJECT: Fraction(3)}
chapter.table(["", "dog and man, in each head"], [[" ".join(text), nouns(text, mean)] for text in TEXTS])

chapter.question("""
What heads write adds up in one row of numbers for each word, and the next layer reads the sum.  How does it find in a
sum what one head has written there?
""")

if __name__ == "__main__":
    chapter.main()
