"""Engine, the normal form: exp, log, reciprocal and powers of polynomials; `turns` has cos and sin.

`exp` of a sum is the product of `exp(monomial)^coefficient`; a reciprocal goes into products, and stays as one factor
only in front of a sum.  `x / x` cancels only where x is seen to be positive: then a reciprocal *is* a negative power.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from math import floor, gcd
from typing import Any

from symattn.engine.labelling import Edge, canonical
from symattn.engine.normal.leads import lead_of
from symattn.engine.normal.polynomial import (
    EMPTY,
    PRODUCT_CHANGES,
    REBUILD,
    SKELETONS,
    Factor,
    Group,
    Monomial,
    Number,
    Params,
    Poly,
    Powers,
    Skeleton,
    add,
    constant,
    define_power,
    instance,
    intern,
    is_positive,
    letters_in,
    multiply,
    multiply_all,
    positive_parameter,
    product,
    raise_power,
    remap,
    scale,
    single,
    size_number,
    tidy_number,
    variables_in,
    weight_of,
)
from symattn.errors import KernelError
from symattn.kernel.syntax.sizes import size_of


def close(group: list[tuple[tuple[int, ...], int]], size: int) -> Group:
    """All products of the generators; a structure with too many symmetries is given up."""
    elements = {(tuple(range(size)), 1)}
    frontier = list(elements)
    while frontier:
        perm, sign = frontier.pop()
        for other, flip in group:
            image = (tuple([perm[p] for p in other]), sign * flip)
            if image not in elements:
                elements.add(image)
                frontier.append(image)
        if len(elements) > 1500:
            raise KernelError("an expression is too symmetric to be brought into normal form")
    return tuple(sorted(elements, key=lambda e: (e[0], -e[1])))


def nameless(poly: Poly, *, signed: bool = False) -> tuple[tuple[Any, ...], tuple[int, ...], Group, int]:
    """The polynomial over numbered slots, the variables that fill them, its symmetries, and a sign.

    With `signed`, a single monomial gives its sign away, and symmetries may change it.
    """
    variables = variables_in(poly)
    signed = signed and len(poly) == 1
    if len(poly) == 1 and len(factors := next(iter(poly))[1]) == 1:
        ((params, _), coefficient), (number, places, power) = next(iter(poly.items())), factors[0]
        group = tuple((perm, sign if power % 2 else 1) for perm, sign in SKELETONS[number].group)
        if SKELETONS[number].kind != "exp" and (signed or all(s == 1 for _, s in group)):
            return (((params, ((number, tuple(range(len(places))), power),)), coefficient),), places, group, 1
    node = {v: n for n, v in enumerate(variables)}
    colours, edges = _hypergraph(poly, node)

    def leaf(rank: list[int]) -> tuple[tuple[Any, ...], int]:
        order = {v: p for p, v in enumerate(sorted(variables, key=lambda v: rank[node[v]]))}
        renamed = sorted(_renamed(m, c, order) for m, c in poly.items())
        if signed:
            ((monomial, coefficient),) = renamed
            return ((monomial, abs(coefficient)),), 1 if coefficient > 0 else -1
        return tuple(renamed), 1

    best = canonical(colours, edges, leaf)
    ordered = sorted(variables, key=lambda v: best.rank[node[v]])
    place = {node[v]: p for p, v in enumerate(ordered)}
    perms = [(tuple(place[image[node[v]]] for v in ordered), sign) for image, sign in best.automorphisms]
    return best.key, tuple(ordered), close(perms, len(ordered)), best.sign


def _hypergraph(poly: Poly, node: dict[int, int]) -> tuple[list[tuple[Any, ...]], list[Edge]]:
    """A node for each variable and each monomial, an edge for each factor."""
    colours: list[tuple[Any, ...]] = [(1, size_number(size_of(v))) for v in node]
    edges: list[Edge] = []
    for (params, factors), coefficient in poly.items():
        here = len(colours)
        flips = any(s < 0 for number, _, _ in factors for _, s in SKELETONS[number].group)
        colours.append((2, params, abs(coefficient) if flips else coefficient))
        for number, places, power in factors:
            edges.append(edge(number, [*(node[v] for v in places), here], power))
    return colours, edges


def edge(number: int, nodes: Sequence[int], power: Number) -> Edge:
    """A factor as an edge; nodes beyond its slots stay where they are."""
    group = SKELETONS[number].group
    tail = tuple(range(len(group[0][0]), len(nodes)))
    flips = any(s < 0 for _, s in group)
    return (number, abs(power) if flips else power), tuple(nodes), tuple(perm + tail for perm, _ in group)


def _renamed(monomial: Monomial, coefficient: Number, order: dict[int, int]) -> tuple[Monomial, Number]:
    params, factors = monomial
    done = []
    for number, places, power in factors:
        factor, sign = instance(number, tuple([order[v] for v in places]), power)
        done.append(factor)
        coefficient = coefficient * sign
    return (params, tuple(sorted(done))), coefficient


def function(kind: str, poly: Poly, *, positive: bool) -> Factor:
    """The factor `kind(poly)`; exp, sin and reciprocal take a sign out of a single monomial, and cos drops it."""
    data, variables, group, sign = nameless(poly, signed=kind != "log")
    if kind == "cos":
        group, sign = tuple(dict.fromkeys((perm, 1) for perm, _ in group)), 1

    def finish(skeleton: Skeleton) -> None:
        skeleton.positive, skeleton.letters = positive, letters_in(poly)
        skeleton.weight += sum(weight_of(factors) for _, factors in poly)
        if kind == "reciprocal" and positive:
            skeleton.lead = lead_of(dict(data))
        skeleton.special = skeleton.lead is not None or kind == "sin"
        skeleton.special |= kind == "exp" and _logarithm_in(dict(data)) is not None

    number = intern(kind, data, tuple(size_of(v) for v in variables), group, finish)
    return number, variables, sign


def function_poly(kind: str, poly: Poly, power: Number = 1, *, positive: bool = False) -> Poly:
    number, variables, sign = function(kind, poly, positive=positive)
    return single(number, variables, sign * power) if kind == "exp" else scale(single(number, variables, power), sign)


def lifted(poly: Poly, outer: Callable[[Poly], Poly]) -> Poly | None:
    """`F(sum_a P_ia x_a) = sum_a P_ia F(x_a)` for a permutation P, as `sums` does it."""
    return LIFT[0](poly, outer) if any(SKELETONS[s].links for _, fs in poly for s, _, _ in fs) else None


LIFT: list[Callable[[Poly, Callable[[Poly], Poly]], Poly | None]] = []


def exp_poly(poly: Poly) -> Poly:
    """`exp(sum of c m) = product of exp(m)^c`."""
    if (through := lifted(poly, exp_poly)) is not None:
        return through
    total = constant(1)
    for monomial, coefficient in poly.items():
        total = multiply(total, function_poly("exp", {monomial: 1}, coefficient, positive=True))
    return total


def _logarithm_in(poly: Poly) -> Poly | None:
    """The argument of the log, when the polynomial is just the log of something seen to be positive."""
    for (params, factors), coefficient in poly.items():
        if len(poly) == 1 and coefficient == 1 and not params and len(factors) == 1 and factors[0][2] == 1:
            skeleton = SKELETONS[factors[0][0]]
            if skeleton.kind == "log" and is_positive(dict(skeleton.data)):
                return dict(skeleton.data)
    return None


def _unlog(coefficient: Number, params: Params, powers: Powers) -> Poly | None:
    """`exp(n log x) = x^n` for positive x and a whole number n, and any n when x is a single product.

    Of another n that leaves what is between 0 and 1: 1/sqrt(x) is sqrt(x)/x.
    """
    for key, power in powers.items():
        skeleton = SKELETONS[key[0]]
        if skeleton.kind != "exp" or not skeleton.special or not power:
            continue
        inner = _logarithm_in(argument_of((*key, 1)))
        inner = None if inner is None else argument_of(next(iter(argument_of((*key, 1))))[1][0])
        if inner is None:
            continue
        whole = power if len(inner) == 1 and next(iter(inner.values())) == 1 else floor(power)
        if whole:
            rest = product(coefficient, params, {**powers, key: power - whole})
            return multiply(rest, power_poly(inner, whole))
    return None


def argument_of(factor: Factor) -> Poly:
    """What a function is applied to, at the variables of the factor."""
    return dict(_argument(*factor[:2]))


@lru_cache(maxsize=4096)
def _argument(number: int, places: tuple[int, ...]) -> Poly:
    """Remembered, because each function in it asks for its own argument again, and so on down."""
    return remap(dict(SKELETONS[number].data), places.__getitem__)


def forget_arguments() -> None:
    _argument.cache_clear()


def log_poly(poly: Poly) -> Poly:
    """`log`: of a positive product the sum of the logs, else one factor."""
    if (through := lifted(poly, log_poly)) is not None:
        return through
    if not is_positive(poly):
        return function_poly("log", poly)
    content, params, factors, rest = split_content(poly)
    parts = [scale(function_poly("log", {(((number, 1),), ()): 1}), exponent) for number, exponent in params]
    for number, places, power in factors:
        of_exp = SKELETONS[number].kind == "exp"
        log = argument_of((number, places, 1)) if of_exp else function_poly("log", single(number, places))
        parts.append(scale(log, power))
    parts.extend(function_poly("log", p) for p in (constant(content), rest) if p != constant(1))
    return add({}, *parts)


def split_content(poly: Poly) -> tuple[Number, tuple[Any, ...], list[Factor], Poly]:
    """A positive rational, parameters and factors that all monomials share, and the rest: poly is their product."""
    content = _content(list(poly.values()))
    monomials = [(dict(params), {(s, i): p for s, i, p in factors}) for params, factors in poly]
    params = {
        n: _shared([m[0].get(n, 0) for m in monomials], positive_parameter(n))
        for n in {n for m in monomials for n in m[0]}
    }
    factors = {
        key: _shared([m[1].get(key, 0) for m in monomials], SKELETONS[key[0]].positive)
        for key in {k for m in monomials for k in m[1]}
    }
    rest: Poly = {}
    for (own, mine), coefficient in zip(monomials, poly.values(), strict=True):
        left = tuple(sorted((n, tidy_number(own.get(n, 0) - e)) for n, e in params.items() if own.get(n, 0) != e))
        powers = {key: mine.get(key, 0) - p for key, p in factors.items()}
        rest = add(rest, product(Fraction(coefficient) / content, left, powers))
    shared = [(s, i, p) for (s, i), p in sorted(factors.items()) if p]
    return content, tuple(sorted((n, e) for n, e in params.items() if e)), shared, rest


def _shared(exponents: list[Number], unit: bool) -> Number:
    low = min(exponents)
    return low if unit else max(low, 0)


def _content(coefficients: list[Number]) -> Number:
    fractions = [Fraction(c) for c in coefficients]
    scale_by = 1
    for f in fractions:
        scale_by = scale_by * f.denominator // gcd(scale_by, f.denominator)
    common = 0
    for f in fractions:
        common = gcd(common, int(f * scale_by))
    value = Fraction(common, scale_by)
    return value.numerator if value.denominator == 1 else value


def reciprocal_poly(poly: Poly) -> Poly:
    """`1/x`, with `1/0 = 0`: multiplicative always, a negative power where x is seen to be positive."""
    if (through := lifted(poly, reciprocal_poly)) is not None:
        return through
    if not poly:
        return {}
    content, params, factors, rest = split_content(poly)
    total = constant(Fraction(1) / content)
    for number, exponent in params:
        if positive_parameter(number):
            total = multiply(total, {(((number, -exponent),), ()): 1})
        else:
            total = multiply(total, raise_power(_reciprocal_atom({(((number, 1),), ()): 1}), exponent))
    for factor in factors:
        total = multiply(total, _reciprocal_factor(factor))
    if rest in (constant(1), constant(-1)):
        return scale(total, rest[EMPTY])
    signs = {c > 0 for c in rest.values()}
    sign = -1 if signs == {False} or (len(signs) == 2 and nameless(scale(rest, -1))[0] < nameless(rest)[0]) else 1
    return scale(multiply(total, _reciprocal_atom(scale(rest, sign))), sign)


def _reciprocal_factor(factor: Factor) -> Poly:
    number, places, power = factor
    skeleton = SKELETONS[number]
    if skeleton.kind == "reciprocal":
        return raise_power(argument_of(factor), power)
    if skeleton.positive:
        return single(number, places, -power)
    if skeleton.kind in ("delta", "before") or (
        skeleton.kind == "entry" and skeleton.data[0].known & {"mask", "permutation"}
    ):
        return single(number, places)
    return raise_power(_reciprocal_atom(single(number, places)), power)


def _reciprocal_atom(poly: Poly) -> Poly:
    return function_poly("reciprocal", poly, positive=is_positive(poly))


@define_power
def power_poly(base: Poly, power: Number) -> Poly:
    """Negative powers by the reciprocal; fractional ones by exp and log, where the kernel sees something positive.

    It looks at what was written: here a variance is multiplied out, and shows no more that it is a sum of squares.
    """
    if not isinstance(power, Fraction) or power.denominator == 1:
        power = int(power)
        return raise_power(base, power) if power >= 0 else raise_power(reciprocal_poly(base), -power)
    if not is_positive(base) or len(base) > 1 or next(iter(base.values())) != 1:
        return exp_poly(scale(log_poly(base), power))
    ((params, factors),) = base
    return multiply_all(1, tuple((n, e * power) for n, e in params), [single(s, i, p * power) for s, i, p in factors])


PRODUCT_CHANGES.append(_unlog)
REBUILD["exp"] = lambda skeleton, places: exp_poly(remap(dict(skeleton.data), places.__getitem__))
REBUILD["log"] = lambda skeleton, places: log_poly(remap(dict(skeleton.data), places.__getitem__))
REBUILD["reciprocal"] = lambda skeleton, places: reciprocal_poly(remap(dict(skeleton.data), places.__getitem__))
