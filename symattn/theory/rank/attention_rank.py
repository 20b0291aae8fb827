"""Scores of rank 1 can make attention that is invertible, whatever the number of tokens.

Tokens that grow fast enough do it, one more at a time: with x the numbers of the tokens so far, exp(x xᵀ) has a right
inverse G, and a new number μ² that is far above them makes the new corner exp(μ⁴) win over all that G can take from it.

    x        n×1   the tokens, one number each, with Q = K = 1;  β² a number above all of them
    G        n×n   the inverse of exp(x xᵀ)
    mu             the root of the next token: μ² = 2 β² + n² + ‖G‖² + 1
    l              how large G is, n² + ‖G‖²
    E, v, e, w     a matrix with one row and one column more, [[E, v], [vᵀ, e]], and w = 1/(e - vᵀ G v)
    alpha, gamma   roots of exponentials

Main results
    score_rank_not_attention_rank   scores x xᵀ of rank 1 can make invertible attention
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sympy import FunctionMatrix, Lambda, symbols

from symattn.language import (
    And,
    AtMost,
    Equal,
    Exists,
    Implies,
    Rank,
    diag,
    exp,
    hadamard,
    hstack,
    identity,
    matrix,
    normsquared,
    ones,
    rowsum,
    scalar,
    sizes,
    softmax,
    total,
    vstack,
    zeros,
)
from symattn.proof import Argument, Theorem, argument, by_induction, has_square_root, prove, theorem
from symattn.theory.rank import inverses

n = sizes("n", min=1)
x, G = matrix("x", n, 1), matrix("G", n, n)
E, u, e, w = matrix("E", n, n), matrix("u", n, 1), matrix("e", 1, 1), matrix("w", 1, 1)
beta, mu, l = scalar("beta"), scalar("mu"), scalar("l")
bounded = AtMost(x, beta**2 * ones(n, 1))
far = Equal(mu**2, 2 * beta**2 + l + 1)
top, others = mu**4, 2 * mu**2 * beta**2
a, p, q, r = (scalar(name) for name in "apqr")
alpha, gamma = matrix("alpha", n, 1), scalar("gamma")
small = AtMost(hadamard(alpha, alpha), gamma**2 * ones(n, 1))
v, size, z = exp(mu**2 * x), n**2 + normsquared(G), inverses.w**2
tokens, chosen = vstack(x, mu**2 * identity(1)), far.xreplace({l: size})
taken, rest = AtMost(total(v.T @ G @ v), exp(others) * size), exp(top) - total(v.T @ G @ v)


def invertible(x: Any, G: Any, beta: Any, n: Any) -> Any:
    """G is a right inverse of exp(x xᵀ), and no token is above β²."""
    return And(Equal(exp(x @ x.T) @ G, identity(n)), AtMost(x, beta**2 * ones(n, 1)))


def _growth() -> Argument:
    """The new corner is large: exp(μ⁴) ≥ (l + 2) exp(2 μ² β²)."""
    product = (2 * beta**2 + l + 1) * (l + 1)
    same = prove(AtMost(a, p), (Equal(p, q), AtMost(a, q)), check=False)
    with argument(far, AtMost(0, l)) as proof:
        tangent = proof.have("a tangent lies below", AtMost(1 + a, exp(a)))
        there = proof.at("at p - q", tangent, {a: p - q})
        above = proof.have("times exp(q)", AtMost((1 + p - q) * exp(q), exp(p)), by=there)
        wide = AtMost((l + 2) * exp(q), (1 + p - q) * exp(q))
        enough = proof.have("times exp(q)", wide, by=AtMost(l + 1, p - q))
        more = proof.have("so exp(p) is larger", AtMost((l + 2) * exp(q), exp(p)), by=(above, enough))
        apart = proof.have("by the choice of μ", Equal(top - others, product), by=far)
        some = proof.have("both are at least 0", AtMost(0, l * (2 * beta**2 + 1)), by=AtMost(0, l))
        large = proof.have("and so is l² + 2 β²", AtMost(l + 1, product), by=some, hints=[l**2 + 2 * beta**2])
        gap = proof.at("so they are apart", same, {a: l + 1, p: top - others, q: product}, by=(apart, large))
        proof.show(proof.at("p is μ⁴, and q is 2 μ² β²", more, {p: top, q: others}, by=gap))
    return proof


def _sum_is_bounded() -> Argument:
    """For a = α² with entries up to γ², aᵀ G a ≤ γ⁴ (n² + ‖G‖²)."""
    one, half, square = ones(n, n), ones(n, n) / 2, hadamard(alpha, alpha)
    pairs, size = square @ square.T, one + hadamard(G, G)
    rest = hadamard(hadamard(G - half, G - half) + 3 * one / 4, pairs)
    A, B, C = (matrix(name, n, n) for name in "ABC")
    transitive = prove(AtMost(A, C), (AtMost(A, B), AtMost(B, C)), check=False)
    with argument(small) as proof:
        each = proof.have("products of two", AtMost(pairs, gamma**4 * one), by=small)
        sized = proof.have("times 1 + G²", AtMost(hadamard(size, pairs), gamma**4 * size), by=each)
        below = AtMost(hadamard(G, pairs), hadamard(size, pairs))
        signed = proof.have("1 + G² - G is (G - 1/2)² + 3/4", below, hints=[rest])
        values = {A: hadamard(G, pairs), B: hadamard(size, pairs), C: gamma**4 * size}
        entries = proof.at("so", transitive, values, by=(signed, sized))
        bound = AtMost(total(square.T @ G @ square), gamma**4 * (n**2 + normsquared(G)))
        proof.show(bound, by=entries, words="add up the entries")
    return proof


def _taken() -> Argument:
    """What the others take from it is small: vᵀ G v ≤ (n² + ‖G‖²) exp(2 μ² β²) for v = exp(μ² x)."""
    a, b, level = matrix("a", n, 1), matrix("b", n, 1), mu**2 * beta**2 * ones(n, 1)
    with argument(bounded) as proof:
        summed = proof.have("so for entries up to γ²", _sum_is_bounded())
        tangent = proof.have("a tangent lies below", AtMost(ones(n, 1) + (b - a), exp(b - a)))
        rises = proof.have("so exp rises", Implies(AtMost(a, b), AtMost(exp(a), exp(b))), by=tangent, under=())
        scaled = proof.have("no token is above β²", AtMost(mu**2 * x, level), by=bounded)
        higher = proof.have("", AtMost(exp(a), exp(b)), by=(rises, AtMost(a, b)))
        under = proof.at("exp of both", higher, {a: mu**2 * x, b: level}, by=scaled)
        roots = {alpha: exp(mu**2 * x / 2), gamma: exp(mu**2 * beta**2 / 2)}
        here = proof.at("α and γ are roots of these", summed, roots, by=under)
        proof.show(taken, by=here)
    return proof


def _inverse(v: Any, w: Any) -> Any:
    return vstack(hstack(G + G @ v @ w @ v.T @ G, -G @ v @ w), hstack(-w @ v.T @ G, w))


def _corner_wins() -> Argument:
    """The new corner less what the others take from it is at least exp(2 μ² β²)."""
    wins = prove(AtMost(q, p - r), (AtMost((a + 2) * q, p), AtMost(r, q * a), AtMost(0, q)), check=False)
    values = {p: exp(top), q: exp(others), a: size, r: total(v.T @ G @ v)}
    with argument(bounded, chosen) as proof:
        growth = proof.have("so the corner is large", _growth())
        positive = proof.have("squares are not negative", AtMost(0, size))
        grown = proof.at("l is n² + ‖G‖²", growth, {l: size}, by=(chosen, positive))
        lost = proof.have("so what the others take is small", _taken())
        above = proof.have("an exponential is positive", AtMost(0, exp(others)))
        proof.show(proof.at("so the corner wins", wins, values, by=(grown, lost, above)))
    return proof


def _bordered(undone: Any, root: Any) -> Argument:
    """[[E, v], [vᵀ, e]] has a right inverse when E has one, G, and w = 1/(e - vᵀ G v)."""
    inverse = (Equal(E @ G, identity(n)), Equal((e - u.T @ G @ u) @ w, identity(1)))
    grid = vstack(hstack(E, u), hstack(u.T, e))
    values = {E: exp(x @ x.T), u: v, e: exp(top) * identity(1), w: z * identity(1)}
    blocks = grid.xreplace(values)
    with argument(undone, root) as proof:
        found = proof.have(
            "the inverse of a bordered matrix", Equal(grid @ _inverse(u, w), identity(n + 1)), by=inverse
        )
        one = proof.have("in a 1×1 matrix", inverse[1].xreplace(values), by=root)
        border = proof.at("the border is exp(μ² x), the corner exp(μ⁴)", found, values, by=(undone, one))
        cut = proof.have("block by block", Equal(exp(tokens @ tokens.T), blocks))
        proof.show(Equal(exp(tokens @ tokens.T) @ _inverse(v, z * identity(1)), identity(n + 1)), by=(cut, border))
    return proof


@cache
def _one_token_more() -> Argument:
    """When exp(x xᵀ) has the right inverse G, and μ² is far above x, so has the matrix with μ² as one more token."""
    root, undone = Equal(rest * z, 1), Equal(exp(x @ x.T) @ G, identity(n))
    x2, G2, beta2 = matrix("x'", n + 1, 1), matrix("G'", n + 1, n + 1), scalar("beta'")
    new, larger = invertible(x2, G2, beta2, n + 1), 1 + beta**2 + mu**2
    more, level = 1 + beta**2 + 2 * mu**2 + (beta**2 + mu**2) ** 2, chosen.args[1]
    with argument(undone, bounded) as proof:
        wins = proof.have("", _corner_wins())
        divided = proof.have("", inverses.large_number_has_inverse())
        some = proof.at(
            "so what is left of the corner has one", divided, {inverses.q: others, inverses.s: rest}, by=wins
        )
        product = proof.have("so there is an inverse", _bordered(undone, root))
        over = AtMost(tokens, larger**2 * ones(n + 1, 1))
        below = proof.have("and β' = 1 + β² + μ² is above", over, by=bounded, hints=[more * ones(n, 1)])
        there = Exists((x2, G2, beta2), new, (tokens, _inverse(v, z * identity(1)), larger))
        found = proof.have("these are n + 1 tokens", there, by=(product, below))
        positive = proof.have("squares are not negative", AtMost(0, level))
        next_ = proof.have(
            "so there is such a μ", has_square_root(positive, Exists(mu, Equal(mu**2, level))), by=positive
        )
        proof.show(
            Exists((x2, G2, beta2), new), by=(next_, some, found), words="with one token more there are such too"
        )
    return proof


@cache
def every_number_of_tokens() -> Theorem:
    """For every n there are such tokens: by induction over n, from the one token 0."""
    claim = Exists((x, G, beta), invertible(x, G, beta, n))
    one = Exists((matrix("x", 1, 1), matrix("G", 1, 1), beta), claim.xreplace({n: 1}).claim)
    base = prove(Exists(one.variables, one.claim, (zeros(1, 1), identity(1), 0)))
    found = _one_token_more().theorem()
    step = prove(found.claim, claim, using=[found], check=False)
    return by_induction(claim, over=n, base=base, step=step)


i, j = symbols("i j")
weights = softmax(x @ x.T)


@theorem(
    section="3.16",
    says=Exists(x, And(Rank(x @ x.T) <= 1, Rank(weights) >= n)),
    instances=({x: FunctionMatrix(n, 1, Lambda((i, j), i))},),
    source="not found stated elsewhere",
)
def score_rank_not_attention_rank():
    """Scores of rank 1 can make invertible attention of any number of tokens, already with Q = K = 1.

    So "attention has low rank because Q Kᵀ has" is false.  Tokens 0, 1, 2, ... do it: the exponentials of i j are the
    powers of different numbers.  The proof takes tokens that grow faster, one after the other.
    """
    undo = G @ diag(rowsum(exp(x @ x.T)))
    inverse = Equal(exp(x @ x.T) @ G, identity(n))
    with argument() as proof:
        more = proof.have("", _one_token_more())
        every = proof.have("the token 0 is one, so by induction over n", every_number_of_tokens(), by=more)
        right = proof.have("softmax divides each row by its sum", Equal(weights @ undo, identity(n)), by=inverse)
        high = proof.have("so the weights are invertible", Rank(weights) >= n, by=right, hints=[identity(n), undo])
        low = proof.have("x xᵀ passes through width 1", Rank(x @ x.T) <= 1, hints=[x, x.T])
        says = score_rank_not_attention_rank.says
        both = proof.have("such tokens do it", says, by=(high, low), hints=[x])
        proof.show(says, by=(every, both))
    return proof
