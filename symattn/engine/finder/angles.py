"""Engine, the finder: steps at a cos or a sin, at one monomial: as `normal.turns` takes angles apart."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symattn.engine.finder.contracting import Site
from symattn.engine.finder.naming import text
from symattn.engine.finder.writing import one_term, term_of
from symattn.engine.normal.turns import MULTIPLE
from symattn.kernel.plain.checking import Step
from symattn.kernel.plain.monomials import Function
from symattn.kernel.syntax import terms

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
    kind, rest, names = factor.kind, site.rest(factor), site.names
    parts = sorted(factor.inside, key=lambda m: text(m, names))
    if not parts:
        if kind == "cos":
            yield [site.step("cos_zero", (), rest)]
        else:  # sin 0 = -sin 0
            yield [site.step("sin_odd", (terms.number(0),), terms.multiply(terms.number(Fraction(1, 2)), rest))]
    elif len(parts) > 1:
        yield [site.step(f"{kind}_sum", (one_term(parts[0], names), term_of(parts[1:], names)), rest)]
    elif (c := Fraction(parts[0].coefficient)) < 0:
        law = "cos_even" if kind == "cos" else "sin_odd"
        yield [site.step(law, (one_term(parts[0]._replace(coefficient=-c), names),), rest)]
    elif 1 < c.numerator <= MULTIPLE:
        once = Fraction(1, c.denominator)
        pair = [one_term(parts[0]._replace(coefficient=times), names) for times in (once, c - once)]
        yield [site.step(f"{kind}_sum", tuple(pair), rest)]
