"""Must a head read the stream three times?  What two reads cost, and one; and when merging saves no dimension.

Run it: python derivations/11_how_many_reads_a_head_needs.py [--tex FILE] [--png FILE] [--json] [--quiet]
"""

import symattn.views.chapter.interrupts  # isort: skip  # noqa: F401  (before what takes long to load)

import numpy as np
from sympy import QQ, Rational
from sympy.polys.matrices import DomainMatrix

from symattn import (
    Circuit,
    Equal,
    T,
    calc,
    circuit,
    head,
    hstack,
    identity,
    matrix,
    shift,
    sizes,
    softmax,
    stream,
    vstack,
    zeros,
)
from symattn.theory.circuits import reads
from symattn.views.chapter import Chapter

chapter = Chapter(11, "How many reads a head needs")

chapter.prose("""
The head that finds the word before reads the stream X three times: X Q, X K and X V.  In words: what a word looks for,
what it is found by, and what it has to give.  The last two are read off the same word.  One read will do for both,
then, if it is wide enough.  Put K and V side by side, [K | V], and take the parts, which is a product with [I; 0], I
above 0, and one with [0; I].  Here τ is the scale, and the last matrix O says how values are written:
""")
n, d, k, v = sizes("n d k v", min=1)
X, Q, K, V, O = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k), matrix("V", d, v), matrix("O", v, d)
both, one_k, one_v = hstack(K, V), identity(k), identity(v)
chapter.theorem(
    reads.two_reads_always,
    calc(softmax(X @ Q @ T(X @ both @ vstack(one_k, zeros(v, k)))) @ (X @ both @ vstack(zeros(k, v), one_v)) @ O)
    .eq(softmax(X @ Q @ T(X @ K)) @ X @ V @ O, by="a row of blocks times a column of blocks, twice")
    .eq(head(X, Q, K, V, O), by="(X K)ᵀ = Kᵀ Xᵀ"),
)
chapter.prose("""
That is a play on words: the read has width k + v, as the two had together.  The question is whether a narrower one will
do.  What matters of a head is W = Q Kᵀ, by which it compares, and M = V O, by which it writes; everything that does the
same is as good.  So ask for one matrix R of width k that is keys and values at once, with queries Q and an output A:
W = Q Rᵀ and M = R A.  Then R is a factor of both Wᵀ and M:
""")
W, M, R, A = matrix("W", d, d), matrix("M", d, d), matrix("R", d, k), matrix("A", k, d)
compares, writes = Equal(W, Q @ R.T), Equal(M, R @ A)
chapter.derivation(
    calc(hstack(W.T, M), given=(compares, writes))
    .eq(hstack(T(Q @ R.T), R @ A), by="what W and M are")
    .eq(hstack(R @ Q.T, R @ A), by="transpose reverses a product")
    .eq(R @ hstack(Q.T, A), by="R is common to both")
)
chapter.prose("""
So the rank of [Wᵀ | M] is at most k, and that is all there is to it.  The rank of a matrix is the least width that it
passes through, so whoever has the rank has the R:
""")
chapter.theorem(reads.two_reads_suffice)

S = stream(word=3, place=3, before=3, answer=3, rest=0).standard
HEADS = {
    "the word before": circuit(S, value="word", key="place", query=shift("place"), output="before"),
    "the same word": circuit(S, value="word", key="word", query="word", output="before"),
    "what followed": circuit(S, value="word", key="before", query="word", output="answer"),
}


def exact(A: object) -> np.ndarray:
    """The entries of a matrix that is made of ones and zeros."""
    return np.array(A.as_explicit().tolist(), dtype=int)


def rank(*blocks: np.ndarray) -> int:
    """The exact rank of matrices side by side."""
    rows = [[QQ(int(x)) for x in line] for line in np.hstack(blocks)]
    return int(DomainMatrix(rows, (len(rows), len(rows[0])), QQ).rank())


def factors(made: Circuit) -> tuple[np.ndarray, np.ndarray]:
    """W and M of a head."""
    Q, K, V, O = (exact(A) for A in (made.Q, made.K, made.V, made.O))
    return Q @ K.T, V @ O


def ordinary() -> tuple[np.ndarray, np.ndarray]:
    """W of rank 2 and M of rank 3, whose factors have small whole numbers without a pattern."""
    draw = np.random.default_rng(11)
    Q, K, V, O = (draw.integers(-3, 4, size=(12, width)) for width in (2, 2, 3, 3))
    return Q @ K.T, V @ O.T


FORMS = {name: factors(made) for name, made in HEADS.items()} | {"drawn at random": ordinary()}
chapter.prose("""
Which heads gain by it?  Take three words and three places, and a stream of width 12 with slots for the word, the place,
the word before and an answer.  Four heads: one finds the word before; one finds the same word elsewhere in the text,
with queries, keys and values that are all the word; one finds what followed a word, by comparing words with words
before; and one is drawn at random, with small whole numbers.  The exact ranks:
""")
chapter.table(
    ["head", "rank W", "rank M", "their sum", "rank [Wᵀ | M]"],
    [[name, rank(W_), rank(M_), rank(W_) + rank(M_), rank(W_.T, M_)] for name, (W_, M_) in FORMS.items()],
)
chapter.prose("""
The head that finds the same word saves half: its keys are its values.  For the word before, the two reads have nothing
in common: keys live in the slot of places, values in the slot of words.  Let F be what keys read of places, and D what
values read of words.  When F and D have ranks k and r, which is said by matrices on both sides that make an identity of
them, their widths add up.  In the picture F is below, on the left, and D above, on the right:
""")
W_before, M_before = FORMS["the word before"]
chapter.heatmap(
    np.hstack([W_before.T[:6, 3:6], M_before[:6, 6:9]]),
    rows=[f"{name} {at}" for name in ("word", "place") for at in (1, 2, 3)],
    columns=[f"{name} {at}" for name in ("asked by", "written to") for at in (1, 2, 3)],
    caption="[Wᵀ | M] for the word before, in the slots that it reads and writes",
)
chapter.theorem(reads.reads_of_two_subspaces_add_up)
chapter.prose("""
So merging K and V there saves a matrix, and not one dimension.  The same goes for nearly every head in a wide stream:
two reads that were not made for each other share nothing.  In numbers stored, d for each dimension:
""")
chapter.table(
    ["head", "K and V apart", "as one read", "saved"],
    [
        [name, f"{rank(W_) + rank(M_)} d", f"{rank(W_.T, M_)} d", f"{rank(W_) + rank(M_) - rank(W_.T, M_)} d"]
        for name, (W_, M_) in FORMS.items()
    ],
)

chapter.prose("""
Can a single read do everything?  It is sometimes proposed to let queries, keys and values be one, R, to save two
matrices of three.  Then W = R Rᵀ.  Scores are symmetric, no word scores below 0 with itself, which is what W ⪰ 0 says,
and what is written must be made of what is compared:
""")
chapter.theorem(reads.one_read_without_a_core)
chapter.prose("""
The head that finds the same word is of this kind, and the others are not, as their W is not symmetric.  A sign for each
column of R gets back what falls below 0, and no more than that:
""")
chapter.theorem(reads.one_read_with_signs)
SWAP = np.array([[0, 1], [1, 0]])
half = [
    [Rational(int(x), 2) for x in line]
    for line in np.hstack([SWAP + np.eye(2, dtype=int), SWAP - np.eye(2, dtype=int)])
]
squares = [[sum(a * b * sign for a, b, sign in zip(p, q, (1, 1, -1, -1), strict=True)) for q in half] for p in half]
chapter.prose(f"""
For two words that score 1 with each other and 0 with themselves, R has the rows {
    " and ".join(f"({', '.join(map(str, line))})" for line in half)
}; with signs 1, 1, -1, -1 the rows score {", ".join(str(x) for line in squares for x in line)}, which is W.

What is missing is direction.  It takes a small matrix between the two ends, a core C of k×k numbers: W = R C Rᵀ.  With
it one read does everything, once it is as wide as W, Wᵀ and M need together:
""")
chapter.theorem(reads.one_read_with_a_core)
chapter.prose("""
That may even be narrower than two reads.  For the word before, queries and keys are both read in the slot of places, so
one read of it is enough for the two:
""")
WIDTHS = {
    name: (2 * rank(W_) + rank(M_), rank(W_) + rank(W_.T, M_), rank(W_, W_.T, M_)) for name, (W_, M_) in FORMS.items()
}
chapter.heatmap(
    np.array(list(WIDTHS.values())),
    rows=list(WIDTHS),
    columns=["three reads", "two reads", "one, with a core"],
    caption="Least width of all reads together",
)
chapter.prose("""
So three reads are a habit, not a need.  Two always do, one does with a core.  What they cannot do is to hide the width:
whoever compares by one thing and passes on another has to read both.
""")

chapter.question("""
The head that finds what followed a word reads a slot that another head has filled.  What can two heads do, one on what
the other has written, that no single layer can?
""")

if __name__ == "__main__":
    chapter.main()
