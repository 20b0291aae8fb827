"""Engine, the normal form: polynomials in factors, its shape everywhere; `atoms`, `functions`, `sums` add kinds.

A factor is (skeleton, indices, power).  A skeleton is an interned nameless expression with numbered slots: a letter's
entry, a delta, `exp(...)`, `1/(...)`, `log(...)` or a connected sum.  Nothing inside a skeleton depends on the names of
indices outside, so the order of factors cannot depend on them either.  A polynomial maps monomials
(powers of parameters, sorted factors) to rational coefficients; two terms are equal when their polynomials are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import log10, prod
from typing import Any

from symattn.engine.fingerprint import fingerprint
from symattn.errors import KernelError
from symattn.kernel.syntax.sizes import BITS, Index, Size, SizeSymbol
from symattn.kernel.syntax.terms import Letter, Parameter

Number = int | Fraction
Params = tuple[tuple[int, Number], ...]
Key = tuple[int, tuple[int, ...]]
Powers = dict[Key, Number]
Factor = tuple[int, tuple[int, ...], Number]
Monomial = tuple[tuple[tuple[int, Number], ...], tuple[Factor, ...]]
Poly = dict[Monomial, Number]
Group = tuple[tuple[tuple[int, ...], int], ...]

EMPTY: Monomial = ((), ())
KINDS = ("entry", "delta", "exp", "log", "reciprocal", "sum", "determinant")
"""In this order factors of one weight stand, and all others come last."""
ZERO_ONE = ("entry", "delta", "before")
"""Where these are special, they are 0 or 1."""
EXPANSION = 100_000
"""How many terms one multiplication may produce."""


class Skeleton:
    """One interned nameless expression.

    `data` is the expression over slots 0, 1, ... (and -1, -2, ... for the bound indices of a sum), `sizes` the sizes of
    the slots, `group` the slot permutations that leave it unchanged up to the given sign, `positive` whether it is seen
    to be positive, `letters` what occurs in it, `links` where a permutation ties a slot to a bound index, `special`
    whether a product with it has to be looked at again, and `weight` how many skeletons there are in it.
    """

    __slots__ = ("data", "group", "kind", "lead", "letters", "links", "positive", "sizes", "special", "weight")

    def __init__(self, kind: str, data: tuple[Any, ...], sizes: tuple[Size, ...], group: Group) -> None:
        self.kind, self.data, self.sizes, self.group = kind, data, sizes, group
        self.positive, self.special, self.weight = False, False, 1
        self.letters: frozenset[Letter | Parameter] = frozenset()
        self.links: tuple[tuple[Letter, int, int], ...] = ()
        self.lead: tuple[Factor, Number, tuple[Any, ...]] | None = None


SKELETONS: dict[int, Skeleton] = {}
"""By number.  Numbers are ordered by weight, then kind, then the beginning of a letter's name, then fingerprint."""
_interned: dict[tuple[Any, ...], int] = {}
_PARAMETERS: dict[int, Parameter | SizeSymbol] = {}
_numbered: dict[Parameter | SizeSymbol, int] = {}
_size_numbers: dict[Size, int] = {}

REBUILD: dict[str, Callable[[Skeleton, list[Index]], Poly]] = {}
"""How a factor of each kind is made anew when its slots stop being different variables."""
PRODUCT_CHANGES: list[Callable[[Number, Params, Powers], Poly | None]] = []
"""What may happen to a product with a special factor: the product, changed, or None."""


def intern(
    kind: str, data: tuple[Any, ...], sizes: tuple[Size, ...], group: Group, finish: Callable[[Skeleton], None]
) -> int:
    """The number of the skeleton with this data; a new one is completed by `finish`."""
    key = (kind, data, sizes)
    number = _interned.get(key)
    if number is None:
        skeleton = Skeleton(kind, data, sizes, group)
        finish(skeleton)
        rank = skeleton.weight << 3 | (KINDS.index(kind) if kind in KINDS else len(KINDS))
        number = ((rank << 32) + (_initial(data[0].name) if kind == "entry" else 0) << BITS) + fingerprint(key)
        if number in SKELETONS:
            raise KernelError("two expressions have one fingerprint: rename a letter")
        SKELETONS[number], _interned[key] = skeleton, number
    return number


def _initial(name: str) -> int:
    return int.from_bytes(name.encode()[:4].ljust(4, b"\0"))


def weight_of(factors: Iterable[Factor]) -> int:
    return sum(SKELETONS[number].weight for number, _, _ in factors)


def forget_skeletons() -> None:
    """Empty the tables: whatever is needed again gets the same number again."""
    for table in (_interned, SKELETONS, _numbered, _PARAMETERS, _size_numbers):
        table.clear()


def parameter_number(symbol: Parameter | SizeSymbol) -> int:
    if symbol not in _numbered:
        number = (_initial(symbol.name) << BITS) + fingerprint(symbol)
        if _PARAMETERS.setdefault(number, symbol) != symbol:
            raise KernelError(f"{symbol.name} and {_PARAMETERS[number].name} have one fingerprint: rename one of them")
        _numbered[symbol] = number
    return _numbered[symbol]


def parameter_of(number: int) -> Parameter | SizeSymbol:
    return _PARAMETERS[number]


def size_number(size: Size) -> int:
    if size not in _size_numbers:
        _size_numbers[size] = fingerprint(size)
    return _size_numbers[size]


def positive_parameter(number: int) -> bool:
    symbol = _PARAMETERS[number]
    return symbol.minimum >= 1 if isinstance(symbol, SizeSymbol) else symbol.positive


def trivial(size: int) -> Group:
    return ((tuple(range(size)), 1),)


def tidy_number(value: Number) -> Number:
    return value.numerator if type(value) is Fraction and value.denominator == 1 else value


def instance(number: int, indices: tuple[int, ...], power: Number) -> tuple[Factor, int]:
    """The factor with these different variables in its slots, in its canonical order, and the sign that this costs."""
    skeleton = SKELETONS[number]
    if len(skeleton.group) == 1:
        return (number, indices, power), 1
    best, sign = min((tuple([indices[p] for p in perm]), sign) for perm, sign in skeleton.group)
    if skeleton.kind == "exp":
        return (number, best, sign * power), 1
    return (number, best, power), (sign if power % 2 else 1)


def constant(value: Number) -> Poly:
    return {EMPTY: tidy_number(value)} if value else {}


def single(number: int, indices: tuple[int, ...], power: Number = 1) -> Poly:
    factor, sign = instance(number, indices, power)
    if SKELETONS[number].special:
        return product(sign, (), {factor[:2]: factor[2]})
    return {((), ((*factor[:2], tidy_number(factor[2])),) if power else ()): sign}


def add(*polys: Poly) -> Poly:
    total = dict(polys[0])
    for poly in polys[1:]:
        accumulate(total, poly)
    return total


def accumulate(total: Poly, poly: Poly, factor: Number = 1) -> None:
    for monomial, coefficient in poly.items():
        value = tidy_number(total.get(monomial, 0) + factor * coefficient)
        if value:
            total[monomial] = value
        else:
            total.pop(monomial, None)


def scale(poly: Poly, factor: Number) -> Poly:
    if factor == 1:
        return poly
    return {m: tidy_number(factor * c) for m, c in poly.items()} if factor else {}


def multiply(left: Poly, right: Poly) -> Poly:
    if len(left) > len(right):
        left, right = right, left
    if len(left) == 1 and EMPTY in left:
        return right if left[EMPTY] == 1 else scale(right, left[EMPTY])
    if len(left) * len(right) > EXPANSION:
        raise too_long(len(left) * len(right))
    total: Poly = {}
    for (params, factors), coefficient in left.items():
        for (others, more), value in right.items():
            powers = {(s, i): p for s, i, p in factors}
            for s, i, p in more:
                powers[s, i] = powers.get((s, i), 0) + p
            piece = product(coefficient * value, merge_parameters(params, others), powers)
            if len(left) == len(right) == 1:
                return piece
            accumulate(total, piece)
    return total


def too_long(count: int) -> KernelError:
    written = str(count) if count <= 10**9 else f"more than 10^{int(log10(count))}"
    return KernelError(f"a product of sums would have {written} terms; more than {EXPANSION} are not expanded")


def merge_parameters(left: Params, right: Params) -> Params:
    if not left or not right:
        return left or right
    powers = dict(left)
    for number, exponent in right:
        powers[number] = tidy_number(powers.get(number, 0) + exponent)
    return tuple(sorted((n, e) for n, e in powers.items() if e))


def product(coefficient: Number, params: Params, powers: dict[tuple[int, tuple[int, ...]], Number]) -> Poly:
    """One monomial, unless a rule about one of its special factors changes it."""
    for s, _ in powers:
        if SKELETONS[s].special:
            for rule in PRODUCT_CHANGES:
                changed = rule(coefficient, params, powers)
                if changed is not None:
                    return changed
            break
    factors = tuple(sorted([(s, i, tidy_number(p)) for (s, i), p in powers.items() if p]))
    return {(params, factors): tidy_number(coefficient)} if coefficient else {}


def multiply_all(coefficient: Number, params: Params, parts: Iterable[Poly]) -> Poly:
    sums: list[Poly] = []
    powers: dict[Key, Number] = {}
    for part in parts:
        if len(part) != 1:
            sums.append(part)
            continue
        ((others, factors), value) = next(iter(part.items()))
        coefficient, params = coefficient * value, merge_parameters(params, others)
        for s, i, p in factors:
            powers[s, i] = powers.get((s, i), 0) + p
    if (count := prod(map(len, sums))) > EXPANSION and _stay_apart({k: p for k, p in powers.items() if p}, sums):
        raise too_long(count)
    total = product(coefficient, params, powers)
    for part in sums:
        total = multiply(total, part)
    return total


def _stay_apart(powers: Powers, sums: Iterable[Poly]) -> bool:
    """Whether no two products of their monomials can be equal: no factor is in two of them, and nothing is special."""
    seen: set[Key] = set()
    if any(SKELETONS[number].special for number, _ in powers):
        return False
    for part in sums:
        mine = {(number, places) for _, factors in part for number, places, _ in factors}
        if not mine.isdisjoint(seen) or any(SKELETONS[number].special for number, _ in mine):
            return False
        if len({factors for _, factors in part}) < len(part):
            return False
        seen |= mine
    return True


def remap_factor(factor: Factor, change: Callable[[int], Index]) -> Poly:
    """The factor with its variables replaced; it is made anew when they stop being different variables."""
    number, indices, power = factor
    places = [change(v) for v in indices]
    plain = tuple([p for p in places if isinstance(p, int)])
    if len(set(plain)) == len(places):
        return single(number, plain, power)
    return raise_power(REBUILD[SKELETONS[number].kind](SKELETONS[number], places), power)


def raise_power(base: Poly, power: Number) -> Poly:
    """A power of a polynomial: by multiplication when it is natural, else as `functions` defines it."""
    if power == 1:
        return base
    if isinstance(power, Fraction) or power < 0:
        return _POWER[0](base, power)
    if power > EXPANSION:
        raise KernelError(f"the power {power} is too high to be multiplied out")
    total = constant(1)
    for _ in range(power):
        total = multiply(total, base)
    return total


_POWER: list[Callable[[Poly, Number], Poly]] = []


def define_power(rule: Callable[[Poly, Number], Poly]) -> Callable[[Poly, Number], Poly]:
    _POWER.append(rule)
    return rule


def remap(poly: Poly, change: Callable[[int], Index]) -> Poly:
    """The polynomial with its variables replaced."""
    total: Poly = {}
    for (params, factors), coefficient in poly.items():
        accumulate(total, multiply_all(coefficient, params, [remap_factor(f, change) for f in factors]))
    return total


def substitute(poly: Poly, mapping: dict[int, Index]) -> Poly:
    return remap(poly, lambda v: mapping.get(v, v))


def variables_in(poly: Poly) -> list[int]:
    return sorted({v for _, factors in poly for _, indices, _ in factors for v in indices})


def letters_in(poly: Poly) -> frozenset[Letter | Parameter]:
    found: set[Letter | Parameter] = set()
    for params, factors in poly:
        found.update(p for n, _ in params if isinstance(p := _PARAMETERS[n], Parameter))
        for number, _, _ in factors:
            found |= SKELETONS[number].letters
    return frozenset(found)


def is_positive(poly: Poly) -> bool:
    """Seen to be positive: products of positive things, sizes, squares and sums, one of them of what is not 0."""
    positive = False
    for (params, factors), coefficient in poly.items():
        may_be_zero = [n for n, e in params if e > 0 and (isinstance(_PARAMETERS[n], SizeSymbol) or e % 2 == 0)]
        known = all(positive_parameter(n) for n, _ in params if n not in may_be_zero)
        if coefficient <= 0 or not known or not all(_not_negative(s, p) for s, _, p in factors):
            return False
        positive = positive or (
            all(map(positive_parameter, may_be_zero)) and all(SKELETONS[s].positive for s, _, _ in factors)
        )
    return positive


def _not_negative(number: int, power: Number) -> bool:
    """A positive thing, 0 or 1, an even power, or a sum of such, to a power that keeps it so."""
    skeleton = SKELETONS[number]
    if skeleton.positive or (power > 0 and ((skeleton.special and skeleton.kind in ZERO_ONE) or power % 2 == 0)):
        return True
    return skeleton.kind == "sum" and power > 0 and all(_not_negative(s, p) for s, _, p in skeleton.data[1])
