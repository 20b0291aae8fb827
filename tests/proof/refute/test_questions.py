"""What would refute a claim: quantifiers in front become letters, and hypotheses that define letters do so."""

from __future__ import annotations

import pytest

import symattn as sa
from symattn import And, Equal, Exists, ForAll, Iff, Implies, Not
from symattn.proof.refute.questions import Question, questions

d = sa.sizes("d")
A, B, C = (sa.matrix(name, d, d) for name in "ABC")
x, y = sa.row("x", d), sa.row("y", d)
t = sa.scalar("t")
p, q, r = Equal(A, B), Equal(B, C), Equal(x @ A, y)


def pairs(claim: object) -> list[tuple[tuple, object]]:
    return [(q.hypotheses, q.conclusion) for q in questions(claim)]


@pytest.mark.parametrize(
    ("claim", "asked"),
    [
        (p, [((), p)]),
        (And(p, q), [((), p), ((), q)]),
        (Implies(p, q), [((p,), q)]),
        (Implies(And(p, q), r), [((p, q), r)]),
        (Implies(p, Implies(q, r)), [((p, q), r)]),
        (Iff(p, q), [((p,), q), ((q,), p)]),
        (ForAll((x,), r), [((), r)]),
        (Implies(Exists((x,), r), p), [((r,), p)]),
    ],
    ids=str,
)
def test_a_claim_is_taken_apart(claim: object, asked: list) -> None:
    assert pairs(claim) == asked


def test_a_bound_letter_gets_a_name_that_nothing_else_has() -> None:
    other = sa.row("x_1", d)
    ((_, conclusion),) = pairs(Implies(Equal(x, y), ForAll((x,), Equal(x @ A, x))))
    assert conclusion == Equal(other @ A, other)


def test_two_things_that_exist_are_two_letters() -> None:
    ((hypotheses, _),) = pairs(Implies(And(Exists((x,), Equal(x @ A, y)), Exists((x,), Equal(x @ B, y))), p))
    assert len({letter for h in hypotheses for letter in h.letters} - {A, B, y}) == 2


def test_a_failing_witness_asks_nothing() -> None:
    assert pairs(Exists((x,), Equal(x, y), witness=(2 * y,))) == []


def test_values_at_which_a_denied_claim_holds_refute_its_denial() -> None:
    assert pairs(Not(Equal(A, B))) == [((), Not(Equal(A, B)))]
    assert pairs(Not(ForAll((A, B), Equal(A, B)))) == [((), Not(ForAll((A, B), Equal(A, B))))]


def test_a_hypothesis_defines_a_letter() -> None:
    question = Question((Equal(A, B @ C), Equal(t, sa.trace(A))), Equal(A, t * B))
    assert question.definitions == {A: B @ C, t: sa.trace(B @ C)}
    assert question.subject == Equal(A, t * B)


def test_no_letter_is_defined_by_way_of_itself() -> None:
    question = Question((Equal(A, B @ C), Equal(B, A @ A), Equal(C, C @ C)), p)
    assert question.definitions == {A: B @ C}
    assert question.subject == Implies(And(Equal(B, A @ A), Equal(C, C @ C)), p)


def test_a_transposed_letter_is_defined_too() -> None:
    assert Question((Equal(A.T, B @ C),), p).definitions == {A: sa.T(B @ C)}


@pytest.mark.parametrize(
    "letter",
    [sa.matrix("S", d, d, symmetric=True), sa.matrix("M", d, d, invertible=True), sa.matrix("P", d, d, positive=True)],
    ids=str,
)
def test_a_letter_with_facts_is_not_defined(letter: object) -> None:
    """Its value might not have them."""
    question = Question((Equal(letter, B + sa.zeros(d, d) * t),), p)
    assert letter not in question.definitions


def test_a_positive_number_is_not_defined() -> None:
    tau = sa.scalar("tau", positive=True)
    assert Question((Equal(tau, t * sa.trace(A)),), p).definitions == {}


def test_states_that_start_from_others_start_there() -> None:
    """The first of them, and not what a step makes of it."""
    L, n = sa.sizes("L n")
    l, A = sa.index("l", L), sa.matrix("A", n, n)
    X, Y = (sa.family(name, L + 1, n, 1) for name in "XY")
    steps = [sa.ForAll(l, sa.Equal(F[l + 1], A @ F[l])) for F in (X, Y)]
    alike = sa.Equal(X[0], Y[0])
    assert sa.decide(sa.Equal(X[L], Y[L]), [*steps, alike]).status == "proved"
    assert sa.decide(sa.Equal(X[L], -Y[L]), [*steps, alike]).status == "refuted"


def test_states_that_go_on_with_others_are_evaluated_with_them() -> None:
    L, n = sa.sizes("L n")
    l = sa.index("l", L)
    X, Y = (sa.family(name, L + 1, n, 1) for name in "XY")
    doubled, added = sa.ForAll(l, sa.Equal(Y[l + 1], 2 * Y[l])), sa.ForAll(l, sa.Equal(X[l + 1], X[l] + Y[l]))
    given = [doubled, added, sa.Equal(X[0], Y[0])]
    assert sa.decide(sa.Equal(X[L], Y[L]), given).status == "proved"
    assert sa.decide(sa.Equal(X[L], 2 * Y[L]), given).status == "refuted"


def test_states_that_need_each_other_define_nothing() -> None:
    L, n = sa.sizes("L n")
    l = sa.index("l", L)
    X, Y = (sa.family(name, L + 1, n, 1) for name in "XY")
    given = [sa.ForAll(l, sa.Equal(one[l + 1], other[l])) for one, other in ((X, Y), (Y, X))]
    (question,) = questions(Implies(And(*given), Equal(X[L], Y[L])))
    assert len(question.definitions) == 1
