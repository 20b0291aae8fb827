"""Where tokens come together while their outputs go apart, nothing is both scored and read if f is Lipschitz.

    f        attention, under a mask or not, of tokens that a token far away tells apart
    y, u     1×d    two directions;  c = y W uᵀ, and s = y W yᵀ
    R        a number of at least 1 + s²
    l        g² |u M|², where R² l ≤ 2 |f(A) - f(B)|² + 2 c² |y M|² / R² of tokens A and B that are c y / R apart
    L        f is Lipschitz where |f(X) - f(Y)|² ≤ L |X - Y|² for all X and Y

Then R l is below a bound that knows nothing of R, so l = 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from symattn.language import (
    AtMost,
    Equal,
    ForAll,
    Implies,
    Positive,
    normsquared,
    ones,
    reciprocal,
    row,
    scalar,
    total,
    zeros,
)
from symattn.proof import Argument, Statement, Theorem, argument, each_vanishes, specialised
from symattn.theory.gradients.lipschitz.directions import UNREAD, root
from symattn.theory.gradients.lipschitz.far_tokens import AWAY, KEPT, READ, M, R, c, s, u, v, y
from symattn.theory.gradients.lipschitz.masked_means import L, X, Y

LENGTH = normsquared(y)
MOST = 2 * c**2 * ((1 + L**2) * LENGTH + KEPT)


@dataclass(frozen=True)
class Far:
    """Attention, and tokens that a token far away tells apart.

    bounded    |f(X) - f(Y)|² ≤ L |X - Y|² of two tokens
    theorem    R² g² |u M|² ≤ 2 |f(A) - f(B)|² + 2 c² |y M|² / R²
    tokens     what A and B are
    excess     g, and `share` is g / c²
    """

    bounded: Callable[[Any, Any], Any]
    theorem: Statement | Theorem
    tokens: tuple[Any, Any]
    excess: Any
    share: Any

    @property
    def level(self) -> Any:
        return self.excess**2 * READ

    @property
    def lipschitz(self) -> Any:
        """That f is Lipschitz, with L."""
        return ForAll((X, Y), self.bounded(X, Y))


@cache
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
        of_Y = proof.have("so of Y", AtMost(of_Y.claim.left, level.claim.right), by=(of_Y, level))
        of_Y = proof.have("and of D", AtMost(D, level.claim.right), by=(close, of_Y))
        most = AtMost(R**2 * l, 2 * c**2 * ((1 + L**2) * Y + V))
        most = proof.have("together", most, by=(differ, kept, of_Y))
        wide = proof.have("R² l is at least R l", AtMost(R * l, R**2 * l), by=(wide, signs[1]))
        proof.show(AtMost(R * l, 2 * c**2 * ((1 + L**2) * Y + V)), by=(most, wide))
    return proof


def _every_length(far: Far) -> Argument:
    """Where f is Lipschitz R g² |u M|² is below a bound that knows nothing of R, for R ≥ 1 + s²."""
    A, B = (one.left for one in far.tokens)
    outputs, apart = far.bounded(A, B).left, (c / R) ** 2 * LENGTH
    values = dict(zip(map(scalar, ("c", "l", "D", "Y", "V")), (c, far.level, outputs, LENGTH, KEPT), strict=True))
    with argument(AWAY, *far.tokens, far.bounded(A, B)) as proof:
        long = proof.have("R is at least 1", AtMost(1, R), by=AWAY, hints=[s**2])
        differ = proof.have("the outputs are apart", far.theorem)
        reach = proof.have("the tokens are c y / R apart", Equal(normsquared(A - B), apart), by=far.tokens)
        close = proof.have("so f brings them together", AtMost(outputs, L * apart), by=(reach, far.bounded(A, B)))
        signs = [proof.have("not negative", AtMost(0, one)) for one in (far.level, LENGTH, KEPT)]
        numbers = proof.have("", _in_numbers())
        found = proof.at("so", numbers, values, by=(long, differ, close, *signs))
        proof.show(found.claim, by=(found, long))
    return proof


@cache
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


def nothing_read(far: Far) -> Argument:
    """A Lipschitz f has (y W uᵀ) u M = 0 for all y and u."""
    values = {scalar("l"): far.level, scalar("B"): MOST, scalar("s"): s}
    near, other = far.tokens
    with argument(far.lipschitz) as proof:
        every = proof.suppose("f is Lipschitz", far.lipschitz)
        here = proof.have("at these tokens", specialised(every, {X: near.right, Y: other.right}), by=every)
        bound = proof.have("", _every_length(far))
        bound = proof.at("for the tokens", bound, {near.left: near.right, other.left: other.right}, by=here)
        bound = proof.have("for all R", ForAll(R, Implies(AWAY, bound.claim)), by=bound, under=proof.given)
        signs = [proof.have("not negative", AtMost(0, one)) for one in (far.level, MOST)]
        none = proof.have("", _no_level())
        none = proof.at("of this number", none, values, by=(bound, *signs))
        unread, weight = Equal(c**2 * u @ M, zeros(1, v)), far.share**2 * ones(1, v)
        none = proof.have("no part is left", each_vanishes(none, unread, weight=weight))
        none = proof.at("so", root().theorem(), {scalar("c"): c, row("m", v): u @ M}, by=none)
        proof.show(UNREAD, by=none)
    return proof
