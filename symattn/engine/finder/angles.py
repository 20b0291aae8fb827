"""Engine, the finder: steps at a cos or a sin, at one monomial: as `normal.turns` takes angles apart."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symattn.engine.finder.contracting import Site
from symattn.engine.finder.naming import text
from symattn.engine.finder.writing import one_term, term_of
from symattn.engine.normal.turns import MULTIPLE
from symattn.kernel.plain.checking import Step
from symattn.kernel.plain.monomials import Function, Monomial
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.terms import Term

TURNS = ("cos", "sin")


def angle_steps(site: Site) -> Iterator[list[Step]]:
    """A sum of angles, a negative angle, a whole multiple, the angle 0; and sin x sin x."""
    sines: dict[str, Function] = {}
    for factor in site.body.factors:
        if type(factor) is Function and factor.kind in TURNS:
            yield from _taken_apart(site, factor)
            if factor.kind == "sin":
                key = text(factor, site.names)
                if key in sines:
                    angle = term_of(factor.inside, site.names)
                    yield [site.step("pythagoras", (angle,), site.rest(factor, sines[key]))]
                sines[key] = factor


def _taken_apart(site: Site, factor: Function) -> Iterator[list[Step]]:
    if len(factor.inside) == 1 and Fraction(factor.inside[0].coefficient).numerator == 1:
        return
    kind, rest, names = factor.kind, site.rest(factor), site.names
    parts = sorted(factor.inside, key=lambda m: text(m, names))
    if not parts:
        if kind == "cos":
            yield [site.step("cos_zero", (), rest)]
        else:  # sin 0 = -sin 0
            yield [site.step("sin_odd", (terms.number(0),), terms.multiply(terms.number(Fraction(1, 2)), rest))]
    elif len(parts) > 1:
        yield _summed(site, kind, parts, rest)
    elif (c := Fraction(parts[0].coefficient)) < 0:
        law = "cos_even" if kind == "cos" else "sin_odd"
        yield [site.step(law, (one_term(parts[0]._replace(coefficient=-c), names),), rest)]
    elif 1 < c.numerator <= MULTIPLE:
        multiples = [one_term(parts[0]._replace(coefficient=c * k / c.numerator), names) for k in range(1, c.numerator)]
        if c.denominator == 1:
            yield [site.step(f"{kind}_sum", (multiples[0], multiples[-1]), rest)]
        else:
            yield _all_at_once(site, kind, multiples, rest)


def _summed(site: Site, kind: str, parts: list[Monomial], rest: Term) -> list[Step]:
    """A sum of angles; where one of two is negative its sign goes too, before anybody looks at what is left."""
    x, y = one_term(parts[0], site.names), term_of(parts[1:], site.names)
    steps = [site.step(f"{kind}_sum", (x, y), rest)]
    for part, other in zip(parts, (y, x), strict=True) if len(parts) == 2 else ():
        if (c := part.coefficient) < 0:
            turned = one_term(part._replace(coefficient=-c), site.names)
            by_cos, by_sin = terms.multiply(terms.cosine(other), rest), terms.multiply(terms.sine(other), rest)
            of_cos, of_sin = (by_cos, terms.negative(by_sin)) if kind == "cos" else (by_sin, by_cos)
            return [*steps, site.step("cos_even", (turned,), of_cos), site.step("sin_odd", (turned,), of_sin)]
    return steps


def _all_at_once(site: Site, kind: str, multiples: list[Term], rest: Term) -> list[Step]:
    """All multiples of m/q down to itself: one on the way, such as 2/4 m, would be taken for one of m/2."""
    once, steps = multiples[0], list[Step]()
    c, s = terms.cosine(once), terms.sine(once)
    of_cos, of_sin = (rest, terms.number(0)) if kind == "cos" else (terms.number(0), rest)
    for below in reversed(multiples):
        steps += [site.step("cos_sum", (once, below), of_cos), site.step("sin_sum", (once, below), of_sin)]
        of_cos, of_sin = (
            terms.add(terms.multiply(of_cos, c), terms.multiply(of_sin, s)),
            terms.subtract(terms.multiply(of_sin, c), terms.multiply(of_cos, s)),
        )
    return steps
