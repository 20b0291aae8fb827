"""Where attention is Lipschitz: nowhere that scores and values both matter.

Softmax is Lipschitz, attention is not.  A token R u that is far away makes all the difference: the token c y/R, which
is nearly 0, scores c² with it, and the token 0 scores 0.  So they read weights that differ by as much for every R, of
values that grow with R, while they come closer to each other with 1/R.

    n        at least 0;  there are n + 2 tokens, two of which are not 0
    X, Y     (n+2)×d      tokens;  W  d×d, M  d×v   forms of scores and of values;  f(X) = softmax(τ X W Xᵀ) X M
    y, u     1×d          two directions;  c = y W uᵀ, and s = y W yᵀ
    R        a number of at least 1 + s²
    e₀, e₁   1×(n+2)      the places of the first two tokens
    r, q     numbers, the scores of the first token with itself and with the second

Main results
    lipschitz_iff    f is Lipschitz exactly when W = 0 or M = 0
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sympy import Rational

from symattn.language import (
    And,
    AtMost,
    Equal,
    Exists,
    ForAll,
    Iff,
    Implies,
    Positive,
    exp,
    hstack,
    matrix,
    normsquared,
    ones,
    reciprocal,
    row,
    scalar,
    sizes,
    softmax,
    total,
    unit,
    zeros,
)
from symattn.proof import Argument, Theorem, argument, each_vanishes, follows, instance, prove, specialised, theorem

n = sizes("n", min=0)
d = sizes("d", min=1)
v = sizes("v", min=0)
N, tau = n + 2, scalar("tau", positive=True)
W, M = matrix("W", d, d), matrix("M", d, v)
X, Y = matrix("X", N, d), matrix("Y", N, d)
y, u, a, b = (row(name, d) for name in "yuab")
R, L, q, r = scalar("R", positive=True), scalar("L"), scalar("q"), scalar("r")
first, second = unit(N, 0), unit(N, 1)
p = softmax(r * first + q * second)


def attended(tokens: Any) -> Any:
    """What attention makes of tokens."""
    return softmax(tau * tokens @ W @ tokens.T) @ tokens @ M


def bounded(one: Any, other: Any) -> Any:
    """The squared distance of two outputs is at most L times that of the tokens."""
    return AtMost(normsquared(attended(one) - attended(other)), L * normsquared(one - other))


LIPSCHITZ, NOTHING = ForAll((X, Y), bounded(X, Y)), Equal(normsquared(W) * normsquared(M), 0)
c, s = total(y @ W @ u.T), total(y @ W @ y.T)
far = second.T @ (R * u)
near = first.T @ (c / R * y) + far
LOW = AtMost(r, q / 2), AtMost(0, q)


def _shares() -> Argument:
    """With 1 = w (n + exp(r) + exp(q)) the first two weights are w exp(r) and w exp(q)."""
    blocks = hstack(ones(1, 1), zeros(1, 1), zeros(1, n)), hstack(zeros(1, 1), ones(1, 1), zeros(1, n))
    cut = [Equal(place, block) for place, block in zip((first, second), blocks, strict=True)]
    sums, here = n + exp(r) + exp(q), softmax(r * blocks[0] + q * blocks[1])
    w = total(reciprocal(sums * ones(1, 1)))
    claims = [Equal(total(p @ place.T), w * exp(z)) for place, z in ((first, r), (second, q))]
    with argument() as proof:
        steps = [proof.have("the two places, and the rest", one) for one in cut]
        for block, z in zip(blocks, (r, q), strict=True):
            steps.append(proof.have("in blocks", Equal(total(here @ block.T), w * exp(z))))
        proof.show(And(*claims, Equal(w * sums, 1), AtMost(0, w)), by=steps)
    return proof


GAP = total(p @ second.T) - Rational(1) / N
LEAST = q * exp(-q) / (2 * N**2)


def _more_than_its_share() -> Argument:
    """Where r ≤ q/2 the second weight is above 1/(n + 2), by at least q exp(-q) / (2 (n + 2)²).

    With x = exp(q/2) it is above by w ((n + 2) x² - (n + exp(r) + x²)) / (n + 2), of which x² - x ≥ q/2 is left.
    """
    w, x, z, own, k, share = (scalar(name) for name in ("w", "x", "z", "o", "k", "g"))
    sums = n + own + z
    scale = Equal(w * sums, 1), AtMost(0, w)
    above, square = (AtMost(0, q), AtMost(1 + q / 2, x)), Equal(x * x, z)
    inverse = Equal(k * z, 1), AtMost(0, k)
    with argument(*scale, *above, square, *inverse, AtMost(own, x), Equal(share, w * z)) as proof:
        jump = proof.have("x² - x is (x - 1)² and x - 1", AtMost(x - 1, z - x), by=square, hints=[(x - 1) ** 2])
        jump = proof.have("of which x - 1 is at least q/2", AtMost(q / 2, z - x), by=(jump, above[1]))
        one = proof.have("so x² is at least 1", AtMost(1, z), by=(jump, *above))
        one = proof.have("n times", AtMost(n, n * z), by=one)
        rest = AtMost(q / 2, N * z - sums)
        rest = proof.have("the other weights are no larger", rest, by=(jump, one, AtMost(own, x)))
        rest = proof.have("times w", AtMost(w * q / 2, w * (N * z - sums)), by=(rest, scale[1]))
        rest = proof.have("w of all weights is 1", AtMost(w * q / 2, N * w * z - 1), by=(rest, scale[0]))
        some = proof.have("", AtMost(0, w * q), by=(scale[1], above[0]))
        whole = proof.have("so the second is above", AtMost(1, N * w * z), by=(rest, some))
        whole = proof.have("over x²", AtMost(k, k * N * w * z), by=(whole, inverse[1]))
        whole = proof.have("which it undoes", AtMost(k, N * w), by=(whole, inverse[0]))
        whole = proof.have("times q", AtMost(k * q, N * w * q), by=(whole, above[0]))
        gap = AtMost(q * k / (2 * N**2), share - Rational(1) / N)
        proof.show(gap, by=(rest, whole, Equal(share, w * z)))
    return proof


@cache
def _weights() -> Theorem:
    """What is known of the first two weights where r ≤ q/2 and q ≥ 0."""
    w = total(reciprocal((n + exp(r) + exp(q)) * ones(1, 1)))
    own = total(p @ first.T)
    lemma = _more_than_its_share().theorem()
    parts = w, exp(q / 2), exp(q), exp(r), exp(-q), total(p @ second.T)
    values = dict(zip(map(scalar, ("w", "x", "z", "o", "k", "g")), parts, strict=True))
    with argument(*LOW) as proof:
        shares = proof.have("", _shares())
        tangent = proof.have("a tangent lies below", AtMost(1 + q / 2 - r, exp(q / 2 - r)))
        rises = proof.have("so exp rises", AtMost(exp(r), exp(q / 2)), by=(tangent, LOW[0]))
        above = proof.have("", AtMost(1 + q / 2, exp(q / 2)))
        known = (shares, rises, above, LOW[1])
        gap = proof.at("x is exp(q/2)", lemma, values, by=known)
        part = proof.have("the first is not negative", AtMost(0, w * exp(r)), by=shares)
        rest = proof.have("nor the others", AtMost(0, w * (n + exp(q))), by=shares)
        part = proof.have("and no more than 1", AtMost((w * exp(r)) ** 2, 1), by=(part, rest, shares))
        part = proof.have("", AtMost(own**2, 1), by=(part, shares))
        proof.show(And(AtMost(LEAST, GAP), AtMost(own**2, 1)), by=(gap, part))
    return proof.theorem()


AWAY = AtMost(1 + s**2, R)
LARGE = 2 * c**2 * ((1 + L**2) * normsquared(y) + normsquared(y @ M))
LEVEL = (tau * c**2 * exp(-tau * c**2) / (2 * N**2)) ** 2 * normsquared(u @ M)
AT = {r: tau * c**2 * s / R**2, q: tau * c**2}


def _outputs_differ() -> Argument:
    """R² g² |u M|² ≤ 2 |f(X) - f(Y)|² + 2 c² |y M|² / R², where g is what the second weight is above its share."""
    A, D, m, k, g, o, S = matrix("A", N, v), row("D", v), row("a", v), row("b", v), *map(scalar, "goS")
    known = Equal(D, o * m + g * R * k), AtMost(normsquared(D), S)
    cut = AtMost(g**2 * R**2 * normsquared(k), 2 * normsquared(D) + 2 * o**2 * normsquared(m))
    gap, own = GAP.xreplace(AT), total(p @ first.T).xreplace(AT)
    outputs, short = attended(near) - attended(far), AtMost(normsquared(first @ A), normsquared(A))
    with argument() as proof:
        read = Equal(first @ attended(near), p.xreplace(AT) @ near @ M)
        read = proof.have("the scores of the first token", read)
        plain = proof.have("there all score 0", Equal(first @ attended(far), R / N * u @ M))
        made = Equal(first @ outputs, own * (c / R * y @ M) + gap * R * (u @ M))
        made = proof.have("so", made, by=(read, plain))
        short = proof.have("one row is no longer than all", short, hints=[normsquared(A - first.T @ first @ A)])
        short = proof.at("", short, {A: outputs})
        cut = proof.have("|a|² ≤ 2 |a + b|² + 2 |b|²", cut, by=known[0], hints=[normsquared(D + o * m)])
        cut = proof.have("", AtMost(cut.claim.left, 2 * S + 2 * o**2 * normsquared(m)), by=(cut, known[1]))
        values = {D: first @ outputs, o: own, m: c / R * y @ M, g: gap, k: u @ M, S: normsquared(outputs)}
        proof.show(proof.at("for the two parts", cut, values, by=(made, short)))
    return proof


def _stays_low() -> Argument:
    """R ≥ 1 + s² leaves τ c² s / R² at most half of τ c²."""
    s, c = scalar("s"), scalar("c")
    known = AtMost(1 + s**2, R)
    with argument(known) as proof:
        one = proof.have("R is at least 1", AtMost(1, R), by=known, hints=[s**2])
        squares = proof.have("R² is at least R", AtMost(R, R**2), by=one)
        wide = proof.have("so at least 2 s", AtMost(2 * s, R**2), by=(squares, known), hints=[(1 - s) ** 2])
        low = proof.have("times τ c² / R²", AtMost(2 * s * (tau * c**2 / R**2), tau * c**2), by=wide)
        low = proof.have("", AtMost(tau * c**2 * s / R**2, tau * c**2 / 2), by=low)
        proof.show(And(low.claim, AtMost(0, tau * c**2 / 2), AtMost(1, R)), by=(low, one))
    return proof


def _in_numbers() -> Argument:
    """R δ² m ≤ 2 c² ((1 + L²) |y|² + |y M|²), from how the outputs differ."""
    g, o, c, m, least, D, Y, V = (scalar(name) for name in ("g", "o", "c", "m", "delta", "D", "Y", "V"))
    signs = AtMost(1, R), AtMost(0, least), AtMost(0, m), AtMost(0, Y), AtMost(0, V)
    differ, close = AtMost(g**2 * R**2 * m, 2 * D + 2 * o**2 * (c / R)**2 * V), AtMost(D, L * (c / R) ** 2 * Y)
    with argument(*signs, differ, close, AtMost(least, g), AtMost(o**2, 1)) as proof:
        small = proof.have("1/R² is at most 1", AtMost(1 / R**2, 1), by=proof.have("", AtMost(1, R**2), by=signs[0]))
        values = proof.have("", AtMost(o**2 * ((c / R) ** 2 * V), (c / R) ** 2 * V), by=(AtMost(o**2, 1), signs[4]))
        values = proof.have("", AtMost(o**2 * ((c / R) ** 2 * V), c**2 * V), by=(values, small, signs[4]))
        more = proof.have("L is at most 1 + L²", AtMost(L, 1 + L**2), hints=[(L - Rational(1, 2)) ** 2])
        more = proof.have("", AtMost(L * ((c / R) ** 2 * Y), (1 + L**2) * ((c / R) ** 2 * Y)), by=(more, signs[3]))
        level = AtMost((1 + L**2) * ((c / R) ** 2 * Y), c**2 * (1 + L**2) * Y)
        level = proof.have("", level, by=(small, signs[3]))
        most = AtMost(g**2 * R**2 * m, 2 * c**2 * ((1 + L**2) * Y + V))
        most = proof.have("together", most, by=(differ, close, values, more, level))
        wide = proof.have("R² is at least R", AtMost(R, R**2), by=signs[0])
        wide = proof.have("", AtMost(R * least**2 * m, R**2 * least**2 * m), by=(wide, signs[2]))
        some = proof.have("", AtMost(0, g), by=(signs[1], AtMost(least, g)))
        square = proof.have("", AtMost(least**2, least * g), by=(signs[1], AtMost(least, g)))
        square = proof.have("", AtMost(least**2, g**2), by=(square, proof.have("", AtMost(least * g, g**2), by=(some, AtMost(least, g)))))
        square = proof.have("", AtMost(R**2 * least**2 * m, R**2 * g**2 * m), by=(square, signs[2]))
        proof.show(AtMost(R * least**2 * m, 2 * c**2 * ((1 + L**2) * Y + V)), by=(most, wide, square))
    return proof


@cache
def _every_length() -> Theorem:
    """Where R is at least 1 + s² and f is Lipschitz, R δ² |u M|² is below a bound that knows nothing of R."""
    least, length, reach = LEAST.xreplace(AT), (c / R) ** 2 * normsquared(y), normsquared(near - far)
    g, o, t, m, delta, D, Y, V = (scalar(name) for name in ("g", "o", "c", "m", "delta", "D", "Y", "V"))
    values = {g: GAP.xreplace(AT), o: total(p @ first.T).xreplace(AT), t: c, m: normsquared(u @ M), delta: least}
    values |= {D: normsquared(attended(near) - attended(far)), Y: normsquared(y), V: normsquared(y @ M)}
    with argument(AWAY, bounded(near, far)) as proof:
        low = proof.at("", _stays_low().theorem(), {scalar("s"): s, scalar("c"): c}, by=AWAY)
        weights = proof.at("so", _weights(), AT, by=low)
        differ = proof.have("", _outputs_differ())
        apart = proof.have("the tokens are c y / R apart", Equal(reach, length))
        close = proof.have("", AtMost(values[D], L * length), by=(apart, bounded(near, far)))
        some = [proof.have("", AtMost(0, one)) for one in (least, *(values[x] for x in (m, Y, V)))]
        known = (low, weights, differ, close, *some)
        found = proof.at("so", _in_numbers().theorem(), values, by=known)
        proof.show(found.claim, by=(found, low))
    return proof.theorem()


def _no_level() -> Argument:
    """l ≥ 0 is 0 when R l ≤ B for R = 1 + s² + (B + 1)/l, where 1/0 = 0."""
    l, B, s = scalar("l"), scalar("B"), scalar("s")
    over = total(reciprocal(l * ones(1, 1)))
    known = AtMost(0, l), AtMost(0, B), AtMost((1 + s**2 + over * (B + 1)) * l, B)
    with argument(*known) as proof:
        long = proof.have("times l", AtMost((1 + s**2) * l**2 + over * l**2 * (B + 1), B * l), by=(known[0], known[2]))
        same = proof.have("one over a number undoes it, where it is not 0", Equal(over * l**2, l))
        long = proof.have("so", AtMost((1 + s**2) * l**2 + l, 0), by=(long, same))
        proof.show(AtMost(l, 0), by=long, hints=[(1 + s**2) * l**2])
    return proof


def _over() -> Argument:
    """1 + s² + (B + 1)/l is positive, and at least 1 + s²."""
    l, B, s = scalar("l"), scalar("B"), scalar("s")
    over = total(reciprocal(l * ones(1, 1)))
    rest = over * (B + 1)
    with argument(AtMost(0, l), AtMost(0, B)) as proof:
        square = proof.have("", AtMost(0, l * over**2), by=AtMost(0, l))
        some = proof.have("l r² = r", AtMost(0, over), by=(square, proof.have("", Equal(l * over**2, over))))
        some = proof.have("", AtMost(0, rest), by=(some, AtMost(0, B)))
        large = proof.have("", AtMost(1 + s**2, 1 + s**2 + rest), by=some)
        proof.show(And(Positive(1 + s**2 + rest), large.claim), by=(some, large))
    return proof


def _bounded_for_all() -> Argument:
    """l ≥ 0 is 0 when R l ≤ B for all R ≥ 1 + s²."""
    l, B, s = scalar("l"), scalar("B"), scalar("s")
    length = 1 + s**2 + total(reciprocal(l * ones(1, 1))) * (B + 1)
    every, signs = ForAll(R, Implies(AtMost(1 + s**2, R), AtMost(R * l, B))), (AtMost(0, l), AtMost(0, B))
    with argument(every, *signs) as proof:
        over = proof.have("", _over())
        some = proof.suppose("R l ≤ B for all R", every)
        here = proof.have("for one of them", specialised(some, {R: R}), by=some)
        here = proof.have("", AtMost(R * l, B), by=(here, AtMost(1 + s**2, R)))
        here = proof.at("", here, {R: length}, by=(over, some))
        proof.show(proof.at("", _no_level().theorem(), {l: l}, by=(here, *signs)))
    return proof


def _nothing_read() -> Argument:
    """A Lipschitz f has c u M = 0 for all y and u."""
    values = {scalar("l"): LEVEL, scalar("B"): LARGE, scalar("s"): s}
    with argument(LIPSCHITZ) as proof:
        every = proof.suppose("f is Lipschitz", LIPSCHITZ)
        here = proof.have("", specialised(every, {X: near, Y: far}), by=every)
        bound = proof.have("", _every_length())
        bound = proof.have("", bound.claim, by=(here, bound), under=(LIPSCHITZ, AWAY))
        bound = proof.have("", ForAll(R, Implies(AWAY, bound.claim)), by=bound, under=LIPSCHITZ)
        signs = proof.have("", AtMost(0, LEVEL)), proof.have("", AtMost(0, LARGE))
        none = proof.at("", _bounded_for_all().theorem(), values, by=(bound, *signs))
        weight = (tau * exp(-tau * c**2) / (2 * N**2)) ** 2 * ones(1, v)
        none = proof.have("", each_vanishes(none, Equal(c**2 * u @ M, zeros(1, v)), weight=weight))
        none = proof.at("", _root().theorem(), {scalar("c"): c, row("m", v): u @ M}, by=none)
        proof.show(ForAll((y, u), none.claim), by=none)
    return proof


def _root() -> Argument:
    """c² m = 0 leaves c m = 0."""
    c, m = scalar("c"), row("m", v)
    with argument(Equal(c**2 * m, zeros(1, v))) as proof:
        square = proof.have("times m", Equal(normsquared(c * m), 0), by=proof.given)
        proof.show(each_vanishes(square, Equal(c * m, zeros(1, v))))
    return proof


def _one_is_nothing() -> Argument:
    """When (y W uᵀ) u M = 0 for all y and u, so is (y W aᵀ) b M for all y, a and b, and W = 0 or M = 0."""
    every = ForAll((y, u), Equal(c * u @ M, zeros(1, v)))
    left, right, nothing = total(y @ W @ a.T), total(y @ W @ b.T), zeros(1, v)
    z, k, m, C, S = scalar("z"), row("k", v), row("m", v), matrix("C", d, v), matrix("S", d, d)
    rows = ForAll(C, Implies(ForAll(b, Equal(b @ C, nothing)), Equal(C, zeros(d, v))))
    forms = ForAll(S, Implies(ForAll((y, a), Equal(total(y @ S @ a.T), 0)), Equal(S, zeros(d, d))))
    with argument(every) as proof:
        known = proof.suppose("that", every)
        here = [proof.have("", specialised(known, {y: y, u: x}), by=known) for x in (a, b, a + b)]
        mixed = proof.have("", Equal(left * b @ M + right * a @ M, nothing), by=here)
        times = proof.have("", Equal(left**2 * b @ M + right * (left * a @ M), nothing), by=mixed)
        times = proof.have("", Equal(left**2 * (b @ M), nothing), by=(times, here[0]))
        none = proof.at("", _root().theorem(), {scalar("c"): left, row("m", v): b @ M}, by=times)
        none = proof.have("", ForAll(b, Equal(b @ (left * M), nothing)), by=none, under=every)
        none = proof.have("", instance(prove(rows), {C: left * M}, none), by=none, under=every)
        none = proof.have("", Equal(left * normsquared(M), 0), by=none, under=every)
        none = proof.have("", ForAll((y, a), Equal(total(y @ (normsquared(M) * W) @ a.T), 0)), by=none, under=every)
        none = proof.have("", instance(prove(forms), {S: normsquared(M) * W}, none), by=none, under=every)
        proof.show(NOTHING, by=none)
    return proof


def _constant() -> Argument:
    """W = 0 or M = 0 makes f the mean of the values, which is Lipschitz."""
    g, S, A, B, D = scalar("g"), matrix("S", N, N), matrix("A", N, v), matrix("B", N, N), matrix("D", N, d)
    scores, even, most = tau * X @ W @ X.T, ones(N, N) / N, ones(N, N)
    known = AtMost(0, g), Equal(g * S, zeros(N, N))
    with argument(NOTHING) as proof:
        up = proof.have("a tangent lies below", AtMost(most + S, exp(S)))
        down = proof.have("", AtMost(most - S, exp(-S)))
        up = proof.have("", AtMost(g * most, g * exp(S)), by=(up, *known))
        down = proof.have("", AtMost(g * most, g * exp(-S)), by=(down, *known))
        down = proof.have("", AtMost(g * exp(S), g * most), by=down)
        same = proof.have("", Equal(g * exp(S), g * most), by=(up, down))
        same = proof.have("", Equal(g * softmax(S), g * even), by=same)
        gone = proof.have("", Equal(normsquared(normsquared(M) * W), 0), by=NOTHING)
        gone = proof.have("", each_vanishes(gone, Equal(normsquared(M) * W, zeros(d, d))))
        gone = proof.have("", Equal(normsquared(M) * scores, zeros(N, N)), by=gone)
        same = proof.at("", same, {g: normsquared(M), S: scores}, by=(gone, proof.have("", AtMost(0, normsquared(M)))))
        length = AtMost(normsquared(D @ M), normsquared(D) * normsquared(M))
        length = proof.have("a product is no longer than its factors", length)
        apart = (softmax(scores) - even) @ X
        none = proof.have("", Equal(normsquared(apart) * normsquared(M), 0), by=same)
        less = proof.at("", length, {D: apart})
        less = proof.have("", AtMost(normsquared(apart @ M), 0), by=(less, none))
        mean = proof.have("", each_vanishes(less, Equal(attended(X), even @ X @ M)))
        proof.show(mean)
    return proof


def _mean_is_lipschitz() -> Argument:
    A, D, even = matrix("A", N, d), matrix("D", N, d), ones(N, N) / N
    with argument() as proof:
        shorter = proof.have("a mean is no longer", AtMost(normsquared(even @ D), normsquared(D)), hints=[normsquared(D - even @ D)])
        length = AtMost(normsquared(A @ M), normsquared(A) * normsquared(M))
        length = proof.have("a product is no longer than its factors", length)
        length = proof.at("", length, {A: even @ D})
        shorter = proof.have("", AtMost(normsquared(M) * normsquared(even @ D), normsquared(M) * normsquared(D)), by=shorter)
        short = proof.have("", AtMost(normsquared(even @ D @ M), normsquared(M) * normsquared(D)), by=(length, shorter))
        proof.show(proof.at("", short, {D: X - Y}))
    return proof


BEST = Exists(L, LIPSCHITZ, witness=normsquared(M))


@theorem(
    section="5.10",
    says=Iff(BEST, NOTHING),
    instances=({W: zeros(d, d)}, {M: zeros(d, v)}),
    source="Kim, Papamakarios, Mnih, arXiv:2006.04710, that it is not where W and M are invertible; as an equivalence not found stated elsewhere",
)
def lipschitz_iff():
    """Attention of two tokens or more is Lipschitz exactly when scores or values do not matter: W = 0 or M = 0."""
    A, B, C, D, t = *(matrix(name, N, v) for name in "ABCD"), scalar("t")
    even = ones(N, N) / N
    with argument() as proof:
        none = proof.have("", _nothing_read())
        zero = proof.have("", _one_is_nothing())
        none = proof.have("", NOTHING, by=(none, zero), under=LIPSCHITZ)
        there = proof.have("", Implies(BEST, NOTHING), by=none, under=())
        mean = proof.have("", _constant())
        other = proof.at("", mean, {X: Y}, by=NOTHING)
        short = proof.have("", _mean_is_lipschitz())
        known = Equal(A, C), Equal(B, D), AtMost(normsquared(C - D), t)
        same = proof.have("", AtMost(normsquared(A - B), t), by=known)
        values = {A: attended(X), B: attended(Y), C: even @ X @ M, D: even @ Y @ M, t: normsquared(M) * normsquared(X - Y)}
        back = proof.at("", same, values, by=(mean, other, short))
        every = LIPSCHITZ.xreplace({L: normsquared(M)})
        back = proof.have("", every, by=back, under=NOTHING)
        back = proof.have("", BEST, by=back)
        back = proof.have("", Implies(NOTHING, BEST), by=back, under=())
        proof.show(lipschitz_iff.says, by=(there, back))
    return proof
