"""`A B = 1` is turned round however it is written; where A or B is not square, or the product is not 1, nothing is."""

from __future__ import annotations

import pytest

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel.replay import replay
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation
from symattn.kernel.syntax.sizes import variable
from symattn.proof.search.equations.derived import adapt
from symattn.proof.search.equations.inverses import other_sides
from tests.kernel.build import Matrix, equation, identity, k, letter, matrix, n

A, B, C = (matrix(letter(name, n, n)) for name in "ABC")
L, R = matrix(letter("L", n, k)), matrix(letter("R", k, n))
ONE = identity(n)
p, q = variable("p", n), variable("q", n)


def turned(said: Equation) -> list[Equation]:
    return [theorem.conclusion for theorem in other_sides(rules.assume((), said))]


def gives(said: Equation, product: Matrix) -> bool:
    """Whether one of what comes out is that the product is the identity."""
    goal = equation(product, ONE)
    found = list(other_sides(rules.assume((), said)))
    return any(_is(theorem, goal) for theorem in found)


def _is(theorem: object, goal: Equation) -> bool:
    try:
        return adapt(theorem, goal).conclusion == goal
    except KernelError:
        return False


@pytest.mark.parametrize("said", [equation(A @ B, ONE), equation(ONE, A @ B)], ids=["left", "right"])
def test_a_unit_on_either_side_is_seen(said: Equation) -> None:
    assert gives(said, B @ A)
    assert len(turned(said)) == 1


def test_the_indices_may_be_exchanged() -> None:
    assert gives(Equation((p, q), (A @ B).at(q, p), terms.delta(p, q)), (B @ A).T)


def test_a_number_goes_along() -> None:
    two = terms.number(2)
    assert gives(equation((A @ B).scaled(two), ONE), (B @ A).scaled(two))


def test_a_long_product_is_cut_everywhere() -> None:
    said = equation(A @ B @ C, ONE)
    assert gives(said, B @ C @ A)
    assert gives(said, C @ A @ B)
    assert not gives(said, C @ B @ A)


def test_it_rests_on_the_equation_and_replays() -> None:
    said = equation(A @ B, ONE)
    (theorem,) = other_sides(rules.assume((), said))
    assert set(theorem.hypotheses) == {said}
    assert replay(theorem) == theorem


@pytest.mark.parametrize(
    "said",
    [
        equation(L @ R, ONE),
        equation(A @ B, C),
        equation(A, ONE),
        equation(A @ B + C, ONE),
        Equation((p,), (A @ B).at(p, p), terms.number(1)),
        Equation((p, q), (A @ B).at(p, q), terms.delta(p, p)),
    ],
    ids=["not square", "no unit", "one factor", "a sum", "the diagonal", "ones"],
)
def test_nothing_else_is_turned_round(said: Equation) -> None:
    assert turned(said) == []
