"""Symmetric scores can prefer the token before, as long as the tokens stand on no circle.

With Q = K a token can score another one highest, if that one is long enough.  So lengths that grow towards the token
before are all that it takes, on a line and on any tree, for any number of tokens.

    X        (n+1)×(n+1)  tokens, one a row;  S = X Xᵀ their scores, with Q = K = 1;  the first token has none before it
    C        n×(n+1)      picks the other tokens, [0 1]
    F        n×(n+1)      picks the token before each of them: a single 1 in each row
    t        1×(n+1)      a weight of each token
    p        (n+1)×1      the place of each token: 1, 2, …, n + 1

Main results
    symmetric_can_do_any_tree               every token prefers the one before it, if the weights grow fourfold
    symmetric_can_do_prevtoken_on_a_line    so there are such tokens on a line of any length
"""

from __future__ import annotations

from sympy import FunctionMatrix, Lambda, Rational, symbols

from symattn.language import (
    AtMost,
    Equal,
    Exists,
    diag,
    exp,
    hstack,
    identity,
    log,
    matrix,
    ones,
    positions,
    rowsum,
    shift,
    unit,
)
from symattn.proof import argument, follows, instance, theorem
from symattn.theory.score.growing_weights import (
    C,
    D,
    N,
    every_rest_is_small,
    every_tree,
    every_tree_carries,
    n,
    prefers,
    q,
    squared,
    weighted,
)

i, j = symbols("i j")
X, before, star = matrix("X", N, N), C @ shift(N), ones(n, 1) @ unit(N, 0)
powers = FunctionMatrix(1, N, Lambda((i, j), Rational(1, 4) ** j))
tree, t = matrix("F", n, N, mask=True), matrix("t", 1, N, positive=True)


@theorem(
    says=prefers(tree, weighted(tree, t)),
    given=(Equal(rowsum(tree), ones(n, 1)), AtMost(4 * C @ t.T, tree @ t.T)),
    instances=({tree: before, t: powers}, {tree: star, t: hstack(4 * identity(1), ones(1, n))}),
    section="2.16",
    source="not found stated elsewhere",
    where={matrix("C", n, N): C, matrix("X", N, N): weighted(tree, t)},
)
def symmetric_can_do_any_tree():
    """On every tree symmetric scores, even with Q = K, can make each token prefer the one before it to all others.

    Token i is t_i (e_i + e_j), where j is the token before it and t_j ≥ 4 t_i.  Such weights there are just when no
    token comes before itself, directly or not.  Then i scores at least t_i t_j with j, and with any other token at most
    9/16 of that.  The price: lengths fall fourfold with every step.
    """
    given, values = symmetric_can_do_any_tree.given, {D: tree, q: log(t)}
    own, ahead, tokens = C @ t.T, tree @ t.T, weighted(tree, t)
    rest = diag(own) + C @ tree.T @ diag(own) + tree @ tree.T @ diag(own)
    carried, small = Equal(tree @ diag(t), diag(ahead) @ tree), AtMost(16 * rest, 9 * ahead @ ones(1, n))
    with argument(*given) as a:
        carried = a.have(
            "a row of F has a single 1, so weights can be carried along it",
            follows(carried, instance(every_tree_carries(), values, *given)),
            by=given,
        )
        scores = Equal(C @ (tokens @ tokens.T), diag(own) @ (diag(ahead) @ tree + rest @ C))
        scores = a.have("so token i scores t_i t_j with the one before, j, and more", scores, by=carried)
        small = follows(small, instance(every_rest_is_small(), values, *given))
        small = a.have("namely t_i times this, of which all entries are at most 9/16 t_j", small, by=given)
        best = follows(symmetric_can_do_any_tree.says, instance(every_tree(), values, *given))
        a.show(best, by=(scores, small), words="so the token before scores most")
    return a


places = positions(N)
falling = exp(-3 * places.T)


@theorem(
    says=Exists(X, prefers(before, X)),
    instances=({X: weighted(before, powers)},),
    section="2.16",
    source="not found stated elsewhere",
    where={matrix("C", n, N): C, matrix("F", n, N): before},
)
def symmetric_can_do_prevtoken_on_a_line():
    """On a line of any length symmetric scores, even with Q = K = 1, can make each token prefer the one before it.

    So a head that looks at the token before needs no asymmetry.  F is the shift without its first row, for the first
    token has none before it.  Every other token i scores the one before it, j = i - 1, higher than any other, itself
    included: S_ij > S_il for all l ≠ j, where S = X Xᵀ.
    """
    says = symmetric_can_do_prevtoken_on_a_line.says
    with argument() as proof:
        same = proof.have("a shift holds 0 and 1 alone", Equal(squared(before), before))
        single = proof.have("all tokens but the first have one before them", Equal(rowsum(before), ones(n, 1)))
        falls = AtMost(4 * C @ falling.T, before @ falling.T)
        falls = proof.have("the weights exp(-3 p) grow fourfold towards it, as exp(3) ≥ 1 + 3", falls)
        best = instance(every_tree(), {D: before, q: -3 * places.T}, same, single, falls)
        best = follows(prefers(before, weighted(before, falling)), same, best)
        best = proof.have("and each prefers the one before, as on every tree", best, by=(same, single, falls))
        proof.show(says, by=best, hints=[weighted(before, falling)])
    return proof
