"""What symmetric scores make attention do.

With Q = K, or any symmetric form, scores are symmetric.  Attention need not be: each row is divided by its own sum.
This says what of the symmetry is left, how to read it off the weights, and which patterns it forbids.

    S        n×n   symmetric scores
    P        n×n   attention weights, softmax(S) or any positive matrix
    D        n×1   what the rows are divided by, D_i = Σ_j exp(S_ij)
    h        1×n   any row;  b  n×1  a shift of each row of scores
    Pi       n×n   a permutation: each token's neighbour on one or more circles
    X        3×d   three tokens

Main results
    symmetric_score_asymmetric_attention   symmetric scores do not make symmetric attention
    doubly_stochastic_iff                  they do exactly when its columns sum to 1 too
    detailed_balance                       they make it reversible: D_i P_ij = D_j P_ji
    kolmogorov_hidden_symmetry             the weights show whether scores were symmetric, by products round triangles
    directionality_cycle_sum               on a circle, symmetric scores cannot prefer one direction
    prevtoken_on_three_tokens              on a line they can, here of three tokens, even with Q = K
"""

from __future__ import annotations

from typing import Any

from sympy import sympify

from symattn.language import (
    And,
    AtMost,
    Equal,
    Exists,
    ForAll,
    Iff,
    Implies,
    Not,
    Positive,
    T,
    column,
    diag,
    entry,
    exp,
    hadamard,
    hstack,
    identity,
    log,
    logsumexp,
    matrix,
    ones,
    reciprocal,
    row,
    rowsum,
    scalar,
    sizes,
    softmax,
    total,
    trace,
    unit,
    vstack,
    zeros,
)
from symattn.proof import argument, calc, each_vanishes, specialised, theorem

n, n_one = sizes("n"), sizes("n", min=1)
tau = scalar("tau", positive=True)

m_one = sizes("m", min=1)
alone, beside, under = matrix("A", 1, 1), row("B", m_one), matrix("C", m_one, m_one)
scores = vstack(hstack(alone, beside), hstack(T(beside), under))


@theorem(
    says=Exists(
        (alone, beside, under),
        And(Equal(scores, T(scores)), Not(Equal(softmax(scores), T(softmax(scores))))),
        (log(sympify(2)) * identity(1), zeros(1, m_one), zeros(m_one, m_one)),
    ),
    section="2.13",
    source="not found stated elsewhere",
    sketch=(
        "The score 0 of the first token with another one gives 1/(2 + m) in the first row, whose "
        "exponentials sum to 2 + m, and 1/(1 + m) in another row."
    ),
)
def symmetric_score_asymmetric_attention():
    """Symmetric scores need not make symmetric attention, for any number 1 + m ≥ 2 of tokens.

    When only the first token scores log 2 with itself and all else is 0, the weights between it and another token are
    1/(2 + m) one way and 1/(1 + m) the other.
    """
    ...


n_one = sizes("n", min=1)
S = matrix("S", n_one, n_one, symmetric=True)
P = softmax(S)
D = rowsum(exp(S))
one = ones(n_one, 1)


@theorem(
    says=Iff(Equal(P, T(P)), Equal(D @ one.T, one @ D.T)),
    section="2.13",
    source="not found stated elsewhere",
    sketch=("P_ij is exp(S_ij) / D_i, and exp(S_ij) = exp(S_ji) is not 0.  So P_ij = P_ji exactly when D_i = D_j."),
)
def symmetric_attention_iff():
    """Symmetric scores make symmetric attention exactly when all rows are divided by the same number."""
    ...


columns = Equal(T(one) @ P, T(one))


@theorem(
    says=And(Iff(columns, Equal(P, T(P))), Iff(columns, Equal(D @ one.T, one @ D.T))),
    section="2.13",
    source="not found stated elsewhere",
)
def doubly_stochastic_iff():
    """Symmetric scores make symmetric attention exactly when the weights that each token gets sum to 1, too.

    Then all rows are divided by the same number, and only then.

    Σ_ij exp(S_ij) (D_i - D_j)² / (D_i D_j) is twice what the weighted columns lack, and no term of it is negative.
    """
    gap = D @ one.T - one @ D.T
    weight = hadamard(exp(S), reciprocal(D) @ one.T, one @ T(reciprocal(D)))
    with argument() as a:
        even = a.suppose("the weights that each token gets sum to 1", columns)
        lines = (
            calc(total(hadamard(weight, gap, gap)), columns)
            .eq(2 * total(one.T @ P @ D) - 2 * total(D), by="the scores are symmetric")
            .eq(0, by=even)
        )
        words = "so Σ exp(S_ij) (D_i - D_j)² / (D_i D_j), which is 2 Σ P_ij D_j - 2 Σ D_j, is 0"
        spread = a.have(words, lines.theorem(), by=even)
        same = each_vanishes(spread, Equal(D @ one.T, one @ D.T), weight=weight)
        same = a.have("no term of it is negative, so all of them are 0", same, by=spread)
        a.show(doubly_stochastic_iff.says, by=(same, symmetric_attention_iff), words="back, rows of weights sum to 1")
    return a


@theorem(
    says=Equal(diag(D) @ P, T(diag(D) @ P)),
    section="2.13",
    source=("Levin, Peres and Wilmer, Markov Chains and Mixing Times, chapter 9, on random walks on networks"),
)
def detailed_balance():
    """Symmetric scores make reversible attention: D_i P_ij = D_j P_ji."""
    return (
        calc(diag(D) @ P)
        .eq(exp(S), by="each row is divided by its sum")
        .eq(T(exp(S)), by="the scores are symmetric")
        .eq(T(diag(D) @ P), by="each row is divided by its sum")
    )


@theorem(
    says=Equal(T(D) @ P, T(D)),
    section="2.13",
    source=("Levin, Peres and Wilmer, Markov Chains and Mixing Times, chapter 9, on random walks on networks"),
)
def stationary_distribution():
    """Weighted by the row sums D, attention with symmetric scores gives out what it takes in."""
    return (
        calc(T(D) @ P)
        .eq(one.T @ (diag(D) @ P), by="D is the diagonal")
        .eq(one.T @ T(diag(D) @ P), by=detailed_balance)
        .eq(T(D), by="rows of weights sum to 1")
    )


h, b = row("h", n_one), column("b", n_one)
weights = matrix("P", n_one, n_one, positive=True)
balanced = matrix("R", n_one, n_one)
scale, unscale = diag(exp(b)), diag(exp(-b))
first = unit(n_one, 0)


def triangles(P: Any) -> Any:
    """Entry (i, j) is the sum over l of h_l P_ij P_jl P_li."""
    return hadamard(P, T(P @ diag(h) @ P))


hidden = Exists(b, Equal(scale @ weights, T(scale @ weights)), (T(log(first @ weights)) - log(weights @ first.T),))
round_triangles = ForAll(h, Equal(triangles(weights), triangles(weights.T)))
reversible = matrix("S", n_one, n_one, symmetric=True, positive=True)


@theorem(
    says=Iff(hidden, round_triangles),
    instances=({weights: unscale @ reversible},),
    section="2.14",
    source=(
        "Kolmogorov's criterion: Kelly, Reversibility and Stochastic Networks (1979), pages 21 to 25; for "
        "attention weights not found stated elsewhere"
    ),
)
def kolmogorov_hidden_symmetry():
    """Positive weights are those of symmetric scores, up to a shift per row, exactly when triangles agree both ways.

    P_ij P_jl P_li does not depend on the direction in which a triangle i, j, l is gone round.

    The shift is b_j = log P_1j - log P_j1.  That the products agree for all l is said by their sums with any h_l.
    """
    turned = Equal(triangles(unscale @ balanced), triangles(T(balanced) @ unscale))
    with argument() as a:
        there = a.have(
            "each shift occurs once round a triangle, so both ways have one product when R is symmetric",
            ForAll(balanced, Implies(Equal(balanced, T(balanced)), turned)),
        )
        back = "take R = exp(b) P; back, triangles through token 1 say that the shift log P_1j - log P_j1 does it"
        a.show(kolmogorov_hidden_symmetry.says, by=there, words=back, hints=[scale @ weights])
    return a


L = matrix("L", n_one, n_one)
shifted = L + b @ one.T


def triangle_sums(L: Any) -> Any:
    """Entry (i, j) is the sum over l of h_l (L_ij + L_jl + L_li)."""
    return total(h) * L + one @ T(L @ h.T) + T(h @ L) @ one.T


symmetric = matrix("S", n_one, n_one, symmetric=True)


@theorem(
    says=Iff(
        Exists(b, Equal(shifted, T(shifted)), (T(first @ L) - L @ first.T,)),
        ForAll(h, Equal(triangle_sums(L), triangle_sums(L.T))),
    ),
    instances=({L: symmetric - b @ one.T},),
    section="2.14",
    source=(
        "Kolmogorov's criterion, in logarithms: Kelly, Reversibility and Stochastic Networks (1979), pages "
        "21 to 25; for scores not found stated elsewhere"
    ),
    sketch=(
        "A shift of rows adds b_i + b_j + b_l to the sum round i, j, l, whichever way.  Back, the triangles"
        " through token 1 say that the shift b_j = L_1j - L_j1 makes the scores symmetric."
    ),
)
def hidden_symmetry_of_scores():
    """Scores are symmetric up to a shift of each row exactly when their sums round triangles agree both ways."""
    ...


@theorem(
    says=Equal(log(softmax(L)), L - logsumexp(L) @ one.T),
    section="2.14",
    source="textbook calculus",
    sketch=(
        "The logarithm of exp(L_ij) over the sum of the exponentials of row i is L_ij minus the logarithm of that sum."
    ),
)
def log_weights():
    """The logarithms of the weights are the scores up to a shift of each row."""
    ...


Pi = matrix("Pi", n, n, permutation=True)
S_n = matrix("S", n, n, symmetric=True)


@theorem(
    says=Equal(total(hadamard(Pi, S_n)), total(hadamard(Pi.T, S_n))),
    section="2.15",
    source="not found stated elsewhere",
)
def directionality_cycle_sum():
    """Symmetric scores sum to the same along circles of tokens, whichever way the circles are gone round."""
    return (
        calc(total(hadamard(Pi, S_n)))
        .eq(trace(Pi.T @ S_n), by="both are Σ_ij Π_ij S_ij")
        .eq(trace(T(Pi.T @ S_n)), by="a trace is that of the transpose")
        .eq(trace(Pi @ S_n), by="the scores are symmetric")
        .eq(total(hadamard(Pi.T, S_n)), by="both are Σ_ij Π_ji S_ij")
    )


circle = matrix("Pi", n_one, n_one, permutation=True)
preference = rowsum(hadamard(circle, S)) - rowsum(hadamard(circle.T, S))
margin, some = scalar("c"), column("g", n_one)
level = scalar("t")


@theorem(
    says=AtMost(margin, 0),
    given=AtMost(margin * one, preference),
    instances=({S: level * ones(n_one, n_one), margin: -tau},),
    section="2.15",
    source="not found stated elsewhere",
)
def no_direction_on_a_circle():
    """When every token of a circle prefers the one before it to the one after it by at least c, then c ≤ 0.

    So a head with symmetric scores is no previous-token head on a circle.
    """
    given = no_direction_on_a_circle.given
    with argument(*given) as a:
        mean = ForAll(some, Implies(AtMost(margin * one, some), AtMost(n_one * margin, total(some))))
        mean = a.have("sum over the rows", mean)
        at_most = specialised(mean, {some: preference})
        at_most = a.have("so n c is at most what all tokens prefer together", at_most, by=mean)
        none = a.have("that is 0", Equal(total(preference), 0), by=directionality_cycle_sum)
        a.show(no_direction_on_a_circle.says, by=(*given, at_most, none))
    return a


d_two = sizes("d", min=2)
line = matrix("X", 3, d_two)
e_0, e_1 = unit(d_two, 0), unit(d_two, 1)
on_line = line @ line.T


@theorem(
    says=Exists(
        line,
        And(
            Positive(entry(on_line, 1, 0) - entry(on_line, 1, 1)),
            Positive(entry(on_line, 1, 0) - entry(on_line, 1, 2)),
            Positive(entry(on_line, 2, 1) - entry(on_line, 2, 0)),
            Positive(entry(on_line, 2, 1) - entry(on_line, 2, 2)),
        ),
        (unit(3, 0).T @ (6 * e_0) + unit(3, 1).T @ (e_0 + 2 * e_1) + unit(3, 2).T @ e_1,),
    ),
    section="2.16",
    source="not found stated elsewhere",
    sketch=(
        "The dot products of these tokens: the second has 6, 5 and 2 with the three of them, the third 0, 2 and 1."
    ),
)
def prevtoken_on_three_tokens():
    """On a line of three tokens of width 2 symmetric scores can prefer the token before, even with Q = K = 1.

    The tokens are (6, 0), (1, 2) and (0, 1): the second scores 6, 5, 2 and the third 0, 2, 1.
    """
    ...
