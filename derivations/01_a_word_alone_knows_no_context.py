"""From one-hot words to vectors, and why a word needs its context.

Run it: python derivations/01_a_word_alone_knows_no_context.py [--tex FILE] [--png FILE] [--json] [--quiet]
"""

import symattn.views.chapter.interrupts  # isort: skip  # noqa: F401  (before what takes long to load)

import numpy as np
from sympy import MatAdd, MatMul

from symattn import Equal, T, calc, hstack, identity, matrix, ones, row, sizes, softmax, unit, vstack, zeros
from symattn.theory.embedding import context, order, words
from symattn.views.chapter import Chapter

chapter = Chapter(1, "A word alone knows no context")

chapter.prose("""
A text is a sequence of words from a vocabulary of N.  The plainest way to write word number i in numbers is one-hot:
a row of N numbers, all 0 but for a 1 in place i.  Such a row says which word it is and nothing else; no two words are
nearer to each other than any other two.

So each word gets a vector of u numbers, and the N vectors are kept as the rows of a matrix E.  The product of a
one-hot row and E is one of these rows.  Below, A are the rows of E above the word, w is its own row, B are the rows
under it.
""")

a, b, u = sizes("a b u", min=0)
A, w, B = matrix("A", a, u), row("w", u), matrix("B", b, u)
onehot, E = hstack(zeros(1, a), identity(1), zeros(1, b)), vstack(A, w, B)
chapter.theorem(
    words.onehot_row_pick,
    calc(onehot @ E)
    .eq(MatAdd(*map(MatMul, onehot.args, E.args)), by="a row of blocks times a column of blocks")
    .eq(w, by="0 times A is 0, and 1 times w is w"),
)

chapter.prose("""
What does that vector know?  The word, and nothing of its neighbours: in "the river bank" and in "the bank loan" the
word "bank" is the same row of E.  Whatever is computed from that row alone is then the same too, however clever.  Ask
only for the word before, the least that a context can tell.  Suppose that a table G could answer, for two words e₀
and e₁: e₀ after e₀ must give e₀, and e₀ after e₁ must give e₁.  Then the two words would be one.
""")

N = sizes("N", min=2)
G, first, second = matrix("G", N, N), unit(N, 0), unit(N, 1)
after_itself, after_the_other = Equal(first @ G, first), Equal(first @ G, second)
chapter.theorem(
    words.positionwise_blind,
    calc(first, given=(after_itself, after_the_other)).eq(first @ G, by=after_itself).eq(second, by=after_the_other),
)

chapter.prose("""
So something has to carry information from word to word.  Attention does it in the simplest way that can be made to
depend on the words: what a word reads is a weighted mean.  Each word j passes on its value x_j V, where V is one
matrix for all; the reader takes these in with weights that are positive and sum to 1.  The weights are made of scores
s_j by softmax: exp(s_j) over the sum of all of them.  What the scores are is the next chapter; here they may be
anything.  A word at its place in a text is called a token: in "dog bites dog" one word makes two tokens.
""")
chapter.theorem(context.attention_is_weighted_sum)

chapter.prose("""
Does a word now notice its context?  Let a token x score another, z, by x W zᵀ with some matrix W.  Put x first among
copies of itself, then replace the copies by x + y.  What it reads moves by y V times the weight that the others have
together, and no such weight is ever 0.
""")

d, v = sizes("d v", min=0)
m = sizes("m", min=1)
x, y, V, W = row("x", d), row("y", d), matrix("V", d, v), matrix("W", d, d)
others = vstack(zeros(1, 1), ones(m, 1))
tokens = vstack(x, ones(m, 1) @ (x + y))
weights = softmax(x @ W @ T(tokens))
chapter.derivation(
    calc(weights @ tokens @ V)
    .eq(weights @ (ones(m + 1, 1) @ x + others @ y) @ V, by="every token is x, and all but the first have y added")
    .eq(x @ V + weights @ others @ y @ V, by="the weights sum to 1")
)
chapter.theorem(context.context_dependence_iff)

chapter.prose("""
It is often said that a word in two different texts gets two different outputs.  As it stands that is false, whatever
V is.  The order of the others goes unseen, and so does a repetition of the whole text.  Who wants order must put it
into the vectors, or hide from each word what comes after it; layers like the above do not give every word the one
before it.
""")
chapter.theorem(context.other_context_same_output)
chapter.theorem(context.context_order_is_invisible)
chapter.theorem(context.repetition_is_invisible)
chapter.theorem(order.shift_needs_position)

chapter.prose("""
An example by hand.  Vectors of two numbers, how much a word has to do with water and how much with money; the score
of two words is the dot product of their vectors, and V is the identity.  What "bank" is alone, and what it reads:
""")

VECTORS = {"the": (0, 0), "river": (2, 0), "loan": (0, 2), "bank": (1, 1)}


def read(text: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """The attention weights of a text, and what each word reads."""
    X = np.array([VECTORS[word] for word in text], dtype=float)
    raw = np.exp(X @ X.T)
    return raw / raw.sum(axis=1, keepdims=True), raw / raw.sum(axis=1, keepdims=True) @ X


texts = [["the", "river", "bank"], ["the", "bank", "loan"], ["the", "loan", "bank"]]
rows = []
for text in texts:
    output = read(text)[1][text.index("bank")]
    rows.append([" ".join(text), "1 1", f"{output[0]:.2f} {output[1]:.2f}"])
chapter.table(["text", 'row of E for "bank"', 'what "bank" reads'], rows)
chapter.prose("""
The river makes a bank of water and the loan makes one of money.  The last two texts differ in order alone, and read
alike.
""")
chapter.heatmap(
    read(texts[0])[0],
    rows=texts[0],
    columns=texts[0],
    caption="The weights: how much the word of a row takes of each word",
)

chapter.question("""
The weights come from scores, one number for each pair of words.  Which functions of two vectors can be a score?
""")

if __name__ == "__main__":
    chapter.main()
