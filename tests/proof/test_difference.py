"""A normal form is read out in words: letters keep their names, sums get new ones, and what is long is cut."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symattn.engine.normal import normal
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import constant_index, constant_size, pair_index, part_index, variable
from symattn.kernel.syntax.terms import Parameter, Term
from symattn.proof.difference import LONGEST, text_of
from tests.kernel.build import d, i, inverse, j, k, letter, m, matrix, n, total

A, B = (matrix(letter(name, n, n)) for name in "AB")
L, R = matrix(letter("L", n, k)), matrix(letter("R", k, n))
P = matrix(letter("P", n, n, "positive"))
G = matrix(inverse(letter("G", n, n, "invertible")))
a, b = terms.parameter(Parameter("a")), terms.parameter(Parameter("b", True))
x = A.at(i, j)
row, column, u, g, h = (variable(f"{name}0", size) for name, size in zip("rcugh", (n, n, k, m, d), strict=True))
W, M = matrix(letter("W", n + k, n)), matrix(letter("M", m * d, n))


READ: dict[str, tuple[Term, str]] = {
    "nothing": (terms.number(0), "0"),
    "a number": (terms.number(Fraction(-3, 2)), "- 3/2"),
    "one": (terms.number(1), "1"),
    "an entry": (x, "A[i, j]"),
    "less an entry": (terms.negative(x), "- A[i, j]"),
    "a number of it": (terms.multiply(terms.number(2), x), "2·A[i, j]"),
    "a fraction of it": (terms.multiply(terms.number(Fraction(1, 2)), x), "1/2·A[i, j]"),
    "a power": (terms.power(x, 3), "A[i, j]^3"),
    "a root": (terms.power(P.at(i, j), Fraction(1, 2)), "P[i, j]^(1/2)"),
    "an inverse": (G.at(i, j), "G⁻¹[i, j]"),
    "a size": (terms.multiply(terms.cardinal(n), x), "n·A[i, j]"),
    "a parameter": (terms.multiply(terms.power(b, 2), x), "b^2·A[i, j]"),
    "a product": ((L @ R).at(i, j), "Σ_a L[i, a]·R[a, j]"),
    "a longer one": ((A @ L @ R).at(i, j), "Σ_ab A[i, a]·L[a, b]·R[b, j]"),
    "two products": (terms.subtract((L @ R).at(i, j), (L @ R).at(j, i)), "Σ_a L[i, a]·R[a, j] - Σ_b L[j, b]·R[b, i]"),
    "a power of a sum": (terms.power(total(P), 2), "(Σ_ab P[a, b])^2"),
    "an exponential": (terms.exponential(x), "exp(A[i, j])"),
    "its logarithm": (terms.logarithm(terms.add(terms.number(1), b)), "log(1 + b)"),
    "a reciprocal": (terms.reciprocal(terms.add(terms.number(1), b)), "1/(1 + b)"),
    "a constant place": (L.at(constant_index(0, n), u), "L[0, u0]"),
    "a place in a block": (W.at(part_index((n, k), 1, u), j), "W[n + u0, j]"),
    "a head and a place in it": (M.at(pair_index(g, h), j), "M[(g0, h0), j]"),
}


@pytest.mark.parametrize("name", READ)
def test_a_normal_form_is_read_out(name: str) -> None:
    term, words = READ[name]
    assert text_of(normal(term)) == words


def test_a_delta_is_read_out_in_either_order() -> None:
    assert text_of(normal(terms.delta(i, variable("w", n)))) in ("δ[i, w]", "δ[w, i]")


def test_a_determinant_is_one_of_entries() -> None:
    determinant = terms.determinant(row, column, A.at(row, column))
    once, squared = text_of(normal(determinant)), text_of(normal(terms.power(determinant, 2)))
    assert once.startswith("det(A[")
    assert squared == f"{once}^2"


def test_summands_and_factors_are_all_there() -> None:
    term = terms.subtract(terms.multiply(a, x, B.at(j, i)), terms.multiply(terms.number(3), B.at(i, j)))
    assert set(text_of(normal(term)).replace("- ", "+ -").split(" + ")) == {"a·A[i, j]·B[j, i]", "-3·B[i, j]"}


def test_more_sums_than_letters_are_numbered() -> None:
    chain = A
    for _ in range(9):
        chain = chain @ A
    words = text_of(normal(chain.at(i, j)))
    assert words.startswith("Σ_")
    assert "a1" in words
    assert "d" not in words


def test_what_is_long_is_cut() -> None:
    entries = [matrix(letter(f"W{number}", n, n)).at(i, j) for number in range(60)]
    words = text_of(normal(terms.add(*entries)))
    assert len(words) == LONGEST + 2
    assert words.endswith(" …")


def test_what_just_fits_is_not() -> None:
    name = "W" * (LONGEST - len("[i, j]"))
    assert text_of(normal(matrix(letter(name, n, n)).at(i, j))) == f"{name}[i, j]"


def test_a_size_of_its_own_is_a_number() -> None:
    three = constant_size(3)
    assert text_of(normal(matrix(letter("T", three, n)).at(constant_index(2, three), j))) == "T[2, j]"
