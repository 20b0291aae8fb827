"""The head that writes the word before into each record, built read by read; and how wrong it is.

Run it: python derivations/10_a_head_that_finds_the_word_before.py [--tex FILE] [--png FILE] [--json] [--quiet]
"""

import symattn.views.chapter.interrupts  # isort: skip  # noqa: F401  (before what takes long to load)

from fractions import Fraction
from typing import Any

import numpy as np
from mpmath import iv

from symattn import (
    T,
    calc,
    circuit,
    evaluate,
    identity,
    layers,
    matrix,
    reading,
    sample,
    scalar,
    shift,
    sizes,
    softmax,
    stream,
)
from symattn.numeric import Intervals
from symattn.theory.circuits import causal_induction, lookup
from symattn.views.chapter import Chapter, rounded

chapter = Chapter(10, "A head that finds the word before")

chapter.prose("""
Each word of "Hello World ." has a record in its row of the stream: the word, its place, and an empty slot for the word
before.  The slots are matrices: E_token of d rows reads the word, a one-hot row of N numbers, and E_place and E_before
read the others.  Their columns are orthonormal, and orthogonal to those of each other.  We build the head that fills
the empty slot.  It has four matrices, and each answers one question.

What does it move?  Words.  So its values read the word, V = E_token.  Where does it put them?  Into the slot for the
word before, O = E_beforeᵀ.  What is a word found by?  Its place, so keys are places: K = E_place.  And what does a
word look for?  It knows its own place, so its query is that place, moved back by one.  Let S be the matrix that moves a
one-hot place back; the first has none before it, and its row is 0.  Then Q = E_place S.  For three places:
""")
PLACES, WORDS = ["1", "2", "3"], ["Hello", "World", "."]
S3 = np.eye(3, k=-1, dtype=int)
chapter.heatmap(S3, rows=PLACES, columns=PLACES, caption="S: the query of each place, row by row")

p = sizes("p", min=0)
N, n = sizes("N n", min=1)
beta = scalar("beta", positive=True)
s = stream(token=N, place=p + 1, before=N)
A, B, S = matrix("A", n, N), matrix("B", n, p + 1), matrix("S", p + 1, p + 1)
finder = circuit(s, value="token", key="place", query=reading("place", by=S), output="before", scale=beta)
X = s.record(token=A, place=B)
chapter.prose("""
Does this do what it should?  Let the rows of A be the words and those of B the places, so that the stream is X = A
E_tokenᵀ + B E_placeᵀ.  The scores are the queries X Q times the keys X K, transposed:
""")
chapter.derivation(
    calc(X @ finder.Q @ T(X @ finder.K), given=s.given).eq(
        B @ S @ B.T, by="each slot is read for itself, and the others give 0"
    )
)
chapter.prose("""
For one-hot places in order, B = I, the scores are S itself: 1 for the place before, and 0 for all others.  The head
multiplies them by a number β > 0 and takes softmax; β is how sharp it looks, and 1/β is often called its temperature.
What it adds to the stream is read from the slot that it writes:
""")
chapter.derivation(
    calc(finder(X) @ s["before"], given=s.given).eq(
        softmax(beta * B @ S @ B.T) @ A, by="values are the words, and what is written in a slot is read from it"
    )
)

SMALL = stream(token=3, place=3, before=3, rest=0).standard
HEAD = circuit(SMALL, value="token", key="place", query=shift("place"), output="before", scale=beta)
START = SMALL.record(token=identity(3), place=identity(3))
NAMES = {"token": WORDS, "before": WORDS}


def numbers(expression: Any, sharpness: int) -> np.ndarray:
    """The value of an expression at β, within bounds that agree in four digits."""
    found = evaluate(expression, sample(expression, values={beta: sharpness}), Intervals())
    return np.array([[rounded(entry, 4) for entry in line] for line in found])


chapter.prose(
    "Now in numbers, with slots side by side.  The record before the head, and after it, with β = 2 and β = 5:"
)
chapter.record(SMALL, numbers(START, 1), words=NAMES, caption="Before the head")
for sharpness in (2, 5):
    chapter.record(
        SMALL, numbers(layers(HEAD)(START), sharpness), words=NAMES, caption=f"After it, with β = {sharpness}"
    )
chapter.heatmap(numbers(softmax(beta * shift(3)), 5), rows=WORDS, columns=WORDS, caption="The weights with β = 5")

chapter.prose("""
It is said that such a head copies the word before.  It never does quite, and the first word has none before it: all its
scores are 0, so it reads all words alike.  Under a causal mask, which hides what comes later, it reads itself.  In the
theorem n words score 0 first, and then a single one does:
""")
chapter.theorem(lookup.first_token_has_no_previous)
chapter.prose("""
How wrong is it for the others?  Of n words one scores β and n - 1 score 0.  So the exponentials are e^β once, and 1 for
each of the others.  In the theorem a keys stand before the one that is looked up and b after it, a + b = n - 1.  The
last factor on the left picks the weight of that key, or those of all the others:
""")
chapter.theorem(lookup.prevtoken_exact)
chapter.prose("The error is (n - 1)/(e^β + n - 1).  When e^β is a whole number, so exactly:")
chapter.table(
    ["e^β", *(f"n = {words}" for words in (2, 3, 11, 101))],
    [[power, *(str(Fraction(words - 1, power + words - 1)) for words in (2, 3, 11, 101))] for power in (1, 9, 99, 999)],
    caption="The weight that goes elsewhere",
)
chapter.prose("""
A causal mask hides some of the others.  Then word i sees the word before it, itself and i - 2 more, so that i - 1 of
them are wrong, and its error is (i - 1)/(e^β + i - 1).  Here are n + 1 words.  The matrix shift(n + 1) picks for each
the one before it, [0 | I] leaves out the first, and rowsum(causal(n + 1)) counts 1, 2, …, n + 1:
""")
chapter.theorem(causal_induction.prevtoken_causal)
chapter.prose("""
What is read then, when c is the value of the right word, and V and V' are the values of those before and after it?  It
is off by the error times the way from c to the mean of the others:
""")
chapter.theorem(lookup.prevtoken_output)
chapter.prose("""
No β makes the error 0, and every β makes it small for few words.  To have at most the error ε = 1/(1 + r), the score
must be at least log((n - 1) r), and that is enough:
""")
chapter.theorem(lookup.prevtoken_sharpness)
chapter.theorem(lookup.prevtoken_least_score)
COUNTS = (3, 10, 100, 1000)
POINTS = range(13)


def error(words: int, sharpness: int) -> Any:
    """(n - 1)/(e^β + n - 1), as an interval."""
    return (words - 1) / (iv.exp(sharpness) + words - 1)


chapter.table(
    ["words n", "β for ε = 1/10", "β for ε = 1/100", "β for ε = 1/1000"],
    [[words, *(f"{rounded(iv.log((words - 1) * r), 2):.2f}" for r in (9, 99, 999))] for words in (*COUNTS, 100000)],
)
chapter.prose("""
Ten times the words cost log 10, or 2.3, more of β, whatever ε is: in the picture every curve is the same one, moved.  A
head that was sharp enough for short texts is not for long ones.
""")
chapter.curves(
    POINTS,
    {f"n = {words}": [rounded(error(words, point), 3) for point in POINTS] for words in COUNTS},
    axis="β",
    caption="The error of the head, by its sharpness β = 1/temperature",
)

chapter.prose("""
What does it cost in width?  The form that moves n one-hot places back has rank n - 1, and that is the width it needs.
For m + 1 places:
""")
chapter.theorem(lookup.prevtoken_form_rank)
chapter.prose("""
That is much for so simple a wish.  A narrow head was found earlier that lets any key win, with queries (2 f, 1) and
keys (p, -p²).  If p is the place of a word and f the place that is looked for, the score is f² less the square of the
distance of p and f.  Far words score far less than near ones, and the error stays below 2/(e^β - 1) for any number of
words:
""")


def narrow(words: int, sharpness: int) -> Any:
    """The error of the narrow head in the middle of a text, as an interval."""
    others = sum(iv.exp(-sharpness * (place - words // 2) ** 2) for place in range(words) if place != words // 2)
    return others / (1 + others)


chapter.table(
    ["words n", "width", "error, one-hot", "width", "error, narrow"],
    [
        [words, words - 1, f"{rounded(error(words, 5), 3):.3f}", 2, f"{rounded(narrow(words, 5), 3):.3f}"]
        for words in COUNTS
    ],
    caption="Both heads with β = 5, at a word in the middle",
)
chapter.prose("""
Its price is in the numbers: places are as large as n, and scores as n², where rounding begins to matter.  One-hot
places are easy to see through, but not the best there is.
""")

chapter.question("""
The head reads the stream three times, by Q, by K and by V.  Keys and values are read off the same word, though.  Do
three reads have to be three?
""")

if __name__ == "__main__":
    chapter.main()
