"""Hypotheses are taken apart, what follows at a glance is added, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.engine import rules
from symattn.kernel.proofs import Proof
from symattn.kernel.replay import replay
from symattn.kernel.rules.inequalities import quadratic_form
from symattn.kernel.syntax.formulas import (
    Equation,
    Exists as There,
    ForAll as Every,
    Formula,
    Implies as Then,
    NonNegative,
)
from symattn.kernel.syntax.sizes import ONE_SIZE
from symattn.kernel.syntax.terms import Letter, symbols
from symattn.language import (
    PSD,
    And,
    AtMost,
    Claim,
    Equal,
    Exists,
    ForAll,
    Iff,
    Implies,
    Rank,
    T,
    identity,
    matrix,
    row,
    scalar,
    sizes,
    zeros,
)
from symattn.proof.elaborate.claims import array, statement
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.reduction import reduce
from symattn.proof.search.known import INSTANCES, Known
from symattn.proof.search.rewording import reworded

n, d, k = sizes("n d k")
A, B, C = (matrix(name, n, n) for name in "ABC")
L, R = matrix("L", n, d), matrix("R", d, n)
S = matrix("S", n, n, symmetric=True)
x, y, u, v = (row(name, n) for name in "xyuv")
a, b = scalar("a"), scalar("b")
POSITIVE = ForAll(x, AtMost(zeros(1, 1), x @ A @ x.T))
IMPLICATION = Implies(Equal(A @ A, B), Equal(B, C))


def start(*claims: Claim, hints: tuple[Any, ...] = ()) -> tuple[Elaborator, Known]:
    e, known = Elaborator(prefix="s"), Known(hints=hints)
    for claim in claims:
        known = known.with_fact(e, rules.assume((), statement(e.names, claim)), claim)
    return e, known


def said(e: Elaborator, known: Known, claim: Claim) -> bool:
    """Whether the claim is among the facts, letter for letter."""
    return statement(e.names, claim) in conclusions(known)


def conclusions(known: Known) -> list[Formula]:
    return [fact.conclusion for fact in known.facts]


def says(e: Elaborator, fact: Proof, claim: Claim) -> bool:
    """Whether the fact is the claim in other words."""
    return reworded(fact, statement(e.names, claim)) is not None


def test_the_parts_of_a_conjunction_are_known_each_with_its_claim() -> None:
    e, known = start(And(Equal(A, B), AtMost(B, C)))
    assert said(e, known, Equal(A, B))
    assert said(e, known, AtMost(B, C))
    assert [claim for claim, _ in known.claims[1:]] == [Equal(A, B), AtMost(B, C)]
    assert [fact.conclusion for _, fact in known.claims[1:]] == conclusions(known)[1:]


def test_what_was_known_before_stays_as_it_was() -> None:
    e, known = start(Equal(A, B))
    more = known.with_fact(e, rules.assume((), statement(e.names, Exists(x, Equal(x @ A, x)))))
    assert (len(known.facts), known.opened) == (1, [])
    assert (len(more.facts), len(more.opened)) == (3, 1)


def test_what_holds_for_every_row_holds_at_the_rows_of_the_identity() -> None:
    e, known = start(ForAll(x, Equal(x @ A, x @ B)))
    assert reduce(e, statement(e.names, Equal(A, B)), known.facts[1:])
    assert not reduce(e, statement(e.names, Equal(A, C)), known.facts[1:])


def test_what_holds_for_all_holds_at_a_hint_of_its_shape() -> None:
    e, known = start(ForAll(x, Equal(x @ A, x)), hints=(u, A, u @ B))
    assert said(e, known, Equal(u @ A, u))
    assert any(says(e, fact, Equal(u @ B @ A, u @ B)) for fact in known.facts)
    assert len(known.facts) == 4


def test_what_holds_for_all_is_a_claim_at_the_hint() -> None:
    _, known = start(ForAll(x, Equal(x @ A, x)), hints=(u,))
    assert [claim for claim, _ in known.claims[1:]] == [Equal(u @ A, u)]


def test_two_letters_are_filled_in_every_way() -> None:
    e, known = start(ForAll((x, y), AtMost(x @ A, y)), hints=(u, v))
    assert all(said(e, known, AtMost(one @ A, other)) for one in (u, v) for other in (u, v))


def test_no_more_than_so_many_instances_are_made() -> None:
    hints = tuple(row(f"h{number}", n) for number in range(INSTANCES + 3))
    _, known = start(ForAll(x, Implies(AtMost(x, u), AtMost(x, v))), hints=hints)
    assert len(known.offers) == INSTANCES


def test_a_hint_is_not_put_for_a_letter_of_which_something_is_declared() -> None:
    _, known = start(ForAll(S, AtMost(S, A)), hints=(B,))
    assert len(known.facts) == 1


def test_a_number_is_put_for_a_number() -> None:
    e, known = start(ForAll(a, AtMost(a * A, B)), hints=(b, C))
    assert said(e, known, AtMost(b * A, B))
    assert len(known.facts) == 2


def test_an_implication_at_a_hint_is_an_offer() -> None:
    e, known = start(ForAll(x, Implies(AtMost(x, v), AtMost(v @ A, x))), hints=(u,))
    assert [offer.conclusion for offer in known.offers] == [statement(e.names, Implies(AtMost(u, v), AtMost(v @ A, u)))]


def test_an_implication_that_is_given_is_no_offer() -> None:
    _, known = start(Implies(AtMost(x, v), AtMost(v @ A, x)), hints=(u,))
    assert known.offers == []


def test_a_witness_is_assumed_and_given_back() -> None:
    e, known = start(Exists(x, Equal(x @ A, u @ B)))
    (some,) = known.opened
    body = some.conclusion.body
    assumed = next(fact for fact in known.facts if fact.conclusion == body)
    other = rules.assume((), statement(e.names, Equal(u, v)))
    both = rules.project((rules.conjoin([assumed, other]),), 1)
    closed = known.close(both)
    assert (closed.conclusion, set(closed.hypotheses)) == (other.conclusion, {other.conclusion, some.conclusion})


def test_nothing_is_given_back_of_what_does_not_rest_on_a_witness() -> None:
    e, known = start(Exists(x, Equal(x @ A, u @ B)))
    other = rules.assume((), statement(e.names, Equal(u, v)))
    assert known.close(other) is other


def test_witnesses_of_witnesses_are_given_back_from_the_inside() -> None:
    e, known = start(Exists(x, Exists(y, And(Equal(x @ A, y), Equal(u, v)))))
    fact = next(fact for fact in known.facts if fact.conclusion == statement(e.names, Equal(u, v)))
    assert len(known.opened) == 2
    assert set(known.close(fact).hypotheses) == {known.facts[0].conclusion}


def test_a_second_witness_of_the_same_name_is_left_out() -> None:
    _, known = start(ForAll(x, Exists(y, Equal(x @ A, y @ B))), hints=(u, v))
    assert len([fact for fact in known.facts if isinstance(fact.conclusion, There)]) == 1
    assert len(known.opened) == 1


def test_an_equivalence_is_known_both_ways() -> None:
    e, known = start(Iff(Equal(A, B), Equal(B, C)))
    assert said(e, known, Implies(Equal(A, B), Equal(B, C)))
    assert said(e, known, Implies(Equal(B, C), Equal(A, B)))


def test_a_rank_bound_is_a_factorisation_with_names_of_its_own() -> None:
    left = matrix("left", n, n)
    e, known = start(Equal(left, A), Rank(A) <= k)
    (found,) = [f for f in conclusions(known)[2:] if isinstance(f, Equation)]
    new = {s for s in symbols(found.left, found.right) if isinstance(s, Letter)} - {e.letter(A)}
    assert {tuple(s.sizes) for s in new} == {(e.size(n), e.size(k)), (e.size(k), e.size(n))}
    assert not {s.name for s in new} & {"left", "A"}


def test_a_form_that_is_semidefinite_is_symmetric_and_a_bound_along_every_row() -> None:
    e, known = start(PSD(A))
    assert any(says(e, fact, Equal(A, A.T)) for fact in known.facts)
    (form,) = [f for f in conclusions(known) if isinstance(f, Every)]
    assert [s.sizes for s in form.symbols] == [(ONE_SIZE, e.size(n))]
    assert form.body == NonNegative((), quadratic_form(array(e, A), form.symbols[0]))


def test_an_inverse_is_known_from_both_sides() -> None:
    e, known = start(Equal(A @ B, identity(n)))
    assert says(e, known.facts[1], Equal(B @ A, identity(n)))


def test_an_inverse_that_was_turned_round_is_not_turned_back() -> None:
    _, known = start(Equal(A @ B, identity(n)))
    assert len(known.facts) == len(set(known.facts)) == 2


def test_a_factorisation_through_another_size_is_not_turned_round() -> None:
    _, known = start(Equal(L @ R, identity(n)))
    assert len(known.facts) == 1


@pytest.mark.parametrize("order", [1, -1])
def test_what_an_implication_gives_is_known_in_whatever_order_they_come(order: int) -> None:
    e, known = start(*(IMPLICATION, Equal(A @ A, B))[::order])
    assert said(e, known, Equal(B, C))


def test_a_hypothesis_is_found_in_other_words() -> None:
    e, known = start(IMPLICATION, Equal(T(A.T @ A.T), B))
    assert said(e, known, Equal(B, C))


def test_one_implication_leads_to_another() -> None:
    e, known = start(Implies(Equal(B, C), Equal(C, A)), IMPLICATION, Equal(A @ A, B))
    assert said(e, known, Equal(C, A))


def test_the_conclusion_of_an_implication_does_not_give_its_hypothesis() -> None:
    e, known = start(IMPLICATION, Equal(B, C))
    assert not said(e, known, Equal(A @ A, B))


def test_what_is_known_already_is_not_concluded_again() -> None:
    _, known = start(Equal(B, C), IMPLICATION, Equal(A @ A, B))
    assert len(known.facts) == 3


def test_an_implication_and_its_converse_are_left_out_together() -> None:
    e, known = start(IMPLICATION, Implies(Equal(B, C), Equal(A @ A, B)), AtMost(A, B))
    assert conclusions(known.without(known.facts[0])) == [statement(e.names, AtMost(A, B))]


def test_a_fact_that_is_left_out_leaves_other_implications() -> None:
    _, known = start(IMPLICATION, AtMost(A, B))
    assert conclusions(known.without(known.facts[1])) == [known.facts[0].conclusion]
    assert isinstance(known.facts[0].conclusion, Then)


def test_the_letters_are_those_of_the_facts() -> None:
    e, known = start(Equal(A, a * B), AtMost(u @ A, v))
    assert known.letters() == {e.letter(each) for each in (A, B, u, v)}


def test_hints_come_before_products_of_what_is_known() -> None:
    e, known = start(Equal(A, B), hints=(a, C, u))
    found = known.arrays(e, (e.size(n), e.size(n)))
    assert found[0] == array(e, C)
    assert array(e, A) in found[1:]


def test_a_number_is_only_found_among_the_hints() -> None:
    e, known = start(Equal(A, a * B), hints=(C, b))
    assert [each.body for each in known.arrays(e, ())] == [e.scalar(b)]


def test_a_bound_for_all_rows_is_known_along_a_row_and_its_products() -> None:
    e, known = start(POSITIVE)
    e.letter(u)
    found = known.along(e, e.letter(u), ())
    forms = [statement(e.names, AtMost(zeros(1, 1), w @ A @ w.T)).body for w in (u, u @ A, u @ A.T)]
    assert {theorem.conclusion.body for theorem in found} >= set(forms[:1])
    assert len(found) == len({theorem.conclusion for theorem in found}) > 2
    assert all(e.letter(u) in symbols(theorem.conclusion.body) for theorem in found)


def test_letters_near_by_lengthen_the_products() -> None:
    e, known = start(POSITIVE)
    without, near = (known.along(e, e.letter(u), letters) for letters in ((), [e.letter(B)]))
    assert not any(e.letter(B) in symbols(theorem.conclusion.body) for theorem in without)
    assert any(e.letter(B) in symbols(theorem.conclusion.body) for theorem in near)


@pytest.mark.parametrize(
    "claim",
    [
        ForAll(matrix("x", n, 1), AtMost(zeros(n, 1), A @ matrix("x", n, 1))),
        ForAll(matrix("x", 1, n, positive=True), AtMost(zeros(1, 1), matrix("x", 1, n, positive=True) @ A @ u.T)),
        ForAll((x, y), AtMost(zeros(1, 1), x @ A @ y.T)),
        ForAll(x, Equal(x @ A, x)),
    ],
    ids=["columns", "positive rows", "two rows", "an equation"],
)
def test_what_is_no_bound_for_all_rows_says_nothing_along_a_row(claim: Claim) -> None:
    e, known = start(claim)
    assert known.along(e, e.letter(u), ()) == []


def test_whatever_is_known_replays() -> None:
    _, known = start(
        POSITIVE, PSD(B), Rank(C) <= k, Equal(A @ B, identity(n)), IMPLICATION, Equal(A @ A, B), hints=(u,)
    )
    assert len(known.facts) > 8
    assert all(replay(fact) == fact for fact in known.facts)
