"""Engine, the finder: steps by the order of indices, at one monomial.

A comparison that follows from others goes, also from the size of an index; what contradicts itself is 0; indices that
are at most each other agree; an index that only comparisons use is not summed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symattn.engine.differences import Edge, Path, contradiction, edge_of, indices_along, path, rest_of, sides
from symattn.engine.finder.contracting import Site
from symattn.engine.finder.naming import Names
from symattn.engine.finder.skeletons import index_text
from symattn.engine.normal.orders import by_pairs, reduced
from symattn.kernel.plain.checking import Step
from symattn.kernel.plain.monomials import Before, Delta, Factor, Monomial, free_in, free_in_factor
from symattn.kernel.plain.places import FIRST, Sides, at_most, span
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import ONE_SIZE, ZERO_SIZE, Index, Size, place, size_of, variables_of
from symattn.kernel.syntax.terms import Term

SPLITS = 4
"""How many pairs of indices are looked at in either order."""
ONE, MINUS = terms.number(1), terms.number(-1)


def order_steps(site: Site) -> list[Step]:
    """The first steps that comparisons of indices allow, none if there are none."""
    if _comparisons(site):
        for rule in (_twice, _one, _implied, _agreeing, _next_to, _same_place, _inside):
            for steps in filter(None, rule(site)):
                return steps
    return []


def _cut(factor: Delta) -> bool:
    return all(type(side) is tuple for side in factor)


def _comparisons(site: Site) -> list[Before | Delta]:
    """Orders, and deltas that rename nothing."""
    return [f for f in site.body.factors if type(f) is Before or (type(f) is Delta and _cut(f))]


def _orders(site: Site) -> list[Before]:
    return [f for f in site.body.factors if type(f) is Before]


def _twice(site: Site) -> Iterator[list[Step]]:
    for compared, kind in ((terms.before, Before), (terms.delta, Delta)):
        found = [f for f in _comparisons(site) if type(f) is kind]
        for factor in (f for at, f in enumerate(found) if f in found[:at]):
            yield [site.step("squared", (compared(*factor),), site.rest(factor, factor))]


def _one(site: Site) -> Iterator[list[Step]]:
    """One comparison: less the numbers that are in it, or of pairs part by part."""
    for factor in _orders(site):
        left, right = factor
        edge = edge_of(left, right)
        if at_most(right, left):
            yield [site.step("both_ways", (left, right), site.rest(factor))]
        elif by_pairs(left, right):
            yield [site.step("by_pairs", (left, right), site.rest(factor))]
        elif reduced(edge.c) is not None:
            yield [_following(site, edge, site.rest(factor))]
        elif reduced(edge.b) is not None:
            yield _lowered(site, edge, site.rest(factor))


def _lowered(site: Site, edge: Edge, factor: Term) -> list[Step]:
    """[x + b <= y + c] = [x + b - 1 <= y + c] - [x + b - 1 = y + c]."""
    nearer, turned = edge._replace(b=rest_of(edge.b, ONE_SIZE)), Edge(edge.y, edge.c, edge.x, edge.b)
    minus = terms.multiply(MINUS, factor)
    return [
        site.step("total", sides(edge), factor),
        _following(site, turned, minus),
        site.step("total", sides(nearer), minus),
    ]


def _following(site: Site, edge: Edge, factor: Term) -> Step:
    """[x + b <= y + c] = [x + b <= y + c - 1] + [x + b = y + c]."""
    less = rest_of(edge.c, ONE_SIZE)
    return site.step("following", (sides(edge)[0], less, edge.y, edge.b + size_of(edge.x)), factor)


Facts = list[tuple[Edge, Before | Delta]]


def _facts(site: Site, *but: Factor) -> Facts:
    """What the factors say; of a delta both ways."""
    found: Facts = []
    for factor in (f for f in _comparisons(site) if not any(f is other for other in but)):
        found.append((edge_of(*factor), factor))
        if type(factor) is Delta:
            found.append((edge_of(factor.right, factor.left), factor))
    return found


def _implied(site: Site) -> Iterator[list[Step]]:
    facts = _facts(site)
    if circle := contradiction([e for e, _ in facts]):
        start = circle[0].x
        yield _along(site, facts, circle, Edge(start, ONE_SIZE, start, ZERO_SIZE), ONE, ())
    for factor in _orders(site):
        others = _facts(site, factor)
        if found := path([e for e, _ in others], edge_of(*factor)):
            yield _along(site, others, found, edge_of(*factor), MINUS, (factor,))


def _agreeing(site: Site) -> Iterator[list[Step]]:
    for factor in _orders(site):
        edge, others = edge_of(*factor), _facts(site, factor)
        back = Edge(edge.y, edge.c, edge.x, edge.b)
        if found := path([e for e, _ in others], back):
            added = _along(site, others, found, back, terms.before(*factor), (factor,))
            yield added and [*added, site.step("both_ways", tuple(factor), site.rest(factor))]


def _next_to(site: Site) -> Iterator[list[Step]]:
    """[x <= y] = [x = y] + [x + 1 = y], where y is at most x + 1."""
    for factor in _orders(site):
        edge, others = edge_of(*factor), _facts(site, factor)
        above = edge._replace(b=edge.b + ONE_SIZE)
        back = Edge(above.y, above.c, above.x, above.b)
        if found := path([e for e, _ in others], back):
            rest = site.rest(factor)
            added = _along(site, others, found, back, terms.before(*sides(above)), (factor,))
            if added:
                equal = site.step("both_ways", sides(above), rest)
                yield [*_lowered(site, above, terms.multiply(MINUS, rest)), *added, equal]


def _along(site: Site, facts: Facts, found: Path, goal: Edge, times: Term, gone: tuple[Factor, ...]) -> list[Step]:
    """Steps that add to a monomial, less what is gone and `times` as often, the goal that follows along a path."""
    used = list({e: (e, f) for e, f in reversed(facts) if e in found}.values())
    orders = [f for _, f in used if type(f) is Before]
    equal = [(e, f) for e, f in used if type(f) is Delta]
    along = indices_along(found, goal)
    rest = terms.multiply(times, site.rest(*gone, *orders, *(f for _, f in equal)))
    back = [same if edge != edge_of(*same) else (same.right, same.left) for edge, same in equal]
    known = terms.multiply(rest, *(terms.before(*f) for f in orders))
    reached = terms.multiply(known, terms.before(along[0], along[-1]))
    return [
        *_opened(site, [same for _, same in equal], terms.multiply(MINUS, known)),
        site.step("increasing", along, terms.multiply(rest, *(terms.before(*sides) for sides in back))),
        *_opened(site, [same for _, same in equal], reached),
    ]


def _opened(site: Site, equal: list[Delta], factor: Term) -> list[Step]:
    """Steps that add the deltas times the factor, less the same with each delta as two comparisons."""
    steps, opened = list[Step](), [factor]
    for at, same in enumerate(equal):
        later = (terms.delta(*other) for other in equal[at + 1 :])
        steps.append(site.step("both_ways", tuple(same), terms.multiply(*opened, *later)))
        opened += [terms.before(*same), terms.before(same.right, same.left)]
    return steps


def _same_place(site: Site) -> Iterator[list[Step]]:
    """[b + x = c + y] [x <= z] = [b + x = c + y] [c + y <= b + z]: x is what comes later of the two."""
    for same in site.body.factors:
        if type(same) is not Delta or not _cut(same):
            continue
        for left, right in (same, (same.right, same.left)):
            e = edge_of(left, right)
            if not (isinstance(e.x, int) and isinstance(e.y, int) and e.x != e.y and site.later(e.x, e.y)):
                continue
            for other in site.body.factors:
                if other is not same and type(other) in (Before, Delta) and e.x in [span(i)[1] for i in _both(other)]:
                    yield _put(site, e, same, other)


def _both(factor: Factor) -> tuple[Index, Index]:
    return factor  # type: ignore[return-value]


def _put(site: Site, e: Edge, same: Delta, other: Factor) -> list[Step]:
    """Steps that write c + y for b + x in the other comparison."""
    f, first = edge_of(*_both(other)), True
    if f.x != e.x:
        f, first = Edge(f.y, f.c, f.x, f.b), False
    whole = e.b + e.c + f.b + f.c + size_of(e.x) + size_of(e.y) + size_of(f.y)
    u, w, z = (_out_of(whole, at, x) for at, x in ((e.b + f.b, e.x), (e.c + f.b, e.y), (f.c + e.b, f.y)))
    rest = site.rest(same, other)
    if type(other) is Delta:
        back, new, agree = terms.before(z, u), terms.before(w, z), terms.delta(u, w)
        return [
            site.step("both_ways", (u, z), terms.multiply(MINUS, agree, rest)),
            *_moved(site, (u, w, z), True, terms.multiply(back, rest)),
            *_moved(site, (u, w, z), False, terms.multiply(new, rest)),
            site.step("both_ways", (w, z), terms.multiply(agree, rest)),
        ]
    return _moved(site, (u, w, z), first, rest)


def _out_of(whole: Size, before: Size, inner: Index) -> Index:
    return place(before, inner, rest_of(whole, before + size_of(inner)))


def _moved(site: Site, at: tuple[Index, Index, Index], first: bool, rest: Term) -> list[Step]:
    """[u = w] [u <= z] becomes [u = w] [w <= z], and [u = w] [z <= u] becomes [u = w] [z <= w]."""
    u, w, z = at
    there, back = terms.before(u, w), terms.before(w, u)
    old, new = (terms.before(u, z), terms.before(w, z)) if first else (terms.before(z, u), terms.before(z, w))
    forth, again = ((w, u, z), (u, w, z)) if first else ((z, u, w), (z, w, u))
    in_forth, in_again = (there, back) if first else (back, there)
    return [
        site.step("both_ways", (u, w), terms.multiply(MINUS, old, rest)),
        site.step("increasing", forth, terms.multiply(in_forth, rest)),
        site.step("increasing", again, terms.multiply(MINUS, in_again, rest)),
        site.step("both_ways", (u, w), terms.multiply(new, rest)),
    ]


def _inside(site: Site) -> Iterator[list[Step]]:
    """The sum over an index that only one delta uses, which says where in a part it is."""
    for factor in site.body.factors:
        if type(factor) is Delta and _cut(factor):
            others = [f for f in site.body.factors if f is not factor]
            for here, there in (factor, (factor.right, factor.left)):
                before, v, own = span(here)
                used = v in free_in(*site.body.exponent) or any(v in free_in_factor(f) for f in others)
                if v in site.variables and not used and v not in variables_of(there) and v != FIRST:
                    after = rest_of(size_of(here), before + own)
                    yield [site.step("inside", (there, before, own, after), site.rest(factor), v)]


def turned_steps(site: Site) -> list[Step]:
    """[i <= v] = 1 + [i = v] - [v <= i], where v is summed over and i is not."""
    for factor in _orders(site):
        (left, right), inner = factor, {*site.variables}
        if inner.isdisjoint(variables_of(left)) and not inner.isdisjoint(variables_of(right)):
            return [site.step("total", (left, right), site.rest(factor))]
    return []


def free_pair(monomials: Iterable[Monomial], names: Names, split: list[Sides]) -> Sides | None:
    """Two indices that nothing binds, which the monomials do not all compare in the same way."""
    compared = [
        {_in_order(f, names): f.left for f in m.factors if type(f) is Before and free_in_factor(f) <= names.keys()}
        for m in monomials
    ]
    for pair in dict.fromkeys(pair for found in compared for pair in found):
        if pair not in split and len({found.get(pair) for found in compared}) > 1:
            return pair if len(split) < SPLITS else None
    return None


def _in_order(factor: Before, names: Names) -> Sides:
    left, right = sorted(factor, key=lambda i: index_text(i, names.__getitem__))
    return left, right
