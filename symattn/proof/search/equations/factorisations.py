"""Factorisations through a smaller rank.  `search` tries them; the kernel checks `A = L B R`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symattn.kernel.plain.signs import visibly_positive
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation, Formula, RankAtMost
from symattn.kernel.syntax.sizes import Size, size_of, variable
from symattn.kernel.syntax.terms import Term


def factorisations(goal: RankAtMost, facts: list[Formula]) -> Iterator[tuple[Array, Array]]:
    """Left and right factors worth trying, for `lower = L upper R`; numbers that upper has too much are divided by."""
    factors, bound = flat(goal.upper.body)
    inverse = [one for f in factors if (one := _inverse(f)) is not None]
    rest = [f for f in factors if _inverse(f) is None]
    if not inverse or not rest:
        yield from _plain(goal, facts)
        return
    alone = Array(goal.upper.indices, terms.summation(bound, terms.multiply(*rest)))
    for left, right in _plain(RankAtMost(goal.lower, alone), facts):
        yield Array(left.indices, terms.multiply(*inverse, left.body)), right


def _inverse(factor: Term) -> Term | None:
    """One over a number that is not 0, or over what is seen to be positive."""
    if factor.free:
        return None
    if factor.kind == "number":
        return terms.number(1 / Fraction(factor.args[0])) if factor.args[0] else None
    return terms.reciprocal(factor) if visibly_positive(factor) else None


def _plain(goal: RankAtMost, facts: list[Formula]) -> Iterator[tuple[Array, Array]]:
    (i, j), upper = goal.lower.indices, goal.upper
    if upper.body.kind == "delta":  # a bound by a number
        size = upper.sizes[0]
        for a, b, body in [(i, j, goal.lower.body), *_sides(goal, facts)]:
            yield from through(a, b, body, size)
        if size_of(i) == size:
            yield _identity(size), Array((i, j), goal.lower.body)
        if size_of(j) == size:
            yield Array((i, j), goal.lower.body), _identity(size)
        return
    if upper.sizes == goal.lower.sizes:
        yield _identity(upper.sizes[0]), _identity(upper.sizes[1])
    yield from _around(i, j, goal.lower.body, upper)


def _identity(size: Size) -> Array:
    p, q = variable("i", size), variable("j", size)
    return Array((p, q), terms.delta(p, q))


def _sides(goal: RankAtMost, facts: list[Formula]) -> Iterator[tuple[int, int, Term]]:
    """Both sides of the known equations between matrices of the goal's shape."""
    for fact in facts:
        if isinstance(fact, Equation) and tuple(map(size_of, fact.indices)) == goal.lower.sizes:
            for side in (fact.right, fact.left):
                yield fact.indices[0], fact.indices[1], side


def flat(body: Term) -> tuple[list[Term], list[int]]:
    """A product under sums as its factors and its bound variables."""
    if body.kind == "sum":
        factors, bound = flat(body.args[1])
        return factors, [*body.args[0], *bound]
    if body.kind != "multiply":
        return [body], []
    factors, bound = [], []
    for child in body.below:
        more, inner = flat(child)
        factors += more
        bound += inner
    return factors, (bound if len(set(bound)) == len(bound) else [])


def through(i: int, j: int, body: Term, size: Size) -> Iterator[tuple[Array, Array]]:
    """Cut a product at each bound index of that size."""
    factors, bound = flat(body)
    for cut in bound:
        if size_of(cut) == size:
            near = side_of(factors, bound, i, cut)
            if any(j in f.free for f in near):
                continue
            far = [f for f in factors if f not in near]
            left, right = (summed(bound, part, cut, end) for part, end in ((near, i), (far, j)))
            if left is not None and right is not None:
                yield Array((i, cut), left), Array((cut, j), right)


def side_of(factors: list[Term], bound: list[int], start: int, cut: int | None) -> list[Term]:
    """The factors that hang together with the start without passing the cut."""
    reached, near = {start}, []
    growing = True
    while growing:
        growing = False
        for factor in factors:
            if factor not in near and factor.free & reached:
                near.append(factor)
                reached |= factor.free & set(bound) - {cut}
                growing = True
    return near


def summed(bound: list[int], part: list[Term], cut: int | None, end: int) -> Term | None:
    """The product of some factors under their own sums; None when it is about more than the two indices."""
    body = terms.multiply(*part) if part else terms.number(1)
    inner = [v for v in bound if v in body.free and v != cut]
    done = terms.summation(inner, body)
    return done if done.free <= {cut, end} else None


def _around(i: int, j: int, body: Term, upper: Array) -> Iterator[tuple[Array, Array]]:
    """Find the factors of `upper` among those of the product; what is left on each side are L and R."""
    factors, bound = flat(body)
    for chosen, places in _choose(flat(upper.body)[0], factors, {}):
        p, q = (places.get(v, v) for v in upper.indices)
        loose = [f for f in factors if not f.free]
        rest = [f for f in factors if f not in chosen and f.free]
        near = side_of(rest, bound, i, p)
        far = [f for f in rest if f not in near]
        left = terms.delta(i, p) if p == i else summed([v for v in bound if v != q], near, p, i)
        right = terms.delta(q, j) if q == j else summed([v for v in bound if v != p], far, q, j)
        if left is not None and right is not None:
            framed = _framed(i, p, left, 0)
            yield Array(framed.indices, terms.multiply(*loose, framed.body)), _framed(q, j, right, 1)


def _framed(a: int, b: int, body: Term, side: int) -> Array:
    """The array over two different variables, also where the factor is the identity."""
    if a != b:
        return Array((a, b), body)
    other = variable(f"outer{side}", size_of(a))
    return Array((other, a) if side == 0 else (a, other), terms.delta(a, other))


def _choose(
    wanted: list[Term], factors: list[Term], places: dict[int, int]
) -> Iterator[tuple[list[Term], dict[int, int]]]:
    if not wanted:
        yield [], places
        return
    for factor in factors:
        new = _same(wanted[0], factor, places)
        if new is not None:
            for chosen, done in _choose(wanted[1:], [f for f in factors if f is not factor], new):
                yield [factor, *chosen], done


def _same(pattern: Term, factor: Term, places: dict[int, int]) -> dict[int, int] | None:
    if pattern.kind != "entry" or factor.kind != "entry" or pattern.args[0] != factor.args[0]:
        return None
    new = dict(places)
    for a, b in zip(pattern.args[1:], factor.args[1:], strict=True):
        if not isinstance(a, int) or not isinstance(b, int) or new.setdefault(a, b) != b:
            return None
    return new
