"""A known equation is put where its one side stands, word for word; the claim follows from what is left."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.engine import rules
from symattn.kernel.proofs import Proof
from symattn.kernel.replay import replay
from symattn.language import AtMost, Equal, T, exp, identity, matrix, scalar, sizes, softmax, text, zeros
from symattn.proof.elaborate.claims import statement
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.congruence import put, rewrite
from symattn.proof.search.equations.derived import identity as by_normal_forms

n, d = sizes("n d")
A, B, C, D = (matrix(name, n, n) for name in "ABCD")
H, W = matrix("H", n, n), matrix("W", n, d)
c = scalar("c")


class NoProof(Exception):
    """The search's own way to give up."""


def rewritten(claim: Equal, *given: Any) -> tuple[Proof | None, list[tuple[Any, list[Any]]]]:
    """The theorem, and what was left to prove with which claims."""
    e = Elaborator(prefix="s")
    goal = statement(e.names, claim)
    known = [(each, rules.assume((), statement(e.names, each))) for each in given]
    asked: list[tuple[Any, list[Any]]] = []

    def prove(left: Any, easier: Any, rest: Any) -> Proof:
        asked.append((left, [each for each, _ in rest]))
        found = by_normal_forms(easier) or rewrite(e, left, easier, rest, prove)
        if found is None:
            raise NoProof(str(left))
        return found

    theorem = rewrite(e, claim, goal, known, prove)
    assert theorem is None or (theorem.conclusion == goal and replay(theorem) == theorem)
    return theorem, asked


PUT = {
    "itself": (A, A, H),
    "under a function": (exp(A), A, exp(H)),
    "under a transpose": (T(A) @ B, A, T(H) @ B),
    "a run of factors": (exp(C @ A @ B @ D), A @ B, exp(C @ H @ D)),
    "one factor": (C @ A @ D, A, C @ H @ D),
    "at the end": (C @ A @ B, A @ B, C @ H),
    "every run": (A @ B @ C @ A @ B, A @ B, H @ C @ H),
    "a summand": (A + B @ A, A, H + B @ H),
    "a sum": (exp(A + B), A + B, exp(H)),
}
LEFT_ALONE = {
    "other factors": (exp(B @ A), A @ B),
    "factors apart": (A @ C @ B, A @ B),
    "another letter": (exp(C), A),
    "under an inverse": (matrix("A", n, n, invertible=True).I, matrix("A", n, n, invertible=True)),
}


@pytest.mark.parametrize("name", PUT)
def test_a_side_is_replaced_wherever_it_stands(name: str) -> None:
    expr, old, new = PUT[name]
    assert text(put(expr, old, H)) == text(new)


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_nothing_else_is_replaced(name: str) -> None:
    expr, old = LEFT_ALONE[name]
    assert put(expr, old, H) is expr


def test_one_side_is_put_for_the_other_inside_a_function() -> None:
    theorem, asked = rewritten(Equal(softmax(A @ B), softmax(C)), Equal(A @ B, C))
    assert theorem is not None
    assert asked == [(Equal(softmax(C), softmax(C)), [])]


def test_the_right_side_is_replaced_where_the_left_is_not_there() -> None:
    theorem, asked = rewritten(Equal(softmax(C), softmax(T(A.T))), Equal(A, C))
    assert theorem is not None
    assert asked == [(Equal(softmax(C), softmax(T(C.T))), [])]


def test_it_rests_on_the_equation_that_was_used() -> None:
    theorem, _ = rewritten(Equal(softmax(A @ B), softmax(C)), Equal(D, B @ D @ B), Equal(A @ B, C))
    assert list(theorem.hypotheses) == list(rewritten(Equal(A @ B, C), Equal(A @ B, C))[0].hypotheses)


def test_what_is_left_is_proved_with_the_other_equations() -> None:
    given = Equal(D, B @ D @ B), Equal(A, B), Equal(B, C)
    theorem, asked = rewritten(Equal(exp(A), exp(C)), *given)
    assert len(theorem.hypotheses) == 2
    assert asked == [(Equal(exp(B), exp(C)), [given[0], given[2]]), (Equal(exp(C), exp(C)), [given[0]])]


def test_what_is_left_is_left_to_the_search() -> None:
    with pytest.raises(NoProof, match=r"exp\(B\) = exp\(C\)"):
        rewritten(Equal(exp(A), exp(C)), Equal(A, B), Equal(D @ D, D))


@pytest.mark.parametrize(
    "given",
    [Equal(B, D), Equal(c, 1), Equal(W, W), AtMost(A, C), Equal(T(C) @ A, B)],
    ids=["of other letters", "of numbers", "of another shape", "a bound", "of another product"],
)
def test_what_does_not_stand_there_is_not_used(given: Any) -> None:
    assert rewritten(Equal(exp(A @ C), exp(C @ A)), given) == (None, [])


def test_the_hole_has_a_name_of_its_own() -> None:
    hole = matrix("hole1", n, n)
    theorem, _ = rewritten(Equal(softmax(A @ hole), softmax(C)), Equal(A @ hole, C))
    assert theorem is not None


def test_a_matrix_that_is_zero_is_put_there() -> None:
    theorem, _ = rewritten(Equal(exp(A), exp(zeros(n, n))), Equal(A, zeros(n, n)))
    assert theorem is not None


def test_an_inverse_pair_becomes_the_identity_inside_a_function() -> None:
    theorem, _ = rewritten(Equal(exp(C @ A @ B @ D), exp(C @ D)), Equal(A @ B, identity(n)))
    assert theorem is not None
