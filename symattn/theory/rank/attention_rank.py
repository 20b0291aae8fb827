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
    ForAll,
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
from symattn.proof import Theorem, by_induction, calc, follows, has_square_root, instance, prove, specialised, theorem
from symattn.theory.rank import inverses

n = sizes("n", min=1)
x, G = matrix("x", n, 1), matrix("G", n, n)
E, u, e, w = matrix("E", n, n), matrix("u", n, 1), matrix("e", 1, 1), matrix("w", 1, 1)
beta, mu, l = scalar("beta"), scalar("mu"), scalar("l")
bounded = AtMost(x, beta**2 * ones(n, 1))
far = Equal(mu**2, 2 * beta**2 + l + 1)
top, others = mu**4, 2 * mu**2 * beta**2


def invertible(x: Any, G: Any, beta: Any, n: Any) -> Any:
    """G is a right inverse of exp(x xᵀ), and no token is above β²."""
    return And(Equal(exp(x @ x.T) @ G, identity(n)), AtMost(x, beta**2 * ones(n, 1)))


def _growth() -> Theorem:
    """The new corner is large: exp(μ⁴) ≥ (l + 2) exp(2 μ² β²)."""
    a, p, q = scalar("a"), scalar("p"), scalar("q")
    tangent = prove(ForAll(a, AtMost(1 + a, exp(a))))
    above = prove(AtMost((1 + p - q) * exp(q), exp(p)), using=[specialised(tangent, {a: p - q})])
    enough = prove(AtMost((l + 2) * exp(q), (1 + p - q) * exp(q)), AtMost(l + 1, p - q))
    more = follows(AtMost((l + 2) * exp(q), exp(p)), above, enough)
    every = prove(ForAll((p, q), Implies(AtMost(l + 1, p - q), more.claim)), using=[more])
    apart = prove(Equal(top - others, (2 * beta**2 + l + 1) * (l + 1)), far)
    some = prove(AtMost(0, l * (2 * beta**2 + 1)), AtMost(0, l))
    large = follows(AtMost(l + 1, (2 * beta**2 + l + 1) * (l + 1)), some, hints=[l**2 + 2 * beta**2])
    same = prove(ForAll((a, p, q), Implies(And(Equal(p, q), AtMost(a, q)), AtMost(a, p))))
    gap = instance(same, {a: l + 1, p: top - others, q: (2 * beta**2 + l + 1) * (l + 1)}, apart, large)
    return instance(every, {p: top, q: others}, gap)


def _taken() -> Theorem:
    """What the others take from it is small: vᵀ G v ≤ (n² + ‖G‖²) exp(2 μ² β²) for v = exp(μ² x)."""
    alpha, gamma, one, half = matrix("alpha", n, 1), scalar("gamma"), ones(n, n), ones(n, n) / 2
    square = hadamard(alpha, alpha)
    pairs, size = square @ square.T, one + hadamard(G, G)
    small = AtMost(square, gamma**2 * ones(n, 1))
    each = prove(AtMost(pairs, gamma**4 * one), small)
    sized = follows(AtMost(hadamard(size, pairs), gamma**4 * size), each)
    rest = hadamard(hadamard(G - half, G - half) + 3 * one / 4, pairs)
    signed = prove(AtMost(hadamard(G, pairs), hadamard(size, pairs)), hints=[rest])
    entries = follows(AtMost(hadamard(G, pairs), gamma**4 * size), sized, signed)
    summed = follows(AtMost(total(square.T @ G @ square), gamma**4 * (n**2 + normsquared(G))), entries)
    every = prove(ForAll((alpha, gamma), Implies(small, summed.claim)), using=[summed])
    a, b, v = matrix("a", n, 1), matrix("b", n, 1), exp(mu**2 * x)
    tangent = prove(AtMost(ones(n, 1) + (b - a), exp(b - a)))
    rises = prove(ForAll((a, b), Implies(AtMost(a, b), AtMost(exp(a), exp(b)))), using=[tangent])
    scaled = prove(AtMost(mu**2 * x, mu**2 * beta**2 * ones(n, 1)), bounded)
    under = instance(rises, {a: mu**2 * x, b: mu**2 * beta**2 * ones(n, 1)}, scaled)
    here = instance(every, {alpha: exp(mu**2 * x / 2), gamma: exp(mu**2 * beta**2 / 2)}, under)
    return follows(AtMost(total(v.T @ G @ v), exp(others) * (n**2 + normsquared(G))), here)


def _bordered() -> Theorem:
    """[[E, v], [vᵀ, e]] has a right inverse when E has one, G, and w = 1/(e - vᵀ G v)."""
    inverse = (Equal(E @ G, identity(n)), Equal((e - u.T @ G @ u) @ w, identity(1)))
    found = prove(Equal(vstack(hstack(E, u), hstack(u.T, e)) @ _inverse(u, w), identity(n + 1)), inverse)
    return prove(ForAll((E, u, e, w), Implies(And(*inverse), found.claim)), using=[found])


def _inverse(v: Any, w: Any) -> Any:
    return vstack(hstack(G + G @ v @ w @ v.T @ G, -G @ v @ w), hstack(-w @ v.T @ G, w))


def _corner_wins() -> Theorem:
    """The new corner less what the others take from it is at least exp(2 μ² β²)."""
    size, v, growth = n**2 + normsquared(G), exp(mu**2 * x), _growth()
    every = prove(ForAll(l, Implies(And(far, AtMost(0, l)), growth.claim)), using=[growth])
    positive = prove(AtMost(0, size))
    grown = instance(every, {l: size}, far.xreplace({l: size}), positive)
    p, q, a, t = (scalar(name) for name in "pqat")
    wins = Implies(And(AtMost((a + 2) * q, p), AtMost(t, q * a), AtMost(0, q)), AtMost(q, p - t))
    values = {p: exp(top), q: exp(others), a: size, t: total(v.T @ G @ v)}
    return instance(prove(ForAll((p, q, a, t), wins)), values, grown, _taken(), prove(AtMost(0, exp(others))))


def _one_token_more() -> Theorem:
    """When exp(x xᵀ) has the right inverse G, and μ² is far above x, so has the matrix with μ² as one more token."""
    root = inverses.w
    v, size, z = exp(mu**2 * x), n**2 + normsquared(G), root**2
    given = (*invertible(x, G, beta, n).args, far.xreplace({l: size}))
    rest = exp(top) - total(v.T @ G @ v)
    some = prove(Exists(root, Equal(rest * z, 1)), given, using=[_corner_wins(), inverses.has_inverse(others, rest)])
    border = specialised(_bordered(), {E: exp(x @ x.T), u: v, e: exp(top) * identity(1), w: z * identity(1)})
    one = prove(border.claim.hypothesis.args[1], Equal(rest * z, 1))
    tokens, inverse = vstack(x, mu**2 * identity(1)), _inverse(v, z * identity(1))
    blocks = vstack(hstack(exp(x @ x.T), v), hstack(v.T, exp(top) * identity(1)))
    product = (
        calc(exp(tokens @ tokens.T) @ inverse, (given[0], Equal(rest * z, 1)))
        .eq(blocks @ inverse, by="block by block")
        .eq(identity(n + 1), by=(one, border))
    )
    x2, G2, beta2 = matrix("x'", n + 1, 1), matrix("G'", n + 1, n + 1), scalar("beta'")
    new = invertible(x2, G2, beta2, n + 1)
    larger = 1 + beta**2 + mu**2
    more = 1 + beta**2 + 2 * mu**2 + (beta**2 + mu**2) ** 2
    over = prove(AtMost(tokens, larger**2 * ones(n + 1, 1)), bounded, hints=[more * ones(n, 1)])
    found = prove(
        Exists((x2, G2, beta2), new, (tokens, inverse, larger)),
        (*given, Equal(rest * z, 1)),
        using=[product.theorem(), over],
    )
    level = far.args[1].xreplace({l: size})
    next_ = has_square_root(prove(AtMost(0, level)), Exists(mu, Equal(mu**2, level)))
    return prove(Exists((x2, G2, beta2), new), given[:2], using=[next_, some, found])


@cache
def _every_number_of_tokens() -> Theorem:
    """For every n there are such tokens: by induction over n, from the one token 0."""
    claim = Exists((x, G, beta), invertible(x, G, beta, n))
    one = Exists((matrix("x", 1, 1), matrix("G", 1, 1), beta), claim.xreplace({n: 1}).claim)
    base = prove(Exists(one.variables, one.claim, (zeros(1, 1), identity(1), 0)))
    found = _one_token_more()
    step = prove(found.claim, claim, using=[found])
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
    right = prove(Equal(weights @ undo, identity(n)), inverse)
    high = prove(Rank(weights) >= n, inverse, using=[right], hints=[identity(n), undo])
    low = prove(Rank(x @ x.T) <= 1, hints=[x, x.T])
    both = prove(score_rank_not_attention_rank.says, inverse, using=[high, low], hints=[x])
    return prove(both.claim, using=[_every_number_of_tokens(), both])
