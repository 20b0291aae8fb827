"""Waves of different frequencies are independent.

A position that turns plane by plane is seen through Σ_p (α_p cos t θ_p + β_p sin t θ_p) alone.  Where the frequencies
differ, such a sum is the same at all positions t only when there is nothing to see.

    θ        1×p    frequencies;  φ one of them
    α, β     1×p    what multiplies the cosines and the sines;  a, b those of one
    c        what the sum shall be at every t
    D        p×p    cosines differ: D_pq (cos θ_p - cos θ_q) = 1 for all p ≠ q
    e        1×p    no frequency is 0 or π: e_p sin θ_p = 1

Main results
    one_wave             a cos t φ + b sin t φ = c for all t only when a = b = 0
    waves_independent    the same for any number of waves
"""

from __future__ import annotations

from typing import Any

from sympy import Integer

from symattn.language import (
    And,
    AtMost,
    Equal,
    ForAll,
    Implies,
    T,
    cos,
    hadamard,
    hstack,
    identity,
    matrix,
    ones,
    row,
    scalar,
    sin,
    sizes,
    total,
    zeros,
)
from symattn.proof import Theorem, argument, by_induction, calc, follows, instance, prove, specialised, theorem

p = sizes("p", min=1)
t, phi, a, b, c, e, x, y = (scalar(name) for name in ("t", "phi", "a", "b", "c", "e", "x", "y"))
SOURCE = "textbook analysis: Vandermonde's determinant of e^{±iθ}"


def _both(claim: Any, *known: Any) -> Theorem:
    """An equation, from two bounds."""
    left, right = claim.args
    return follows(claim, follows(AtMost(left, right), *known), follows(AtMost(right, left), *known))


def one(at: Any) -> Any:
    """A single wave at some position."""
    return a * cos(at * phi) + b * sin(at * phi)


STILL, TURNS = ForAll(t, Equal(one(t), c)), Equal(e * sin(phi), 1)
NONE = And(Equal(a, 0), Equal(b, 0))
START, LEFT, RIGHT = Equal(a, c), Equal(a * x + b * y, c), Equal(a * x - b * y, c)
AT = START, LEFT, RIGHT, Equal(e * y, 1), Equal(x**2 + y**2, 1)


def _at_three_places() -> Theorem:
    """Nothing is left of a wave that is c at 0, 1 and -1; x and y stand for its cosine and sine at 1."""
    *_, turns, circle = AT
    flat, even = Equal(b * y, 0), Equal(a * x, a)
    second = calc(b, given=(turns, flat)).eq(b * y * e, by=turns).eq(0, by=flat)
    first = (
        calc(a, given=(turns, circle, even))
        .eq(a * (e * y), by=turns)
        .eq(a * (e * y) * (e * y), by=turns)
        .eq(e**2 * (a * (1 - x**2)), by=circle)
        .eq(e**2 * (a - (a * x) * x), by="multiply out")
        .eq(e**2 * (a - a * x), by=even)
        .eq(0, by=even)
    )
    with argument(*AT) as proof:
        flat = proof.have("at 1 and -1 the sines differ, the rest does not", _both(flat, LEFT, RIGHT))
        level = proof.have("so at 1 the cosine counts alone", Equal(a * x, c), by=(LEFT, flat))
        even = proof.have("and as at 0", even, by=(level, START))
        none = proof.have("a is a sin² / sin², and a sin² is a - a cos²", Equal(a, 0), by=(first, even), under=AT)
        neither = proof.have("b is b sin / sin", Equal(b, 0), by=(second, flat), under=AT)
        proof.show(NONE, by=(none, neither))
    return proof.theorem()


@theorem(
    section="6.11",
    says=NONE,
    given=(STILL, TURNS),
    instances=({a: Integer(0), b: Integer(0), c: Integer(0), phi: Integer(1), e: 1 / sin(Integer(1))},),
    source=SOURCE,
    sketch="At 1 and -1 the sines differ and the rest does not, so b sin φ = 0; at 0 and 1 then a = a cos φ.",
)
def one_wave():
    """A wave that is the same at all positions is 0, unless its frequency is 0 or π."""
    still = prove(STILL, STILL)
    at = [specialised(still, {t: Integer(place)}) for place in (0, 1, -1)]
    lemma = prove(ForAll((a, b, c, e, x, y), Implies(And(*AT), NONE)), using=[_at_three_places()])
    return instance(lemma, {a: a, b: b, c: c, e: e, x: cos(phi), y: sin(phi)}, *at, TURNS)


def wave(theta: Any, alpha: Any, beta: Any, at: Any) -> Any:
    """Σ α cos t θ + β sin t θ."""
    return total(hadamard(alpha, cos(at * theta)) + hadamard(beta, sin(at * theta)))


def letters(p: Any, mark: str = "") -> tuple[Any, ...]:
    """θ, α, β, D and e of p waves."""
    theta, alpha, beta, turns = (row(name + mark, p) for name in ("theta", "alpha", "beta", "e"))
    return theta, alpha, beta, matrix(f"D{mark}", p, p), turns


def apart(theta: Any, D: Any, turns: Any) -> tuple[Any, Any]:
    """Frequencies have different cosines, and sines that are not 0."""
    p = theta.shape[1]
    every, c = ones(1, p), cos(theta)
    differ = Equal(hadamard(D, T(c) @ every - T(every) @ c), T(every) @ every - identity(p))
    return differ, Equal(hadamard(turns, sin(theta)), every)


def given(letters: tuple[Any, ...], c: Any) -> tuple[Any, ...]:
    """Frequencies are apart, and the sum is c at all positions."""
    theta, alpha, beta, D, turns = letters
    return *apart(theta, D, turns), ForAll(t, Equal(wave(theta, alpha, beta, t), c))


def nothing(letters: tuple[Any, ...]) -> Any:
    """There is nothing to see."""
    _, alpha, beta, *_ = letters
    return And(Equal(alpha, zeros(*alpha.shape)), Equal(beta, zeros(*beta.shape)))


WAVES = letters(p)
theta, alpha, beta, D, turns = WAVES
EVERY = ForAll((*WAVES, c), Implies(And(*given(WAVES, c)), nothing(WAVES)))


@theorem(
    section="6.11",
    says=nothing(WAVES),
    given=given(WAVES, c),
    instances=(
        {
            alpha: zeros(1, 1),
            beta: zeros(1, 1),
            c: Integer(0),
            theta: ones(1, 1),
            D: zeros(1, 1),
            turns: ones(1, 1) / sin(Integer(1)),
            p: Integer(1),
        },
    ),
    source=SOURCE,
    sketch=(
        "By induction over p, with f(t + 1) + f(t - 1) - 2 cos φ f(t): the wave of the last frequency φ is gone, the "
        "others are multiplied by 2 (cos θ_p - cos φ), which is not 0. What is left is one_wave."
    ),
)
def waves_independent():
    """Waves whose frequencies lie apart in (0, π) sum to the same at all positions only when there are none.

    Frequencies in (0, π) are different exactly when their cosines are.
    """
    every = by_induction(EVERY, over=p, base=_single(), step=_one_more())
    return prove(waves_independent.says, waves_independent.given, using=[_here(every)], check=False)


def _here(every: Theorem) -> Theorem:
    return specialised(every, {letter: letter for letter in (*WAVES, c)})


def _any_wave() -> Theorem:
    """`one_wave` for all letters."""
    claim = ForAll((phi, a, b, c, e), Implies(And(STILL, TURNS), NONE))
    return prove(claim, using=[one_wave.prove()], check=False)


def _single() -> Theorem:
    """The base: one wave, whose letters are rows of one entry."""
    waves = letters(Integer(1))
    f, u, v, _, w = (total(letter) for letter in waves)
    assumed = given(waves, c)
    still = prove(ForAll(t, Equal(u * cos(t * f) + v * sin(t * f), c)), assumed[2], check=False)
    turn = follows(Equal(w * sin(f), 1), assumed[1])
    found = follows(nothing(waves), instance(_any_wave(), {phi: f, a: u, b: v, c: c, e: w}, still, turn))
    return prove(EVERY.xreplace({p: Integer(1)}), using=[found], check=False)


LONGER = letters(p + 1, "'")
ASSUMED = given(LONGER, c)
FIRST, LAST = hstack(identity(p), zeros(p, 1)), hstack(zeros(1, p), identity(1))
HEAD = (*(letter @ FIRST.T for letter in LONGER[:3]), FIRST @ LONGER[3] @ FIRST.T, LONGER[4] @ FIRST.T)
f, u, v, w = (total(letter @ LAST.T) for letter in (*LONGER[:3], LONGER[4]))
GAP = cos(HEAD[0]) - cos(f) * ones(1, p)
"""The waves but the last, the last, and how far the cosines of their frequencies are apart."""


def _split(at: Any) -> Any:
    return wave(HEAD[0], HEAD[1], HEAD[2], at) + u * cos(at * f) + v * sin(at * f)


def _sums() -> list[Theorem]:
    """The sum is c at t, t + 1 and t - 1, the last wave apart from the others."""
    cut = prove(Equal(wave(LONGER[0], LONGER[1], LONGER[2], t), _split(t)), check=False)
    cut, still = prove(ForAll(t, cut.claim), using=[cut], check=False), prove(ASSUMED[2], ASSUMED[2], check=False)
    return [
        follows(Equal(_split(at), c), specialised(still, {t: at}), specialised(cut, {t: at}))
        for at in (t, t + 1, t - 1)
    ]


def _without_last(sums: list[Theorem]) -> Theorem:
    """f(t + 1) + f(t - 1) - 2 cos φ f(t) at all t, where the last wave is gone."""
    alpha, beta = (hadamard(2 * GAP, letter) for letter in HEAD[1:3])
    gone = wave(HEAD[0], alpha, beta, t)
    here, there, back, z = (scalar(name) for name in ("f", "f'", "f''", "z"))
    assumed = (*(Equal(one, c) for one in (here, there, back)), Equal(there + back - 2 * x * here, z))
    chain = calc(z, given=assumed).eq(there + back - 2 * x * here, by=assumed[3]).eq(c + c - 2 * x * c, by=assumed[:3])
    line = chain.eq(2 * (1 - x) * c).theorem()
    lemma = prove(ForAll((here, there, back, x, z, c), Implies(And(*assumed), line.claim)), using=[line], check=False)
    at = [_split(place) for place in (t, t + 1, t - 1)]
    summed = prove(Equal(at[1] + at[2] - 2 * cos(f) * at[0], gone), check=False)
    values = {**dict(zip((here, there, back), at, strict=True)), x: cos(f), z: gone, c: c}
    found = instance(lemma, values, *sums, summed)
    return prove(ForAll(t, found.claim), ASSUMED[2], using=[found], check=False)


def _part(left: Any, right: Any, claim: Any) -> Theorem:
    """The equation between two matrices, said of a part of both."""
    one, other = (matrix(name, *claim.left.shape) for name in ("M", "M'"))
    cut = ForAll((one, other), Implies(Equal(one, other), Equal(left @ one @ right, left @ other @ right)))
    return instance(prove(cut, check=False), {one: claim.left, other: claim.right}, claim)


def _shorter(gone: Theorem) -> Theorem:
    """By induction nothing is left of the first waves, each times its gap."""
    values = (HEAD[0], *(hadamard(2 * GAP, letter) for letter in HEAD[1:3]), *HEAD[3:], 2 * (1 - cos(f)) * c)
    at = specialised(prove(EVERY, EVERY, check=False), dict(zip((*WAVES, c), values, strict=True)))
    differ, turn, _ = at.claim.hypothesis.args
    differ = follows(differ, _part(FIRST, FIRST.T, ASSUMED[0]))
    turn = follows(turn, _part(identity(1), FIRST.T, ASSUMED[1]))
    meets = prove(at.claim.hypothesis, ASSUMED, using=[differ, turn, gone], check=False)
    return prove(at.claim.conclusion, (*ASSUMED, EVERY), using=[at, meets], check=False)


def _divided(left: Theorem) -> list[Theorem]:
    """So nothing is left of them at all."""
    over = T(FIRST @ LONGER[3] @ LAST.T)
    ones_ = follows(Equal(T(hadamard(over, GAP)), ones(p, 1)), _part(FIRST, LAST.T, ASSUMED[0]))
    ones_ = follows(Equal(hadamard(over, GAP), ones(1, p)), ones_)
    A, B, C = (row(name, p) for name in "ABC")
    assumed = Equal(hadamard(2 * B, A), zeros(1, p)), Equal(hadamard(C, B), ones(1, p))
    line = calc(A, given=assumed).eq(hadamard(C, B, A), by=assumed[1]).eq(zeros(1, p), by=assumed[0]).theorem()
    lemma = prove(ForAll((A, B, C), Implies(And(*assumed), line.claim)), using=[line], check=False)
    return [instance(lemma, {A: letter, B: GAP, C: over}, left, ones_) for letter in HEAD[1:3]]


def _one_more() -> Theorem:
    """The step: from p waves to p + 1."""
    sums = _sums()
    firsts = _divided(_shorter(_without_last(sums)))
    rest = follows(Equal(u * cos(t * f) + v * sin(t * f), c), *firsts, sums[0])
    rest = prove(ForAll(t, rest.claim), rest.given, using=[rest], check=False)
    turn = follows(Equal(w * sin(f), 1), _part(identity(1), LAST.T, ASSUMED[1]))
    last = instance(_any_wave(), {phi: f, a: u, b: v, c: c, e: w}, rest, turn)
    both = [follows(claim, first, last) for claim, first in zip(nothing(LONGER).args, firsts, strict=True)]
    found = prove(nothing(LONGER), (*ASSUMED, EVERY), using=both, check=False)
    return prove(ForAll((*LONGER, c), Implies(And(*ASSUMED), found.claim)), EVERY, using=[found], check=False)
