"""Each law of the plain checker: true on random arguments, applied where it fits, refused where it almost does."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from symattn.errors import KernelError
from symattn.kernel.plain import laws
from symattn.kernel.plain.checking import CONDITIONAL, holds
from symattn.kernel.syntax import letters, terms
from symattn.kernel.syntax.sizes import (
    ONE_SIZE,
    constant_index,
    constant_size,
    pair_index,
    part_index,
    size_of,
    variable,
)
from symattn.kernel.syntax.terms import (
    Letter,
    Parameter,
    Term,
    add,
    cosine,
    delta,
    determinant,
    entry,
    exponential,
    logarithm,
    multiply,
    negative,
    number,
    power,
    reciprocal,
    sine,
    subtract,
    summation,
)
from tests.kernel.model import Model, NoValue, jet
from tests.kernel.random_terms import HALF, Terms, m, n, z

two = constant_size(2)
i, j, k = (variable(name, n) for name in "ijk")
p, q = (variable(name, two) for name in "pq")
e = variable("e", z)


def letter(facts: str, *, inverse: bool = False, size: Any = n) -> Letter:
    return Letter("A" + facts[:2], (size, size), frozenset(facts.split()), inverse)


A = Letter("A", (n, n))
x, y = entry(A, i, j), entry(A, j, i)
P = letter("permutation")
POSITIVE = entry(Letter("p", (n, n), frozenset({"positive"})), i, j)
SMALL = Letter("B", (two, two))
TAU, SCALE = terms.parameter(Parameter("tau", True)), terms.parameter(Parameter("a"))
ONE = number(1)


def step(law: str, *arguments: Any, over: tuple[int, ...] = (), times: Term = ONE) -> tuple[Any, ...]:
    return (law, arguments, over, times)


def at(one: Letter, row: Any, column: Any) -> Term:
    return entry(one, row, column)


def row_sum(one: Letter, row: Any, *others: Term) -> Term:
    return summation((k,), multiply(at(one, row, k), *others))


RIGHT: dict[str, tuple[Term, tuple[Any, ...]]] = {
    "cancel": (subtract(multiply(POSITIVE, reciprocal(POSITIVE)), ONE), (POSITIVE,)),
    "regular": (subtract(multiply(x, x, reciprocal(x)), x), (x,)),
    "reciprocal_product": (subtract(reciprocal(multiply(x, y)), multiply(reciprocal(x), reciprocal(y))), (x, y)),
    "reciprocal_twice": (subtract(reciprocal(reciprocal(x)), x), (x,)),
    "log_exp": (subtract(logarithm(exponential(x)), x), (x,)),
    "exp_log": (subtract(exponential(multiply(number(3), logarithm(TAU))), power(TAU, 3)), (TAU, 3)),
    "cos_sum": (
        subtract(cosine(add(x, y)), subtract(multiply(cosine(x), cosine(y)), multiply(sine(x), sine(y)))),
        (x, y),
    ),
    "sin_sum": (
        subtract(sine(add(x, y)), add(multiply(sine(x), cosine(y)), multiply(cosine(x), sine(y)))),
        (x, y),
    ),
    "cos_even": (subtract(cosine(negative(x)), cosine(x)), (x,)),
    "sin_odd": (add(sine(negative(x)), sine(x)), (x,)),
    "cos_zero": (subtract(cosine(number(0)), ONE), ()),
    "pythagoras": (subtract(add(power(sine(x), 2), power(cosine(x), 2)), ONE), (x,)),
    "rename": (subtract(multiply(delta(i, j), x), multiply(delta(i, j), at(A, j, j))), (i, j, x)),
    "symmetric": (subtract(at(letter("symmetric"), i, j), at(letter("symmetric"), j, i)), (letter("symmetric"), i, j)),
    "skew": (add(at(letter("skew"), i, j), at(letter("skew"), j, i)), (letter("skew"), i, j)),
    "turned": (
        subtract(at(letter("orthogonal"), i, j), at(letter("orthogonal", inverse=True), j, i)),
        (letter("orthogonal"), i, j),
    ),
    "undone": (
        subtract(row_sum(letter("invertible"), i, at(letter("invertible", inverse=True), k, j)), delta(i, j)),
        (letter("invertible"), i, j),
    ),
    "idempotent": (
        subtract(row_sum(letter("idempotent"), i, at(letter("idempotent"), k, j)), at(letter("idempotent"), i, j)),
        (letter("idempotent"), i, j),
    ),
    "squared": (subtract(power(at(letter("mask"), i, j), 2), at(letter("mask"), i, j)), (at(letter("mask"), i, j),)),
    "one_place": (
        subtract(multiply(at(P, i, j), at(P, i, k)), multiply(delta(j, k), at(P, i, j))),
        (P, i, j, k, False),
    ),
    "one_in_all": (subtract(row_sum(P, i), ONE), (P, i, False)),
    "lift": (
        subtract(exponential(row_sum(P, i, at(A, k, j))), row_sum(P, i, exponential(at(A, k, j)))),
        ("exp", P, i, k, at(A, k, j), False),
    ),
    "unit_determinant": (subtract(determinant(i, j, delta(i, j)), ONE), (i, j)),
    "leibniz": (
        subtract(
            determinant(p, q, at(SMALL, p, q)),
            subtract(
                *(
                    multiply(*(at(SMALL, constant_index(r, two), constant_index(c, two)) for r, c in cells))
                    for cells in (((0, 0), (1, 1)), ((0, 1), (1, 0)))
                )
            ),
        ),
        (p, q, at(SMALL, p, q)),
    ),
    "alternating": (
        summation((i, j), multiply(at(letter("skew"), i, j), x, y)),
        (letter("skew"), i, j, multiply(x, y), (), ()),
    ),
    "alike": (
        subtract(exponential(multiply(x, y)), exponential(multiply(y, x))),
        ("exp", multiply(x, y), multiply(y, x), (), ()),
    ),
    "same_entries": (
        subtract(determinant(i, j, multiply(x, y)), determinant(i, j, multiply(y, x))),
        (i, j, multiply(x, y), multiply(y, x), (), ()),
    ),
    "inverse": (
        subtract(reciprocal(exponential(x)), exponential(negative(x))),
        (exponential(x), exponential(negative(x)), (), ()),
    ),
}  # fmt: skip


ORDERS = {"alternating": ((0, 1), (0, 1))}


def test_every_law_has_an_example() -> None:
    assert RIGHT.keys() == laws.LAWS.keys() | CONDITIONAL.keys()


@pytest.mark.parametrize("law", RIGHT)
def test_a_law_shows_what_it_says(law: str) -> None:
    goal, arguments = RIGHT[law]
    assert holds(goal, (step(law, *arguments),), ORDERS.get(law, ()))


@pytest.mark.parametrize("law", RIGHT)
def test_a_law_does_not_show_twice_or_half_of_what_it_says(law: str) -> None:
    goal, arguments = RIGHT[law]
    more = add(goal, ONE)
    for times in (ONE, number(2), number(-1), number(HALF)):
        assert not holds(more, (step(law, *arguments, times=times),), ORDERS.get(law, ()))


INVERSE_OF_MASK = letter("mask invertible", inverse=True)
INVERSE_OF_POSITIVE = letter("positive invertible", inverse=True)
EMPTY = Letter("w", (z,), frozenset({"positive"}))
REFUSED: dict[str, tuple[Any, ...]] = {
    "cancel what may be 0": ("cancel", x),
    "cancel a parameter of either sign": ("cancel", SCALE),
    "cancel a size that may be 0": ("cancel", terms.cardinal(z)),
    "cancel a sum that may be empty": ("cancel", summation((e,), entry(EMPTY, e))),
    "cancel a difference": ("cancel", subtract(exponential(x), exponential(y))),
    "cancel an entry of the inverse of a positive matrix": ("cancel", at(INVERSE_OF_POSITIVE, i, j)),
    "cancel 0": ("cancel", number(0)),
    "cancel a cosine": ("cancel", cosine(x)),
    "cancel the square of a sine, which may be 0": ("cancel", power(sine(x), 2)),
    "exp log of a cosine": ("exp_log", cosine(x), 1),
    "angles that are no terms": ("cos_sum", x, 1),
    "cosines of different angles": ("alike", "cos", x, y, (), ()),
    "sines of opposite angles": ("alike", "sin", x, negative(x), (), ()),
    "lift a cosine through a mask": ("lift", "cos", letter("mask"), i, k, at(A, k, j), False),
    "exp log of either sign": ("exp_log", x, 1),
    "exp log to a power that is no number": ("exp_log", TAU, 0.5),
    "exp log of a square, which may be 0": ("exp_log", power(x, 2), -1),
    "rename a constant": ("rename", constant_index(0, n), i, x),
    "rename into another size": ("rename", i, variable("r", m), x),
    "rename a plain number": ("rename", int(i), j, x),
    "rename into what binds the new name": ("rename", i, k, row_sum(A, i)),
    "symmetric without being so": ("symmetric", A, i, j),
    "symmetric because skew": ("symmetric", letter("skew"), i, j),
    "skew without being so": ("skew", letter("symmetric"), i, j),
    "turned though only invertible": ("turned", letter("invertible"), i, j),
    "undone though only idempotent": ("undone", letter("idempotent"), i, j),
    "idempotent though only orthogonal": ("idempotent", letter("orthogonal"), i, j),
    "the square of an entry": ("squared", x),
    "the square of an entry of the inverse of a mask": ("squared", at(INVERSE_OF_MASK, i, j)),
    "the square of a sum of mask entries": ("squared", row_sum(letter("mask"), i)),
    "the square of a number": ("squared", number(2)),
    "one place in a mask": ("one_place", letter("mask"), i, j, k, False),
    "one in a row of an orthogonal matrix": ("one_in_all", letter("orthogonal"), i, False),
    "a side that is neither": ("one_in_all", P, i, 0),
    "lift through a mask": ("lift", "exp", letter("mask"), i, k, at(A, k, j), False),
    "lift where the row is summed over": ("lift", "exp", P, k, k, at(A, k, j), False),
    "lift a function that there is not": ("lift", "tan", P, i, k, at(A, k, j), False),
    "the determinant of a large matrix": ("leibniz", i, j, x),
    "a skew letter beside what is not symmetric": ("alternating", letter("skew"), i, j, x, (), ()),
    "a symmetric letter as if it were skew": ("alternating", letter("symmetric"), i, j, ONE, (), ()),
    "a skew letter over one index": ("alternating", letter("skew"), i, i, ONE, (), ()),
    "exps of different things": ("alike", "exp", x, y, (), ()),
    "exps that agree where there is an index": ("alike", "exp", x, y, (step("symmetric", A, i, j),), ()),
    "determinants of different things": ("same_entries", i, j, x, y, (), ()),
    "a reciprocal whose product is not 1": ("inverse", x, reciprocal(x), (), ()),
    "a reciprocal of 0": ("inverse", number(0), number(0), (), ()),
    "a law that there is not": ("absurd", x),
    "too few arguments by name only": ("LAWS", x),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_almost_fits_is_refused(what: str) -> None:
    law, *arguments = REFUSED[what]
    with pytest.raises(KernelError):
        holds(number(0), (step(law, *arguments, times=number(0)),), ())


NOT_SHOWN: dict[str, tuple[Term, tuple[Any, ...]]] = {
    "x x/x = 1": (subtract(multiply(x, x, reciprocal(x)), ONE), step("regular", x)),
    "1/(x + y) = 1/x + 1/y": (
        subtract(reciprocal(add(x, y)), add(reciprocal(x), reciprocal(y))),
        step("reciprocal_product", x, y),
    ),
    "log exp x = exp x": (subtract(logarithm(exponential(x)), exponential(x)), step("log_exp", x)),
    "1/(1/x) = 1/x": (subtract(reciprocal(reciprocal(x)), reciprocal(x)), step("reciprocal_twice", x)),
    "delta_ij x_ij = x_jj": (subtract(multiply(delta(i, j), x), at(A, j, j)), step("rename", i, j, x)),
    "cos(x + y) = cos x cos y + sin x sin y": (
        subtract(cosine(add(x, y)), add(multiply(cosine(x), cosine(y)), multiply(sine(x), sine(y)))),
        step("cos_sum", x, y),
    ),
    "sin(x + y) = sin x cos y - cos x sin y": (
        subtract(sine(add(x, y)), subtract(multiply(sine(x), cosine(y)), multiply(cosine(x), sine(y)))),
        step("sin_sum", x, y),
    ),
    "sin is even": (subtract(sine(negative(x)), sine(x)), step("sin_odd", x)),
    "cos is odd": (add(cosine(negative(x)), cosine(x)), step("cos_even", x)),
    "cos 0 = 0": (cosine(number(0)), step("cos_zero")),
    "cos² = 1": (subtract(power(cosine(x), 2), ONE), step("pythagoras", x)),
    "sin² + cos² = 1 at different angles": (
        subtract(add(power(sine(x), 2), power(cosine(y), 2)), ONE),
        step("pythagoras", x),
    ),
    "cos(x y) = cos x cos y": (subtract(cosine(multiply(x, y)), multiply(cosine(x), cosine(y))), step("cos_sum", x, y)),
    "det 1 = 2": (subtract(determinant(i, j, delta(i, j)), number(2)), step("unit_determinant", i, j)),
    "sum_v P_vi P_vj = P_ij": (
        subtract(summation((k,), multiply(at(P, k, i), at(P, k, j))), at(P, i, j)),
        step("one_place", P, k, i, j, False, over=(k,)),
    ),
}


@pytest.mark.parametrize("what", NOT_SHOWN)
def test_a_false_claim_is_not_shown_by_a_law_that_is_near(what: str) -> None:
    goal, given = NOT_SHOWN[what]
    for times in (ONE, number(-1), number(2), number(HALF)):
        assert not holds(goal, ((*given[:3], multiply(times, given[3])),), ())
    assert not holds(goal, (), ())


def test_a_law_holds_for_odd_indices_too() -> None:
    outer, inner = variable("o", n), variable("r", m)
    pair, part = pair_index(outer, inner), part_index((n, n), 1, i)
    square = Letter("S", (n * m, n * m), frozenset({"symmetric"}))
    doubled = Letter("R", (n + n, n + n), frozenset({"skew"}))
    assert holds(subtract(entry(square, pair, pair), entry(square, pair, pair)), (), ())
    assert holds(entry(doubled, part, part), (step("skew", doubled, part, part),), ())
    assert holds(subtract(delta(variable("u", ONE_SIZE), constant_index(0, ONE_SIZE)), ONE), (), ())


class Arguments(Terms):
    """Random arguments for a law; `seen` are the variables that may turn up anywhere."""

    seen: list[int]

    def of(self, law: str, scope: list[int]) -> tuple[Any, ...]:
        any_term: Callable[[], Term] = lambda: self.term(scope, 1)  # noqa: E731
        sure: Callable[[], Term] = lambda: self.positive(scope, 2)  # noqa: E731
        some: Callable[[], Any] = lambda: self.index(n, scope)  # noqa: E731
        fact = {"undone": "invertible", "turned": "orthogonal", "one_place": "permutation", "one_in_all": "permutation"}
        known = letter(fact.get(law, law if law in terms.FACTS else "permutation"))
        if known.facts & {"orthogonal", "permutation", "invertible"} and self.chance(0.5):
            known = letters.inverted(known)
        match law:
            case "cancel":
                return (sure(),)
            case "regular" | "reciprocal_twice":
                return (any_term(),)
            case "log_exp" | "cos_even" | "sin_odd" | "pythagoras":
                return (self.product(scope),)
            case "cos_sum" | "sin_sum":
                return self.product(scope), self.product(scope)
            case "cos_zero":
                return ()
            case "reciprocal_product":
                return any_term(), any_term()
            case "exp_log":
                return sure(), self.random.choice([1, 2, -1, 0, HALF, Fraction(-3, 2)])
            case "rename":
                v = self.random.choice([v for v in scope if size_of(v) == n])
                return v, some(), self.term(scope, 2)
            case "symmetric" | "skew" | "turned" | "undone" | "idempotent":
                return known, some(), some()
            case "squared":
                return (
                    self.random.choice(
                        [delta(some(), some()), entry(letter("mask"), some(), some()), entry(known, some(), some())]
                    ),
                )
            case "one_place":
                return known, some(), some(), some(), self.chance(0.5)
            case "one_in_all":
                return known, some(), self.chance(0.5)
            case "lift":
                a = self.bound(n)
                kind = self.random.choice(["exp", "log", "reciprocal", "cos", "sin"])
                body = self.product([*scope, a]) if kind in ("exp", "cos", "sin") else self.positive([*scope, a], 1)
                return kind, known, some(), a, body, self.chance(0.5)
            case "unit_determinant":
                return i, j
            case "leibniz":
                size = constant_size(self.random.choice([0, 1, 2, 3]))
                row, column = self.bound(size), self.bound(size)
                places = [row, column] + [constant_index(0, size)] * bool(size.minimum)
                cells = Letter("C", (size, size))
                return row, column, multiply(*(entry(cells, *self.random.choices(places, k=2)) for _ in range(2)))
        raise AssertionError(law)


def law_disagrees(law: str, seed: int) -> str | None:
    """Random arguments at which the sides of a law have different values; NoValue when there is nothing to compare."""
    source = Arguments(seed)
    scope = [source.bound(size) for size in (n, n, source.random.choice([n, m, z]))]
    try:
        sides = laws.LAWS[law](*source.of(law, scope))
    except KernelError as error:
        raise NoValue from error
    compared = False
    for sizes in ({"n": 1, "m": 2, "z": 1}, {"n": 2, "m": 1, "z": 1}, {"n": 3, "m": 2, "z": 2}):
        model = Model(source.random.randrange(10**9), {**sizes, "q": 2})
        where = {v: source.random.randrange(model.size(size_of(v))) for v in sorted(sides[0].free | sides[1].free)}
        with contextlib.suppress(NoValue):
            left, right = (jet(model.term(side, where)).parts for side in sides)
            compared = True
            if left != right:
                return f"{law} {seed}: {sides[0]} is {left}, {sides[1]} is {right} where {sizes}, {where}"
    if not compared:
        raise NoValue
    return None


@pytest.mark.parametrize("law", laws.LAWS)
def test_a_law_is_true_on_numbers(law: str) -> None:
    compared = 0
    for seed in range(60):
        with contextlib.suppress(NoValue):
            assert law_disagrees(law, seed) is None
            compared += 1
    assert compared >= 20
