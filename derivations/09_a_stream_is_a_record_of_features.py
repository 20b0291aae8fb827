"""The residual stream: a record of named features, added up; and what no feed-forward layer can write into it.

Run it: python derivations/09_a_stream_is_a_record_of_features.py [--tex FILE] [--png FILE] [--json] [--quiet]
"""

import symattn.views.chapter.interrupts  # isort: skip  # noqa: F401  (before what takes long to load)

from fractions import Fraction
from itertools import product

import numpy as np

from symattn import Equal, calc, identity, matrix, row, sizes, stream, zeros
from symattn.theory.circuits import composition, residual_stream
from symattn.theory.embedding import order, words
from symattn.views.chapter import Chapter

chapter = Chapter(9, "A stream is a record of features")

chapter.prose("""
"Hello World ." are three words.  A program would keep a record for each: which word it is, where it stands, and, as
soon as somebody has found out, which word stood before it.  A network keeps one row of d numbers for each word, the
residual stream, and every layer adds to it.  So the second layer reads what went in plus what the first one wrote:
""")
d = sizes("d", min=1)
x0, f1, f2, x1 = row("x_0", d), row("f_1", d), row("f_2", d), row("x_1", d)
first_layer = Equal(x1, x0 + f1)
chapter.derivation(calc(x1 + f2, given=first_layer).eq(x0 + f1 + f2, by=first_layer))
chapter.prose("""
And so on through L layers.  Let x hold the stream at one word, a row for each time: what went in, and what there is
after each layer, L + 1 rows.  The rows of f are what the L layers write, and ones(1, L) f is their sum.  In what is
given below [0 | I] and [I | 0] have L rows, and pick all rows of x but the first, and all but the last: every step adds
a row of f.  In what is claimed they have one row, and pick the last and the first.
""")
chapter.theorem(residual_stream.residual_sum)

chapter.prose("""
Nothing is kept apart: it is one sum.  How does a later head find in it what one layer has written?  By writing each
feature into a slot of its own.  Let E₁ be a matrix of d rows with orthonormal columns, E₁ᵀ E₁ = I, and E₂ another, with
E₁ᵀ E₂ = 0.  Whoever has y to say in the first slot adds y E₁ᵀ; whoever wants it multiplies by E₁:
""")
m, n = sizes("m n", min=1)
E1, E2, y, z = matrix("E_1", d, m), matrix("E_2", d, n), row("y", m), row("z", n)
own, other = Equal(E1.T @ E1, identity(m)), Equal(E2.T @ E1, zeros(n, m))
chapter.derivation(
    calc((y @ E1.T + z @ E2.T) @ E1, given=(own, other))
    .eq(y @ E1.T @ E1 + z @ E2.T @ E1, by="multiplied out")
    .eq(y + z @ E2.T @ E1, by=own)
    .eq(y, by=other)
)
chapter.prose("""
That is what a record does.  It can be overwritten too, by a layer that takes the old content away, x E₁ E₁ᵀ of a stream
x, as it writes the new.
""")
chapter.theorem(residual_stream.feature_slots)

WORDS = ["Hello", "World", "."]
RECORD = stream(word=3, place=3, before=3, rest=0)
chapter.prose("""
The plainest slots stand side by side.  With three words and three places, one-hot, the stream has width 9, and the slot
for the word before is still empty:
""")
ROWS = np.hstack([np.eye(3, dtype=int), np.eye(3, dtype=int), np.zeros((3, 3), dtype=int)])
chapter.heatmap(
    ROWS,
    rows=WORDS,
    columns=[f"{name} {at}" for name in RECORD for at in (1, 2, 3)],
    caption="The stream of the three words, as numbers",
)
chapter.record(RECORD, ROWS, words={"word": WORDS, "before": WORDS}, caption="The same as a record")

chapter.prose("""
But slots need not be coordinates.  Let one number be written along (3/5, 4/5), another along (-4/5, 3/5):
""")
TURNED = [(Fraction(3, 5), Fraction(4, 5)), (Fraction(-4, 5), Fraction(3, 5))]
lines = []
for pair in ((2, 0), (0, 7), (2, 7)):
    held = [sum(value * slot[at] for value, slot in zip(pair, TURNED, strict=True)) for at in (0, 1)]
    found = [sum(number * coordinate for number, coordinate in zip(held, slot, strict=True)) for slot in TURNED]
    lines.append([f"{pair[0]}, {pair[1]}", ", ".join(map(str, held)), ", ".join(map(str, found))])
chapter.table(["written", "the two coordinates", "read back"], lines)
chapter.prose("""
Neither coordinate is 2 or 7, or has anything to do with one of them alone.  It is often asked what coordinate number 17
of a stream stands for.  Of itself, for nothing: turn all slots by one rotation, and all that reads and writes them, and
the network is the same.  Names belong to slots.

How many features is there room for?  As many as the width, and no more, when each is to be read back exactly:
""")
chapter.theorem(residual_stream.slots_fit_in_width)
chapter.theorem(residual_stream.slots_need_width)
FOUR = np.array([[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]])
chapter.prose("""
From this it is sometimes concluded that a stream cannot hold more features than it has numbers.  It can, inexactly.
Here are four directions in width 3, the corners (1, 1, 1), (1, -1, -1), (-1, 1, -1) and (-1, -1, 1) of a cube, divided
by √3.  What does each of the four reads find, when one feature is written with strength 1?
""")
NAMES = ["first", "second", "third", "fourth"]
chapter.heatmap(
    FOUR @ FOUR.T / 3,
    rows=NAMES,
    columns=NAMES,
    caption="Row: which one is written; column: what the read of each finds",
)
chapter.prose("""
Where one at a time is written, the largest read says which.  When all four are, every read finds 1 - 3 · 1/3 = 0: they
have wiped each other out.  A few at a time out of many is what such a stream is good for.

So what a later head sees of an earlier one is a matter of two matrices.  Let the earlier one write x M, and let the
later one make its queries by Q:
""")
chapter.theorem(composition.virtual_weights)

chapter.prose("""
Who fills the empty slot?  Layers come in two kinds, heads and feed-forward layers.  The second kind can
compute nearly everything from a row, but only from that row.  Here with squares between its two matrices U and D, where
A ∘ A squares the entries of A; x is one row, X1 are those above it, X2 those below:
""")
chapter.theorem(words.feed_forward_is_positionwise)
chapter.prose("""
In "Hello World" and "Goodbye World" the second row is the same: World, in place 2.  Whatever is made of it is the same
too, and should be Hello in the one text and Goodbye in the other.  Does it help to guess?  Take all texts of two words
out of N, and all ways to make a guess of the second word; count in how many texts a guess is right:
""")


def right(N: int) -> set[int]:
    """In how many of the N² texts a function of the second word gives the first; all functions are tried."""
    texts = list(product(range(N), repeat=2))
    return {sum(guess[second] == first for first, second in texts) for guess in product(range(N), repeat=N)}


chapter.table(
    ["N", "texts", "ways to guess", "right, at worst", "right, at best"],
    [[N, N**2, N**N, min(right(N)), max(right(N))] for N in (2, 3, 4, 5)],
)
chapter.prose("""
Every one is right in N texts of N², no better than to name one word always.  It is no help either that the row says
where it stands: that is where, and not after whom.  With one-hot words e₀, e₁, … every function of a word is a matrix
G:
""")
chapter.theorem(words.positionwise_blind)
chapter.prose("""
Attention does look back.  But without places it does not know where back is.  Let x, y, z be the first three words and
Z the others, in a layer of heads with queries Q[h], keys K[h], values V[h] and outputs O[h], which Σ_h adds up:
""")
chapter.theorem(order.shift_needs_position)

chapter.question("""
It takes a head, and it takes places.  Which head, exactly?  What does it read, what does it compare, and what does it
write, to put into the record of each word the word before it?
""")

if __name__ == "__main__":
    chapter.main()
