"""What a word alone can know.

A word becomes a vector by looking up a row of a matrix, which knows nothing of the words around it, and neither does
any function of that row.

    E, F     N×u   word vectors, one word a row;  e[i] is row i of them, c[i] how much of it
    A, w, B        the rows of E above one word, that word, the rows below:  a×u, 1×u, b×u
    G        N×N   any function of one word
    x        1×d   a token;  X1, X2  the tokens above and below it
    U, D           the two matrices of a feed-forward layer, d×k and k×d

Main results
    onehot_row_pick                 a one-hot row times E is one row of E
    positionwise_blind              no function of one token alone gives the token before it
    feed_forward_is_positionwise    a feed-forward layer gives each token what it would alone
"""

from __future__ import annotations

from typing import Any

from symattn.language import (
    And,
    Equal,
    ForAll,
    Iff,
    Not,
    concat_heads,
    family,
    hadamard,
    hstack,
    identity,
    index,
    matrix,
    row,
    sizes,
    stack_heads,
    sum_heads,
    unit,
    vstack,
    zeros,
)
from symattn.proof import theorem

N, u, a, b, d, k = sizes("N u a b d k")
E, F = matrix("E", N, u), matrix("F", N, u)
A, w, B = matrix("A", a, u), row("w", u), matrix("B", b, u)
x = row("x", d)
word = index("i", N)
vectors, share = family("e", N, 1, u), family("c", N, 1, 1)


@theorem(
    says=Equal(hstack(zeros(1, a), identity(1), zeros(1, b)) @ vstack(A, w, B), w),
    section="1.1",
    source="textbook linear algebra",
    sketch="A row of blocks times a column of blocks is the sum of the products, 0 A + 1 w + 0 B.",
)
def onehot_row_pick():
    """A one-hot row times the word vectors is one row of them.

    The 1 stands after a zeros, and picks the row that has a rows above it.
    """
    ...


@theorem(
    says=Equal(
        concat_heads(share[word], word) @ stack_heads(vectors[word], word), sum_heads(share[word] @ vectors[word], word)
    ),
    section="1.1",
    source="textbook linear algebra",
    sketch="This is what a matrix product is, with the rows of the second factor written out.",
)
def embedding_is_linear():
    """Any row times the word vectors mixes them, each as much as the entry that stands for its word."""
    ...


@theorem(
    says=Iff(ForAll(row("c", N), Equal(row("c", N) @ E, row("c", N) @ F)), Equal(E, F)),
    section="1.1",
    source="textbook linear algebra",
    sketch=(
        "A one-hot row times E is a row of E, so maps that agree on one-hot rows have matrices with the "
        "same rows.  Equal matrices are equal maps."
    ),
)
def onehot_determines():
    """Two linear maps of rows are equal everywhere exactly when their matrices are, as the one-hot rows show."""
    ...


words = sizes("N", min=2)
G = matrix("G", words, words)
first, second = unit(words, 0), unit(words, 1)


@theorem(
    says=ForAll(G, Not(And(Equal(first @ G, first), Equal(first @ G, second)))),
    section="1.2",
    source="not found stated elsewhere",
    sketch=(
        "The row of G that belongs to the first word would have to be both words, and these are different one-hot rows."
    ),
)
def positionwise_blind():
    """No function of one token alone gives the token before it, as soon as there are two words.

    When the first word comes after itself, and when it comes after the second word, the function sees the same and
    should give different words.  Words are one-hot rows here, and every function of a one-hot row is a matrix.
    """
    ...


up, down = matrix("U", d, k), matrix("D", k, d)
above, below = matrix("X1", a, d), matrix("X2", b, d)


def feed_forward(X: Any) -> Any:
    """Two matrices with a square, entry by entry, between them."""
    return hadamard(X @ up, X @ up) @ down


@theorem(
    says=Equal(
        feed_forward(vstack(above, x, below)), vstack(feed_forward(above), feed_forward(x), feed_forward(below))
    ),
    section="1.2",
    source="Vaswani et al., Attention Is All You Need, arXiv:1706.03762, section 3.3",
    sketch="Products with a matrix on the right and squares of entries act on every row by itself.",
)
def feed_forward_is_positionwise():
    """A feed-forward layer, here with squares between its two matrices, gives each token what it would alone."""
    ...
