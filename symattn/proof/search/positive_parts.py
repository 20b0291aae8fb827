"""What is seen to be positive as it is written, and no longer when it is multiplied out: it gets a letter of its own.

    1/sqrt(|x - y|² + e) = sqrt(|x - y|² + e)/(|x - y|² + e)    since    1/sqrt(p) = sqrt(p)/p for every p > 0

A derivative is written out before, as long as the kernel sees what is positive in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import permutations

from symattn.engine import rules
from symattn.engine.derived import combined
from symattn.engine.normal import is_zero, normal
from symattn.engine.reading import is_positive
from symattn.errors import KernelError
from symattn.kernel.plain.signs import visibly_nonnegative, visibly_positive
from symattn.kernel.plain.slopes import slope
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation, NonNegative, terms_of
from symattn.kernel.syntax.sizes import size_of
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.derived import adapt, equation_of, moved, put_in, replaced, use

MOST = 2
"""Indices that such a part may have."""
FUNCTIONS = ("log", "reciprocal", "power")
PRODUCTS = ("multiply", "power", "reciprocal")
Comparison = Equation | NonNegative


def with_slopes(goal: Equation, equal: Callable[[Equation], Proof]) -> Proof | None:
    """The goal with a derivative of such a thing written out; `equal` proves what is left."""
    for term in terms.walk(goal.left, goal.right):
        if term.kind == "derivative" and next(_hidden(term), None) is not None:
            indices, (body, target, *places) = tuple(sorted(term.free)), term.args
            there = combined((), Equation(indices, term, slope(body, target, tuple(places))), ())
            return put_in(goal, there, equal)
    return None


def by_letters(e: Elaborator, goal: Comparison, prove: Callable[..., Proof | None]) -> Proof | None:
    """The goal with a positive letter for one of these; `prove` may use that the letter is equal to it."""
    whole = next((x for t in terms_of(goal) for x in _hidden(t)), None)
    if whole is None or any(t.kind == "derivative" for t in terms.walk(*terms_of(goal))):
        return None
    here = {v: e.fresh(size_of(v)) for v in sorted(whole.free)}
    indices, part = tuple(here.values()), moved(whole, dict(here))
    letter = Letter(e.unused("p"), tuple(map(size_of, indices)), frozenset({"positive"}))
    same = Equation(indices, terms.entry(letter, *indices), part)
    about = prove(_with_letter(goal, part, indices, letter), [*_facts(rules.assume((), same))])
    if about is None:
        return None
    inner = rules.discharge((about,), same)
    bound = rules.bound((), NonNegative(indices, part, True), part)
    found = rules.for_positive((bound, inner), letter)
    return _adapted(rules.apply((found, rules.identity((), Equation(indices, part, part)))), goal)


def _facts(same: Proof) -> Iterator[Proof]:
    """That the letter is equal to the part, and is no less than that without one of its summands that are not < 0."""
    yield same
    said = equation_of(same)
    summands = said.right.args if said.right.kind == "add" else ()
    for at, one in enumerate(summands):
        if visibly_nonnegative(one):
            others = terms.add(*summands[:at], *summands[at + 1 :])
            bound = NonNegative(said.indices, terms.subtract(said.left, others), visibly_positive(one))
            yield rules.bound((same,), bound, one, (use(0, said.indices, said.indices),))


def _with_letter(goal: Comparison, part: Term, indices: tuple[int, ...], letter: Letter) -> Comparison:
    """The goal with the letter wherever a function is of this part, at whatever places."""
    new = {}
    for x in (x for t in terms_of(goal) for x in _hidden(t)):
        for places in permutations(sorted(x.free)) if len(x.free) <= MOST else ():
            if tuple(map(size_of, places)) == letter.sizes:
                if is_zero(terms.subtract(x, moved(part, dict(zip(indices, places, strict=True))))):
                    new[x] = terms.entry(letter, *places)
    if isinstance(goal, Equation):
        return Equation(goal.indices, replaced(goal.left, new), replaced(goal.right, new))
    return NonNegative(goal.indices, replaced(goal.body, new), goal.strict)


def _adapted(found: Proof, goal: Comparison) -> Proof:
    """What was found in the words of the goal: what is equal to the part may be written in another way."""
    if isinstance(goal, Equation):
        return adapt(found, goal)
    if found.conclusion == goal:
        return found
    return rules.bound((found,), goal, terms.number(0), (use(0, goal.indices, goal.indices),))


def _hidden(root: Term) -> Iterator[Term]:
    """What stands in a function, alone or as a factor, and is seen to be positive there only."""
    for term in terms.walk(root):
        if term.kind in FUNCTIONS and not (term.kind == "power" and _is_natural(term)):
            for x in _factors(term.below[0]):
                if visibly_positive(x) and _is_lost(x, x is not term.below[0]):
                    yield x


def _factors(x: Term) -> Iterator[Term]:
    """What it is a product of."""
    if x.kind in PRODUCTS:
        for part in x.below:
            yield from _factors(part)
    else:
        yield x


def _is_lost(x: Term, factor: bool) -> bool:
    """Whether a normal form shows no more that it is positive, or that it is a factor of what stands there."""
    with suppress(KernelError):  # too long to be multiplied out, or with a derivative in it
        poly = normal(x)
        return not is_positive(poly) or (factor and len(poly) > 1)
    return False


def _is_natural(power: Term) -> bool:
    return bool(power.args[1].denominator == 1 and power.args[1] >= 0)
