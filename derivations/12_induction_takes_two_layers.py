"""The induction head: two heads, one on what the other has written, that say what followed a word before.

Run it: python derivations/12_induction_takes_two_layers.py [--tex FILE] [--png FILE] [--json] [--quiet]
"""

import symattn.views.chapter.interrupts  # isort: skip  (before what takes long to load)

from functools import cache
from typing import Any

import numpy as np
from mpmath import iv

import symattn as sa
from symattn import T, calc, causal, circuit, identity, layers, matrix, row, scalar, softmax, stream, unit, vstack
from symattn.theory.circuits import causal_induction, induction
from symattn.views.chapter import Chapter, rounded

chapter = Chapter(12, "Induction takes two layers")

chapter.prose("""
"Hello World . Hello": what comes next?  World, one says, because it did the last time.  The rule is: find the same word
earlier in the text, and say what followed it.  It asks for no knowledge of words; it works for "foo bar baz foo" as
well.  Trained networks have heads that do it, and they are called induction heads.

Why do they have two layers?  Because one cannot do it, without places.  Let the words x_a, x_b, x_c, x_d and once more
x_a be the text.  A head at the last of them compares by W, writes by M, and adds up values with weights; and a sum does
not know the order of its parts, so x_b and x_d can be exchanged.  Here [x_a; x_b] is x_a above x_b, and so on:
""")
d = sa.sizes("d", min=1)
x_a, x_b, x_c, x_d = (row(f"x_{name}", d) for name in "abcd")
W, M = matrix("W", d, d), matrix("M", d, d)
one_way, other_way = vstack(x_a, x_b, x_c, x_d, x_a), vstack(x_a, x_d, x_c, x_b, x_a)
chapter.derivation(
    calc(softmax(x_a @ W @ T(one_way)) @ one_way @ M).eq(
        softmax(x_a @ W @ T(other_way)) @ other_way @ M, by="the same exponentials, and the same values"
    )
)
chapter.prose("""
One should say x_b after the first text, and x_d after the second.  Such a head says the same, and so does a layer of
many heads, with W[h] and M[h] for head h, which Σ_h adds up, and with a feed-forward part after them that has the
matrices U and D:
""")
chapter.theorem(induction.one_layer_nope_no_induction)

chapter.prose("""
Two layers can.  The first is the head that finds the word before, of sharpness β₁, under a causal mask: a word sees
itself and what stands before it.  So the first word, which has none before it, reads itself.  The second head, of
sharpness β₂, asks with the word itself, for tokens whose slot of the word before holds the same; it moves the word that
it finds there into a slot for the answer.  Put a word in front of the text that stands nowhere else, "start":
""")
beta_1, beta_2 = scalar("beta_1", positive=True), scalar("beta_2", positive=True)


@cache
def run(text: str, sharp_1: int, sharp_2: int, masked: bool = True) -> tuple[Any, list[str], list[Any]]:
    """The stream of a text, its different words, and in intervals: after one layer, after two, the second's weights."""
    tokens, words = text.split(), list(dict.fromkeys(text.split()))
    n, N = len(tokens), len(words)
    s = stream(word=N, place=n, before=N, answer=N, rest=0).standard
    mask = causal if masked else None
    first = circuit(s, value="word", key="place", query=sa.shift("place"), output="before", scale=beta_1, mask=mask)
    second = circuit(s, value="word", key="before", query="word", output="answer", scale=beta_2, mask=mask)
    X = s.record(word=vstack(*(unit(N, words.index(word)) for word in tokens)), place=identity(n))
    X1 = layers(first)(X)
    weights = softmax(beta_2 * X1 @ second.Q @ T(X1 @ second.K), mask=causal(n) if masked else None)
    wanted = X1, layers(first, second)(X), weights
    values = {beta_1: sharp_1, beta_2: sharp_2}
    return s, words, [sa.evaluate(A, sa.sample(A, values=values), sa.numeric.Intervals()) for A in wanted]


def answer(text: str, word: str, sharp_1: int, sharp_2: int, masked: bool = True) -> Any:
    """How much of a word the last token of a text has for an answer, as an interval."""
    _, words, (_, after, _) = run(text, sharp_1, sharp_2, masked)
    return after[-1][-len(words) :][words.index(word)]


def show(text: str, layer: int, sharp_1: int, sharp_2: int, caption: str) -> None:
    """The record of a text after so many layers."""
    s, words, found = run(text, sharp_1, sharp_2)
    rows = [[rounded(entry, 4) for entry in line] for line in found[layer - 1]]
    chapter.record(s, rows, words=dict.fromkeys(("word", "before", "answer"), words), caption=caption)


TEXT, BARE = "start Hello World . Hello", "Hello World . Hello"
show(TEXT, 1, 6, 6, "After the first layer, with β₁ = 6; weights below 0.005 are not shown")
show(TEXT, 2, 6, 6, "After the second, with β₂ = 6")
chapter.heatmap(
    np.array([[rounded(entry, 3) for entry in line] for line in run(TEXT, 6, 6)[2][2]]),
    rows=TEXT.split(),
    columns=TEXT.split(),
    caption="Where each word looks in the second layer",
)
chapter.prose("""
The last Hello has World for an answer, found at the token whose word before is Hello.  The words before it have not
been there earlier, so that nothing follows one like them.  They read all that they see nearly alike.

Where do the scores come from?  From the first layer alone.  Let X be the words, and x the last of them.  The first
layer has the weights A = softmax(S), and at m tokens it has written A X, beside the words of these tokens.  Those do
not matter, so take x for all of them.  The query reads the one half, and the key the other, and so the two heads work
together:
""")
chapter.theorem(induction.induction_head_scores)
chapter.prose("""
With one-hot words A X xᵀ says how much of each token's word before is like the last one.  Were the first layer exact,
that would be 1 for the m tokens that follow one like the last, and 0 for all others: scores β₂ and 0.  Softmax then
gives the m of n tokens together the weight m e^g/(m e^g + n - m) with g = β₂.  They have no less when they score at
least c + g, for some number c, and all others at most c.  In the theorem y are the scores, and v has a 1 for each of
the m; A ∘ B multiplies entry by entry:
""")
chapter.theorem(causal_induction.marked_weight_least)
chapter.prose("""
The first layer is not exact.  Of n + 1 tokens the last one sees n others than the one before it.  Their weight is
n/(e^β + n), with β = β₁, and no token loses more.  The matrix shift(n + 1) has a 1 where a key stands just before a
query, and [0 | I] leaves out the first row:
""")
chapter.theorem(causal_induction.prevtoken_causal_error)
chapter.prose("""
Call that ε.  So those that follow score at least β₂ (1 - ε), and the others at most β₂ ε; the gap is β₂ (1 - 2 ε).
The column h has a 1 for each token like the last.  Then shift(n + 1) h has one for each that follows such a token, and
the hypothesis says that the first token is not like the last:
""")
chapter.theorem(causal_induction.induction_causal)


def promised(sharp_1: int, sharp_2: int) -> Any:
    """e^g/(e^g + 4) with g = β₂ (1 - 2 ε), for the error ε of the first layer of five words, as an interval."""
    gap = iv.exp(sharp_2 * (1 - 2 * 4 / (iv.exp(sharp_1) + 4)))
    return gap / (gap + 4)


chapter.prose("""
In our text m = 1 and n = 4, and ε = 4/(e^β + 4) for β = β₁.  What the last Hello has of World, and what was promised:
""")
POINTS, curves = range(0, 13, 2), dict[str, list[float]]()
for sharp_1 in (2, 4):
    curves[f"β₁ = {sharp_1}"] = [rounded(answer(TEXT, "World", sharp_1, sharp_2), 3) for sharp_2 in POINTS]
    curves[f"β₁ = {sharp_1}, promised"] = [rounded(promised(sharp_1, sharp_2), 3) for sharp_2 in POINTS]
chapter.curves(POINTS, curves, axis="β₂", caption="The weight of World, by the sharpness of both layers")

chapter.prose("""
Why "start"?  It is often said that this construction always works.  Take the word away, and ask "Hello World . Hello"
again.  The first Hello looks at itself.  So its slot says that Hello stood before it, and it looks like a word that
follows Hello:
""")
show(BARE, 2, 6, 6, "Without a first word of its own, with β₁ = β₂ = 6")
chapter.prose("""
World and Hello are a draw, and no sharpness helps.  For m tokens that follow, one such first word, and r others, with a
first layer that is exact:
""")
chapter.theorem(induction.induction_needs_a_first_token)
columns = {'with "start"': (TEXT, True), "without": (BARE, True), "without, and no mask": (BARE, False)}
chapter.table(
    ["β₁ = β₂", *columns],
    [
        [sharp, *(f"{rounded(answer(text, 'World', sharp, sharp, how), 3):.3f}" for text, how in columns.values())]
        for sharp in (2, 4, 6, 8, 12)
    ],
    caption="The weight of World",
)
chapter.prose("""
In the last column nothing is masked.  The scores of the first word are 0, so it reads all words alike.  Then its slot
holds Hello by half, and is not mistaken for long.  Under a mask there is no such way out; there it takes a
first token that stands nowhere else, which is one use of the mark that many networks put before every text.

Last, what if a word was followed by different ones?  Then the answers are counted, without anybody having planned it:
""")
MADE_UP = "start foo bar . foo bar . foo baz . foo"
chapter.table(
    ["β₁ = β₂", "bar", "baz"],
    [
        [sharp, *(f"{rounded(answer(MADE_UP, word, sharp, sharp), 3):.3f}" for word in ("bar", "baz"))]
        for sharp in (4, 8, 12)
    ],
    caption=f'What follows "{MADE_UP}"',
)

chapter.question("""
Every word compares itself with every other, in both layers.  For a long text that is a great many weights, and nearly
all of them are nearly 0.  Must they all be computed?
""")

if __name__ == "__main__":
    chapter.main()
