"""Indices as whole numbers: what their form tells of their order, near misses that it does not, and terms at random."""

from __future__ import annotations

import subprocess
import sys

import pytest

from symattn.kernel.plain.places import agreeing, aligned, at_most, greater, ordered
from symattn.kernel.plain.signs import sign
from symattn.kernel.syntax.sizes import (
    ONE_SIZE,
    ZERO_SIZE,
    Index,
    constant_index,
    constant_size,
    pair_index,
    place,
    symbol_size,
    variable,
)
from symattn.kernel.syntax.terms import Letter, Term, before, delta, entry, exponential, multiply, summation
from tests.kernel.build import i, j, m, n, z
from tests.kernel.random_orders import survey

k, u, v = variable("k", n), variable("u", m), variable("v", m)
q = symbol_size("q", 2)
LAST = place(n, constant_index(0, ONE_SIZE), ZERO_SIZE)
FIRST = constant_index(0, n + ONE_SIZE)


def early(index: Index, after: object = ONE_SIZE) -> Index:
    return place(ZERO_SIZE, index, after)  # type: ignore[arg-type]


def late(index: Index, sooner: object = ONE_SIZE) -> Index:
    return place(sooner, index, ZERO_SIZE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (i, i),
        (early(i), late(i)),
        (FIRST, late(i)),
        (early(i), LAST),
        (early(i, m), late(u, n)),
        (place(ZERO_SIZE, i, m + n), place(n, u, n)),
        (constant_index(0, q), constant_index(1, q)),
        (constant_index(1, n + q), place(q, i, ZERO_SIZE)),
    ],
)
def test_what_is_before_by_its_form_is_seen(left: Index, right: Index) -> None:
    assert at_most(left, right)
    assert ordered(left, right) == ()
    assert not greater(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [(i, j), (early(i), late(j)), (late(i), early(i)), (early(i, m), early(u, n)), (LAST, early(i)), (late(i), FIRST)],
)
def test_what_is_nearly_so_is_not_seen(left: Index, right: Index) -> None:
    assert not at_most(left, right)
    assert ordered(left, right) != ()


def test_what_is_after_is_never_before() -> None:
    for left, right in ((late(i), early(i)), (late(u, n), early(i, m)), (LAST, early(i)), (late(i), FIRST)):
        assert greater(left, right)
        assert ordered(left, right) is None
        assert agreeing(left, right) is None
        assert agreeing(right, left) is None


def test_what_two_places_have_around_them_says_nothing() -> None:
    inside = [(place(m, early(i), n), place(m, late(j), n)), (early(i), late(j)), (early(early(i)), early(late(j)))]
    assert {aligned(*pair) for pair in inside} == {(early(i), late(j))}
    assert aligned(place(n, i, m), place(n, j, m)) == (i, j)
    assert aligned(early(i), constant_index(0, n + ONE_SIZE)) == (i, constant_index(0, n))
    five = constant_size(5)
    assert aligned(early(i, five + n), constant_index(4, n + n + five)) == aligned(
        early(i, five), constant_index(4, n + five)
    )


def test_pairs_agree_part_by_part() -> None:
    assert agreeing(pair_index(i, u), pair_index(j, v)) == ((i, j), (u, v))
    assert agreeing(late(pair_index(i, u)), late(pair_index(j, u))) == ((i, j),)


A = Letter("A", (n, n))
L = Letter("L", (n, m))


def row(mask: Term, over: int = k, at: Term | None = None) -> Term:
    return summation((over,), multiply(mask, exponential(at or entry(A, i, k))))


VISIBLE = {
    "what comes before": row(before(k, i)),
    "what comes after": row(before(i, k)),
    "a window": row(multiply(before(k, i), before(early(i, m), place(m, k, ZERO_SIZE)))),
    "keys that came before": summation((k,), before(k, j)),
    "the first key is read by all": summation((u,), before(early(u, n), early(i, m))),
    "a sum of sums": summation((j, k), multiply(before(k, j), before(j, i))),
    "agreeing": summation((k,), delta(k, i)),
}
HIDDEN = {
    "only what comes before": row(before(late(k), early(i))),
    "a shorter range": summation((u,), before(place(n, u, ZERO_SIZE), early(i, m))),
    "the last keys, which may be fewer": summation((u,), before(place(n, u, ZERO_SIZE), place(m, i, ZERO_SIZE))),
    "what comes after, of a shorter range": summation((u,), before(early(i, m), early(u, n))),
    "two windows that may not meet": row(multiply(before(k, i), before(j, k))),
    "times a letter": summation((k,), multiply(before(k, i), entry(A, i, k))),
    "a size that may be 0": summation((variable("w", z),), before(early(variable("w", z), n), early(i, z))),
    "a place that the sum itself binds": summation(
        (k,), multiply(before(k, i), summation((j,), before(late(k), early(j))))
    ),
}


@pytest.mark.parametrize("what", VISIBLE)
def test_a_sum_is_positive_where_one_summand_is(what: str) -> None:
    assert sign(VISIBLE[what]) == 1


@pytest.mark.parametrize("what", HIDDEN)
def test_a_sum_that_may_be_0_is_not_positive(what: str) -> None:
    assert sign(HIDDEN[what]) < 1


def test_random_comparisons_are_worth_what_they_say() -> None:
    compared, wrong = survey(range(400))
    assert wrong == []
    assert compared > 300


MUTANTS = {
    "a size is never less than a smaller symbol": "places.never_less = lambda large, small: True",
    "one more or less": "places.ONE_SIZE = places.ZERO_SIZE",
    "what is around is forgotten on one side": (
        "places.aligned = lambda left, right: (places._cut(left)[1], places._cut(right)[1])\n"
        "places.ordered.__globals__['aligned'] = places.aligned"
    ),
    "whatever is not negative is positive": "signs.sign_of_sum = lambda bound, body: abs(signs.sign(body))",
    "order goes both ways": (
        "old = places.ordered\nexpansion.ordered = lambda left, right: old(*sorted((left, right), key=repr))"
    ),
}


@pytest.mark.parametrize("mutant", MUTANTS.values(), ids=MUTANTS)
def test_a_wrong_order_is_found(mutant: str) -> None:
    code = (
        "from symattn.kernel.plain import expansion, places, signs\n"
        "from tests.kernel.random_orders import survey\n"
        f"{mutant}\n"
        "print(next((True for seed in range(3000) if survey([seed])[1]), False))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == "True", ran.stderr[-2000:]
