"""What is missing of the exponential after its powers up to any degree: at most the next term times the exponential.

    L        at least 0, the degree
    N        L+2 of 1×1   0, 1, 2, …: N[l] is l
    T, B     L+2 of 1×1   powers over factorials: T[l] is x^l / l!, and B[l] is b^l / l!
    x, b     numbers, -b ≤ x ≤ b
    y        a number;  what is missing at b e^y is E less than the next term times exp(b e^y)

Main results
    remainder_of_one_more_power   0 ≤ E for all y, of one power more than it is known of
    taylor_error_of_any_degree    |e^x - Σ_k x^k / k!| ≤ e^b b^(L + 1) / (L + 1)!, up to k = L
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
    recurrence,
    scalar,
    stack_heads,
    sum_heads,
    total,
)
from symattn.proof import Argument, Theorem, argument, by_layers, prove, rising, specialised, theorem
from symattn.theory.efficient.power_series import (
    B_ as B,
    BETWEEN,
    LARGE,
    N_ as N,
    T_ as T,
    B as B_L,
    C,
    D,
    L,
    N as N_L,
    R,
    T as T_L,
    b,
    counted,
    powers,
    q,
    series,
    starts,
    t,
    taylor_error_within,
    undone,
    vanishing_defect,
    x,
    y,
)

l, k = index("l", L + 1), index("k", L + 2)
SIGN = AtMost(0, b)
GIVEN = (*counted(N, l), *powers(N, B, b, l), SIGN)


def excess(N: Any, B: Any, last: Any, place: Any, at: Any) -> Any:
    """E, with the term at the last place."""
    grown = exp(b * exp(at))
    return total(B[last]) * exp(at * total(N[last])) * grown - (grown - series(B, N, place, at))


def held(N: Any, B: Any, last: Any, place: Any) -> tuple[Any, ...]:
    """What holds of the term at the last place: N ≥ 1, B ≥ 0, and 0 ≤ E for all y."""
    return AtMost(1, total(N[last])), AtMost(0, total(B[last])), ForAll(y, AtMost(0, excess(N, B, last, place, y)))


SHORT = N, B
N_3, B_3 = family("N", L + 3, 1, 1), family("B", L + 3, 1, 1)
ONE_MORE = *counted(N_3, k), *powers(N_3, B_3, b, k), SIGN
BEFORE = held(N_3, B_3, L + 1, l)


COUNTS, NOUGHT = ForAll(k, Equal(N_3[k + 1], N_3[k] + ones(1, 1))), ForAll(k, Equal(B_3[k + 1], 0 * B_3[k]))
FIRST_POWERS = {L: Integer(0), b: Integer(0), N_3: recurrence(COUNTS, Integer(0)), B_3: recurrence(NOUGHT, Integer(1))}
"""The first powers of 0: 1, 0, 0."""


def _products() -> Argument:
    """From 0 ≤ u, 0 ≤ v ≤ w and 0 ≤ p ≤ e that u v p ≤ u w e."""
    u, v, w, p, e = (scalar(name) for name in "uvwpe")
    given = AtMost(0, u), AtMost(0, v), AtMost(v, w), AtMost(0, p), AtMost(p, e)
    with argument(*given) as proof:
        high = proof.have("w is not negative", AtMost(0, w), by=given[1:3])
        one = proof.have("v p ≤ w p", AtMost(v * p, w * p), by=given[2:4])
        two = proof.have("w p ≤ w e", AtMost(w * p, w * e), by=(high, given[4]))
        both = proof.have("so", AtMost(v * p, w * e), by=(one, two))
        proof.show(AtMost(u * (v * p), u * (w * e)), by=(both, given[0]))
    return proof


def _slope_of_series() -> Argument:
    """Σ_k k B[k] exp(k y) is b exp(y) times the series of one power less."""
    none, count, _, onward, _ = GIVEN
    lower = b * B[l] * exp(y * N[l]) * exp(y)
    with argument(none, count, onward) as proof:
        exps = ForAll(l, Equal(exp(y * N[l + 1]), exp(y * N[l]) * exp(y)))
        exps = proof.have("exp((k + 1) y) is exp(k y) exp(y)", exps, by=count)
        each = ForAll(l, Equal(B[l + 1] @ N[l + 1] * exp(y * N[l + 1]), lower))
        each = proof.have("each term", each, by=(exps, onward))
        terms = sum_heads(B[k] @ N[k] * exp(y * N[k]), k)
        first = Equal(total(terms), total(sum_heads(B[l + 1] @ N[l + 1] * exp(y * N[l + 1]), l)))
        first = proof.have("the first is 0", first, by=none)
        sums = proof.have("the others", Equal(first.claim.right, total(sum_heads(lower, l))), by=each)
        proof.show(Equal(total(terms), sums.claim.right), by=(first, sums), words="together")
    return proof


@theorem(
    section="7.4",
    says=And(*held(N_3, B_3, L + 2, k)),
    given=(*ONE_MORE, *BEFORE),
    instances=(FIRST_POWERS,),
    source="textbook calculus",
)
def remainder_of_one_more_power():
    """Where 0 ≤ E for L powers it is for one more: E has the slope b exp(y) times E of one power less, and more.

    At y = -R it is at least minus a multiple of exp(-R).
    """
    N, B, before, z = N_3, B_3, BEFORE, t - R
    none, count, _, onward, _ = ONE_MORE
    u, v, w, p, e, f = (scalar(name) for name in "uvwpef")
    top, next_, number = total(B[L + 1]), total(B[L + 2]), total(N[L + 2])
    with argument(*remainder_of_one_more_power.given) as proof:
        next_number = Equal(N[L + 2], N[L + 1] + ones(1, 1))
        next_number = proof.have("the next number", next_number, by=count)
        more = proof.have("is at least 1", AtMost(1, number), by=(next_number, before[0]))
        some = proof.have("and positive", Positive(number), by=more)
        last = proof.have("the next power", Equal(number * next_, b * top), by=onward)
        last = proof.have("is not negative", AtMost(0, number * next_), by=(last, before[1], SIGN))
        whole = proof.have("", undone())
        last = proof.at("over its number", whole, {q: number, D: next_}, by=(last, some))
        every = proof.have("of one power less, for all y", before[2], by=before[2])
        start = proof.have("at y", specialised(every, {y: y}), by=every)
        grown = exp(b * exp(y))
        slope = b * exp(y) * excess(N, B, L + 1, l, y) + b * exp(y) * next_ * exp(y * number) * grown
        slope = proof.have("so", AtMost(0, slope), by=(start, last, SIGN))

        fewer = proof.have("the others count", ForAll(l, Equal(N[l + 1], N[l] + ones(1, 1))), by=count)
        fewer_ = proof.have("and are powers", ForAll(l, Equal(N[l + 1] @ B[l + 1], b * B[l])), by=onward)
        sums = proof.have("", _slope_of_series())
        head = index("m", L + 2)
        values = {one: stack_heads(longer[head], head) for one, longer in zip(SHORT, (N, B), strict=True)}
        sums = proof.at("of these", sums, values, by=(none, fewer, fewer_))
        N_2, B_2 = SHORT
        split = series(B_2, N_2, l, y) + total(B_2[L + 1]) * exp(y * total(N_2[L + 1]))
        split = proof.have("the last term apart", Equal(series(B_2, N_2, k, y), split))
        split = proof.at("of these", split, values)
        end = Equal(exp(y * number), exp(y * total(N[L + 1])) * exp(y))
        end = proof.have("the last of them", end, by=next_number)
        product = proof.have("is the next", Equal(number * next_, b * top), by=onward)
        last_term = Equal(number * next_ * exp(y * number), b * top * exp(y * total(N[L + 1])) * exp(y))
        end = proof.have("with its exponential", last_term, by=(end, product))

        top_term = top * exp(b)
        F = excess(N, B, L + 2, k, z) + top_term * exp(-R)
        sums, slope, end = (proof.at("there", one, {y: z}) for one in (sums, slope, end))
        start, split = (proof.at("and at -R", one, {y: -R}) for one in (start, split))
        grown = exp(b * exp(z))
        here = (
            end.claim.left * grown + next_ * exp(z * number) * b * exp(z) * grown - b * exp(z) * grown + sums.claim.left
        )
        here = proof.have("the slope in t", Equal(Partial(F, t), here))
        here = proof.have("is that", Equal(Partial(F, t), slope.claim.right), by=(here, sums, end))
        here = proof.have("so it rises", AtMost(0, Partial(F, t)), by=(here, slope))

        long = proof.have("R is not negative", AtMost(0, R), by=LARGE, hints=[y**2])
        low = AtMost(exp(-R * total(N[L + 1])), exp(-R))
        low = proof.have("exp(-R k) is at most exp(-R)", low, by=(before[0], long))
        small = proof.have("exp(-R) is at most 1", AtMost(exp(-R), 1), by=long)
        small = proof.have("times b", AtMost(b * exp(-R), b), by=(small, SIGN))
        rises = proof.have("exp rises", AtMost(exp(u), exp(v)), by=AtMost(u, v))
        small = proof.at("so here", rises, {u: b * exp(-R), v: b}, by=small)
        grow = proof.have("", _products())
        values = {u: top, v: low.claim.left, w: low.claim.right, p: small.claim.left, e: small.claim.right}
        signs = [proof.have("not negative", AtMost(0, one)) for one in (low.claim.left, small.claim.left)]
        low = proof.at("so", grow, values, by=(before[1], low, small, *signs))
        rest = next_ * exp(-R * number) * exp(b * exp(-R)) + top * exp(-R * total(N[L + 1]))
        rest = proof.have("nor are the last terms", AtMost(0, rest), by=(last, before[1]))
        base = Equal(F.subs(t, 0), rest.claim.right + start.claim.right - low.claim.left + low.claim.right)
        base = proof.have("at t = 0", base, by=split)
        known = AtMost(0, p), AtMost(0, u), AtMost(v, w), Equal(f, p + u - v + w)
        join = proof.have("what is no less adds up", AtMost(0, f), by=known)
        values = {p: rest.claim.right, u: start.claim.right, v: low.claim.left, w: low.claim.right, f: F.subs(t, 0)}
        base = proof.at("so at t = 0", join, values, by=(rest, start, low, base))
        risen = proof.have("so it is never negative", rising(F, t, base=base, step=here))
        squares = [(y + 1) ** 2 / 2 + y**2 / 2 + R - 1 - y**2]
        wide = proof.have("y + R is not negative", AtMost(0, y + R), by=LARGE, hints=squares)
        risen = proof.at("at t = y + R", risen, {t: y + R}, by=wide)
        there = excess(N, B, L + 2, k, y)
        risen = proof.have("that is", AtMost(0, there + top_term * exp(-R)), by=risen)
        large = ForAll(R, Implies(LARGE, risen.claim))
        risen = proof.have("for all R", large, by=risen, under=proof.given)
        pos = proof.have("not negative", AtMost(0, top_term), by=before[1])
        risen = proof.at("so", vanishing_defect.prove(), {D: there, C: top_term}, by=(risen, pos))
        every = proof.have("for all y", ForAll(y, risen.claim), by=risen, under=proof.given)
        proof.show(remainder_of_one_more_power.says, by=(more, last, every))
    return proof


def _first() -> Theorem:
    """With one term: exp(b e^y) (1 - b e^y) is at most 1."""
    N, B, l = family("N", 2, 1, 1), family("B", 2, 1, 1), index("l", Integer(1))
    given = *counted(N, l), *powers(N, B, b, l), SIGN
    claim = And(*held(N, B, 1, l))
    none, count, one, onward, _ = given
    u, w = scalar("u"), exp(b * exp(y))
    with argument(*given) as proof:
        number = proof.have("the first number is 1", Equal(total(N[1]), 1), by=(none, count))
        power = proof.have("its power", Equal(total(N[1]) * total(B[1]), b * total(B[0])), by=onward)
        same = proof.have("times 1", Equal(total(N[1]) * total(B[1]), total(B[1])), by=number)
        start = proof.have("of 1", Equal(b * total(B[0]), b), by=one)
        power = proof.have("is b", Equal(total(B[1]), b), by=(power, same, start))
        low = proof.have("a tangent lies below", AtMost(1 - u, exp(-u)))
        low = proof.have("times exp(u)", AtMost((1 - u) * exp(u), 1), by=low)
        low = proof.at("so", low, {u: b * exp(y)})
        end = proof.have("with its exponential", Equal(exp(y * total(N[1])), exp(y)), by=number)
        sums = proof.have("the series is 1", Equal(total(sum_heads(B[l] * exp(y * N[l]), l)), 1), by=(none, one))
        last = total(B[1]) * exp(y * total(N[1])) * w
        last = proof.have("and the next term", Equal(last, b * exp(y) * w), by=(end, power))
        low = proof.have("put that in", AtMost(0, excess(N, B, 1, l, y)), by=(low, sums, last))
        every = proof.have("for all y", ForAll(y, low.claim), by=low, under=given)
        proof.show(claim, by=(number, power, SIGN, every))
    return proof.theorem()


@cache
def _series() -> Theorem:
    """What holds after any number of powers."""

    def step(proof: Argument, before: Theorem, more: Any, terms: Any) -> None:
        values = {N_3: more, B_3: terms}
        by = (*proof.given[1:], before)
        proof.show(proof.at("one power more", remainder_of_one_more_power.prove(), values, by=by))

    claim = ForAll((N, B), Implies(And(*GIVEN), And(*held(N, B, L + 1, l))))
    base = prove(claim.xreplace({L: Integer(0)}), using=[_first()])
    return by_layers(claim, over=L, step=step, base=base)


SUM, MOST = total(sum_heads(T[l], l)), exp(b) * total(B[L + 1])
ALL = (*counted(N, l), *powers(N, T, x, l), *powers(N, B, b, l), *BETWEEN)


@theorem(
    section="7.4",
    says=And(AtMost(-MOST, exp(x) - SUM), AtMost(exp(x) - SUM, MOST)),
    given=ALL,
    instances=(starts(0, N, T, B, l),),
    source="Taylor's theorem; for attention Alman and Song, arXiv:2302.13214",
)
def taylor_error_of_any_degree():
    """The exponential of a score between -b and b, up to the power L, is off by at most e^b b^(L + 1) / (L + 1)!.

    With taylor_kernel_rank for two powers, and nearly_equal_kernels for weights, this is in what sense attention of
    bounded scores is nearly of low rank.
    """
    some = prove(AtMost(0, b), BETWEEN)
    with argument(*ALL) as proof:
        some = proof.have("b is not negative", some)
        every = prove(And(*held(N, B, L + 1, l)), GIVEN, using=[specialised(_series(), {N: N, B: B})])
        every = proof.have("by induction over L, what is missing at b e^y", every, by=(*GIVEN[:-1], some))
        high = proof.have("for all y", every.claim.args[2], by=every)
        high = proof.have("such as 0", specialised(high, {y: Integer(0)}), by=high)
        high = proof.have("is at most that at b", AtMost(exp(b) - total(sum_heads(B[l], l)), MOST), by=high)
        head = index("m", L + 1)
        values = {short: stack_heads(more[head], head) for short, more in ((N_L, N), (T_L, T), (B_L, B))}
        low = proof.at("and at x no more than at b", taylor_error_within.prove(), values, by=ALL)
        proof.show(taylor_error_of_any_degree.says, by=(low, high))
    return proof
