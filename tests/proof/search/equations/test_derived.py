"""What equations say in other words, by themselves and two at a time; what they do not say is refused."""

from __future__ import annotations

import pytest

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation, ForAll, Implies, NonNegative
from symattn.kernel.syntax.sizes import constant_size, variable
from symattn.kernel.syntax.terms import Parameter
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.derived import (
    adapt,
    basis_instance,
    equation_of,
    filled,
    identity,
    meetings,
    moved,
    swapped,
    use,
)
from symattn.proof.search.equations.reduction import reduce
from tests.kernel.build import array, d, equation, i, identity as unit, j, k, letter, matrix, n, total

A, B, C, D = (matrix(letter(name, n, n)) for name in "ABCD")
L, R = matrix(letter("L", n, k)), matrix(letter("R", k, n))
x = letter("x", k, n)
p, q = variable("p", n), variable("q", n)


def assumed(formula: Equation | NonNegative | ForAll) -> Proof:
    return rules.assume((), formula)


def bound(body: terms.Term) -> NonNegative:
    return NonNegative((i, j), body)


def test_only_a_theorem_that_says_an_equation_has_one() -> None:
    assert equation_of(assumed(equation(A, B))) == equation(A, B)
    with pytest.raises(KernelError, match="not an equation"):
        equation_of(assumed(bound(A.at(i, j))))


def test_a_use_without_a_factor_is_one_time() -> None:
    assert use(2, (i, j), (p, q)) == (2, ((i, p), (j, q)), (), terms.number(1))
    assert use(0, (i,), (p,), terms.number(3)) == (0, ((i, p),), (), terms.number(3))


def test_sides_with_the_same_normal_form_are_an_identity() -> None:
    goal = equation((A @ B).T, B.T @ A.T)
    theorem = identity(goal)
    assert (theorem.hypotheses, theorem.conclusion) == ((), goal)


def test_sides_with_other_normal_forms_are_none() -> None:
    assert identity(equation((A @ B).T, A.T @ B.T)) is None


def test_anything_is_an_identity_where_there_is_no_entry() -> None:
    none, some = (variable("e", constant_size(size)) for size in (0, 1))
    assert identity(Equation((i, none), terms.number(1), terms.number(2))) is not None
    assert identity(Equation((i, some), terms.number(1), terms.number(2))) is None


def test_an_equation_is_said_with_other_indices_and_other_terms() -> None:
    goal = Equation((q, p), (B @ (A + C)).at(q, p), D.at(q, p))
    assert adapt(assumed(equation(B @ A + B @ C, D)), goal).conclusion == goal


def test_an_equation_is_not_adapted_to_its_transpose() -> None:
    with pytest.raises(KernelError):
        adapt(assumed(equation(A, B)), Equation((p, q), A.at(q, p), B.at(p, q)))


def test_an_equation_is_turned_round() -> None:
    said = equation(A @ B, C)
    assert swapped(assumed(said)).conclusion == Equation(said.indices, said.right, said.left)


def test_two_values_of_one_side_meet() -> None:
    one, other = equation(A @ B, C), Equation((p, q), (A @ B).at(p, q), D.at(p, q))
    (met,) = meetings([assumed(one), assumed(other)])
    assert met.conclusion == equation(C, D)
    assert set(met.hypotheses) == {one, other}


def test_every_two_facts_may_meet() -> None:
    facts = [assumed(equation(A, other)) for other in (B, C, D)]
    assert [met.conclusion for met in meetings(facts)] == [equation(B, C), equation(B, D), equation(C, D)]


@pytest.mark.parametrize(
    "other",
    [
        equation(B, D),
        equation(D, A),
        Equation((p, q), A.at(q, p), D.at(p, q)),
        equation(L, L),
        Equation((), total(A), total(B)),
        bound(A.at(i, j)),
    ],
    ids=["another side", "the right side", "transposed", "another shape", "a number", "a bound"],
)
def test_facts_about_other_things_do_not_meet(other: Equation | NonNegative) -> None:
    assert list(meetings([assumed(equation(A, C)), assumed(other)])) == []


def test_a_fact_that_meets_none_does_not_keep_others_apart() -> None:
    facts = [assumed(equation(A, B)), assumed(bound(A.at(i, j))), assumed(equation(C, D)), assumed(equation(A, D))]
    assert [met.conclusion for met in meetings(facts)] == [equation(B, D)]


def test_a_hole_is_filled_wherever_it_is() -> None:
    hole = letter("hole", n, n)
    pattern = equation(A @ matrix(hole) @ matrix(hole), matrix(hole))
    whole, goal = filled(pattern, hole, array(B @ C)), equation(A @ B @ C @ B @ C, B @ C)
    assert adapt(assumed(whole), goal).conclusion == goal


def test_a_hole_of_another_shape_is_not_filled() -> None:
    hole = letter("hole", n, n)
    with pytest.raises(KernelError):
        filled(equation(matrix(hole), A), hole, Array((i, variable("w", d)), terms.number(1)))


def test_a_bound_variable_gets_out_of_the_way_of_an_index() -> None:
    inner = variable("a", n)
    body = terms.summation([inner], terms.multiply(A.at(i, inner), B.at(inner, j)))
    there = moved(body, {i: inner})
    assert there.free == {inner, j}
    assert there.args[0] != (inner,)


def test_what_holds_for_all_matrices_holds_for_those_with_a_single_one() -> None:
    e = Elaborator(prefix="s")
    for_all = assumed(ForAll((x,), equation(L @ matrix(x) @ A, L @ matrix(x) @ B)))
    instance = basis_instance(e, for_all)
    # L[i, a] A[b, j] = L[i, a] B[b, j] for any a, b
    a, b = variable("a", k), variable("b", n)
    either = [terms.multiply(L.at(i, a), side.at(b, j)) for side in (A, B)]
    assert len(equation_of(instance).indices) == 4
    assert reduce(e, Equation((i, a, b, j), *either), [instance]) is not None
    assert reduce(e, Equation((i, a, b, j), either[0], terms.number(0)), [instance]) is None


def test_two_letters_become_single_ones_of_their_own() -> None:
    y = letter("y", n, k)
    e = Elaborator(prefix="s")
    pairing = terms.multiply(total(matrix(x)), total(matrix(y)))
    instance = basis_instance(e, assumed(ForAll((x, y), Equation((), pairing, terms.number(0)))))
    assert len(set(equation_of(instance).indices)) == 4
    assert adapt(instance, Equation(equation_of(instance).indices, terms.number(1), terms.number(0)))


def test_a_bound_for_all_is_one_for_single_ones() -> None:
    e = Elaborator(prefix="s")
    instance = basis_instance(e, assumed(ForAll((x,), bound((L @ matrix(x)).at(i, j)))))
    assert isinstance(instance.conclusion, NonNegative)


POSITIVE, NUMBER = letter("x", k, n, "positive"), Parameter("a")


@pytest.mark.parametrize(
    "formula",
    [
        equation(A, B),
        ForAll((x,), Implies(equation(A, B), equation(L @ matrix(x), B))),
        ForAll((POSITIVE,), equation(L @ matrix(POSITIVE), B)),
        ForAll((x, NUMBER), equation((L @ matrix(x)).scaled(terms.parameter(NUMBER)), B)),
    ],
    ids=["for none", "an implication", "positive matrices", "a number"],
)
def test_nothing_else_has_an_instance_there(formula: Equation | ForAll) -> None:
    assert basis_instance(Elaborator(prefix="s"), assumed(formula)) is None


def test_there_is_no_instance_under_a_determinant() -> None:
    square = letter("y", n, n)
    row, column = variable("r", n), variable("c", n)
    determinant = terms.determinant(row, column, terms.entry(square, row, column))
    formula = ForAll((square,), Equation((), determinant, terms.number(0)))
    assert basis_instance(Elaborator(prefix="s"), assumed(formula)) is None


def test_the_identity_is_no_identity_between_letters() -> None:
    assert identity(equation(unit(n), A)) is None
