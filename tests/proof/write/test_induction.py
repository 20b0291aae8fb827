"""Induction over a size: both premises are needed, and say what the claim says there."""

from __future__ import annotations

from typing import Any

import pytest

import symattn as sa
from symattn.errors import LanguageError, ShapeError, TheoremError
from symattn.language import (
    AtMost,
    Equal,
    Exists,
    ForAll,
    Implies,
    Not,
    causal,
    column,
    hadamard,
    hstack,
    identity,
    matrix,
    normsquared,
    ones,
    positions,
    scalar,
    shift,
    sizes,
    total,
    unit,
    vstack,
    zeros,
)
from symattn.proof import Theorem, at_sizes, by_induction, decide, prove, specialised

n, m = sizes("n m", min=1)
z = sizes("z", min=0)
a, c = scalar("a"), scalar("c")
claim = AtMost(n, n**2)
base = prove(AtMost(1, 1))
step = prove(AtMost(n + 1, (n + 1) ** 2), claim)


def test_a_claim_for_every_size() -> None:
    assert by_induction(claim, over=n, base=base, step=step).claim == claim


def test_what_exists_may_have_another_name_in_the_step() -> None:
    x, more = column("x", n), column("y", n + 1)
    there = Exists(x, Equal(total(x), n))
    start = prove(Exists(column("x", 1), Equal(total(column("x", 1)), 1), identity(1)))
    onward = prove(Exists(more, Equal(total(more), n + 1)), there, hints=[vstack(x, identity(1))])
    found = by_induction(there, over=n, base=start, step=onward)
    assert (found.claim, found.given) == (there, ())


def test_hypotheses_that_are_not_about_the_size_stay() -> None:
    some = AtMost(c, n * c)
    start, onward = prove(AtMost(c, c)), prove(AtMost(c, (n + 1) * c), (some, AtMost(0, c)))
    assert by_induction(some, over=n, base=start, step=onward).given == (AtMost(0, c),)


def test_a_step_under_a_hypothesis_about_the_size_is_refused() -> None:
    false, small = AtMost(n, 1), AtMost(n, 0)
    onward = prove(AtMost(n + 1, 1), (false, small))
    with pytest.raises(TheoremError, match="about n"):
        by_induction(false, over=n, base=base, step=onward)


def test_the_base_is_at_the_least_size() -> None:
    with pytest.raises(TheoremError, match="no induction over z"):
        by_induction(AtMost(1, z), over=z, base=base, step=prove(AtMost(1, z + 1), AtMost(1, z)))


def test_the_step_goes_one_further() -> None:
    x, more = column("x", n), column("y", n + 2)
    there = Exists(x, Equal(total(x), n))
    start = prove(Exists(column("x", 1), Equal(total(column("x", 1)), 1), identity(1)))
    onward = prove(Exists(more, Equal(total(more), n + 2)), there, hints=[vstack(x, identity(1), identity(1))])
    with pytest.raises(TheoremError, match="no induction over n"):
        by_induction(there, over=n, base=start, step=onward)


def test_a_letter_about_the_size_must_be_bound() -> None:
    x = column("x", n)
    zero = Equal(x, zeros(n, 1))
    first = prove(Equal(column("x", 1), column("x", 1)))
    with pytest.raises(TheoremError):
        by_induction(zero, over=n, base=first, step=prove(zero, zero))


def test_all_horses_have_one_colour_in_no_proof() -> None:
    """All but the first and all but the last have one colour; from n = 1 to 2 these two groups do not meet."""
    x, y = column("x", n), column("y", n + 1)
    alike = ForAll(x, Equal(x @ ones(1, n), ones(n, 1) @ x.T))
    more = ForAll(y, Equal(y @ ones(1, n + 1), ones(n + 1, 1) @ y.T))
    first, last = hstack(identity(n), zeros(n, 1)) @ y, hstack(zeros(n, 1), identity(n)) @ y
    assert decide(more, alike, hints=[first, last], timeout=20).status != "proved"


def test_all_horses_in_a_row_have_one_colour_in_no_proof() -> None:
    """What stands just before has one's own colour, in any row of n; the shift of n + 1 meets both parts of it."""

    def alike(x: Any, size: Any) -> Any:
        return ForAll(x, Equal(shift(size) @ x, hadamard(shift(size) @ ones(size, 1), x)))

    y = column("y", n + 1)
    fewer, more = alike(column("x", n), n), alike(y, n + 1)
    first, last = hstack(identity(n), zeros(n, 1)) @ y, hstack(zeros(n, 1), identity(n)) @ y
    assert prove(alike(column("x", 1), 1))
    for hints in ([], [first, last]):
        assert decide(more, fewer, hints=hints, timeout=20).status != "proved"
    assert decide(fewer).status == "refuted"


def test_sums_of_what_comes_before_are_not_multiples_by_induction() -> None:
    x, y = column("x", n), column("y", n + 1)
    fewer, more = (ForAll(v, Equal(causal(k) @ v, hadamard(positions(k), v))) for v, k in ((x, n), (y, n + 1)))
    first, last = hstack(identity(n), zeros(n, 1)) @ y, hstack(zeros(n, 1), identity(n)) @ y
    assert decide(more, fewer, hints=[first, last], timeout=20).status != "proved"
    assert decide(fewer).status == "refuted"


def test_a_family_about_the_size_must_be_bound() -> None:
    few, many = sa.family("X", z + 1, m, m), sa.family("Y", z + 2, m, m)
    alike, more = Equal(few[z], few[0]), Equal(many[z + 1], many[0])
    start = prove(Equal(sa.family("X", 1, m, m)[0], sa.family("X", 1, m, m)[0]))
    with pytest.raises(TheoremError):
        by_induction(alike, over=z, base=start, step=prove(alike, alike))
    assert decide(more, alike).status != "proved"


def test_a_theorem_at_another_size() -> None:
    x = column("x", n)
    spread = normsquared(x @ ones(1, n) - ones(n, 1) @ x.T) / 2
    found = at_sizes(prove(AtMost(total(x) ** 2, n * normsquared(x)), hints=[spread]), {n: m + 1})
    y = column("x", m + 1)
    assert found.claim == AtMost(total(y) ** 2, (m + 1) * normsquared(y))


def test_its_hypotheses_go_with_it_also_where_they_are_written_anew() -> None:
    theorem = prove(Equal(a + 1, n), Equal(a, n - 1))
    found = at_sizes(theorem, {n: m + 1})
    assert found.hypotheses == (Equal(a, m),)


def test_a_size_that_may_be_too_small_is_refused() -> None:
    first = prove(Exists(column("x", n), Not(Equal(column("x", n), zeros(n, 1))), unit(n, 0).T))
    with pytest.raises(LanguageError, match="minimum 1 of n"):
        at_sizes(first, {n: z})


def test_a_number_is_no_size_symbol() -> None:
    with pytest.raises(LanguageError, match="not a size symbol"):
        at_sizes(base, {2: n})


def test_what_holds_for_all_holds_for_each() -> None:
    x, y = scalar("x"), scalar("y")
    every = prove(ForAll((x, y), Implies(AtMost(x, y), AtMost(x - y, 0))))
    found = specialised(every, {x: a**2, y: c})
    assert found.claim == Implies(AtMost(a**2, c), AtMost(a**2 - c, 0))


def test_values_for_other_letters_are_refused() -> None:
    x = scalar("x")
    with pytest.raises(TheoremError, match="for all a, and nothing else"):
        specialised(prove(ForAll(x, AtMost(0, x**2))), {a: c})


def test_a_value_of_another_shape_is_refused() -> None:
    every = prove(ForAll(matrix("A", n, n), Equal(matrix("A", n, n), matrix("A", n, n))))
    with pytest.raises(ShapeError, match="n×m"):
        specialised(every, {matrix("A", n, n): matrix("B", n, m)})


def test_a_theorem_of_something_else_is_refused() -> None:
    with pytest.raises(TheoremError, match="something else"):
        Theorem(AtMost(1, 0), (), base.kernel)


def test_a_number_of_python_is_a_size() -> None:
    one = sa.sizes("n")
    X = sa.matrix("X", one, one)
    assert at_sizes(sa.prove(sa.Equal(sa.T(X), X.T)), {one: 3}).claim.left.shape == (3, 3)
