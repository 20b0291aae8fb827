"""The steps that the engine finds are accepted by the kernel, are the same everywhere, and prove nothing false."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from symattn.engine.certificates import certificate
from symattn.engine.finder import Stuck, find
from symattn.errors import KernelError
from symattn.kernel import rules
from symattn.kernel.plain.checking import holds
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation
from symattn.kernel.syntax.sizes import constant_index, constant_size, symbol_size, variable
from symattn.kernel.syntax.terms import (
    Letter,
    Parameter,
    Term,
    add,
    delta,
    determinant,
    entry,
    exponential,
    logarithm,
    multiply,
    negative,
    number,
    power,
    reciprocal,
    subtract,
    summation,
)
from tests.kernel.random_terms import FLAVOURS, HALF, said_differently

n, m = symbol_size("n"), symbol_size("m")
i, j, k, l = (variable(name, n) for name in "ijkl")
A, B = Letter("A", (n, n)), Letter("B", (n, n))
x = Letter("x", (n,))
TAU = terms.parameter(Parameter("tau", True))
ONE = number(1)


def with_facts(name: str, facts: str, *, inverse: bool = False) -> Letter:
    return Letter(name, (n, n), frozenset(facts.split()), inverse)


P, R, S, Y = (
    with_facts(*each)
    for each in (("P", "permutation"), ("R", "permutation symmetric"), ("S", "skew"), ("Y", "symmetric"))
)
O, W, E, M = (
    with_facts(*each) for each in (("O", "orthogonal"), ("W", "invertible"), ("E", "idempotent"), ("M", "mask"))
)
WI = with_facts("W", "invertible", inverse=True)


def total(body: Callable[[int], Term], over: int = k) -> Term:
    return summation((over,), body(over))


def row(at: int) -> Term:
    return total(lambda v: exponential(entry(A, at, v)), l)


EQUAL: dict[str, tuple[Term, Term]] = {
    "the rows of a softmax": (total(lambda v: multiply(exponential(entry(A, i, v)), reciprocal(row(i)))), ONE),
    "a softmax under a sum": (
        summation((i, k), multiply(entry(x, i), exponential(entry(A, i, k)), reciprocal(row(i)))),
        summation((j,), entry(x, j)),
    ),
    "one denominator": (
        subtract(reciprocal(add(ONE, exponential(entry(x, i)))), ONE),
        negative(reciprocal(add(ONE, exponential(negative(entry(x, i)))))),
    ),
    "a shift leaves a denominator": (
        reciprocal(total(lambda v: exponential(add(entry(A, i, v), entry(x, i))), l)),
        multiply(exponential(negative(entry(x, i))), reciprocal(row(i))),
    ),
    "a root twice": (multiply(power(row(i), HALF), power(row(i), HALF)), row(i)),
    "a root of a product": (power(multiply(TAU, row(i)), HALF), multiply(power(TAU, HALF), power(row(i), HALF))),
    "a root below": (multiply(row(i), power(row(i), -HALF)), power(row(i), HALF)),
    "the log of a quotient": (
        logarithm(multiply(exponential(entry(x, i)), reciprocal(row(i)))),
        subtract(entry(x, i), logarithm(row(i))),
    ),
    "a fraction below": (reciprocal(reciprocal(add(entry(x, i), entry(x, j)))), add(entry(x, i), entry(x, j))),
    "signs below": (
        reciprocal(subtract(entry(x, i), entry(x, j))),
        negative(reciprocal(subtract(entry(x, j), entry(x, i)))),
    ),
    "the inverse": (total(lambda v: multiply(entry(W, i, v), entry(WI, v, j))), delta(i, j)),
    "an orthogonal letter": (total(lambda v: multiply(entry(O, v, i), entry(O, v, j))), delta(i, j)),
    "a projection": (
        summation((k, l), multiply(entry(E, i, k), entry(E, k, l), entry(E, l, j))),
        entry(E, i, j),
    ),
    "a permutation inside of a function": (
        reciprocal(add(ONE, exponential(total(lambda v: multiply(entry(P, i, v), entry(x, v)))))),
        total(lambda v: multiply(entry(P, i, v), reciprocal(add(ONE, exponential(entry(x, v)))))),
    ),
    "a column of a permutation": (total(lambda v: multiply(entry(P, v, i), entry(P, v, j))), delta(i, j)),
    "a symmetric permutation twice": (total(lambda v: multiply(entry(R, i, v), entry(R, v, j))), delta(i, j)),
    "a skew form": (summation((k, l), multiply(entry(S, k, l), entry(x, k), entry(x, l))), number(0)),
    "a skew cube": (
        summation((i, j, k), multiply(entry(S, i, j), entry(S, j, k), entry(S, k, i))),
        number(0),
    ),
    "a symmetric letter under an exp": (
        summation((k, l), multiply(exponential(entry(Y, k, l)), entry(x, k))),
        summation((k, l), multiply(exponential(entry(Y, k, l)), entry(x, l))),
    ),
    "a mask below": (reciprocal(power(entry(M, i, j), 2)), entry(M, i, j)),
    "a determinant of equal things": (
        determinant(i, j, total(lambda v: multiply(entry(W, i, v), entry(WI, v, j)))),
        ONE,
    ),
    "a constant below": (
        reciprocal(multiply(number(2), entry(x, i))),
        multiply(number(HALF), reciprocal(entry(x, i))),
    ),
    "an index that only cancels under exp": (
        summation((k,), multiply(exponential(entry(x, k)), exponential(negative(entry(x, k))), entry(x, i))),
        multiply(terms.cardinal(n), entry(x, i)),
    ),
    "an index that only cancels below": (
        summation((k,), reciprocal(add(ONE, multiply(exponential(entry(x, k)), exponential(negative(entry(x, k))))))),
        multiply(terms.cardinal(n), number(HALF)),
    ),
    "sums that cancel under exp": (
        summation((i, k), multiply(
            exponential(total(lambda v: multiply(entry(A, i, v), entry(W, v, k)))),
            exponential(negative(total(lambda v: multiply(entry(W, v, k), entry(A, i, v))))),
        )),
        power(terms.cardinal(n), 2),
    ),
    "a delta between free indices": (multiply(delta(i, j), entry(A, i, j)), multiply(delta(j, i), entry(A, j, j))),
}  # fmt: skip


@pytest.mark.parametrize("name", EQUAL)
def test_steps_are_found_and_accepted(name: str) -> None:
    claim = subtract(*EQUAL[name])
    assert holds(claim, *find(claim))


@pytest.mark.parametrize("name", EQUAL)
def test_nothing_is_found_for_what_is_not_equal(name: str) -> None:
    left, right = EQUAL[name]
    with pytest.raises(Stuck):
        find(subtract(left, add(right, ONE)))


DEPTHS = {
    "anything": 2,
    "normalisers": 1,
    "permutations": 1,
    "contractions": 1,
    "knots": 1,
    "angles": 1,
    "denominators": 1,
}


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_what_is_said_differently_is_found_to_be_equal(flavour: str) -> None:
    found = 0
    for seed in range(120):
        with contextlib.suppress(KernelError):
            claim = said_twice(flavour, seed)
            found += holds(claim, *find(claim))
    assert found >= 110


def said_twice(flavour: str, seed: int) -> Term:
    """A random term less the same term said differently."""
    source = FLAVOURS[flavour](seed)
    term = source.term(source.scope(), DEPTHS[flavour])
    return subtract(term, said_differently(term, {}, source.random))


def written() -> str:
    """All the proofs as JSON."""
    claims = [Equation(tuple(sorted(a.free | b.free)), a, b) for a, b in EQUAL.values()]
    proofs = [rules.combine((), c, number(0), (), find(subtract(c.left, c.right))) for c in claims]
    return json.dumps([certificate(proof) for proof in proofs])


def ran(code: str, seed: str, given: str = "") -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], input=given, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout.strip()


def test_proofs_replay_in_another_process_whatever_its_hashes() -> None:
    code = (
        "import json, sys\n"
        "from symattn.engine.certificates import certificate\n"
        "from symattn.kernel.certificate import read\n"
        "given = json.load(sys.stdin)\n"
        "print([json.loads(json.dumps(certificate(read(c)))) for c in given] == given)"
    )
    given = written()
    assert [ran(code, seed, given) for seed in ("0", "1", "4711")] == ["True"] * 3


def test_the_same_steps_are_found_in_every_process() -> None:
    code = "from tests.engine.finder.test_search import written; print(written())"
    assert len({ran(code, seed) for seed in ("0", "1")}) == 1


def test_a_constant_matrix_is_written_out() -> None:
    two = constant_size(2)
    p, q = variable("p", two), variable("q", two)
    cells = Letter("C", (two, two))
    first, second = (constant_index(at, two) for at in (0, 1))
    value = subtract(
        multiply(entry(cells, first, first), entry(cells, second, second)),
        multiply(entry(cells, first, second), entry(cells, second, first)),
    )
    claim = subtract(determinant(p, q, entry(cells, q, p)), value)
    assert holds(claim, *find(claim))


def test_no_law_is_asked_for_twice_at_the_same_arguments() -> None:
    """Two products with the cosine of one sum of angles take one step by each law."""
    x, y = (terms.parameter(Parameter(name)) for name in ("angle", "shift"))
    a, b = (terms.parameter(Parameter(name)) for name in ("first", "second"))
    turned = terms.cosine(terms.subtract(x, y))
    apart = add(terms.multiply(terms.cosine(x), terms.cosine(y)), terms.multiply(terms.sine(x), terms.sine(y)))
    both = add(terms.multiply(a, terms.power(terms.sine(y), 2)), b)
    difference = terms.subtract(terms.multiply(both, turned), terms.multiply(both, apart))
    steps, orders = find(difference)
    said = [step[:3] for step in steps]
    assert len(said) == len(set(said))
    assert holds(difference, steps, orders)
