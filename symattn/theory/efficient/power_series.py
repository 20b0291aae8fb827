"""The series of the exponential, to any degree: what is missing of it at x is no more than at b, for |x| ≤ b.

A power x^k is exp(k y) x_0^k along x = x_0 exp(y), so that sums of powers have a slope in y, and what is missing has
that of one degree less.  Both vanish with exp(y).

    L        at least 0, the degree
    N        L+1 of 1×1   0, 1, 2, …: N[l] is l
    T, B     L+1 of 1×1   powers over factorials: T[l] is x^l / l!, and B[l] is b^l / l!
    x, b     numbers, -b ≤ x ≤ b
    y        a number;  M = exp(b e^y) - Σ_k B[k] e^(k y), what is missing at b e^y, and m at x e^y, in the same way
    D, C     a number, and one that is at least 0

Main results
    vanishing_defect        what is at least -C exp(-R) for all large R is not negative
    one_more_power          |m| ≤ M for all y, of one power more than it is known of
    taylor_error_within     |e^x - Σ_k x^k / k!| ≤ e^b - Σ_k b^k / k!
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sympy import Integer

from symattn.language import (
    And,
    AtMost,
    Equal,
    ForAll,
    Implies,
    Partial,
    Positive,
    exp,
    family,
    index,
    ones,
    reciprocal,
    recurrence,
    scalar,
    sizes,
    sum_heads,
    total,
)
from symattn.proof import Argument, Theorem, argument, by_layers, prove, rising, specialised, theorem

L = sizes("L", min=0)
l, k = index("l", L), index("k", L + 1)
N, T, B = (family(name, L + 1, 1, 1) for name in "NTB")
x, b, y, t, sigma = (scalar(name) for name in ("x", "b", "y", "t", "sigma"))
D, C = scalar("D"), scalar("C")
R, q = scalar("R"), scalar("q", positive=True)
LARGE = AtMost(1 + y**2, R)
VANISHING = ForAll(R, Implies(LARGE, AtMost(0, D + C * exp(-R))))


def undone() -> Argument:
    """0 ≤ q D leaves 0 ≤ D, for q > 0."""
    with argument(AtMost(0, q * D)) as proof:
        back = proof.have("over q", AtMost(0, 1 / q * (q * D)), by=proof.given)
        proof.show(AtMost(0, D), by=back)
    return proof


@theorem(
    section="7.4",
    says=AtMost(0, D),
    given=(VANISHING, AtMost(0, C)),
    instances=({D: scalar("z") ** 2, C: scalar("w") ** 2},),
    source="textbook calculus",
)
def vanishing_defect():
    """A number that is at least -C exp(-R) for all R ≥ 1 + y² is not negative.

    It is at least -C/R; take R = 1 + y² + (C + 1)²/D², where 1/0 = 0, times D².
    """
    over = total(reciprocal(D * ones(1, 1)))
    length = 1 + y**2 + (C + 1) ** 2 * over**2
    factor = (1 + y**2) * D**2 + C * D + (C + 1) ** 2
    with argument(*vanishing_defect.given) as proof:
        known = proof.suppose("that", VANISHING)
        here = proof.have("for one R", specialised(known, {R: R}), by=known)
        here = proof.have("that is large enough", AtMost(0, D + C * exp(-R)), by=(here, LARGE))
        small = proof.have("a tangent lies below", AtMost((1 + R) * exp(-R), 1))
        less = proof.have("so R e is less than (R + 1) e", AtMost(R * q, 1), by=AtMost((1 + R) * q, 1))
        small = proof.at("for exp(-R)", less, {q: exp(-R)}, by=small)
        some = proof.have("R is not negative", AtMost(0, R), by=LARGE, hints=[y**2])
        here = proof.have("times R", AtMost(0, R * D + C * (R * exp(-R))), by=(here, some))
        here = proof.have("so", AtMost(0, R * D + C), by=(here, small, AtMost(0, C)))
        wide = proof.have("this R is large enough", AtMost(1 + y**2, length), hints=[(C + 1) ** 2 * over**2])
        here = proof.at("for this R", here, {R: length}, by=(wide, known, AtMost(0, C)))
        here = proof.have("times D²", AtMost(0, D**2 * (length * D + C)), by=here)
        same = proof.have("one over a number undoes it, where it is not 0", Equal(over**2 * D**3, D))
        here = proof.have("so", AtMost(0, D * factor), by=(here, same))
        squares = [(D + C / 2) ** 2 + 3 * C**2 / 4 + 2 * C + y**2 * D**2]
        large = proof.have("the factor is at least 1", AtMost(1, factor), by=AtMost(0, C), hints=squares)
        some = proof.have("so positive", Positive(factor), by=large)
        whole = proof.have("", undone())
        proof.show(proof.at("which undoes it", whole, {q: factor}, by=(here, some)))
    return proof


def counted(numbers: Any, place: Any) -> tuple[Any, ...]:
    """N[0] = 0, and N[l + 1] = N[l] + 1 for each l."""
    return Equal(total(numbers[0]), 0), ForAll(place, Equal(numbers[place + 1], numbers[place] + ones(1, 1)))


def powers(numbers: Any, terms: Any, of: Any, place: Any) -> tuple[Any, ...]:
    """T[0] = 1, and (l + 1) T[l + 1] = x T[l] for each l."""
    onward = ForAll(place, Equal(numbers[place + 1] @ terms[place + 1], of * terms[place]))
    return Equal(total(terms[0]), 1), onward


def series(terms: Any, numbers: Any, place: Any, at: Any) -> Any:
    """Σ_k T[k] exp(k y)."""
    return total(sum_heads(terms[place] * exp(at * numbers[place]), place))


SIGN = Equal(sigma**2, 1)
BETWEEN = AtMost(-b, x), AtMost(x, b)
GIVEN = (*counted(N, l), *powers(N, T, x, l), *powers(N, B, b, l), *BETWEEN)


def missing(sign: Any, numbers: Any, terms: Any, bounds: Any, place: Any, at: Any) -> Any:
    """M + σ m."""
    sums = total(sum_heads((bounds[place] + sign * terms[place]) * exp(at * numbers[place]), place))
    return exp(b * exp(at)) + sign * exp(x * exp(at)) - sums


def _last_terms() -> Argument:
    """From 0 ≤ b w ± x r, where |x| ≤ b and |r| ≤ w, that |t| ≤ u for p t = x r and p u = b w, where p ≥ 1."""
    p, t, u, r, w = (scalar(name) for name in "pturw")
    given = AtMost(1, p), Equal(p * t, x * r), Equal(p * u, b * w), AtMost(-w, r), AtMost(r, w), *BETWEEN
    with argument(*given) as proof:
        some, found = proof.have("p is positive", Positive(p), by=given[0]), []
        whole = proof.have("", undone())
        for sign in (1, -1):
            one = proof.have("not negative", AtMost(0, (b + x) * (w + sign * r)), by=given)
            two = proof.have("nor this", AtMost(0, (b - x) * (w - sign * r)), by=given)
            both = proof.have("half of both", AtMost(0, b * w + sign * x * r), by=(one, two))
            both = proof.have("that is", AtMost(0, p * (u + sign * t)), by=(both, *given[1:3]))
            found.append(proof.at("over p", whole, {q: p, D: u + sign * t}, by=(both, some)))
        proof.show(And(AtMost(-u, t), AtMost(t, u)), by=found)
    return proof


def _signed() -> Argument:
    """0 ≤ u + w and 0 ≤ u - w leave 0 ≤ u + σ w, for σ² = 1."""
    u, w = scalar("u"), scalar("w")
    given = AtMost(0, u + w), AtMost(0, u - w), SIGN
    with argument(*given) as proof:
        one = proof.have("times a square", AtMost(0, (1 + sigma) ** 2 * (u + w)), by=given[0])
        two = proof.have("times another", AtMost(0, (1 - sigma) ** 2 * (u - w)), by=given[1])
        same = Equal(4 * (u + sigma * w), one.claim.right + two.claim.right)
        same = proof.have("both", same, by=SIGN)
        proof.show(AtMost(0, u + sigma * w), by=(same, one, two), words="a quarter of them")
    return proof


def _slope() -> Argument:
    """0 ≤ e (b M ± x m) where 0 ≤ M ± m, |x| ≤ b, and e > 0."""
    e, M, m = scalar("e", positive=True), scalar("M"), scalar("m")
    given, found = (AtMost(0, M + m), AtMost(0, M - m), *BETWEEN), []
    with argument(*given) as proof:
        for sign in (1, -1):
            one = proof.have("not negative", AtMost(0, (b + x) * (M + sign * m)), by=given)
            two = proof.have("nor this", AtMost(0, (b - x) * (M - sign * m)), by=given)
            found.append(proof.have("half of both", AtMost(0, e * (b * M + sign * x * m)), by=(one, two)))
        proof.show(And(*(one.claim for one in found)), by=found)
    return proof


def held(N: Any, T: Any, B: Any, last: Any, place: Any) -> tuple[Any, ...]:
    """What holds after so many powers, for all y: N[L] ≥ 0, |T[L]| ≤ B[L], and |m| ≤ M."""
    number, top, bound = (total(one[last]) for one in (N, T, B))
    both = And(*(AtMost(0, missing(sign, N, T, B, place, y)) for sign in (1, -1)))
    return AtMost(0, number), AtMost(-bound, top), AtMost(top, bound), ForAll(y, both)


N_, T_, B_ = (family(name, L + 2, 1, 1) for name in "NTB")
less, place = index("l", L + 1), index("k", L + 2)
ONE_MORE = *counted(N_, less), *powers(N_, T_, x, less), *powers(N_, B_, b, less), *BETWEEN
BEFORE = held(N_, T_, B_, L, less)


def starts(powers_: Any, N: Any, T: Any, B: Any, l: Any, at: Any = x, bound: Any = 1 + x**2) -> dict[Any, Any]:
    """N, T and B for the first power, at a b that is large enough."""
    counts = ForAll(l, Equal(N[l + 1], N[l] + ones(1, 1)))
    onward = [ForAll(l, Equal(one[l + 1], of * one[l])) for one, of in ((T, at), (B, bound))]
    values = recurrence(counts, Integer(0)), *(recurrence(one, Integer(1)) for one in onward)
    here = {} if at == x else {x: at}
    return {L: Integer(powers_), b: bound, **here, **dict(zip((N, T, B), values, strict=True))}


@theorem(
    section="7.4",
    says=And(*held(N_, T_, B_, L + 1, place)),
    given=(*ONE_MORE, *BEFORE),
    instances=(starts(0, N_, T_, B_, less), starts(0, N_, T_, B_, less, Integer(0), Integer(0))),
    source="textbook calculus",
)
def one_more_power():
    """Where |m| ≤ M for L powers it is for one more: the slope in y is exp(y) times what is missing of one power less.

    With b instead of x it is b M, and |x m| ≤ b M; and what is missing at y = -R is at most a multiple of exp(-R).
    """
    N, T, B, before, z, signed = N_, T_, B_, BEFORE, t - R, _signed().theorem()
    u, v, w, q_ = (scalar(name) for name in "uvwf")
    none, count, _, onward, _, onward_b, *between = ONE_MORE
    with argument(*one_more_power.given) as proof:
        more = proof.have("the next number", Equal(N[L + 1], N[L] + ones(1, 1)), by=count)
        more = proof.have("is at least 1", AtMost(1, total(N[L + 1])), by=(more, before[0]))
        ends = [
            proof.have("the next power of x", Equal(N[L + 1] @ T[L + 1], x * T[L]), by=onward),
            proof.have("and of b", Equal(N[L + 1] @ B[L + 1], b * B[L]), by=onward_b),
        ]
        tops = dict(zip(map(scalar, "pturw"), map(total, (N[L + 1], T[L + 1], B[L + 1], T[L], B[L])), strict=True))
        last = proof.have("", _last_terms())
        last = proof.at("so that of x is within that of b", last, tops, by=(more, *ends, *before, *between))
        tops = {u: total(B[L + 1]), w: total(T[L + 1])}
        C1 = tops[u] + sigma * tops[w]
        some = proof.at("with any sign", signed, tops, by=(last, SIGN))

        every = proof.have("what is missing of one power less, for all y", before[3], by=before[3])
        M, m = (exp(of * exp(y)) - series(terms, N, less, y) for of, terms in ((b, B), (x, T)))
        e = scalar("e", positive=True)
        slope = proof.have("", _slope())
        slope = proof.at(
            "so", slope, {e: exp(y), scalar("M"): M, scalar("m"): m}, by=(specialised(every, {y: y}), *between)
        )
        slope = proof.at("with any sign", signed, {u: exp(y) * b * M, w: exp(y) * x * m}, by=(slope, SIGN))
        start = proof.at("with any sign", signed, {u: M, w: m}, by=(specialised(every, {y: y}), SIGN))

        def both(i: Any) -> Any:
            return B[i] + sigma * T[i]

        lower = (b * B[less] + sigma * x * T[less]) * exp(y * N[less]) * exp(y)
        exps = ForAll(less, Equal(exp(y * N[less + 1]), exp(y * N[less]) * exp(y)))
        exps = proof.have("exp((k + 1) y) is exp(k y) exp(y)", exps, by=count)
        each = ForAll(less, Equal(both(less + 1) @ N[less + 1], b * B[less] + sigma * x * T[less]))
        each = proof.have("and k + 1 powers over (k + 1)! are", each, by=(onward, onward_b))
        each = ForAll(less, Equal(both(less + 1) @ N[less + 1] * exp(y * N[less + 1]), lower)), (exps, each)
        each = proof.have("so each term", each[0], by=each[1])
        terms = sum_heads(both(place) @ N[place] * exp(y * N[place]), place)
        first = Equal(total(terms), total(sum_heads(both(less + 1) @ N[less + 1] * exp(y * N[less + 1]), less)))
        first = proof.have("the first is 0", first, by=none)
        sums = proof.have("the others", Equal(first.claim.right, total(sum_heads(lower, less))), by=each)
        sums = proof.have("together", Equal(total(terms), sums.claim.right), by=(first, sums))

        F = missing(sigma, N, T, B, place, z) + C1 * exp(-R)
        sums, slope, start = (proof.at("there", one, {y: at}) for one, at in ((sums, z), (slope, z), (start, -R)))
        here = b * exp(z) * exp(b * exp(z)) + sigma * x * exp(z) * exp(x * exp(z)) - sums.claim.left
        here = proof.have("the slope in t", Equal(Partial(F, t), here))
        here = proof.have("is that", Equal(Partial(F, t), slope.claim.right), by=(here, sums))
        here = proof.have("so it rises", AtMost(0, Partial(F, t)), by=(here, slope))
        long = proof.have("R is not negative", AtMost(0, R), by=LARGE, hints=[y**2])
        low = AtMost(exp(-R * total(N[L + 1])), exp(-R))
        low = proof.have("exp(-R k) is at most exp(-R)", low, by=(more, long))
        grow = proof.have("times what is not negative", AtMost(u * v, u * w), by=(AtMost(v, w), AtMost(0, u)))
        low = proof.at("such as the last terms", grow, {u: C1, v: low.claim.left, w: low.claim.right}, by=(low, some))
        base = Equal(F.subs(t, 0), start.claim.right - low.claim.left + low.claim.right)
        base = proof.have("at t = 0", base)
        known = AtMost(0, u), AtMost(v, w), Equal(q_, u - v + w)
        join = proof.have("what is no less adds up", AtMost(0, q_), by=known)
        values = {u: start.claim.right, v: low.claim.left, w: low.claim.right, q_: F.subs(t, 0)}
        base = proof.at("so at t = 0", join, values, by=(start, low, base))
        risen = proof.have("so it is never negative", rising(F, t, base=base, step=here))
        squares = [(y + 1) ** 2 / 2 + y**2 / 2 + R - 1 - y**2]
        wide = proof.have("y + R is not negative", AtMost(0, y + R), by=LARGE, hints=squares)
        risen = proof.at("at t = y + R", risen, {t: y + R}, by=wide)
        there = missing(sigma, N, T, B, place, y)
        risen = proof.have("that is", AtMost(0, there + C1 * exp(-R)), by=risen)
        large = ForAll(R, Implies(LARGE, risen.claim))
        risen = proof.have("for all R", large, by=risen, under=(*proof.given, SIGN))
        risen = proof.at("so", vanishing_defect.prove(), {D: there, C: C1}, by=(risen, some))
        ends = [
            proof.at("for this sign", risen, {sigma: Integer(sign)}, by=prove(Equal(Integer(sign) ** 2, 1)))
            for sign in (1, -1)
        ]
        every = ForAll(y, And(*(one.claim for one in ends)))
        every = proof.have("for all y", every, by=ends, under=proof.given)
        proof.show(one_more_power.says, by=(more, last, every))
    return proof


@cache
def _series() -> Theorem:
    """What holds after any number of powers."""

    def step(proof: Argument, before: Theorem, more: Any, terms: Any, bounds: Any) -> None:
        values = dict(zip((N_, T_, B_), (more, terms, bounds), strict=True))
        found = proof.at("one power more", one_more_power.prove(), values, by=(*proof.given[1:], before))
        proof.show(found)

    return by_layers(ForAll((N, T, B), Implies(And(*GIVEN), And(*held(N, T, B, L, k)))), over=L, step=step)


SUMS = {name: total(sum_heads(one[k], k)) for name, one in (("x", T), ("b", B))}
LEFT = {"x": exp(x) - SUMS["x"], "b": exp(b) - SUMS["b"]}
"""What is missing of the exponential at x, and at b."""


@theorem(
    section="7.4",
    says=And(AtMost(-LEFT["b"], LEFT["x"]), AtMost(LEFT["x"], LEFT["b"])),
    given=GIVEN,
    instances=(starts(1, N, T, B, l),),
    source="Taylor's theorem; for attention Alman and Song, arXiv:2302.13214",
)
def taylor_error_within():
    """For |x| ≤ b the exponential at x, up to any power, is off by no more than it is at b, where all terms add up."""
    every = prove(And(*held(N, T, B, L, k)), GIVEN, using=[specialised(_series(), {N: N, T: T, B: B})])
    with argument(*GIVEN) as proof:
        held_ = proof.have("by induction over L, what is missing at x e^y and b e^y", every)
        both = proof.have("for all y", held_.claim.args[3], by=held_)
        both = proof.have("such as 0", specialised(both, {y: Integer(0)}), by=both)
        proof.show(taylor_error_within.says, by=both)
    return proof
