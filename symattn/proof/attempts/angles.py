"""Parts of angles: cos x by cos x/2, and a turn by t/2 twice.

The kernel takes whole multiples of an angle apart, and nothing else.  A claim with x/2 is proved with 2 x in the place
of x, where there are whole multiples only, and then said of x/2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import count, product
from math import gcd
from typing import Any

import sympy

from symattn import language as lang
from symattn.engine import rules
from symattn.kernel.syntax.formulas import Array
from symattn.language.walk import nodes_of
from symattn.proof.attempts.case import Case, begun
from symattn.proof.elaborate.claims import array
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.search import worded
from symattn.proof.verdict import Verdict

FUNCTIONS = (sympy.cos, sympy.sin, lang.ElementwiseCos, lang.ElementwiseSin)
LETTERS = (lang.Matrix, lang.Scalar)
FINEST = 12
"""The greatest number of parts, as multiples that are greater are not taken apart."""

Part = tuple[Fraction, frozenset[Any]]


def with_whole_angles(case: Case) -> Verdict | None:
    """A proof with multiples of other letters in the place of letters of which angles have parts."""
    claim, bound = case.claim, tuple[Any, ...]()
    while isinstance(claim, lang.ForAll):
        claim, bound = claim.claim, (*bound, *claim.variables)
    finer = _finer(claim) if not case.using else {}
    if not finer:
        return None
    fresh = dict(zip(finer, _fresh(finer, (claim, *case.given)), strict=True))
    b = begun(claim.xreplace({old: finer[old] * new for old, new in fresh.items()}), case.given, case.hints)
    symbols = tuple(map(b.e.symbol, fresh.values()))
    found = rules.generalise((b.proof(b.known),), symbols)
    values = (_part(letter, parts) for letter, parts in finer.items())
    found = rules.specialise((found,), tuple(zip(symbols, values, strict=True)))
    if bound:
        found = rules.generalise((found,), tuple(map(Elaborator().symbol, bound)))
    return case.proved(worded(found, case.begun.goal))


def _fresh(letters: Iterable[Any], near: tuple[Any, ...]) -> Iterator[Any]:
    """Other letters of the same shapes, of which nothing is known."""
    taken = {letter.name for part in near for letter in lang.letters_of(part, bound_too=True)}
    for letter in letters:
        name = next(name for k in count(1) if (name := f"{letter.name}_{k}") not in taken)
        taken.add(name)
        yield lang.matrix(name, *letter.shape) if letter.is_Matrix else lang.scalar(name)


def _part(letter: Any, parts: int) -> Array:
    """The letter, divided by a number."""
    divided, e = sympy.Rational(1, parts) * letter, Elaborator()
    return array(e, divided) if divided.is_Matrix else Array((), e.scalar(divided))


def _finer(claim: Any) -> dict[Any, int]:
    """Into how many parts letters have to be cut, so that there are whole multiples in all angles."""
    angles = [node.args[0] for node in nodes_of(claim, kinds=FUNCTIONS)]
    parts = [part for angle in angles for part in _parts(angle) if part[0].denominator > 1]
    free = set(lang.letters_of(claim)) if parts else set()
    often = Counter(x for _, letters in parts for x in letters if x in free)
    found = dict[Any, int]()
    for times, letters in parts:
        missing = times.denominator
        for letter in letters:
            missing //= gcd(missing, found.get(letter, 1))
        if missing > 1:
            best = max((x for x in letters if x in often), key=lambda x: (often[x], str(x)), default=None)
            if best is None:
                return {}
            found[best] = found.get(best, 1) * missing
    return found if all(parts <= FINEST for parts in found.values()) else {}


def _parts(angle: Any) -> Iterator[Part]:
    """The summands of an angle, each as a number and the letters that it multiplies."""
    if isinstance(angle, (sympy.Add, sympy.MatAdd)):
        for summand in angle.args:
            yield from _parts(summand)
    elif isinstance(angle, (sympy.Mul, sympy.MatMul)):
        for factors in product(*(tuple(_parts(factor)) for factor in angle.args)):
            times = Fraction(1)
            for number, _ in factors:
                times *= number
            yield times, frozenset().union(*(letters for _, letters in factors))
    elif (said := _number(angle)) is not None:
        yield said, frozenset()
    else:
        yield Fraction(1), frozenset({angle} if isinstance(angle, LETTERS) else ())


def _number(part: Any) -> Fraction | None:
    """A fraction, written as one or as 2⁻¹."""
    if isinstance(part, sympy.Pow) and isinstance(part.exp, sympy.Integer):
        base = _number(part.base)
        return None if not base else base ** int(part.exp)
    return Fraction(int(part.p), int(part.q)) if isinstance(part, sympy.Rational) else None
