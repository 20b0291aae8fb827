"""Engine, the normal form: sums over indices.  `normal` puts the pieces together.

A product under a sum falls apart into connected pieces.  A delta under a sum renames, an index that nothing uses gives
its size, declared facts contract (`sum_l M_il (M^-1)_lj = delta_ij`), a piece that equals a normaliser meets it, and
what is left of each piece becomes one nameless skeleton.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from symattn.engine.fingerprint import fingerprint
from symattn.engine.normal.atoms import delta_sides, make_delta, make_entry, opposite
from symattn.engine.normal.components import component
from symattn.engine.normal.functions import LIFT
from symattn.engine.normal.leads import lead_at, lead_power, reduce_lead
from symattn.engine.normal.polynomial import (
    PRODUCT_CHANGES,
    REBUILD,
    SKELETONS,
    Factor,
    Key,
    Number,
    Params,
    Poly,
    Skeleton,
    accumulate,
    constant,
    instance,
    multiply,
    multiply_all,
    parameter_number,
    product,
    remap_factor,
    scale,
    single,
    substitute,
)
from symattn.kernel.syntax.sizes import Index, Size, fresh, replace_in, size_of, variables_of
from symattn.kernel.syntax.terms import Letter


def size_poly(size: Size) -> Poly:
    """A size as a number."""
    total: Poly = {}
    for symbols, coefficient in size.terms:
        counted = Counter(parameter_number(s) for s in symbols)
        accumulate(total, {(tuple(sorted(counted.items())), ()): coefficient})
    return total


def sum_over(poly: Poly, bound: list[int]) -> Poly:
    """The sum of the polynomial over all values of the bound variables."""
    if any(size_of(v).constant == 0 for v in bound):
        return {}
    total: Poly = {}
    wanted = set(bound)
    for (params, factors), coefficient in poly.items():
        inside = [f for f in factors if not wanted.isdisjoint(f[1])]
        outside: Poly = {(params, tuple([f for f in factors if wanted.isdisjoint(f[1])])): coefficient}
        accumulate(total, multiply(outside, _sum_product(inside, bound)))
    return total


def opened(factor: Factor) -> tuple[list[Factor], list[int]]:
    """The factors under a sum that is itself a factor, with new bound variables (as often as its power says)."""
    number, places, power = factor
    sizes, atoms = SKELETONS[number].data
    parts: list[Factor] = []
    bound: list[int] = []
    for _ in range(int(power)):
        new = [fresh(s) for s in sizes]
        bound += new
        parts += [(s, tuple([places[v] if v >= 0 else new[-1 - v] for v in slots]), p) for s, slots, p in atoms]
    return parts, bound


def is_open_sum(factor: Factor) -> bool:
    return SKELETONS[factor[0]].kind == "sum" and factor[2] > 0 and factor[2] % 1 == 0


def _sum_product(factors: list[Factor], bound: list[int]) -> Poly:
    closed = [f for f in factors if not is_open_sum(f)]
    poly: Poly = {((), tuple(closed)): 1}  # part of a product in normal form is in normal form
    if len(closed) < len(factors):
        bound = list(bound)
        for factor in factors:
            if is_open_sum(factor):
                inner, new = opened(factor)
                closed += inner
                bound += new
        poly = _joined(closed)
    if len(poly) != 1:
        return sum_over(poly, bound)
    ((params, atoms), coefficient) = next(iter(poly.items()))
    for simplify in (_rename_bound, _contract, _absorb):
        changed = simplify(list(atoms), bound)
        if changed is not None:
            return multiply({(params, ()): coefficient}, sum_over(*changed))
    return multiply_all(coefficient, params, _pieces(list(atoms), bound))


def _joined(parts: list[Factor]) -> Poly:
    powers: dict[Key, Number] = {}
    sign = 1
    for part in parts:
        (number, places, power), flip = instance(*part)
        powers[number, places] = powers.get((number, places), 0) + power
        sign *= flip
    return product(sign, (), powers)


def _rename_bound(atoms: list[Factor], bound: list[int]) -> tuple[Poly, list[int]] | None:
    """`sum_l delta_li f(l) = f(i)`."""
    for atom in atoms:
        if SKELETONS[atom[0]].kind != "delta":
            continue
        left, right = delta_sides(atom[0], atom[1])
        for here, there in ((left, right), (right, left)):
            if isinstance(here, int) and here in bound and here not in variables_of(there):
                rest = [a for a in atoms if a != atom]
                return substitute({((), tuple(rest)): 1}, {here: there}), [v for v in bound if v != here]
    return None


def _contract(atoms: list[Factor], bound: list[int]) -> tuple[Poly, list[int]] | None:
    """Facts about letters whose shared index occurs nowhere else."""
    if not any(SKELETONS[a[0]].kind == "entry" and SKELETONS[a[0]].data[0].facts for a in atoms):
        return None
    users: dict[int, list[Factor]] = {v: [] for v in bound}
    for atom in atoms:
        for v in atom[1]:
            if v in users:
                users[v].append(atom)
    for v, using in users.items():
        if 1 <= len(using) <= 2 and all(SKELETONS[a[0]].kind == "entry" and a[2] in (1, 2) for a in using):
            value = _contraction(using, v)
            if value is not None:
                rest = multiply_all(1, (), [single(*a) for a in atoms if a not in using])
                return multiply(rest, value), [b for b in bound if b != v]
    return None


def _contraction(using: list[Factor], v: int) -> Poly | None:
    """The value of the sum over v of one or two entries of letters, if a declared fact gives it."""
    if len(using) == 1 and "permutation" in SKELETONS[using[0][0]].data[0].facts:
        return constant(1) if _sides(using[0], v) else None
    both = using * 2 if len(using) == 1 and using[0][2] == 2 else using
    if len(both) != 2 or (len(using) == 2 and any(a[2] != 1 for a in using)):
        return None
    first, second = SKELETONS[both[0][0]].data[0], SKELETONS[both[1][0]].data[0]
    if first.name != second.name or first.facts != second.facts:
        return None
    for side, left, sign in _sides(both[0], v):
        for other, right, flip in _sides(both[1], v):
            if first.inverse != second.inverse and side != other:
                return scale(make_delta(left, right), sign * flip)
            if "orthogonal" in first.facts and not first.inverse and not second.inverse and side == other:
                return scale(make_delta(left, right), sign * flip)
            if "idempotent" in first.facts and first == second and side != other:
                return scale(make_entry(first, [left, right] if side else [right, left]), sign * flip)
    return None


def _sides(atom: Factor, v: int) -> list[tuple[int, Index, int]]:
    """(axis of v, the index on the other axis, sign), in every way that the letter's symmetry allows."""
    letter, pattern = SKELETONS[atom[0]].data
    if len(pattern) != 2:
        return []
    actual = [replace_in(p, atom[1].__getitem__) for p in pattern]
    if actual[0] == actual[1]:
        return []
    found = [
        (side, actual[1 - side], 1) for side in (0, 1) if actual[side] == v and v not in variables_of(actual[1 - side])
    ]
    if letter.facts & {"symmetric", "skew"}:
        found += [(1 - side, other, -1 if "skew" in letter.facts else 1) for side, other, _ in found]
    return found


def _absorb(atoms: list[Factor], bound: list[int]) -> tuple[Poly, list[int]] | None:
    """A piece of the product that equals a normaliser (or the lead of one) already present as a power."""
    for atom in atoms:
        skeleton = SKELETONS[atom[0]]
        lead = skeleton.lead is not None and SKELETONS[skeleton.lead[0][0]].kind == "sum" and lead_power(atom[0]) == 1
        if skeleton.kind != "sum" and not lead:
            continue
        wanted = (lead_at(atom[0], atom[1]) if lead else None) or atom[:2]
        # what the factor itself uses stays bound: taking it out of the sum would let the index escape
        inner = [v for v in bound if v not in atom[1]]
        piece = _piece_equal_to((*wanted, 1), [a for a in atoms if a != atom], inner)
        if piece is not None:
            value = single(atom[0], atom[1], atom[2] - 1 if lead else atom[2] + 1)
            value = multiply(reduce_lead(atom[0], atom[1]), value) if lead else value
            rest = multiply_all(1, (), [single(*a) for a in atoms if a != atom and a not in piece[0]])
            return multiply(rest, value), [v for v in bound if v not in piece[1]]
    return None


def _piece_equal_to(wanted: Factor, atoms: list[Factor], bound: list[int]) -> tuple[list[Factor], list[int]] | None:
    content = sorted((s, p) for s, _, p in SKELETONS[wanted[0]].data[1])
    if not {(s, p) for s, _, p in atoms}.issuperset(content):
        return None
    inner = [v for v in bound if v not in wanted[1]]
    for piece, variables in _connected(atoms, inner):
        if variables and sorted((s, p) for s, _, p in piece) == content:
            if component(piece, variables) == single(*wanted):
                return piece, variables
    return None


def _connected(atoms: list[Factor], bound: list[int]) -> list[tuple[list[Factor], list[int]]]:
    """Atoms that hang together by bound variables; an atom without any is a piece of its own."""
    pieces: list[tuple[list[Factor], set[int]]] = []
    wanted = set(bound)
    for atom in atoms:
        group, touched = [atom], wanted & set(atom[1])
        apart = []
        for piece, variables in pieces:
            if variables & touched:
                group, touched = piece + group, variables | touched
            else:
                apart.append((piece, variables))
        pieces = [*apart, (group, touched)]
    return [(piece, sorted(variables)) for piece, variables in pieces]


def _pieces(atoms: list[Factor], bound: list[int]) -> list[Poly]:
    parts = []
    used: set[int] = set()
    for piece, variables in _connected(atoms, bound):
        used.update(variables)
        parts.append(component(piece, variables) if variables else multiply_all(1, (), [single(*a) for a in piece]))
    return parts + [size_poly(size_of(v)) for v in bound if v not in used]


def _sum_again(skeleton: Skeleton, places: list[Index]) -> Poly:
    sizes, atoms = skeleton.data
    new: list[int] = [fresh(s) for s in sizes]
    parts = [remap_factor(a, lambda v: places[v] if v >= 0 else new[-1 - v]) for a in atoms]
    return sum_over(multiply_all(1, (), parts), new)


def _linked(powers: dict[Key, Number]) -> dict[tuple[Any, ...], list[Key]]:
    links: dict[tuple[Any, ...], list[Key]] = {}
    for key, power in powers.items():
        if power:
            for letter, side, slot in SKELETONS[key[0]].links:
                links.setdefault((letter, side, key[1][slot]), []).append(key)
    return links


def _join_linked(coefficient: Number, params: Params, powers: dict[Key, Number]) -> Poly | None:
    """Sums tied to the same row of a permutation share the place of its 1: `(sum_a P_ia f_a)(sum_a P_ia g_a)`."""
    for keys in _linked(powers).values():
        sums = [k for k in keys if SKELETONS[k[0]].kind == "sum"]
        if sums and (len(keys) > 1 or powers[sums[0]] > 1):
            parts: list[Factor] = []
            bound: list[int] = []
            for key in sums:
                inner, new = opened((*key, powers[key]))
                parts += inner
                bound += new
            parts += [(*k, powers[k]) for k in keys if k not in sums]
            rest = product(coefficient, params, {k: p for k, p in powers.items() if k not in keys})
            return multiply(rest, sum_over(_joined(parts), bound))
    return None


def _lift(poly: Poly, outer: Callable[[Poly], Poly]) -> Poly | None:
    """`F(sum_a P_ia x_a) = sum_a P_ia F(x_a)`."""
    keys = [(s, i) for _, factors in poly for s, i, _ in factors if SKELETONS[s].kind == "sum"]
    links = _linked(dict.fromkeys(keys, 1))
    if not links:
        return None
    # by what the link is: the numbers of fresh variables tell nothing but which is the older
    letter, side, at = min(links, key=lambda link: (fingerprint(link[:2]), variables_of(link[2]), fingerprint(link)))
    place = fresh(letter.sizes[0])
    inner: Poly = {}
    for (params, factors), coefficient in poly.items():
        parts = [_unlink(f, letter, side, at, place) for f in factors]
        accumulate(inner, multiply_all(coefficient, params, parts))
    indices: list[Index] = [at, place] if side == 0 else [place, at]
    return sum_over(multiply(make_entry(letter, indices), outer(inner)), [place])


def _unlink(factor: Factor, letter: Letter, side: int, at: int, place: int) -> Poly:
    """The factor where the permutation's 1 in row (or column) `at` is known to be at `place`."""
    if not any((one, s) == (letter, side) and factor[1][slot] == at for one, s, slot in SKELETONS[factor[0]].links):
        return single(*factor)
    parts, bound = opened(factor) if SKELETONS[factor[0]].kind == "sum" else ([factor], [])
    done = constant(1)
    for part in parts:
        skeleton = SKELETONS[part[0]]
        hit = [slot for one, s, slot in skeleton.links if (one, s) == (letter, side) and part[1][slot] == at]
        if skeleton.kind == "entry" and hit:
            done = multiply(done, make_delta(opposite(part, side, hit[0]), place))
        else:
            done = multiply(done, single(*part))
    return sum_over(done, bound)


LIFT.append(_lift)
PRODUCT_CHANGES.append(_join_linked)
REBUILD["sum"] = _sum_again
