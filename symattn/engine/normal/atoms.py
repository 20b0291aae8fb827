"""Engine, the normal form: entries of letters and deltas as factors, with the facts that hold entry by entry.

Mask and permutation entries are 0 or 1; a row or a column of a permutation has exactly one 1, so
`P_ia P_ib = delta_ab P_ia`; skew letters change sign with their indices; a delta renames.
"""

from __future__ import annotations

from typing import Any

from symattn.engine.normal.polynomial import (
    PRODUCT_CHANGES,
    REBUILD,
    SKELETONS,
    Group,
    Number,
    Params,
    Poly,
    Powers,
    Skeleton,
    intern,
    multiply,
    multiply_all,
    product,
    scale,
    single,
    size_number,
    substitute,
    trivial,
)
from symattn.kernel.plain.places import agreeing
from symattn.kernel.syntax.sizes import ONE_SIZE, Index, replace_in, size_of, variables_of
from symattn.kernel.syntax.terms import Letter

ZERO_ONE = frozenset({"mask", "permutation"})
SWAPPED: Group = (((0, 1), 1), ((1, 0), 1))


def settle(index: Index) -> Index:
    """A size of exactly 1 has one index only."""
    if isinstance(index, int):
        return ("const", 0, ONE_SIZE) if size_of(index) == ONE_SIZE else index
    return replace_in(index, settle)


def _slots(indices: list[Index]) -> tuple[tuple[int, ...], tuple[Any, ...]]:
    """The different variables, in order of appearance, and the indices with their slot numbers instead."""
    variables = tuple(dict.fromkeys([v for i in indices for v in variables_of(i)]))
    return variables, tuple([replace_in(i, variables.index) for i in indices])


def _mirrored(indices: list[Index], flip: int) -> tuple[tuple[int, ...], tuple[Any, ...], Group, int]:
    """Slots, pattern, group and sign of an atom whose indices may change places, whatever its variables are called."""
    (variables, pattern), (others, mirror) = both = _slots(indices), _slots(indices[::-1])
    here, there = ((repr(form), [size_number(size_of(v)) for v in slots]) for slots, form in both)
    if there > here:
        return others, mirror, trivial(len(others)), flip
    swap = ((tuple(map(variables.index, others)), flip),) if there == here and others != variables else ()
    return variables, pattern, (*trivial(len(variables)), *swap), 1


_plain: dict[Letter, int] = {}
"""The skeletons of letters without facts, at different variables, none of them of a size of exactly 1."""


def make_entry(letter: Letter, indices: list[Index]) -> Poly:
    """`A_ij` as a polynomial."""
    plain = not letter.facts and len(set(indices)) == len(indices) and all(isinstance(i, int) for i in indices)
    if plain and letter in _plain:
        return single(_plain[letter], tuple(indices))  # type: ignore[arg-type]
    if letter.inverse and letter.facts & {"orthogonal", "permutation"}:
        letter, indices = letter.plain, indices[::-1]
    indices = [settle(i) for i in indices]
    skew, mirrored, sign = "skew" in letter.facts, letter.facts & {"skew", "symmetric"}, 1
    if skew and indices[0] == indices[1]:
        return {}
    variables, pattern = _slots(indices)
    group = trivial(len(variables))
    if mirrored:
        variables, pattern, group, sign = _mirrored(indices, -1 if skew else 1)

    def finish(skeleton: Skeleton) -> None:
        skeleton.positive = "positive" in letter.known
        skeleton.special = bool(letter.known & ZERO_ONE)
        skeleton.letters = frozenset({letter.plain})
        if "permutation" in letter.facts:
            links = [(letter, 0 if mirrored else at, slot) for at, slot in enumerate(pattern) if isinstance(slot, int)]
            skeleton.links = tuple(dict.fromkeys(links))

    number = intern("entry", (letter, pattern), tuple([size_of(v) for v in variables]), group, finish)
    if plain and variables == tuple(indices):
        _plain[letter] = number
    return scale(single(number, variables), sign)


def make_delta(left: Index, right: Index) -> Poly:
    """1 where the indices agree: decided as far as their form tells, else a factor that renames."""
    sides = agreeing(settle(left), settle(right))
    return {} if sides is None else multiply_all(1, (), [_delta(*pair) for pair in sides])


def _delta(left: Index, right: Index) -> Poly:
    if isinstance(left, int) and isinstance(right, int) and size_of(left) == size_of(right):
        return single(intern("delta", (0, 1), (size_of(left),) * 2, SWAPPED, _special), (left, right))
    variables, pattern, group, _ = _mirrored([left, right], 1)  # a variable comes before anything else
    return single(intern("delta", pattern, tuple([size_of(v) for v in variables]), group, _special), variables)


def before_factor(left: Index, right: Index) -> Poly:
    """1 where the first index is at most the second, as a factor."""
    variables, pattern = _slots([left, right])
    sizes = tuple([size_of(v) for v in variables])
    return single(intern("before", pattern, sizes, trivial(len(variables)), _special), variables)


def _special(skeleton: Skeleton) -> None:
    skeleton.special = True


def sides_of(number: int, indices: tuple[int, ...]) -> list[Index]:
    return [replace_in(side, indices.__getitem__) for side in SKELETONS[number].data]


def _entry_again(skeleton: Skeleton, places: list[Index]) -> Poly:
    letter, pattern = skeleton.data
    return make_entry(letter, [replace_in(i, places.__getitem__) for i in pattern])


def _delta_again(skeleton: Skeleton, places: list[Index]) -> Poly:
    return make_delta(*(replace_in(i, places.__getitem__) for i in skeleton.data))


REBUILD["entry"] = _entry_again
REBUILD["delta"] = _delta_again


def _zero_one(coefficient: Number, params: Params, powers: Powers) -> Poly | None:
    """0 and 1 are their own powers."""
    for (number, indices), power in powers.items():
        skeleton = SKELETONS[number]
        idempotent = skeleton.kind in ("delta", "before") or (
            skeleton.kind == "entry" and skeleton.data[0].known & ZERO_ONE
        )
        if idempotent and power > 1:
            return product(coefficient, params, {**powers, (number, indices): 1})
    return None


def _rename(coefficient: Number, params: Params, powers: Powers) -> Poly | None:
    """`delta_ij f(j) = delta_ij f(i)`."""
    for (number, indices), power in powers.items():
        if SKELETONS[number].kind != "delta" or not power:
            continue
        left, right = sides_of(number, indices)
        if isinstance(right, int) and isinstance(left, int):
            left, right = max(left, right), min(left, right)
        if not isinstance(left, int) or left in variables_of(right):
            continue
        rest = tuple((s, places, p) for (s, places), p in powers.items() if (s, places) != (number, indices) and p)
        if any(left in places for _, places, _ in rest):
            renamed = substitute({(params, rest): coefficient}, {left: right})
            return multiply({((), ((number, indices, 1),)): 1}, renamed)
    return None


def _one_place(coefficient: Number, params: Params, powers: Powers) -> Poly | None:
    """`P_ia P_ib = delta_ab P_ia` for a permutation P, and the same for columns."""
    seen: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for key in sorted(k for k, power in powers.items() if power and SKELETONS[k[0]].kind == "entry"):
        letter, pattern = SKELETONS[key[0]].data
        ends = [replace_in(p, key[1].__getitem__) for p in pattern] if "permutation" in letter.facts else []
        for side, at in enumerate(ends):
            mark = (letter, "symmetric" in letter.facts or side, at)
            first, place = seen.setdefault(mark, (key, ends[1 - side]))
            if first != key:
                rest = product(coefficient, params, {k: p for k, p in powers.items() if k != key})
                return multiply(make_delta(place, ends[1 - side]), rest)
    return None


def opposite(factor: tuple[Any, ...], side: int, slot: int) -> Index:
    """The other index of an entry, seen from a linked slot; a symmetric letter may have that slot on either side."""
    letter, pattern = SKELETONS[factor[0]].data
    side = pattern.index(slot) if "symmetric" in letter.facts else side
    return replace_in(pattern[1 - side], factor[1].__getitem__)


PRODUCT_CHANGES.extend([_zero_one, _rename, _one_place])
