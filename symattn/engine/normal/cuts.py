"""Engine, the normal form: where it does not tell whether something is zero, and steps by places may.

A product of two comparisons of places that share an index is another one, and sums that begin and end at different
places may meet.  Both are left as they are here: as a difference, a sum is no longer seen to be positive.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from symattn.engine.normal.polynomial import SKELETONS, Factor, Poly
from symattn.kernel.syntax.sizes import ZERO_SIZE, Size, variables_of


def left_to_places(poly: Poly) -> bool:
    """Is there such a product, or are there such sums?"""
    products = [factors for _, factors in poly]
    inside = [SKELETONS[number].data[1] for number, _, _ in _sums(poly)]
    return any(map(_shared, (*products, *inside))) or sums_meet(poly)


def _sums(poly: Poly) -> list[Factor]:
    return [factor for _, factors in poly for factor in factors if SKELETONS[factor[0]].kind == "sum"]


def _shared(factors: Iterable[Factor]) -> bool:
    """Do two comparisons of places share an index?"""
    cut = [
        {*places}
        for number, places, _ in factors
        if SKELETONS[number].kind == "delta" and all(type(side) is tuple for side in SKELETONS[number].data)
    ]
    return any(one & other for one, other in combinations(cut, 2))


def sums_meet(poly: Poly) -> bool:
    """Are entries of the same letters summed over different places of one size?"""
    sums = _sums(poly)
    found: dict[tuple[list[str] | Size, ...], set[tuple[Size, Size]]] = {}
    for number, _, _ in sums:
        sizes, atoms = SKELETONS[number].data
        if all(SKELETONS[s].kind == "entry" for s, _, _ in atoms):
            names = [SKELETONS[s].data[0].name for s, _, _ in atoms]
            for at, own in enumerate(sizes):
                if (cut := _cut(atoms, -1 - at)) is not None:
                    found.setdefault((*sorted(names), cut[0] + own + cut[1]), set()).add(cut)
    return any(len(cuts) > 1 for cuts in found.values())


def _cut(atoms: Iterable[Factor], v: int) -> tuple[Size, Size] | None:
    """How many places come before and after a variable, where it is in one cut only and these are numbers."""
    found = set()
    for number, slots, _ in atoms:
        for index in SKELETONS[number].data[1]:
            if v in [slots[slot] for slot in variables_of(index)]:
                cut = index[0] == "part" and type(index[2]) is int if type(index) is tuple else None
                found.add((ZERO_SIZE, ZERO_SIZE) if cut is None else (index[1], index[3]) if cut else None)
    cut = found.pop() if len(found) == 1 else None
    return cut if cut is not None and all(size.constant is not None for size in cut) else None
