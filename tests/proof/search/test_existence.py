"""Witnesses that are tried for `there is`, and the places where a false equation shows itself."""

from __future__ import annotations

from typing import Any

import pytest

import symattn as sa
from symattn.engine import rules
from symattn.kernel.proofs import Proof
from symattn.kernel.replay import replay
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation, Exists, ForAll, Formula, NonNegative, Not
from symattn.kernel.syntax.sizes import Size, constant_size, symbol_size
from symattn.kernel.syntax.terms import Letter, Parameter
from symattn.proof.elaborate.claims import array as written, statement
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.existence import LIMIT, LONGEST, MOST, candidates, contradiction, too_large, words
from tests.kernel.build import (
    Matrix,
    array,
    d,
    equation,
    i,
    identity,
    inverse,
    j,
    k,
    letter,
    matrix,
    n,
    number_equation,
    ones,
    same,
    z,
)

two, three = constant_size(2), constant_size(3)
A, B = (matrix(letter(name, n, n)) for name in "AB")
L, R = matrix(letter("L", n, k)), matrix(letter("R", k, n))
x = letter("x", n, k)


def none(e: Elaborator, shape: tuple[Size, ...]) -> list[Array]:
    return []


def tried(symbol: Letter | Parameter, known: Any = none) -> list[Array]:
    """The witnesses of one letter, in order."""
    e = Elaborator(prefix="s")
    goal = Exists((symbol,), equation(A, A))
    return [arrays[0] for arrays, _ in candidates(e, None, goal, known)]


def is_array(found: Array, values: Matrix) -> bool:
    a, b = found.indices
    return same(found.body, values.at(a, b))


def single(rows: Size, columns: Size, row: int, column: int) -> Matrix:
    def at(a: Any, b: Any) -> terms.Term:
        return terms.multiply(terms.delta(("const", row, rows), a), terms.delta(("const", column, columns), b))

    return Matrix(rows, columns, at)


def test_a_stated_witness_is_the_only_one_and_the_claim_is_about_it() -> None:
    m, r = sa.sizes("m r")
    M, N, known = sa.matrix("M", m, r), sa.matrix("N", m, r), sa.matrix("K", m, r)
    claim = sa.Exists(M, sa.Equal(M, N + M), (known,))
    e = Elaborator(prefix="s")
    goal = statement(e.names, claim)
    ((arrays, body),) = candidates(e, claim, goal, none)
    assert arrays == (written(e, known),)
    assert body == sa.Equal(known, N + known)


def test_without_one_the_matrices_with_a_single_one_and_zero_are_tried() -> None:
    first, last = tried(x)
    assert is_array(first, single(n, k, 0, 0))
    assert last.body == terms.number(0)


def test_ones_stand_in_the_first_two_rows_and_columns_where_there_are_so_many() -> None:
    *found, _ = tried(letter("x", two, three))
    places = [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert all(is_array(each, single(two, three, *place)) for each, place in zip(found, places, strict=True))


def test_where_there_may_be_no_entry_only_zero_is_tried() -> None:
    assert [found.body for found in tried(letter("x", z, n))] == [terms.number(0)]


def test_a_number_is_1_or_0() -> None:
    assert [found.body for found in tried(Parameter("a"))] == [terms.number(1), terms.number(0)]


def test_what_is_known_is_tried_first() -> None:
    asked: list[tuple[Size, ...]] = []

    def known(e: Elaborator, shape: tuple[Size, ...]) -> list[Array]:
        asked.append(shape)
        return [array(L)]

    assert tried(x, known)[0] == array(L)
    assert asked == [(n, k)]


def test_what_is_known_is_asked_for_a_number_too() -> None:
    asked: list[tuple[Size, ...]] = []
    tried(Parameter("a"), lambda e, shape: asked.append(shape) or [])
    assert asked == [()]


@pytest.mark.parametrize("symbol", [letter("x", n, n, "symmetric"), Parameter("a", True)], ids=["a matrix", "a number"])
def test_what_is_declared_is_not_tried_as_what_is_known(symbol: Letter | Parameter) -> None:
    found = tried(symbol, lambda e, shape: [array(A)])
    assert array(A) not in found
    assert len(found) == 2


def test_two_letters_are_tried_together_simple_ones_first() -> None:
    goal = Exists((Parameter("a"), Parameter("b")), equation(A, A))
    found = [tuple(a.body for a in arrays) for arrays, _ in candidates(Elaborator(prefix="s"), None, goal, none)]
    zero, one = terms.number(0), terms.number(1)
    assert found == [(one, one), (one, zero), (zero, one), (zero, zero)]


def test_no_more_than_so_many_witnesses_are_tried() -> None:
    letters = tuple(letter(f"x{number}", two, two) for number in range(5))
    goal = Exists(letters, equation(A, A))
    assert len(list(candidates(Elaborator(prefix="s"), None, goal, none))) == LIMIT < 5**5


def contradicted(formula: Formula) -> Proof | None:
    """What the formula leads to: numbers that differ, by the formula alone."""
    found = contradiction(Elaborator(prefix="s"), rules.assume((), formula))
    if found is not None:
        said = found.conclusion
        assert (said.indices, said.right) == ((), terms.number(0))
        assert said.left.kind == "number"
        assert said.left != terms.number(0)
        assert set(found.hypotheses) == {formula}
        assert replay(rules.contradict((found,), formula)).conclusion == Not(formula)
    return found


p = letter("P", n, n, "positive")


@pytest.mark.parametrize(
    "formula",
    [
        number_equation(terms.number(2), terms.number(3)),
        equation(ones(n, n), identity(n) + identity(n)),
        equation(A + ones(n, n), A),
        equation(ones(n, n).scaled(terms.parameter(Parameter("b", True))), ones(n, n) * matrix(p) - matrix(p)),
        ForAll((x,), equation(matrix(x), Matrix(n, k, lambda a, b: terms.number(0)))),
    ],
    ids=["numbers", "at the first entry", "what cancels", "behind a positive factor", "for all"],
)
def test_an_equation_that_cannot_hold_contradicts_itself(formula: Formula) -> None:
    assert contradicted(formula) is not None


def test_it_shows_off_the_diagonal_where_there_are_two_places() -> None:
    wide = symbol_size("w", 2)
    assert contradicted(equation(ones(wide, wide), identity(wide))) is not None
    assert contradicted(equation(ones(n, n), identity(n))) is None


@pytest.mark.parametrize(
    "formula",
    [
        equation(A, B),
        equation(A, A),
        number_equation(terms.parameter(Parameter("a")), terms.number(0)),
        equation(ones(z, z), identity(z) + identity(z)),
        NonNegative((i, j), terms.number(-1)),
        ForAll((x,), NonNegative((i,), terms.number(-1))),
        ForAll((x,), equation(matrix(x), matrix(x))),
    ],
    ids=["may hold", "holds", "a number", "maybe empty", "a bound", "bounds", "for all"],
)
def test_what_may_hold_does_not(formula: Formula) -> None:
    assert contradicted(formula) is None


def test_what_is_for_all_is_tried_at_every_letter() -> None:
    y = letter("y", n, n)
    one = Equation((i, j), terms.entry(y, i, j), terms.multiply(terms.entry(y, i, j), terms.entry(y, i, j)))
    assert contradicted(ForAll((y,), one)) is None
    double = Equation((i, j), terms.entry(y, i, j), terms.multiply(terms.number(2), terms.entry(y, i, j)))
    assert contradicted(ForAll((letter("x", n, n), y), double)) is not None


def test_a_value_that_no_letter_may_have_is_left_out() -> None:
    regular = letter("y", two, two, "invertible")
    there = matrix(regular)
    assert contradicted(ForAll((regular,), equation(there, there + there))) is None


WIDE = n + constant_size(1)
up, down = matrix(letter("U", WIDE, n)), matrix(letter("D", n, WIDE))


@pytest.mark.parametrize("turned", [False, True], ids=["left", "right"])
def test_the_identity_is_no_product_through_a_smaller_size(turned: bool) -> None:
    formula = equation(*(up @ down, identity(WIDE))[:: -1 if turned else 1])
    theorem = too_large(formula)
    assert (theorem.conclusion, set(theorem.hypotheses)) == (Not(formula), set())
    assert replay(theorem) == theorem


def test_it_is_seen_in_a_longer_product() -> None:
    assert too_large(equation(matrix(letter("M", WIDE, WIDE)) @ up @ A @ down, identity(WIDE))) is not None


@pytest.mark.parametrize(
    "formula",
    [
        equation(down @ up, identity(n)),
        equation(L @ R, identity(n)),
        equation(up @ down, matrix(letter("M", WIDE, WIDE))),
        equation(up @ down + matrix(letter("M", WIDE, WIDE)), identity(WIDE)),
        number_equation(terms.number(1), terms.number(2)),
        NonNegative((i, j), A.at(i, j)),
    ],
    ids=["a larger size", "another size", "no identity", "a sum", "numbers", "a bound"],
)
def test_nothing_else_is_too_large(formula: Formula) -> None:
    assert too_large(formula) is None


def found_words(letters: list[Letter], shape: tuple[Size, Size]) -> list[Array]:
    return list(words(Elaborator(prefix="s"), letters, shape))


def test_products_of_letters_have_the_shape_the_shortest_first() -> None:
    letters = [letter("L", n, k), letter("M", k, k)]
    found = found_words(letters, (n, k))
    M = matrix(letters[1])
    wanted = [L, L @ M, L @ M.T, L @ L.T @ L, L @ M @ M, L @ M @ M.T, L @ M.T @ M, L @ M.T @ M.T]
    assert all(each.sizes == (n, k) for each in found)
    assert all(sum(is_array(each, product) for each in found) == 1 for product in wanted)
    assert len(found) == len(wanted)
    assert is_array(found[0], L)


def test_letters_are_transposed_where_that_fits() -> None:
    (first, *_) = found_words([letter("L", n, k)], (k, n))
    assert is_array(first, L.T)


def test_no_product_is_longer_than_three() -> None:
    square = [letter("A", n, n)]
    assert len(found_words(square, (n, n))) == 2 + 4 + 8
    assert LONGEST == 3


def test_no_more_than_so_many_products_are_made() -> None:
    assert len(found_words([letter(name, n, n) for name in "ABCD"], (n, n))) == MOST


def test_there_is_no_product_of_another_shape_and_of_no_matrix() -> None:
    assert found_words([letter("L", n, k)], (n, d)) == []
    assert found_words([Letter("F", (n, n, n), frozenset())], (n, n)) == []


def test_the_order_of_the_letters_is_that_of_their_names() -> None:
    one, other = letter("A", n, n), letter("B", n, n)
    assert found_words([other, one, other], (n, n))[0] == found_words([one, other], (n, n))[0]
    assert is_array(found_words([other, one], (n, n))[0], A)


def test_an_inverse_is_a_letter_as_others() -> None:
    regular = letter("G", n, n, "invertible")
    assert is_array(found_words([inverse(regular)], (n, n))[0], matrix(inverse(regular)))
