"""Causal masks and windows, in which places are numbers.

Tokens are cut after the first a of them, anywhere: causal(a + b) has the mask causal(a) in front.

    X, Y      a×d, b×d   tokens before the cut and after it
    W, V      d×d, d×v   the form of a head, and its values
    A         n×d        any matrix with a row for each token
    w, r      how far back windows reach

Main results
    causal_reads_what_came       before a cut nothing is read of what comes after it
    running_sums_undone          running sums are undone by differences of neighbours
    positions_count_up           positions count up by 1
    nope_reads_its_position      without positions, a value that marks the first token gives 1, 1/2, 1/3, …
    window_after_window          a window of w tokens over one of r tokens reaches w + r tokens back
"""

from __future__ import annotations

from symattn.language import (
    Equal,
    causal,
    hadamard,
    identity,
    matrix,
    ones,
    positions,
    reciprocal,
    shift,
    sizes,
    softmax,
    unit,
    vstack,
    window,
    zeros,
)
from symattn.proof import calc, theorem
from symattn.theory.positions.causal import V, W, X, Y, a, b, first, layer, n

d = sizes("d", min=0)
w, r = sizes("w r", min=1)
A = matrix("A", n, d)


@theorem(
    section="6.7",
    says=Equal(first @ layer(vstack(X, Y), causal(a + b), W, V), layer(X, causal(a), W, V)),
    source="not found stated elsewhere",
    sketch="In a row before the cut the mask leaves no exponential after it, neither above nor below the division.",
)
def causal_reads_what_came():
    """What the first a tokens read under the causal mask of all is what they read under their own.

    So keys and values can be kept when later tokens come.
    """
    ...


@theorem(
    section="6.10",
    says=Equal((identity(n) - shift(n)) @ (causal(n) @ A), A),
    source="textbook linear algebra",
    sketch="Row i of causal(n) A is the sum of the rows up to i, and that of its shift the sum of those before i.",
)
def running_sums_undone():
    """Running sums, causal(n) A, less those of the token before are A again."""
    return (
        calc(running_sums_undone.says.left)
        .eq((causal(n) - shift(n) @ causal(n)) @ A, by="both are products with A")
        .eq(A, by="[j ≤ i] - [j + 1 ≤ i] is 1 at j = i only")
    )


@theorem(
    section="6.8",
    says=Equal(positions(n) - shift(n) @ positions(n), ones(n, 1)),
    source="not found stated elsewhere",
    sketch="Positions are running sums of ones.",
)
def positions_count_up():
    """The number of tokens that a token may read is its position: it is 1 for the first, and then counts up by 1."""
    ...


@theorem(
    section="6.8",
    says=Equal(softmax(zeros(n, n), mask=causal(n)) @ unit(n, 0).T, reciprocal(positions(n))),
    source="Kazemnejad et al.: The Impact of Positional Encoding on Length Generalization, arXiv:2305.19466",
    sketch="All scores are 0, so token i gives each of the i tokens that it sees 1/i; the first one is among them.",
)
def nope_reads_its_position():
    """Without positions, a causal head with Q = 0 whose value marks the first token reads 1, 1/2, 1/3 and so on."""
    ...


@theorem(
    section="6.10",
    says=Equal(hadamard(window(n, w) @ window(n, r), window(n, w + r)), window(n, w) @ window(n, r)),
    source="not found stated elsewhere",
    sketch="i - w ≤ l ≤ i and l - r ≤ j ≤ l give i - w - r ≤ j ≤ i.",
)
def window_after_window():
    """What is read through two windows, w and r tokens wide, lies at most w + r tokens back."""
    ...
