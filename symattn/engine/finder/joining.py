"""Engine, the finder: a sum over all places but a few at either end as the sum over all of them, less these few.

The sum over l of X[l + 1] is that over all states but the first.  Written so, sums that begin and end elsewhere meet.
"""

from __future__ import annotations

from collections.abc import Iterator

from symattn.engine.differences import rest_of
from symattn.engine.finder.contracting import Site
from symattn.engine.finder.ordering import MINUS
from symattn.engine.finder.writing import MARK
from symattn.kernel.plain.checking import Step
from symattn.kernel.plain.monomials import Before
from symattn.kernel.plain.places import FIRST, span
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import ONE_SIZE, Index, constant_size, size_of, variable, variables_of
from symattn.kernel.syntax.terms import CONSTRUCTORS, INDEXED, Term, rebuild, walk


def joined_steps(site: Site) -> list[Step]:
    """The first steps that make a sum one over all places, none if there are none."""
    return _joined(site) or _up_to_the_last(site)


def _joined(site: Site) -> list[Step]:
    """The sum over v of f(before + v) = the sum over p of [before <= p] [p < before + own] f(p)."""
    whole = site.term(site.body)
    for v in site.variables:
        if (cut := _only_place(whole, v)) is not None:
            _, before, _, after = cut  # type: ignore[misc]
            all_places = variable(f"{MARK}whole{len(site.names)}", size_of(cut))
            rest = _moved(whole, cut, all_places)
            kept = tuple([all_places if w == v else w for w in site.variables])
            return [("inside", (all_places, before, size_of(v), after), kept, rest)]
    return []


def _up_to_the_last(site: Site) -> list[Step]:
    """[p <= k] = 1 - [p = k + 1] - ..., where only a number of places come after k."""
    for factor in site.body.factors:
        if type(factor) is Before and factor.left in site.variables:
            before, inner, _ = span(factor.right)
            number = rest_of(size_of(factor.right), before + ONE_SIZE).constant if inner == FIRST else None
            if number is not None:
                rest = terms.multiply(MINUS, site.rest(factor))
                ends = [(before + constant_size(n), constant_size(number - 1 - n)) for n in range(number)]
                return [site.step("following", (factor.left, here, FIRST, after), rest) for here, after in ends]
    return []


def _is_cut(index: Index) -> bool:
    """Is it a variable with a number of places before and after it?"""
    if type(index) is not tuple or index[0] != "part" or type(index[2]) is tuple:
        return False
    return index[1].constant is not None and index[3].constant is not None


def _indices(term: Term) -> Iterator[Index]:
    """Every index at which something in the term is."""
    for part in walk(term):
        if part.kind in INDEXED:
            yield from part.args[INDEXED[part.kind] :]


def _only_place(term: Term, v: int) -> Index | None:
    """The index in which v is, wherever it is, when that is a cut of numbers."""
    found = {index for index in _indices(term) if v in variables_of(index)}
    return found.pop() if len(found) == 1 and all(map(_is_cut, found)) else None


def _moved(term: Term, cut: Index, to: int) -> Term:
    """The term with a variable in the place of an index."""
    if term.kind not in INDEXED:
        return rebuild(term, lambda part: _moved(part, cut, to))
    start = INDEXED[term.kind]
    below = [_moved(a, cut, to) if type(a) is Term else a for a in term.args[:start]]
    return CONSTRUCTORS[term.kind](*below, *(to if index == cut else index for index in term.args[start:]))
