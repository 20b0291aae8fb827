"""Bounds by squares: where 0 ≤ q and p² ≤ q², p is at most q, over the real numbers.

Roots are at least 0, so that bounds for them are bounds for what they are of.  Of `norm(x + y) ≤ norm(x) + norm(y)` the
squares leave that x yᵀ is at most norm(x) norm(y), and those of this are Cauchy's and Schwarz's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import combinations, islice
from typing import Any

import sympy

from symattn import language as lang
from symattn.errors import SymattnError, Undecided
from symattn.language.shapes.signs import sign
from symattn.language.trees.unevaluated import add, multiply, raise_to
from symattn.proof.attempts.attempts import by_search
from symattn.proof.attempts.case import Case
from symattn.proof.decision import prove
from symattn.proof.limit import free, time_limit
from symattn.proof.search.inequalities.vanishing import each_vanishes
from symattn.proof.verdict import Theorem, Verdict
from symattn.proof.write.arguments import Argument
from symattn.proof.write.induction import at_sizes, specialised

__all__ = ["at_most_by_squares", "by_roots", "roots_in"]

P, Q, U = lang.scalar("p″"), lang.scalar("q″"), lang.scalar("u″")
"""Numbers of names that nobody writes."""
M, N = lang.sizes("m″ n″", min=0)
MOST = 6
"""How many pairs of norms are looked at."""
SOON = 0.6
"""Seconds for one bound."""
DEPTH = 2
"""How often squares are taken."""
Poly = dict[tuple[Any, ...], list[Any]]
"""For each product of roots, what it is multiplied by, in summands."""


@cache
def at_most_by_squares() -> Theorem:
    """For all p and q: p ≤ q, where 0 ≤ q and p² ≤ q².

    With r = 1/q, which is 0 where q is, 2 q r (q - p) is r ((q - p)² + q² - p²); and (1 - q r) p vanishes, for its
    square is at most (1 - q r)² q² = 0.
    """
    with free():
        above, squares = lang.at_most(0, Q), lang.at_most(P**2, Q**2)
        r = lang.reciprocal(Q)
        rest = 1 - Q * r
        scaled = prove(lang.ForAll(U, lang.at_most(U**2 * P**2, U**2 * Q**2)), squares)
        with Argument((above, squares), check=False) as a:
            inverse = a.have("1/q is q/q², so at least 0", lang.at_most(0, r), by=above)
            more = lang.at_most(0, r * (Q**2 - P**2))
            apart = a.have("times what the squares differ by", more, by=(inverse, squares))
            square = a.have("and times a square", lang.at_most(0, r * (Q - P) ** 2), by=inverse)
            most = a.have("where q is not 0", lang.at_most(0, Q * r * (Q - P)), by=(apart, square))
            less = a.have("else its square is at most that of q", specialised(scaled, {U: rest}), by=squares)
            zero = a.have("which is 0 then", lang.Equal(rest**2 * Q**2, 0))
            none = a.have("so that of p is", lang.at_most((rest * P) ** 2, 0), by=(less, zero))
            gone = a.have("and p itself", each_vanishes(none, lang.Equal(rest * P, 0)), by=none)
            a.show(lang.at_most(P, Q), by=(most, gone))
        said = lang.ForAll((P, Q), lang.Implies(lang.And(above, squares), lang.at_most(P, Q)))
        return prove(said, using=[a.theorem()], check=False)


@cache
def _cauchy_schwarz() -> Theorem:
    """For all matrices x and y of one shape: inner(x, y)² ≤ |x|² |y|²."""
    with free():
        x, y = (lang.matrix(f"{name}″", M, N) for name in "xy")
        squares = lang.normsquared(x) * lang.normsquared(y)
        return prove(lang.ForAll((x, y), lang.at_most(lang.inner(x, y) ** 2, squares)), check=False)


def _products(roots: dict[Any, Any]) -> Iterator[Theorem]:
    """Cauchy's and Schwarz's bound for sums of which there are norms; that for letters is found by the search."""
    inside = [u for u in map(_normed, roots.values()) if u is not None]
    for u, v in islice(((u, v) for u, v in combinations(inside, 2) if u.shape == v.shape), MOST):
        if isinstance(u, sympy.MatAdd) or isinstance(v, sympy.MatAdd):
            every = at_sizes(_cauchy_schwarz(), dict(zip((M, N), u.shape, strict=True)))
            yield specialised(every, dict(zip(every.claim.variables, (u, v), strict=True)))


def _normed(square: Any) -> Any:
    """u, where it is normsquared(u)."""
    inside = square.args[0] if isinstance(square, lang.Total) else None
    alike = isinstance(inside, sympy.HadamardProduct) and len(inside.args) == 2 and inside.args[0] == inside.args[1]
    return inside.args[0] if alike else None


def roots_in(given: tuple[Any, ...]) -> dict[Any, Any]:
    """Numbers of which hypotheses say that they are square roots, r² = x and r ≥ 0, each with x."""
    above = {h.args[1] for h in given if isinstance(h, lang.AtMost) and h.args[0] == 0}
    equations = [h.args for h in given if isinstance(h, lang.Equal)]
    squares = [(power.base, x) for power, x in equations if isinstance(power, sympy.Pow) and power.exp == 2]
    return {root: x for root, x in squares if isinstance(root, lang.Scalar) and root in above}


def by_roots(case: Case) -> Verdict | None:
    """The claim, a bound or an equation of numbers, by the squares of its sides; None where there is no root in it."""
    roots = roots_in(case.given)
    if not roots or not isinstance(case.claim, lang.AtMost | lang.Equal) or case.claim.args[0].is_Matrix:
        return None
    found = _Squares(roots, case.claim, case.given)
    left, right = case.claim.args
    if isinstance(case.claim, lang.AtMost):
        theorem = found.at_most(left, right, DEPTH)
        return None if theorem is None else Verdict("proved", case.claim, theorem)
    both = [found.at_most(*sides, DEPTH) for sides in ((left, right), (right, left))]
    return by_search(Case(case.claim, case.given, using=tuple(t for t in both if t))) if all(both) else None


class _Squares:
    """Bounds under what is given, which says what the roots are."""

    def __init__(self, roots: dict[Any, Any], claim: Any, given: tuple[Any, ...]) -> None:
        self.roots, self.claim, self.given = roots, claim, given
        self.above: dict[Any, Theorem | None] = {}
        self.products = tuple(_products(roots))

    def at_most(self, left: Any, right: Any, depth: int) -> Theorem | None:
        """left ≤ right, at once or by the squares of what is on either side of it."""
        claim = lang.at_most(left, right)
        known = self._soon(claim, self.products) if claim != self.claim else None  # which was tried before
        if known is not None or not depth:
            return known
        for terms in ([*_summands(right), *(multiply(-1, t) for t in _summands(left))], [*self._reduced(left, right)]):
            larger = [t for t in terms if self._not_negative(t) is not None and not self._is_square(t)]
            if not larger:
                continue
            q = _sum(larger)
            p = _sum([multiply(-1, t) for t in terms if t not in larger])
            lower, upper = (_sum([*self._reduced(sympy.S.Zero, raise_to(side, 2))]) for side in (p, q))
            above, less = self._not_negative(q), self.at_most(lower, upper, depth - 1)
            if above is not None and less is not None:
                with suppress(SymattnError):
                    every = specialised(at_most_by_squares(), {P: p, Q: q})
                    with Argument(self.given, check=False) as a:
                        whole = a.have("squared", every.claim.hypothesis.args[1], by=(less, *self.given))
                        least = a.have("so of what they are of", every.claim.conclusion, by=(every, above, whole))
                        a.show(claim, by=(least, *self.given))
                    return a.theorem()
        return None

    def _soon(self, claim: Any, using: tuple[Theorem, ...] = ()) -> Theorem | None:
        with suppress(Undecided, SymattnError), time_limit(SOON):
            found = by_search(Case(claim, self.given, using=using))
            return None if found is None else found.theorem
        return None

    def _not_negative(self, term: Any) -> Theorem | None:
        if term not in self.above:
            worth = sign(term) >= 0 or any(part in self.roots for part in term.free_symbols)
            self.above[term] = self._soon(lang.at_most(0, term)) if worth else None
        return self.above[term]

    def _is_square(self, term: Any) -> bool:
        """Whether it has no root in it, so that its square is no simpler."""
        return not any(part in self.roots for part in term.free_symbols)

    def _reduced(self, left: Any, right: Any) -> Iterator[Any]:
        """The summands of right - left, multiplied out in the roots, whose squares are what they are of."""
        for powers, factors in self._poly(add(right, multiply(-1, left))).items():
            whole = _sum(factors)
            yield multiply(whole, *powers) if powers else whole

    def _poly(self, expr: Any) -> Poly:
        if expr in self.roots:
            return {(expr,): [sympy.S.One]}
        if isinstance(expr, sympy.Add):
            total: Poly = {}
            for part in expr.args:
                for powers, factors in self._poly(part).items():
                    total.setdefault(powers, []).extend(factors)
            return total
        whole = isinstance(expr, sympy.Pow) and expr.exp.is_Integer and 1 < expr.exp <= 4
        parts = [expr.base] * int(expr.exp) if whole else expr.args if isinstance(expr, sympy.Mul) else ()
        if not parts or self._is_square(expr):
            return {(): [expr]}
        product: Poly = {(): [sympy.S.One]}
        for part in parts:
            product = self._times(product, self._poly(part))
        return product

    def _times(self, one: Poly, other: Poly) -> Poly:
        total: Poly = {}
        for p, f in one.items():
            for q, g in other.items():
                powers, values = [], []
                for root in dict.fromkeys((*p, *q)):
                    times = (*p, *q).count(root)
                    powers += [root] * (times % 2)
                    values += [self.roots[root]] * (times // 2)
                key = tuple(sorted(powers, key=str))
                total.setdefault(key, []).extend(multiply(a, b, *values) for a in f for b in g)
        return total


def _summands(expr: Any) -> list[Any]:
    return list(expr.args) if isinstance(expr, sympy.Add) else [] if expr == 0 else [expr]


def _sum(parts: list[Any]) -> Any:
    return sympy.S.Zero if not parts else parts[0] if len(parts) == 1 else add(*parts)
