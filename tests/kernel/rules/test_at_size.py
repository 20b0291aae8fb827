"""Theorems at other sizes: every size of a formula is replaced, no two letters or indices become one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel import Proof, replay
from symattn.kernel.rules.induction import resized
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import (
    And,
    Array,
    Equation,
    Exists,
    ForAll,
    Formula,
    Implies,
    NonNegative,
    Not,
    RankAtMost,
    Semidefinite,
)
from symattn.kernel.syntax.sizes import (
    ONE_SIZE,
    Size,
    SizeSymbol,
    constant_index,
    constant_size,
    fresh,
    pair_index,
    part_index,
    size_of,
    symbol_size,
    variable,
)
from symattn.kernel.syntax.terms import Letter, Parameter, Term, cardinal, entry, multiply, number, parameter, summation
from tests.kernel.build import array, d, equation, i, identity, inverse, j, letter, m, matrix, n, number_equation, z
from tests.kernel.model import Model, NoValue, jet
from tests.kernel.random_terms import FLAVOURS, q

N, M, Z = SizeSymbol("n"), SizeSymbol("m"), SizeSymbol("z", 0)
zero, one = number(0), number(1)
x = Letter("x", (n,))
x_is_y, x_is_0 = Equation((i,), entry(x, i), entry(Letter("y", (n,)), i)), Equation((i,), entry(x, i), zero)


def assumed(formula: Formula) -> Proof:
    return rules.assume([], formula)


def under(theorem: Proof, *hypotheses: Formula) -> Proof:
    """The theorem with more hypotheses."""
    return rules.project([rules.conjoin([theorem, *map(assumed, hypotheses)])], 0)


def at(formula: Formula, symbol: SizeSymbol, size: Size) -> Formula:
    return resized((formula,), symbol, size)[0]


def test_a_theorem_holds_at_other_sizes_under_its_hypotheses_there() -> None:
    theorem = rules.at_size([assumed(x_is_y)], N, m + ONE_SIZE)
    p = variable("i", m + ONE_SIZE)
    there = Equation((p,), *(entry(Letter(name, (m + ONE_SIZE,)), p) for name in "xy"))
    assert (theorem.hypotheses, theorem.conclusion) == ((there,), there)
    assert replay(theorem) == theorem


def test_every_size_of_a_formula_is_replaced() -> None:
    """Also those inside a product of sizes, a constant index, a block, a pair, a determinant and a derivative."""
    whole, block = variable("w", n + m), part_index((n, m), 0, i)
    w, t = Letter("w", (n + m,)), Letter("t", (n * n * m,))
    pair = pair_index(pair_index(i, constant_index(0, n)), variable("r", m))
    square = letter("A", n, n, "symmetric", "invertible")
    body = terms.add(
        entry(w, block),
        terms.delta(whole, block),
        entry(t, pair),
        cardinal(n * n),
        terms.determinant(i, j, entry(inverse(square), j, i)),
        terms.derivative(summation([j], terms.power(entry(x, j), 2)), x, i),
    )
    indices = (i, whole, variable("r", m))
    claim = ForAll((w, t), And((Equation(indices, body, parameter(Parameter("a"))), NonNegative(indices, body, True))))
    assert resized((claim,), N, n) == (claim,)
    there = repr(at(claim, N, d + d))
    assert str(SizeSymbol("n")) not in there
    back = at(at(claim, N, symbol_size("other")), SizeSymbol("other"), n)
    assert back == claim
    assert back.body.parts[1].strict


@pytest.mark.parametrize("claim", [RankAtMost, Semidefinite, Exists, Not, Implies])
def test_every_kind_of_formula_is_carried_to_another_size(claim: type) -> None:
    def said(size: Size) -> Any:
        whole, v = array(matrix(letter("A", size, size))), Letter("x", (size,))
        p = variable("i", size)
        zeros = Equation((p,), entry(v, p), zero)
        of = {RankAtMost: (whole, whole), Semidefinite: (whole,), Exists: ((v,), zeros), Not: (zeros,)}
        return claim(*of.get(claim, (zeros, zeros)))

    assert rules.at_size([assumed(said(n))], N, d + m).conclusion == said(d + m)


def test_a_size_must_not_fall_below_the_least_one_of_the_symbol() -> None:
    """For n = 0 the sum of the positive number t, n times, is not positive."""
    positive = NonNegative((), multiply(cardinal(n), parameter(Parameter("t", True))), True)
    theorem = rules.bound([], positive, positive.body)
    assert rules.at_size([theorem], N, z + ONE_SIZE)
    assert rules.at_size([theorem], N, n * m)
    for size in (z, z * n, constant_size(0), z + z):
        with pytest.raises(KernelError, match="less than the minimum 1 of n"):
            rules.at_size([theorem], N, size)
    two = symbol_size("n", 2)
    at_two = assumed(Equation((), entry(Letter("x", (two,)), constant_index(1, two)), zero))
    for size in (n, ONE_SIZE, z + ONE_SIZE):
        with pytest.raises(KernelError, match="less than the minimum 2"):
            rules.at_size([at_two], SizeSymbol("n", 2), size)
    assert rules.at_size([at_two], SizeSymbol("n", 2), n + ONE_SIZE)


def test_a_symbol_of_that_name_with_another_minimum_is_another_symbol() -> None:
    assert rules.at_size([assumed(x_is_0)], SizeSymbol("n", 2), m + m).conclusion == x_is_0


def test_hypotheses_that_become_the_same_are_one() -> None:
    n_is_0, m_is_0 = (number_equation(cardinal(size), zero) for size in (n, m))
    both = under(assumed(n_is_0), m_is_0)
    assert both.hypotheses == (n_is_0, m_is_0)
    assert rules.at_size([both], N, m).hypotheses == (m_is_0,)


def test_a_free_letter_is_not_caught_by_a_quantifier() -> None:
    """For each number there is one that is 1 more; there is none that is 1 more than itself."""
    single = Letter("x", (ONE_SIZE,))
    more = terms.add(entry(single, constant_index(0, ONE_SIZE)), one)
    claim = Exists((x,), Equation((), entry(x, constant_index(0, n)), more))
    theorem = rules.witness([rules.identity([], Equation((), more, more))], claim, (Array((i,), more),))
    assert rules.at_size([theorem], N, m)
    with pytest.raises(KernelError, match="same letter"):
        rules.at_size([theorem], N, ONE_SIZE)


def test_a_quantifier_over_what_does_not_occur_catches_no_letter_either() -> None:
    single = Letter("x", (ONE_SIZE,))
    theorem = assumed(ForAll((x,), Equation((), entry(single, constant_index(0, ONE_SIZE)), zero)))
    with pytest.raises(KernelError, match="same letter"):
        rules.at_size([theorem], N, ONE_SIZE)


def test_an_index_is_not_caught_by_a_sum() -> None:
    """`(sum_i x_i) y_i` is not `sum_i x_i y_i`, though it is where the two indices have different sizes."""
    p, u = variable("i", m), Letter("u", (m,))
    claim = Equation(
        (i,), summation([p], multiply(entry(u, p), entry(x, i))), multiply(summation([p], entry(u, p)), entry(x, i))
    )
    found = rules.at_size([rules.identity([], claim)], M, n).conclusion
    other = variable("i'", n)
    u = Letter("u", (n,))
    apart = summation([other], multiply(entry(u, other), entry(x, i)))
    assert found == Equation((i,), apart, multiply(summation([other], entry(u, other)), entry(x, i)))


def test_two_indices_do_not_become_one() -> None:
    p = variable("i", m)
    claim = Equation((i, p), entry(Letter("B", (n, m)), i, p), zero)
    (found,) = resized((claim,), M, n)
    assert found == Equation((i, variable("i'", n)), entry(Letter("B", (n, n)), i, variable("i'", n)), zero)


def test_an_index_does_not_become_one_that_has_a_prime() -> None:
    p, primed = variable("i", m), variable("i'", n)
    claim = Equation((i, p, primed), entry(Letter("B", (n, m, n)), i, p, primed), zero)
    (found,) = resized((claim,), M, n)
    assert len(set(found.indices)) == 3


def test_letters_of_hypothesis_and_conclusion_do_not_become_one() -> None:
    single = Equation((), entry(Letter("x", (ONE_SIZE,)), constant_index(0, ONE_SIZE)), zero)
    theorem = under(rules.identity([], Equation((i,), entry(x, i), entry(x, i))), single)
    assert theorem.hypotheses == (single,)
    with pytest.raises(KernelError, match="same letter"):
        rules.at_size([theorem], N, ONE_SIZE)


def test_a_nameless_index_is_carried_nowhere() -> None:
    p = fresh(n)
    with pytest.raises(KernelError, match="without a name"):
        rules.at_size([assumed(Equation((p,), entry(x, p), zero))], N, m)
    with pytest.raises(KernelError, match="without a name"):
        rules.at_size([assumed(Equation((), summation([p], entry(x, p)), zero))], N, m)


@pytest.mark.parametrize(("symbol", "size"), [("n", m), (n, m), (N, "m"), (N, 3), (N, M), (Parameter("n"), m), (N, N)])
def test_at_size_takes_a_symbol_and_a_size(symbol: Any, size: Any) -> None:
    with pytest.raises(KernelError, match="a size symbol and a size"):
        rules.at_size([assumed(x_is_0)], symbol, size)


def test_what_is_no_part_of_a_formula_has_no_size() -> None:
    for misfit in (None, 0.5, SizeSymbol, Proof((), x_is_0, "assume")):
        with pytest.raises(KernelError, match="no place in a formula"):
            resized((misfit,), N, m)


def test_a_deep_statement_is_carried_to_another_size() -> None:
    """Sixty-four matrices, one sum inside the other."""
    product = matrix(letter("A", n, n))
    for _ in range(63):
        product = product @ matrix(letter("A", n, n))
    assert rules.at_size([assumed(equation(product, identity(n)))], N, d).conclusion.indices[0] == variable("i", d)


REPLACEMENTS = [
    (N, m + ONE_SIZE),
    (N, n + n),
    (N, q * m),
    (N, constant_size(2)),
    (M, n + z),
    (Z, m),
    (Z, constant_size(0)),
    (SizeSymbol("q", 2), n + ONE_SIZE),
]


def disagreement(flavour: str, seed: int) -> str | None:
    """Does the term with n := s at a model have another value than the term where n has the value of s there?"""
    source = FLAVOURS[flavour](seed)
    scope = source.scope()
    symbol, size = source.random.choice(REPLACEMENTS)
    term = with_a_determinant(source) if source.chance(0.2) else source.term(scope, 2)
    there, *moved = resized((term, *scope), symbol, size)
    after = Model(seed, {"n": 2, "m": source.random.choice([1, 2]), "z": source.random.choice([0, 1]), "q": 2})
    before = Model(seed, {**after.sizes, symbol.name: after.size(size)})
    extents = [before.size(size_of(v)) for v in scope]
    if not all(extents):
        raise NoValue
    places = [source.random.randrange(extent) for extent in extents]
    value = jet(before.term(term, dict(zip(scope, places, strict=True)))).parts
    after.parameters = before.parameters
    after.letters = {resized((of,), symbol, size)[0]: values for of, values in before.letters.items()}
    found = jet(after.term(there, dict(zip(moved, places, strict=True)))).parts
    return None if value == found else f"{flavour} {seed}: {term} is {value}, at {symbol} := {size} {found}"


def with_a_determinant(source: Any) -> Term:
    row, column = source.bound(n), source.bound(n)
    return terms.determinant(row, column, source.term([row, column], 0))


def survey(flavour: str, seeds: range) -> Iterator[str | None]:
    for seed in seeds:
        with contextlib.suppress(NoValue):
            yield disagreement(flavour, seed)


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_term_with_another_size_has_the_value_of_the_term_at_that_size(flavour: str) -> None:
    found = list(survey(flavour, range(150)))
    assert [wrong for wrong in found if wrong] == []
    assert len(found) > 40
