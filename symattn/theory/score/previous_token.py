"""Symmetric scores can prefer the token before, as long as the tokens stand on no circle.

With Q = K a token can score another one highest, if that one is long enough.  So lengths that grow towards the token
before are all that it takes, on a line and on any tree, for any number of tokens.

    X        (n+1)×(n+1)  tokens, one a row;  S = X Xᵀ their scores, with Q = K = 1;  the first token has none before it
    C        n×(n+1)      picks the other tokens, [0 1]
    F        n×(n+1)      picks the token before each of them: a single 1 in each row
    t        1×(n+1)      a weight of each token
    p        (n+1)×1      the place of each token, one more than that of the token before it

Main results
    symmetric_can_do_any_tree               every token prefers the one before it, if the weights grow fourfold
    symmetric_can_do_prevtoken_on_a_line    so there are such tokens on a line of any length
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sympy import FunctionMatrix, Integer, Lambda, Rational, symbols

from symattn.language import (
    And,
    AtMost,
    Equal,
    Exists,
    ForAll,
    Implies,
    Positive,
    diag,
    exp,
    hadamard,
    hstack,
    identity,
    log,
    matrix,
    ones,
    row,
    rowsum,
    scalar,
    total,
    unit,
    vstack,
    zeros,
)
from symattn.proof import Argument, Theorem, argument, by_induction, follows, instance, prove, specialised, theorem
from symattn.theory.score.growing_weights import (
    C,
    D,
    N,
    P,
    every,
    every_rest_is_small,
    every_tree,
    every_tree_carries,
    margin,
    n,
    once,
    prefers,
    q,
    squared,
    weighted,
)

i, j = symbols("i j")
shift, star = hstack(identity(n), zeros(n, 1)), ones(n, 1) @ unit(N, 0)
powers = FunctionMatrix(1, N, Lambda((i, j), Rational(1, 4) ** j))
tree, t = matrix("F", n, N, mask=True), matrix("t", 1, N, positive=True)


@theorem(
    says=prefers(tree, weighted(tree, t)),
    given=(Equal(rowsum(tree), ones(n, 1)), AtMost(4 * C @ t.T, tree @ t.T)),
    instances=({tree: shift, t: powers}, {tree: star, t: hstack(4 * identity(1), ones(1, n))}),
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
    own, before, X = C @ t.T, tree @ t.T, weighted(tree, t)
    rest = diag(own) + C @ tree.T @ diag(own) + tree @ tree.T @ diag(own)
    carried, small = Equal(tree @ diag(t), diag(before) @ tree), AtMost(16 * rest, 9 * before @ ones(1, n))
    with argument(*given) as a:
        carried = a.have(
            "a row of F has a single 1, so weights can be carried along it",
            follows(carried, instance(every_tree_carries(), values, *given)),
            by=given,
        )
        scores = Equal(C @ (X @ X.T), diag(own) @ (diag(before) @ tree + rest @ C))
        scores = a.have("so token i scores t_i t_j with the one before, j, and more", scores, by=carried)
        small = follows(small, instance(every_rest_is_small(), values, *given))
        small = a.have("namely t_i times this, of which all entries are at most 9/16 t_j", small, by=given)
        best = follows(symmetric_can_do_any_tree.says, instance(every_tree(), values, *given))
        a.show(best, by=(scores, small), words="so the token before scores most")
    return a


def _letters(n: Any, mark: str = "") -> tuple[Any, ...]:
    return row(f"a{mark}", n), matrix(f"A{mark}", n, n), row(f"z{mark}", n), row(f"g{mark}", n), scalar(f"h{mark}")


def _in_blocks(n: Any, a: Any, A: Any, z: Any, g: Any, h: Any) -> Any:
    """F = [aᵀ A] is a line of n + 1 tokens at the places 0 and z, and h or an entry of g marks the last one."""
    binary = Equal(squared(a), a), Equal(squared(A), A), Equal(squared(g), g), Equal(h**2, h)
    once = Equal(a + ones(1, n) @ A.T, ones(1, n)), Equal(a.T @ a + A @ A.T, identity(n)), Equal(h + total(g), 1)
    return And(*binary, *once, Equal(z, z @ A.T + ones(1, n)), Equal(h * a + g @ A.T, zeros(1, n)))


@cache
def _every_length() -> Theorem:
    """There is a line of n + 1 tokens for every n: by induction over n, with the new last token in front of the old."""
    letters, longer = _letters(n), _letters(n + 1, "'")
    a, A, z, g, h = letters
    one = identity(1)
    ahead = vstack(hstack(zeros(1, 1), g), hstack(zeros(n, 1), A))
    new = hstack(h * one, a), ahead, hstack(g @ z.T + one, z), hstack(one, zeros(1, n)), Integer(0)
    claim, more = Exists(letters, _in_blocks(n, *letters)), Exists(longer, _in_blocks(n + 1, *longer), new)
    found = prove(more, claim.claim.args, using=_one_longer(new))
    base = prove(claim.xreplace({n: Integer(0)}), hints=[zeros(1, 0), zeros(0, 0), Integer(1)])
    return by_induction(claim, over=n, base=base, step=prove(more, claim, using=[found]))


def _one_longer(new: tuple[Any, ...]) -> list[Theorem]:
    """What _in_blocks says of the longer line, made of the shorter one like that."""
    _, _, _, g, h = letters = _letters(n)
    a_1, A_1, g_1, h_1, once_, apart, last, step, end = _in_blocks(n, *letters).args
    corner = follows(Equal(h**2 * identity(1) + g @ g.T, identity(1)), g_1, h_1, last)
    known = (a_1, h_1), (A_1, g_1), (), (), (once_, last), (corner, apart, end), (), (step,), ()
    return [follows(part, *by) for part, by in zip(_in_blocks(n + 1, *new).args, known, strict=True)]


F, p, X = matrix("F", n, N), matrix("p", N, 1), matrix("X", N, N)


def line(F: Any, p: Any) -> tuple[Any, ...]:
    """Each token but the first has one token before it, each another one, and stands one place after it."""
    once = Equal(squared(F), F), Equal(rowsum(F), ones(n, 1)), Equal(F @ F.T, identity(n))
    return *once, Equal(C @ p, F @ p + ones(n, 1))


def _falling() -> Theorem:
    """The weights exp(-3 p) grow fourfold, because Σ_a P_ia exp(3 + 3 (P p)_i - 3 p_a) ≥ 1 + 3."""
    way = 3 * (C @ p @ ones(1, N) - ones(n, 1) @ p.T)
    four = follows(Equal(rowsum(hadamard(P, every + way)), 4 * ones(n, 1)), once, line(P, p)[-1])
    A, B = matrix("A", n, N), matrix("B", n, N)
    sums = [hadamard(exp(-3 * C @ p), rowsum(hadamard(P, x))) for x in (A, B)]
    summed = prove(ForAll((A, B), Implies(AtMost(A, B), AtMost(*sums))))
    straight = prove(ForAll(A, AtMost(every + A, exp(A))))
    tangent = instance(summed, {A: every + way, B: exp(way)}, specialised(straight, {A: way}))
    claim = follows(AtMost(4 * C @ exp(-3 * p), P @ exp(-3 * p)), tangent, four)
    return prove(ForAll((D, p), Implies(And(*claim.given), claim.claim)), using=[claim])


blocks = hstack(_letters(n)[0].T, _letters(n)[1]), vstack(zeros(1, 1), _letters(n)[2].T)
"""F and p in the blocks of `_in_blocks`."""


def _stands_on_line(proof: Argument) -> tuple[Theorem, ...]:
    """What the blocks make of F and p: the four claims of a line."""
    letters = _letters(n)
    a, A, z, _, _ = letters
    a_1, A_1, _, _, once_, apart, _, places, _ = _in_blocks(n, *letters).args
    binary = proof.suppose("a holds 0 and 1 alone", a_1), proof.suppose("A holds 0 and 1 alone", A_1)
    each = proof.suppose("each row of both has a single 1", once_), proof.suppose("no column has two", apart)
    next_ = proof.suppose("z is one more at the next token", places)
    as_F, as_p = proof.suppose("F is [aᵀ A]", Equal(F, blocks[0])), proof.suppose("p is [0; zᵀ]", Equal(p, blocks[1]))
    product = follows(Equal(F @ F.T, a.T @ a + A @ A.T), as_F)
    sides = follows(Equal(F @ p, A @ z.T), as_F, as_p), follows(Equal(C @ p, z.T), as_p)
    same, single, other, after = line(F, p)
    return (
        proof.have("then F holds 0 and 1 alone", same, by=(*binary, as_F)),
        proof.have("each row has a single 1", single, by=(each[0], as_F)),
        proof.have("each column has one at most", follows(other, product, each[1]), by=(each[1], as_F)),
        proof.have("p is one more at the next token", follows(after, *sides, next_), by=(next_, as_F, as_p)),
    )


def _prefers_the_one_before(proof: Argument, same: Theorem, single: Theorem, falls: Theorem) -> Theorem:
    """From every_tree, for F with F ∘ F = F and tokens X of weights exp(-3 p)."""
    w, (A, B, S, R) = exp(-3 * p.T), (matrix(name, n, N) for name in "ABSR")
    tokens = weighted(squared(F), w)
    as_X = proof.suppose("X are tokens of these weights", Equal(X, weighted(F, w)))
    equal = And(Equal(A, B), Equal(S, R), Positive(margin(A, S)))
    replaced = prove(ForAll((A, B, S, R), Implies(equal, Positive(margin(B, R)))))
    scores = follows(Equal(C @ (tokens @ tokens.T), C @ (X @ X.T)), follows(Equal(tokens, X), same, as_X))
    best = instance(every_tree(), {D: F, q: -3 * p.T}, same, single, falls)
    best = instance(replaced, {A: squared(F), B: F, S: C @ (tokens @ tokens.T), R: C @ (X @ X.T)}, same, scores, best)
    return proof.have("so each prefers the one before, as on every tree", best, by=(single, falls, as_X))


@theorem(
    says=Exists((F, p, X), And(*line(F, p), prefers(F, X))),
    instances=({F: shift, p: FunctionMatrix(N, 1, Lambda((i, j), i)), X: weighted(shift, powers)},),
    section="2.16",
    source="not found stated elsewhere",
    where={matrix("C", n, N): C},
)
def symmetric_can_do_prevtoken_on_a_line():
    """On a line of any length symmetric scores, even with Q = K = 1, can make each token prefer the one before it.

    So a head that looks at the token before needs no asymmetry.  F and p say that n + 1 tokens stand on one line; up to
    their order F is the shift [1 0], and p counts the places.  Every token but the first scores the one before it, j,
    higher than any other, itself included: S_ij > S_il for all l ≠ j, where S = X Xᵀ.
    """
    says = symmetric_can_do_prevtoken_on_a_line.says
    with argument() as proof:
        words = "there are lines of all lengths, by induction over n: a new last token stands in front of the old ones"
        some = proof.have(words, _every_length())
        facts = same, single, _, _ = _stands_on_line(proof)
        falls = AtMost(4 * C @ exp(-3 * p), F @ exp(-3 * p))
        falls = follows(falls, same, instance(_falling(), {D: F, p: p}, *facts))
        falls = proof.have("so the weights exp(-3 p) grow fourfold, as exp(3) ≥ 1 + 3", falls, by=(single, facts[-1]))
        best = _prefers_the_one_before(proof, same, single, falls)
        found = proof.have("such F, p and X exist", Exists((F, p, X), says.claim, (F, p, X)), by=(*facts, best))
        made = And(Equal(F, blocks[0]), Equal(p, blocks[1]), Equal(X, weighted(F, exp(-3 * p.T))))
        made = Exists((F, p, X), made, (*blocks, weighted(blocks[0], exp(-3 * blocks[1].T))))
        made = proof.have("and they can be made of every line", made)
        proof.show(says, by=(some, made, found))
    return proof
