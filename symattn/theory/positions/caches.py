"""Keys and values that are kept, and keys that are hidden: what attention needs of other tokens, and what it leaks.

    S        scores of all tokens, queries along the rows and keys along the columns
    V        their values, one a row
    last     the last of p + 1 tokens
    new      n of m + n tokens, those after the first m
    g        n×1, 1 for the tokens that may be seen and 0 for those that are hidden
    x, y, z  1×d, tokens

Main results
    causal_is_full_attention_of_prefix   a token under a causal mask reads as the last one of its prefix does, unmasked
    cache_of_any_length                  new queries over kept and new keys take the causal mask of the lower right
    hidden_keys_leak_nothing             a mask on keys makes scores and values of hidden tokens count for nothing
    hidden_queries_leak                  a mask on queries alone does not: what is hidden is read by the others
"""

from __future__ import annotations

from typing import Any

from symattn.language import (
    Equal,
    Exists,
    Not,
    causal,
    diag,
    hstack,
    identity,
    matrix,
    ones,
    row,
    sizes,
    softmax,
    unit,
    vstack,
    zeros,
)
from symattn.proof import theorem

n, m, d = sizes("n m d", min=1)
p, v = sizes("p v", min=0)
last = hstack(zeros(1, p), identity(1))
S, V = matrix("S", p + 1, p + 1), matrix("V", p + 1, v)


@theorem(
    section="6.7",
    says=Equal(last @ softmax(S, mask=causal(p + 1)) @ V, softmax(last @ S) @ V),
    source="textbook linear algebra",
    sketch="In the last row of the mask there are ones alone.",
)
def causal_is_full_attention_of_prefix():
    """The last token of a sequence reads under the causal mask what it reads without any.

    So every token reads what it would read, unmasked, as the last one of its prefix: by causal_reads_what_came the
    tokens that follow change nothing.
    """
    ...


whole, stored = matrix("S", m + n, m + n), matrix("V", m + n, v)
new = hstack(zeros(n, m), identity(n))


@theorem(
    section="6.7",
    says=Equal(
        new @ softmax(whole, mask=causal(m + n)) @ stored,
        softmax(new @ whole, mask=causal(n, m + n, "lower-right")) @ stored,
    ),
    source="textbook linear algebra",
    sketch="The last n rows of causal(m + n) compare j with m + i, as the mask of the lower right does.",
)
def cache_of_any_length():
    """The last n of m + n queries read, over all keys, under the causal mask that is aligned at the lower right.

    So with keys and values of m tokens kept, however many, n more tokens are read as if all were read at once.
    """
    ...


g = matrix("g", n, 1, mask=True)
scores, values = matrix("S", n, n), matrix("V", n, v)
seen = ones(n, 1) @ g.T


@theorem(
    section="6.7",
    says=Equal(softmax(scores, mask=seen) @ values, softmax(scores @ diag(g), mask=seen) @ (diag(g) @ values)),
    source="textbook linear algebra",
    sketch="The mask makes 0 of every exponential of a hidden key, above and below the division.",
)
def hidden_keys_leak_nothing():
    """Under a mask on keys all queries, hidden ones too, read the same when hidden scores and values are 0.

    So what stands in hidden places, such as padding, does not matter; no mask on queries is needed for that.
    """
    ...


W = matrix("W", d, d)
x, y, z = row("x", d), row("y", d), row("z", d)


def seen_of(hidden: Any, token: Any) -> Any:
    """What the second of two tokens reads when the mask hides the first as a query, and not as a key."""
    tokens = vstack(hidden, token)
    queries = vstack(zeros(1, 2), ones(1, 2))
    return hstack(zeros(1, 1), identity(1)) @ softmax(tokens @ W @ tokens.T, mask=queries) @ tokens


@theorem(
    section="6.7",
    says=Exists(
        (W, x, y, z),
        Not(Equal(seen_of(x, y), seen_of(z, y))),
        witness=(zeros(d, d), unit(d, 0), zeros(1, d), zeros(1, d)),
    ),
    source="not found stated elsewhere",
    sketch="With W = 0 the second token reads (x + y)/2, which e_0 and 0 in the place of x tell apart.",
)
def hidden_queries_leak():
    """A mask on queries alone leaks: what another token reads depends on the token that it hides."""
    ...
