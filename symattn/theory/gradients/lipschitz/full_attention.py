"""Where attention is Lipschitz: nowhere that scores and values both matter.

Softmax is Lipschitz, attention is not: `far_tokens` has tokens that come together while their outputs go apart.

    n        at least 0;  there are n + 2 tokens
    X, Y     (n+2)×d    tokens;  W  d×d, M  d×v   forms of scores and of values;  f(X) = softmax(τ X W Xᵀ) X M
    L        a number;  f is Lipschitz where |f(X) - f(Y)|² ≤ L |X - Y|² for all X and Y

Main results
    lipschitz_iff    f is Lipschitz exactly when W = 0 or M = 0
"""

from __future__ import annotations

from symattn.language import (
    AtMost,
    Equal,
    Exists,
    ForAll,
    Iff,
    Implies,
    Positive,
    exp,
    normsquared,
    ones,
    reciprocal,
    row,
    scalar,
    total,
    zeros,
)
from symattn.proof import Argument, argument, each_vanishes, specialised, theorem
from symattn.theory.gradients.lipschitz.directions import NOTHING, UNREAD, root, scored_and_read_iff
from symattn.theory.gradients.lipschitz.far_tokens import (
    APART,
    AWAY,
    EXCESS,
    KEPT,
    READ,
    TOKENS,
    A,
    B,
    M,
    N,
    R,
    W,
    c,
    d,
    far,
    far_token_tells_apart,
    near,
    s,
    tau,
    u,
    v,
    y,
)
from symattn.theory.gradients.lipschitz.means_of_tokens import SHORT, L, X, Y, bounded, mean_of_tokens_lipschitz

LIPSCHITZ, LENGTH = ForAll((X, Y), bounded(X, Y)), normsquared(y)
MOST = 2 * c**2 * ((1 + L**2) * LENGTH + KEPT)


def _in_numbers() -> Argument:
    """R l ≤ 2 c² ((1 + L²) Y + V) where R² l ≤ 2 D + 2 c² V / R² and D ≤ L c² Y / R², for R ≥ 1."""
    c, l, D, Y, V = (scalar(name) for name in ("c", "l", "D", "Y", "V"))
    signs = AtMost(1, R), AtMost(0, l), AtMost(0, Y), AtMost(0, V)
    differ, close = AtMost(R**2 * l, 2 * D + 2 * c**2 / R**2 * V), AtMost(D, L * (c / R) ** 2 * Y)
    with argument(*signs, differ, close) as proof:
        wide = proof.have("R² is at least R", AtMost(R, R**2), by=signs[0])
        small = proof.have("so at least 1", AtMost(1, R**2), by=(wide, signs[0]))
        small = proof.have("and 1/R² at most 1", AtMost(1 / R**2, 1), by=small)
        kept = proof.have("of V no more is left", AtMost(c**2 / R**2 * V, c**2 * V), by=(small, signs[3]))
        more = proof.have("L is at most 1 + L²", AtMost(L, 1 + L**2), hints=[(L - 1) ** 2 / 2, L**2 / 2])
        of_Y = AtMost(L * (c / R) ** 2 * Y, (1 + L**2) * (c / R) ** 2 * Y)
        of_Y = proof.have("times what is not negative", of_Y, by=(more, signs[2]))
        level = AtMost((1 + L**2) * (c / R) ** 2 * Y, (1 + L**2) * c**2 * Y)
        level = proof.have("where 1/R² is at most 1", level, by=(small, signs[2]))
        most = AtMost(R**2 * l, 2 * c**2 * ((1 + L**2) * Y + V))
        most = proof.have("together", most, by=(differ, close, kept, of_Y, level))
        wide = proof.have("R² l is at least R l", AtMost(R * l, R**2 * l), by=(wide, signs[1]))
        proof.show(AtMost(R * l, 2 * c**2 * ((1 + L**2) * Y + V)), by=(most, wide))
    return proof


def _every_length() -> Argument:
    """Where f is Lipschitz R g² |u M|² is below a bound that knows nothing of R, for R ≥ 1 + s²."""
    apart, level = (c / R) ** 2 * LENGTH, EXCESS**2 * READ
    values = dict(zip(map(scalar, ("c", "l", "D", "Y", "V")), (c, level, APART, LENGTH, KEPT), strict=True))
    with argument(AWAY, *TOKENS, bounded(A, B)) as proof:
        long = proof.have("R is at least 1", AtMost(1, R), by=AWAY, hints=[s**2])
        differ = proof.have("the outputs are apart", far_token_tells_apart)
        reach = proof.have("the tokens are c y / R apart", Equal(normsquared(A - B), apart), by=TOKENS)
        close = proof.have("so f brings them together", AtMost(APART, L * apart), by=(reach, bounded(A, B)))
        signs = [proof.have("not negative", AtMost(0, one)) for one in (level, LENGTH, KEPT)]
        numbers = proof.have("", _in_numbers())
        found = proof.at("so", numbers, values, by=(long, differ, close, *signs))
        proof.show(found.claim, by=(found, long))
    return proof


def _no_level() -> Argument:
    """l ≥ 0 is 0 when R l ≤ B for all R ≥ 1 + s²: R may be 1 + s² + (B + 1)/l, where 1/0 = 0."""
    l, B, s = scalar("l"), scalar("B"), scalar("s")
    over = total(reciprocal(l * ones(1, 1)))
    length, signs = 1 + s**2 + over * (B + 1), (AtMost(0, l), AtMost(0, B))
    every = ForAll(R, Implies(AtMost(1 + s**2, R), AtMost(R * l, B)))
    with argument(every, *signs) as proof:
        square = proof.have("l times a square", AtMost(0, l * over**2), by=signs[0])
        same = proof.have("where l is not 0", Equal(l * over**2, over))
        some = proof.have("so 1/l is not negative", AtMost(0, over), by=(square, same))
        some = proof.have("nor (B + 1)/l", AtMost(0, over * (B + 1)), by=(some, signs[1]))
        wide = proof.have("this R is at least 1 + s²", AtMost(1 + s**2, length), by=some)
        some = proof.have("and so positive", Positive(length), by=some)
        known = proof.suppose("R l ≤ B for all R", every)
        here = proof.have("for one of them", specialised(known, {R: R}), by=known)
        here = proof.have("which is long enough", AtMost(R * l, B), by=(here, AtMost(1 + s**2, R)))
        here = proof.at("for this one", here, {R: length}, by=(some, wide, known))
        times = AtMost((1 + s**2) * l**2 + over * l**2 * (B + 1), B * l)
        times = proof.have("times l", times, by=(here, signs[0]))
        same = proof.have("one over a number undoes it, where it is not 0", Equal(over * l**2, l))
        here = proof.have("so", AtMost((1 + s**2) * l**2 + l, 0), by=(times, same))
        proof.show(AtMost(l, 0), by=here, hints=[(1 + s**2) * l**2])
    return proof


def _nothing_read() -> Argument:
    """A Lipschitz f has (y W uᵀ) u M = 0 for all y and u."""
    level = EXCESS**2 * READ
    values = {scalar("l"): level, scalar("B"): MOST, scalar("s"): s}
    with argument(LIPSCHITZ) as proof:
        every = proof.suppose("f is Lipschitz", LIPSCHITZ)
        here = proof.have("at these tokens", specialised(every, {X: near, Y: far}), by=every)
        bound = proof.have("", _every_length())
        bound = proof.at("for the tokens", bound, {A: near, B: far}, by=here)
        bound = proof.have("for all R", ForAll(R, Implies(AWAY, bound.claim)), by=bound, under=LIPSCHITZ)
        signs = [proof.have("not negative", AtMost(0, one)) for one in (level, MOST)]
        none = proof.have("", _no_level())
        none = proof.at("of this number", none, values, by=(bound, *signs))
        weight = (tau * exp(-tau * c**2) / (2 * N**2)) ** 2 * ones(1, v)
        none = proof.have("no part is left", each_vanishes(none, Equal(c**2 * u @ M, zeros(1, v)), weight=weight))
        none = proof.at("so", root().theorem(), {scalar("c"): c, row("m", v): u @ M}, by=none)
        proof.show(UNREAD, by=none)
    return proof


SOME = Exists(L, LIPSCHITZ, witness=normsquared(M))


@theorem(
    section="5.10",
    says=Iff(SOME, NOTHING),
    instances=({W: zeros(d, d)}, {M: zeros(d, v)}),
    source="Kim, Papamakarios, Mnih, arXiv:2006.04710, Theorem 3.1, that it is not; the iff not found elsewhere",
)
def lipschitz_iff():
    """Attention of two tokens or more is Lipschitz exactly when scores or values do not matter: W = 0 or M = 0."""
    with argument() as proof:
        none = proof.have("", _nothing_read())
        none = proof.have("some direction is scored and read", NOTHING, by=(none, scored_and_read_iff), under=LIPSCHITZ)
        none = proof.have("so where f is", Implies(LIPSCHITZ, NOTHING), by=none, under=())
        none = proof.have("by some L", Implies(SOME, NOTHING), by=none, under=())
        back = ForAll((X, Y), SHORT)
        back = proof.have("a mean is Lipschitz", back, by=mean_of_tokens_lipschitz, under=NOTHING)
        back = proof.have("so there is an L", SOME, by=back, under=NOTHING)
        back = proof.have("and the other way round", Implies(NOTHING, SOME), by=back, under=())
        proof.show(lipschitz_iff.says, by=(none, back))
    return proof
