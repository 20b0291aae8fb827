"""Bounds that always hold and are about what a goal speaks of: each is proved, and the useful ones are among them."""

from __future__ import annotations

from itertools import pairwise

from symattn.engine import rules
from symattn.kernel.proofs import Proof
from symattn.kernel.replay import replay
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation, NonNegative
from symattn.kernel.syntax.sizes import symbol_size, variable
from symattn.kernel.syntax.terms import Parameter, Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.inequalities.offers import ARGUMENTS, BOUNDS, offers
from tests.kernel.build import letter, matrix, n, same, z

a, b, c = (terms.parameter(Parameter(name)) for name in "abc")
p = terms.parameter(Parameter("p", True))
i, w = variable("i", n), variable("w", n)
P = matrix(letter("P", n, n, "positive"))
A = matrix(letter("A", n, n))
exp, log = terms.exponential, terms.logarithm
one = terms.number(1)


def rounds(goal: Term, *known: NonNegative | Equation, indices: tuple[int, ...] = ()) -> list[list[Proof]]:
    facts = [rules.assume((), fact) for fact in known]
    return list(offers(Elaborator(prefix="s"), NonNegative(indices, goal), facts))


def offered(found: list[Proof], body: Term) -> bool:
    """Whether one of the bounds is that this is not below 0."""
    return any(same(theorem.conclusion.body, body) for theorem in found)


def tangent(x: Term) -> Term:
    """exp(x) - (1 + x)."""
    return terms.subtract(exp(x), terms.add(one, x))


def row_sum(body: Term) -> Term:
    return terms.summation([w], body)


def test_every_offer_holds_or_rests_on_what_is_known() -> None:
    known = NonNegative((), terms.subtract(a, b)), NonNegative((), c)
    goal = terms.subtract(terms.multiply(terms.cardinal(n), exp(a), row_sum(P.at(w, w))), log(p))
    found = [theorem for each in rounds(goal, *known) for theorem in each]
    assert len(found) > 10
    assert all(set(theorem.hypotheses) <= set(known) and replay(theorem) == theorem for theorem in found)


def test_a_size_is_at_least_its_minimum() -> None:
    first, *_ = rounds(terms.cardinal(n * symbol_size("m", 2)))
    assert offered(first, terms.subtract(terms.cardinal(n), one))
    assert offered(first, terms.subtract(terms.cardinal(symbol_size("m", 2)), terms.number(2)))


def test_a_size_that_may_be_0_is_no_offer() -> None:
    found = rounds(terms.cardinal(z))
    assert found == [[]]


def test_a_size_is_offered_once() -> None:
    first, *_ = rounds(terms.add(terms.cardinal(n), terms.cardinal(n * n)))
    assert len(first) == 1


def test_a_cosine_and_a_sine_lie_between_minus_1_and_1() -> None:
    goal = terms.add(terms.cosine(a), terms.sine(A.at(i, i)))
    first, *_ = rounds(goal, indices=(i,))
    for value in (terms.cosine(a), terms.sine(A.at(i, i))):
        assert offered(first, terms.subtract(one, value))
        assert offered(first, terms.add(one, value))
    assert all(replay(theorem) == theorem for theorem in first)


def test_what_is_0_or_1_is_at_most_1() -> None:
    M = matrix(letter("M", n, n, "mask"))
    goal = terms.multiply(M.at(i, w), terms.before(i, w), A.at(i, w))
    first, *_ = rounds(goal, indices=(i, w))
    assert len(first) == 2
    for mark in (M.at(i, w), terms.before(i, w)):
        assert offered(first, terms.subtract(one, mark))
    assert all(replay(theorem) == theorem for theorem in first)


def test_a_summand_is_at_most_its_sum() -> None:
    (first, *_) = rounds(terms.subtract(row_sum(P.at(i, w)), P.at(i, i)), indices=(i,))
    (said,) = [theorem.conclusion for theorem in first]
    place = next(v for v in said.indices if v != i)
    assert same(said.body, terms.subtract(row_sum(P.at(i, w)), P.at(i, place)))


def test_a_summand_that_may_be_below_0_is_no_offer() -> None:
    assert rounds(row_sum(A.at(i, w)), indices=(i,)) == [[]]


def test_an_exponential_is_above_its_tangents_at_the_goal_and_at_what_is_known() -> None:
    first, *_ = rounds(terms.subtract(a, exp(b)), NonNegative((), c))
    assert offered(first, tangent(terms.subtract(exp(b), a)))
    assert offered(first, tangent(c))


def test_an_exponential_is_above_its_tangents_at_the_gaps_between_arguments() -> None:
    _, second, *_ = rounds(terms.subtract(exp(a), exp(b)))
    zero = terms.number(0)
    for x, y in ((a, b), (b, a), (a, zero), (zero, a), (b, zero), (zero, b)):
        assert offered(second, tangent(terms.subtract(x, y)))
    assert len(second) == 6


def test_the_arguments_of_known_bounds_count_too() -> None:
    _, second, *_ = rounds(exp(a), NonNegative((), exp(b)))
    assert offered(second, tangent(terms.subtract(a, b)))


def test_the_logarithm_of_what_is_positive_is_an_argument() -> None:
    _, second, *_ = rounds(terms.subtract(p, log(p)))
    assert offered(second, tangent(log(p)))


def test_the_logarithm_of_what_may_be_below_0_is_none() -> None:
    _, second, *_ = rounds(terms.subtract(a, log(a)))
    assert second == []


def test_no_more_than_so_many_arguments_are_compared() -> None:
    many = terms.add(*(exp(terms.multiply(terms.number(value), a)) for value in range(1, ARGUMENTS + 3)))
    _, second, *_ = rounds(many)
    assert len(second) == (ARGUMENTS + 1) * ARGUMENTS


def test_without_an_exponential_there_are_no_tangents() -> None:
    assert len(rounds(terms.subtract(a, b))) == 1
    assert len(rounds(terms.cardinal(n))) == 2


def test_two_known_bounds_have_a_product() -> None:
    *_, last = rounds(terms.multiply(a, b), NonNegative((), a), NonNegative((), b))
    for pair in ((a, a), (a, b), (b, b)):
        assert offered(last, terms.multiply(*pair))
    assert len(last) == 3


def test_a_bound_and_a_size_have_one_too() -> None:
    *_, last = rounds(terms.multiply(a, terms.cardinal(n)), NonNegative((), a))
    assert offered(last, terms.multiply(a, terms.subtract(terms.cardinal(n), one)))


def test_an_equation_has_none() -> None:
    *_, last = rounds(a, Equation((), a, b))
    assert last == []


def test_no_more_than_so_many_bounds_are_multiplied() -> None:
    known = [NonNegative((), terms.subtract(a, terms.number(value))) for value in range(BOUNDS + 2)]
    *_, last = rounds(a, *known)
    assert len(last) == BOUNDS * (BOUNDS + 1) // 2


def test_no_more_than_so_many_known_bounds_have_tangents() -> None:
    known = [NonNegative((), terms.subtract(a, terms.number(value))) for value in range(BOUNDS + 1)]
    first, *_ = rounds(exp(a), *known)
    assert offered(first, tangent(known[BOUNDS - 1].body))
    assert not offered(first, tangent(known[BOUNDS].body))


def test_the_indices_of_an_offer_are_in_order_so_that_a_proof_is_always_the_same() -> None:
    indices = tuple(variable(f"i{number}", n) for number in range(6))
    body = terms.add(*(exp(A.at(one, other)) for one, other in pairwise(indices)))
    first, *_ = rounds(body, indices=indices)
    assert {theorem.conclusion.indices for theorem in first} == {tuple(sorted(indices))}


def test_the_indices_of_a_summand_are_in_order_too() -> None:
    indices = tuple(variable(f"i{number}", n) for number in range(6))
    first, *_ = rounds(row_sum(terms.multiply(*(P.at(index, w) for index in indices))), indices=indices)
    assert first[0].conclusion.indices[:-1] == tuple(sorted(indices))
