"""Facts as `reduction` uses them: without denominators, block by block, with the products that may be taken away."""

from __future__ import annotations

from symattn.engine.normal import normal
from symattn.engine.normal.polynomial import SKELETONS
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation, NonNegative
from symattn.kernel.syntax.sizes import part_index, size_of, variable
from symattn.kernel.syntax.terms import Parameter
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.matching import Fact, as_written, bound_facts, facts_of
from tests.kernel.build import equation, i, j, k, letter, matrix, n, same

A, B, C = (matrix(letter(name, n, n)) for name in "ABC")
W, V = matrix(letter("W", n + k, n)), matrix(letter("V", n + k, n))
b = terms.parameter(Parameter("b", True))
p, q, whole = variable("p", n), variable("q", n), variable("whole", n + k)
e = Elaborator(prefix="s")


def fact(said: Equation, which: int = 0) -> Fact:
    (found,) = facts_of(e, which, said)
    return found


def letters(flat: object) -> list[str]:
    """The names of the letters in a product."""
    return sorted(SKELETONS[number].data[0].name for number, _, _ in flat.atoms)


def test_a_fact_is_the_difference_of_its_sides() -> None:
    found = fact(equation(A @ B, C), 3)
    assert same(found.difference, terms.subtract((A @ B).at(i, j), C.at(i, j)))
    assert (found.which, found.unit, found.is_bound) == (3, terms.number(1), False)
    assert (found.places, found.indices) == (((i, i), (j, j)), (i, j))


def test_each_product_may_be_taken_away_with_its_number() -> None:
    found = fact(equation((A @ B).scaled(terms.number(2)), C))
    assert sorted((letters(flat), weight) for flat, weight in found.patterns) == [(["A", "B"], 2), (["C"], -1)]


def test_the_longest_product_is_known_when_there_is_one() -> None:
    (longest,) = fact(equation(A @ B, C)).longest
    assert letters(longest[0]) == ["A", "B"]
    assert fact(equation(A, C)).longest == ()


def test_a_power_is_as_long_as_its_factors() -> None:
    a, c = A.at(i, j), C.at(i, j)
    cube, inverse = terms.power(a, 3), terms.power(terms.reciprocal(matrix(letter("P", n, n, "positive")).at(i, j)), 2)
    (longest,) = fact(Equation((i, j), cube, terms.multiply(a, c))).longest
    assert letters(longest[0]) == ["A"]
    assert normal(fact(Equation((i, j), terms.multiply(inverse, a), c)).difference) != normal(terms.subtract(a, c))


def test_a_number_alone_is_never_taken_away() -> None:
    found = fact(Equation((), terms.multiply(b, b), terms.number(2)))
    assert [(flat.params != (), weight) for flat, weight in found.patterns] == [(True, 1)]


def test_a_positive_factor_is_the_unit_of_the_fact() -> None:
    found = fact(equation(A.scaled(b), B.scaled(b)))
    assert same(found.unit, terms.reciprocal(b))
    assert same(found.difference, terms.subtract(A.at(i, j), B.at(i, j)))


def test_a_fact_with_its_denominators_is_as_it_was_stated() -> None:
    written = as_written(e, fact(equation(A.scaled(b), B.scaled(b))))
    assert same(written.difference, terms.multiply(b, terms.subtract(A.at(i, j), B.at(i, j))))
    assert (written.unit, written.longest) == (terms.number(1), ())
    assert all(flat.params for flat, _ in written.patterns)


def test_a_fact_with_its_denominators_forgets_where_it_was() -> None:
    before = fact(equation(A.scaled(b), B.scaled(b)))
    before.at({i: p, j: q})
    difference, unit = as_written(e, before).at({i: p, j: q})
    assert same(difference, terms.multiply(b, terms.subtract(A.at(p, q), B.at(p, q))))
    assert unit == terms.number(1)


def test_a_fact_is_moved_to_other_places() -> None:
    found = fact(equation(A.scaled(b), (B @ C).scaled(b)))
    difference, unit = found.at({i: q, j: p})
    assert same(difference, terms.subtract(A.at(q, p), (B @ C).at(q, p)))
    assert same(unit, terms.reciprocal(b))


def test_a_place_is_written_once() -> None:
    found = fact(equation(A, B))
    assert found.at({i: q, j: p})[0] is found.at({i: q, j: p, whole: whole})[0]
    assert found.at({i: p, j: q})[0] is not found.at({i: q, j: p})[0]


def test_a_fact_about_blocks_is_one_fact_a_block() -> None:
    inner = variable("w", n)
    there = part_index((n, k), 0, inner)
    said = Equation((whole, j), W.at(whole, j), terms.summation([inner], terms.delta(whole, there)))
    upper, lower = facts_of(e, 0, said)
    for found, which, size in ((upper, 0, n), (lower, 1, k)):
        ((_, place), _) = found.places
        assert place == part_index((n, k), which, found.indices[0])
        assert [size_of(v) for v in found.indices] == [size, n]
    assert same(upper.difference, terms.subtract(W.at(upper.places[0][1], j), terms.number(1)))
    assert same(lower.difference, W.at(lower.places[0][1], j))


def test_blocks_of_another_size_do_not_split_an_index() -> None:
    inner = variable("w", n)
    there = W.at(part_index((n, k), 0, inner), j)
    found = list(facts_of(e, 0, Equation((i, j), A.at(i, j), terms.summation([inner], there))))
    assert [each.indices for each in found] == [(i, j)]


def test_an_index_without_blocks_stays_whole() -> None:
    assert fact(Equation((whole, j), W.at(whole, j), V.at(whole, j))).indices == (whole, j)


def test_a_bound_is_a_fact_that_says_so() -> None:
    bound = NonNegative((i, j), terms.multiply(b, A.at(i, j)))
    (found,) = bound_facts(e, 1, bound)
    assert (found.which, found.is_bound) == (1, True)
    assert same(found.difference, A.at(i, j))


def test_an_equation_among_bounds_is_none_of_them() -> None:
    assert [found.is_bound for found in bound_facts(e, 0, equation(A, B))] == [False]
