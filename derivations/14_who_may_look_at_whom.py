"""Who may look at whom: causal masks, windows, and how places enter scores, as biases or as turns.

Run it: python derivations/14_who_may_look_at_whom.py [--tex FILE] [--png FILE] [--json] [--quiet]
"""

import symattn.views.chapter.interrupts  # isort: skip  # noqa: F401  (before what takes long to load)

from fractions import Fraction

import numpy as np
from mpmath import iv

from symattn.theory.efficient import chunks
from symattn.theory.positions import biases, masks, rotations, turns
from symattn.theory.softmax import causal
from symattn.views.chapter import Chapter, rounded

chapter = Chapter(14, "Who may look at whom")
WORDS = ["the", "cat", "sat", "down"]

chapter.prose("""
A decoder writes from left to right.  While it learns, it sees whole texts at once, and every word has to be foretold
from those before it.  So a word must not look ahead.  That is done by a mask, which is 1 where the key j stands at the
place i of the query or before it, and 0 elsewhere.  Softmax leaves out what is 0 there, above and below the division.
These are weights under such a mask.  Scores are in units of log 2, so that all is exact:
""")
SCORES = np.array([[0, 3, 1, 2], [1, 0, 2, 0], [0, 2, 0, 3], [2, 0, 1, 0]])


def weights(S: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Softmax to the base 2, row by row, of what the mask leaves."""
    seen = np.array([[Fraction(2) ** int(s) for s in line] for line in S]) * mask
    return seen / seen.sum(axis=1, keepdims=True)


CAUSAL = np.tril(np.ones((4, 4), dtype=int))
P = weights(SCORES, CAUSAL)
chapter.table(["", *WORDS], [[word, *line] for word, line in zip(WORDS, P, strict=True)], caption="Causal weights")
chapter.prose("""
No row is empty, as every word may at least look at itself.  In the proof that is the whole point: the sum below the
division has a positive summand, at j = i.  For a mask that leaves out the word itself this fails in the first row.
""")
chapter.theorem(causal.causal_rows_sum_to_one)
chapter.prose("""
What comes later changes nothing in what was read before.  Cut the text anywhere, after the first a words X, and let Y
be the rest.  [1 | 0] picks the first a rows:
""")
chapter.theorem(masks.causal_reads_what_came)
chapter.prose(f"""
That is why keys and values of a text can be kept while it grows.  And it gives a determinant for nothing.  Above the
diagonal there are zeros, so it is the product of the diagonal, here {" · ".join(str(P[i, i]) for i in range(4))}, and
never 0.  No two words of a text ever read by the same mixture, nor by mixtures that differ only in combination:
causal weights have full rank, whatever the rank of the scores is.
""")
chapter.theorem(causal.causal_determinant)

chapter.prose("""
A mask also tells what no score has told: where a word stands.  Let all scores be 0.  Then word i gives the same weight
to each of the i words that it sees.  A value that is 1 for the first word only is read as 1/i:
""")
chapter.theorem(masks.nope_reads_its_position)
chapter.theorem(masks.positions_count_up)
chapter.prose("""
Without a mask that is impossible, as chapter 1 has shown: there, words that are exchanged exchange their answers and
nothing else happens.  The mask itself is the sum that runs along the text, and the difference of neighbours undoes it.
The matrix shift(n) has 1 just below its diagonal:
""")
chapter.theorem(masks.running_sums_undone)

chapter.prose("""
Long texts are often read through a window, w words back and no further.  Rows still sum to 1, but a word w + 1 places
back is out of sight.  The next layer reads what the layer below has read, so that sight grows, by w a layer:
""")
chapter.theorem(causal.window_rows_sum_to_one)
chapter.theorem(masks.window_after_window)


def reach(width: int, layers: int) -> int:
    """How many words back something of the text can be seen, by the non-zero entries of products of windows."""
    size = width * layers + 2
    band = np.tril(np.ones((size, size), dtype=int)) - np.tril(np.ones((size, size), dtype=int), -width - 1)
    seen = np.linalg.matrix_power(band, layers)[-1] > 0
    return int(size - 1 - np.flatnonzero(seen)[0])


chapter.table(
    ["window", "1 layer", "2 layers", "4 layers"],
    [[width, *(reach(width, layers) for layers in (1, 2, 4))] for width in (1, 3, 8)],
    caption="How far back a word can see, counted in products of windows",
)
chapter.prose("""
That it can reach so far does not say that much arrives.  The last word in sight comes by a single path, through the
outermost weight of each layer; the words in between come by many.
""")

chapter.prose("""
So masks tell order.  Distance is told by scores.  The simplest way is to take off m for each step back, with a slope m
for each head.  That looks like a matrix of its own, but it is not.  A query's own place adds the same to all of its
scores, and softmax forgets it.  What is left is one more coordinate of the keys, their places t:
""")
chapter.theorem(biases.alibi_extra_key)
chapter.prose("""
That holds with or without a mask, but it needs one to make sense.  Without it, words that come later would be
favoured.  Under a causal mask none of these is seen, and what is taken off is m for each step of the distance |i - j|:
""")
chapter.theorem(biases.alibi_causal)
chapter.prose("""
If distance is to count in both ways, then one coordinate will not do, nor will any few:
""")
chapter.theorem(biases.alibi_both_ways)

chapter.prose("""
The other way is to turn.  Take the coordinates of queries and keys in pairs, and turn pair j of the word at t by the
angle t θ_j.  Turns add up, and they change no length:
""")
chapter.theorem(turns.rope_adds)
chapter.theorem(turns.rope_keeps_lengths)
chapter.prose("""
A product of two vectors does not change when both are turned alike.  So a query at s and a key at r score by s - r
alone, and moving the whole text moves nothing.  Places need not be whole numbers for that:
""")
chapter.theorem(turns.rope_by_difference)
chapter.theorem(turns.rope_moves)
STEPS, FREQUENCIES = (0, 1, 2, 4, 8, 16, 32), (1, Fraction(1, 4), Fraction(1, 16))


def turned_product(step: int) -> iv.mpf:
    """The score of a query against the key that equals it, of length 1, so many places apart."""
    return sum(iv.cos(iv.mpf(step) * f.numerator / f.denominator) for f in map(Fraction, FREQUENCIES)) / 3


chapter.bars(
    [rounded(turned_product(step), 2) for step in STEPS],
    labels=[f"{step}" for step in STEPS],
    digits=2,
    caption="A key that equals the query, by its distance: θ = 1, 1/4, 1/16",
)
chapter.prose("""
It is often said that the score falls with distance.  The bars do at first, and then they rise again.  Nothing about
turning makes it fall:
""")
chapter.theorem(rotations.rope_decay_false)

chapter.prose("""
Which of these go with fast attention?  A causal mask goes with features, the third way of the last chapter, if the text
is cut in chunks.  A chunk reads itself by its scores under the mask, and all that came before through one matrix, whose
size is that of a feature times that of a value.  With chunks of one word it is the recurrence, with one chunk of all
words it is attention; all cuts give the same:
""")
chapter.theorem(chunks.chunkwise_linear_attention)
chapter.table(
    ["", "order of sums", "cache", "features"],
    [
        ["causal mask", "yes", "yes", "yes, in chunks"],
        ["window", "yes", "the last w", "if old keys are kept"],
        ["bias -m (i - j)", "yes", "yes", "as a decay"],
        ["turns", "yes", "turned keys", "above the division"],
    ],
    caption="What keeps its result",
)
chapter.prose("""
Turns are the odd one.  Features have to be positive, so that what is below the division is; a turn makes them anything.
So it is left out below.  Then what comes out is a sum of values, but no mean of them.
""")

chapter.question("""
All this is what heads can do.  What do trained heads do?  Read the weights of one (symattn.models), fold in what stands
around Q and K, and ask: how much of its scores is symmetric, what is its rank, which of these masks does it need?
""")

if __name__ == "__main__":
    chapter.main()
