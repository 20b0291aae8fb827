"""An equation or a bound block by block, where an index runs over blocks of a size such as `n + m`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import Any

from symattn.engine import rules
from symattn.engine.normal import normal
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation, NonNegative, terms_of
from symattn.kernel.syntax.sizes import ZERO_SIZE, Index, Size, part_index, size_of
from symattn.kernel.syntax.terms import Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.back_to_terms import cuts, is_part, term_of_poly
from symattn.proof.search.equations.derived import moved, use

Comparison = Equation | NonNegative


def _split(e: Elaborator, goal: Comparison) -> tuple[int, tuple[Size, ...]] | None:
    """An index of the goal that some delta compares with a place in one part of a split size."""
    found = _compared(goal, *terms_of(goal))
    if found is None and any(t.kind == "delta" and any(map(is_part, t.args)) for t in terms.walk(*terms_of(goal))):
        # a sum over another index may have to be taken first
        found = _compared(goal, term_of_poly(normal(_difference(goal)), e.fresh))
    return found


def _compared(goal: Comparison, *sides: Term) -> tuple[int, tuple[Size, ...]] | None:
    pairs = [t.args[at:] + t.args[:at] for t in terms.walk(*sides) if t.kind == "delta" for at in (0, 1)]
    beside = [(here, there) for here, there in pairs if here in goal.indices and is_part(there)]
    for here, _ in beside:
        if isinstance(here, int):
            return here, cuts(there for other, there in beside if other == here)[size_of(here)]
    return None


def as_known(facts: Iterable[Proof], goal: Comparison) -> Iterator[tuple[int, tuple[Size, ...]]]:
    """The indices of the goal that are split in what is known, and how: by all cuts at once, or by one.

    Order and shifts compare an index of size n as a place of a larger size, which is cut there instead.
    """
    known = _parts(t for f in facts for t in terms_of(f.conclusion))
    outer = [place for place in _parts(terms_of(goal)) if place[2] in goal.indices]
    splits = dict.fromkeys(sizes for places in (known, *([p] for p in known)) for sizes in cuts(places).values())
    found = [(v, sizes) for sizes in splits for v in goal.indices if sum(sizes, ZERO_SIZE) == size_of(v)]
    found += [(o[2], _inside(o, p)) for p in known for o in outer if size_of(o) == size_of(p)]
    yield from (one for one in dict.fromkeys(found) if len(one[1]) > 1)


def _parts(roots: Iterable[Term]) -> list[Any]:
    return list(dict.fromkeys(a for t in terms.walk(*roots) for a in t.args if is_part(a)))


def _inside(outer: Any, other: Index) -> tuple[Size, ...]:
    """How the other place, of the same size, cuts the range of the first."""
    sizes = cuts([outer, other])[size_of(outer)]
    starts = list(accumulate(sizes, initial=ZERO_SIZE))
    first, last = starts.index(outer[1]), starts.index(outer[1] + size_of(outer[2]))
    return sizes[first:last]


def splits_in(roots: Iterable[Term]) -> list[tuple[Size, ...]]:
    """How sizes are cut into parts in these terms."""
    return list(cuts(_parts(roots)).values())


def in_parts(e: Elaborator, goal: Comparison, prove: Callable[[Comparison], Proof]) -> Proof | None:
    """The goal for each part of an index that it compares with a part, and so for the whole index."""
    found = _split(e, goal)
    return part_by_part(e, goal, *found, prove) if found is not None else None


def part_by_part(
    e: Elaborator, goal: Comparison, index: int, sizes: tuple[Size, ...], prove: Callable[[Comparison], Proof]
) -> Proof:
    """The goal for each part of the index, and so for the whole index: it is one term of its own sum with a delta."""
    v, places = e.fresh(size_of(index)), tuple(e.fresh(size) for size in sizes)
    once = terms.multiply(terms.delta(index, v), moved(_difference(goal), {index: v}))
    premises, uses = [rules.split((), goal.indices, once, v, places)], [use(0, goal.indices, goal.indices)]
    for which, place in enumerate(places):
        here = part_index(sizes, which, place)
        premises.append(prove(_at(goal, index, here, place)))
        at = tuple((w, w) for w in _indices(goal, index, place))
        uses.append((which + 1, at, (place,), terms.delta(index, here)))
    if isinstance(goal, Equation):
        return rules.combine(premises, goal, tuple(uses))
    return rules.bound(premises, goal, terms.number(0), tuple(uses))


def _at(goal: Comparison, index: int, here: Index, place: int) -> Comparison:
    """The goal where the index is a place of one part."""
    indices = _indices(goal, index, place)
    if isinstance(goal, Equation):
        return Equation(indices, *(moved(side, {index: here}) for side in (goal.left, goal.right)))
    return NonNegative(indices, moved(goal.body, {index: here}), goal.strict)


def _indices(goal: Comparison, index: int, place: int) -> tuple[int, ...]:
    return tuple(place if w == index else w for w in goal.indices)


def _difference(goal: Comparison) -> Term:
    return terms.subtract(goal.left, goal.right) if isinstance(goal, Equation) else goal.body
