"""Biases of the keys where positions are rotations.

A bias of the keys is dead because it adds the same number to all scores of a row.  A rotation between the bias and the
score changes that: each key turns its bias by its own position.

    t       n×1    positions of n keys and queries;  s, r, u those of a query and of two keys
    θ       1×p    frequencies, one for each plane
    A, B    n×2p   queries and keys before they turn, [A₁ | A₂]: the first coordinates of all planes, then the second
    q, b    1×2p   a query and a bias of the keys, cut in the same way
    N, E    n×m    keys as they are when they meet a query w, and biases, one for each of them
    C, G    n×v    values, and the gradient of the loss in the output
    τ       a number > 0

Main results
    key_bias_after_rope_dead    a bias added after the keys have turned changes no weight and has gradient 0
    key_biases_dead_iff         biases of single keys are seen by no query exactly when they are all the same
    key_bias_before_rope_iff    so one added before is dead exactly when, turned, it is the same for all keys
    turned_bias_same_iff        for two keys: where it is not 0, planes have made whole turns between them
"""

from __future__ import annotations

from typing import Any

from symattn.language import (
    And,
    Equal,
    Exists,
    ForAll,
    Gradient,
    Iff,
    Implies,
    T,
    column,
    cos,
    hadamard,
    hstack,
    identity,
    inner,
    log,
    logsumexp,
    matrix,
    normsquared,
    ones,
    rope,
    row,
    scalar,
    sin,
    sizes,
    softmax,
    total,
    vstack,
    zeros,
)
from symattn.proof import Theorem, argument, at_sizes, calc, follows, instance, prove, specialised, theorem

n = sizes("n", min=1)
p, m, v = sizes("p m v", min=0)
tau = scalar("tau", positive=True)
s, r, u = scalar("s"), scalar("r"), scalar("u")
theta, t = row("theta", p), column("t", n)
A, B = (hstack(matrix(f"{name}_1", n, p), matrix(f"{name}_2", n, p)) for name in "AB")
q, b, g = (hstack(row(f"{name}_1", p), row(f"{name}_2", p)) for name in "qbg")
every, C, G = ones(n, 1), matrix("C", n, v), matrix("G", n, v)
SOURCE = "Su et al.: RoFormer, arXiv:2104.09864, for the rotation; not found stated elsewhere"


def turned(rows: Any, at: Any) -> Any:
    """Rows turned by their positions."""
    return rope(rows, at, theta)


def repeated(row_: Any) -> Any:
    """The same row for every key."""
    return hstack(*(every @ half for half in row_.args))


def weights(queries: Any, keys: Any) -> Any:
    """Attention weights of queries and keys as they are when they meet."""
    return softmax(tau * queries @ T(keys))


biased = weights(turned(A, t), turned(B, t) + repeated(b))


@theorem(
    section="5.4",
    says=And(
        Equal(biased, weights(turned(A, t), turned(B, t))),
        *(Equal(Gradient(inner(G, biased @ C), half), zeros(1, p)) for half in b.args),
    ),
    source="Namazifar, Hazarika, Hakkani-Tür: Role of Bias Terms in Dot-Product Attention, 2023, without rotations",
    where={matrix("P", n, n): biased},
)
def key_bias_after_rope_dead():
    """A bias that is added to the keys after they have turned does not change the weights, and its gradient is 0."""
    same, *_ = key_bias_after_rope_dead.says.args
    queries, keys = (hstack(matrix(f"{name}_1", n, p), matrix(f"{name}_2", n, p)) for name in "QK")
    free, here = (*queries.args, *keys.args), (*turned(A, t).args, *turned(B, t).args)
    loss = inner(G, weights(queries, keys + repeated(b)) @ C)
    with argument() as proof:
        plain = ForAll(free, Equal(weights(queries, keys + repeated(b)), weights(queries, keys)))
        plain = proof.have("a query adds one number to all its scores, which softmax does not see", plain)
        at = specialised(plain, dict(zip(free, here, strict=True)))
        steps = [proof.have("whatever the queries and keys are, such as turned ones", same, by=at)]
        for half in b.args:
            flat = prove(ForAll(free, Equal(Gradient(loss, half), zeros(1, p))))
            flat = proof.have("so the gradient is 0", flat)
            at = specialised(flat, dict(zip(free, here, strict=True)))
            steps.append(proof.have("also for turned ones", at, by=flat))
        proof.show(key_bias_after_rope_dead.says, by=steps)
    return proof


N, E, w, f = matrix("N", n, m), matrix("E", n, m), row("w", m), row("f", m)


def unseen(keys: Any, biases: Any, query: Any) -> Any:
    """The weights that this query gives to keys are the same with their biases and without."""
    return Equal(weights(query, keys + biases), weights(query, keys))


def average(biases: Any) -> Any:
    """The mean of the biases."""
    return ones(1, n) @ biases / n


EACH, ALIKE = ForAll(w, unseen(N, E, w)), Equal(E, every @ f)


@theorem(
    section="5.4",
    says=Iff(EACH, Exists(f, ALIKE, witness=average(E))),
    instances=({E: every @ f},),
    source="not found stated elsewhere",
)
def key_biases_dead_iff():
    """When each key has a bias of its own, no query sees them exactly when they are all the same."""
    centred, M = identity(n) - ones(n, n) / n, matrix("M", m, n)
    same, left = EACH.claim, Equal(w @ T(E) @ centred, zeros(1, n))
    sums = logsumexp(tau * w @ T(N + E)) - logsumexp(tau * w @ T(N))
    differ = (
        calc(tau * w @ T(E), given=same)
        .eq(log(same.left) - log(same.right) + sums @ every.T, by="log p_j = s_j - lse(s)")
        .eq(sums @ every.T, by=same)
    )
    every_row = ForAll(M, Implies(ForAll(w, Equal(w @ M, zeros(1, n))), Equal(M, zeros(m, n))))
    with argument() as proof:
        assumed = proof.suppose("no query sees the biases", EACH)
        moved = proof.have("equal weights have scores that differ by one number", differ)
        moved = proof.have("which is gone with the mean", left, by=moved)
        one = proof.have("in particular w does not", specialised(assumed, {w: w}), by=assumed)
        moved = proof.have("so it is 0", left, by=(one, moved), under=EACH)
        moved = proof.have("for every query", ForAll(w, left), by=moved, under=EACH)
        nothing = proof.have("what maps every row to 0 is 0", every_row)
        moved = proof.have("in particular", instance(nothing, {M: T(E) @ centred}, moved), by=(nothing, moved))
        alike = proof.have("so each bias is their mean", Equal(E, every @ average(E)), by=moved)
        back = proof.have("back, one bias adds one number to all scores", same, by=ALIKE)
        proof.show(key_biases_dead_iff.says, by=(alike, back))
    return proof


asked, own = turned(q, s), turned(repeated(b), t)
UNSEEN = ForAll(q.args, Equal(weights(asked, turned(B + repeated(b), t)), weights(asked, turned(B, t))))
ONE = Equal(own, every @ g)


@theorem(
    section="5.4",
    says=Iff(UNSEEN, Exists(g.args, ONE, witness=tuple(average(half) for half in own.args))),
    instances=({t: r * every},),
    source=SOURCE,
    where={
        matrix("E", n, 2 * p): repeated(b),
        row("q'", 2 * p): asked,
        matrix("B'", n, 2 * p): turned(B + repeated(b), t),
        matrix("B''", n, 2 * p): turned(B, t),
        row("P'", n): UNSEEN.claim.left,
        row("P", n): UNSEEN.claim.right,
        matrix("D", n, 2 * p): own,
    },
)
def key_bias_before_rope_iff():
    """A bias that is added before the keys turn is seen by no query exactly when, turned, it is the same for all keys.

    So it is not dead in general, as one that is added after they have turned is: `turned_bias_same_iff`.
    """
    x, common = row("x", 2 * p), row("f", 2 * p)
    keys, biases = matrix("N", n, 2 * p), matrix("E", n, 2 * p)
    first, second = vstack(identity(p), zeros(p, p)), vstack(zeros(p, p), identity(p))
    here, back = {keys: turned(B, t), biases: own}, turned(hstack(x @ first, x @ second), -s)
    whole = at_sizes(key_biases_dead_iff.prove(), {m: 2 * p})
    seen, mean = ForAll(x, unseen(keys, biases, x)), Equal(biases, every @ average(biases))
    lemma = prove(ForAll((keys, biases), Implies(seen, mean)), using=[whole])
    shift = prove(ForAll((keys, biases, x, common), Implies(Equal(biases, every @ common), seen.claim)))
    any_row = ForAll(x, unseen(turned(B, t), own, x))
    y, both = row("y", 2 * p), matrix("K", n, 2 * p)
    given = Equal(weights(y, both), weights(y, keys)), Equal(y, x), Equal(both, keys + biases)
    moved = prove(unseen(keys, biases, x), given)
    with argument() as proof:
        assumed = proof.suppose("no query sees the bias", UNSEEN)
        at = specialised(assumed, dict(zip(q.args, back.args, strict=True)))
        one = proof.have("in particular none that turns to x", at, by=assumed)
        turns = proof.have("which is any row", Equal(turned(back, s), x))
        sums = proof.have("a turn of a sum is that of its parts", Equal(turned(B + repeated(b), t), turned(B, t) + own))
        values = {y: turned(back, s), both: turned(B + repeated(b), t), **here}
        met = proof.at("so no row does", moved, values, by=(one, turns, sums))
        met = proof.have("", any_row, by=met, under=UNSEEN)
        words = "biases of single keys that nobody sees are the same, and these are the turned ones"
        there = proof.have(words, follows(Equal(own, every @ average(own)), met, specialised(lemma, here)), by=met)
        same = instance(shift, {**here, x: asked, common: g}, ONE)
        same = proof.have("back, one bias adds one number to all scores", UNSEEN.claim, by=same)
        proof.show(key_bias_before_rope_iff.says, by=(there, same))
    return proof


whole = ones(1, p) - cos((r - u) * theta)
BACK = [Equal(hadamard(half, whole), zeros(1, p)) for half in b.args]


@theorem(section="5.4", says=Iff(Equal(turned(b, r), turned(b, u)), And(*BACK)), source=SOURCE)
def turned_bias_same_iff():
    """A bias turned to two positions is the same exactly when it is 0 in every plane that is not back where it was.

    A plane with the frequency θ is back when cos (r - u) θ = 1.
    """
    alike = Equal(turned(b, r), turned(b, u))
    off = [one - other for one, other in zip(turned(b, r).args, turned(b, u).args, strict=True)]
    nothing = [Equal(part, zeros(1, p)) for part in off]
    x, y, c, g = (row(name, p) for name in "xycg")
    vanish = ForAll((x, y, c, g), Implies(And(*map(_none, (x, y))), _none(hadamard(x, c) + hadamard(y, g))))
    cosines, sines = cos(r * theta) - cos(u * theta), sin(r * theta) - sin(u * theta)
    there, back = [], []
    with argument() as proof:
        gone = proof.have("nothing is left of the difference, coordinate by coordinate", And(*nothing), by=alike)
        vanish = proof.have("nor of any combination", vanish)
        for parts, claim in zip(((cosines, sines), (-sines, cosines)), BACK, strict=True):
            zero = instance(vanish, dict(zip((x, y, c, g), (*off, *parts), strict=True)), gone)
            there.append(proof.have("one of them is 2 b (1 - cos (r - u) θ)", claim, by=zero))
        for b_i, claim in zip(b.args, BACK, strict=True):
            back.append(proof.have("back, b² sin² is b² (1 - cos) (1 + cos)", _without_sine(b_i, claim)))
        kept = Equal(turned(turned(b, r - u), u), turned(b, u))
        kept = proof.have("so b is turned by r - u to itself", kept, by=(*back, *BACK))
        kept = proof.have("and by r as by u", alike, by=kept)
        proof.show(turned_bias_same_iff.says, by=(*there, kept))
    return proof


def _none(part: Any) -> Any:
    return Equal(part, zeros(*part.shape))


def _without_sine(half: Any, claim: Any) -> Theorem:
    """That half of the bias has no sine, from the claim that it has no 1 - cos."""
    sine, other = sin((r - u) * theta), hadamard(half, 2 * ones(1, p) - whole)
    x, y = row("x", p), row("y", p)
    zero = instance(
        prove(ForAll((x, y), Implies(_none(x), Equal(total(hadamard(x, y)), 0)))), {x: claim.left, y: other}, claim
    )
    square = follows(Equal(normsquared(hadamard(half, sine)), 0), zero)
    return follows(_none(hadamard(half, sine)), square)
