"""Steps by the order of indices: the kernel accepts what is found, and nothing is found for what is false."""

from __future__ import annotations

import pytest

from symattn.engine.finder import Stuck, find
from symattn.engine.normal import normal
from symattn.kernel.plain.checking import holds
from symattn.kernel.syntax.sizes import (
    ONE_SIZE,
    ZERO_SIZE,
    Index,
    constant_index,
    constant_size,
    pair_index,
    place,
    variable,
)
from symattn.kernel.syntax.terms import (
    Letter,
    Term,
    add,
    before,
    delta,
    entry,
    multiply,
    negative,
    number,
    subtract,
    summation,
)
from tests.kernel.build import i, j, m, n

k, l, a, c = variable("k", n), variable("l", n), variable("a", m), variable("c", m)
x = Letter("x", (n,))
ONE = number(1)


def early(index: Index) -> Index:
    return place(ZERO_SIZE, index, ONE_SIZE)


def late(index: Index) -> Index:
    return place(ONE_SIZE, index, ZERO_SIZE)


def equal(left: Term, *right: Term) -> Term:
    return subtract(left, add(*right))


STEP = delta(early(i), late(l))
TWO = constant_size(2)
TWO_LATER = delta(place(ZERO_SIZE, i, TWO), place(TWO, j, ZERO_SIZE))
LAST = place(n, constant_index(0, ONE_SIZE), ZERO_SIZE)
TRUE = {
    "twice": equal(multiply(before(i, j), before(i, j)), before(i, j)),
    "both ways": equal(multiply(before(i, j), before(j, i)), delta(i, j)),
    "what follows": equal(multiply(before(i, j), before(j, k), before(i, k)), multiply(before(i, j), before(j, k))),
    "three of them in a circle": equal(
        multiply(before(i, j), before(j, k), before(k, i)), multiply(delta(i, j), delta(j, k))
    ),
    "one less": equal(before(early(i), late(j)), before(i, j), delta(early(i), late(j))),
    "one more": equal(before(late(i), early(j)), before(i, j), negative(delta(i, j))),
    "not both": multiply(before(late(i), early(j)), before(late(j), early(i))),
    "total": equal(before(i, j), ONE, delta(i, j), negative(before(j, i))),
    "total under a sum": equal(
        summation((k,), multiply(before(k, i), entry(x, k))),
        summation((k,), entry(x, k)),
        entry(x, i),
        negative(summation((k,), multiply(before(i, k), entry(x, k)))),
    ),
    "outside and inside of a sum": equal(
        multiply(before(j, i), summation((k,), multiply(before(j, k), before(k, i)))),
        summation((k,), multiply(before(j, k), before(k, i))),
    ),
    "pairs": equal(before(pair_index(i, a), pair_index(i, c)), before(a, c)),
    "the same number": equal(multiply(STEP, before(k, l)), multiply(STEP, before(late(k), early(i)))),
    "the same number, from above": equal(multiply(STEP, before(l, k)), multiply(STEP, before(early(i), late(k)))),
    "the same number in a delta": equal(
        multiply(STEP, delta(early(k), late(l))), multiply(STEP, delta(k, i))
    ),
    "a sum of steps": equal(
        summation((l,), multiply(STEP, before(j, l))), before(j, i), negative(delta(i, j))
    ),
    "the last place": equal(
        multiply(delta(late(i), LAST), before(i, j)), multiply(delta(late(i), LAST), delta(i, j))
    ),
    "two steps are one of two": equal(
        multiply(STEP, delta(early(l), late(j))), multiply(STEP, TWO_LATER)
    ),
    "beyond the last place": multiply(
        TWO_LATER, delta(late(j), LAST)
    ),
    "four in any order": equal(
        multiply(
            *(add(before(p, q), before(q, p), negative(delta(p, q))) for p, q in ((i, j), (j, k), (k, i)))
        ),
        ONE,
    ),
}  # fmt: skip
FALSE = {
    "two steps are one": equal(multiply(STEP, delta(early(l), late(j))), multiply(STEP, delta(early(i), late(j)))),
    "the last place but one": multiply(delta(early(i), late(j)), delta(late(i), LAST)),
    "the other way": equal(before(i, j), before(j, i)),
    "a fork": equal(multiply(before(i, j), before(i, k), before(j, k)), multiply(before(i, j), before(i, k))),
    "total without where they meet": equal(add(before(i, j), before(j, i)), ONE),
    "one less is as much": equal(before(early(i), late(j)), before(i, j)),
    "a sum of steps with the first": equal(summation((l,), STEP), ONE),
    "pairs by their ends": equal(before(pair_index(i, a), pair_index(j, c)), before(a, c)),
    "between without an order": equal(
        summation((k,), multiply(before(j, k), before(k, i))), summation((k,), before(k, i))
    ),
}


@pytest.mark.parametrize("what", TRUE)
def test_the_kernel_accepts_the_steps_that_are_found(what: str) -> None:
    assert holds(TRUE[what], *find(TRUE[what]))


@pytest.mark.parametrize("what", FALSE)
def test_no_steps_are_found_for_what_is_false(what: str) -> None:
    with pytest.raises(Stuck):
        find(FALSE[what])
    assert normal(FALSE[what])
