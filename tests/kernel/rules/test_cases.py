"""What is 0 or 1: the rule once as it is meant, and next to it what it must refuse."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel import replay
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation
from symattn.kernel.syntax.sizes import symbol_size, variable
from symattn.kernel.syntax.terms import Letter, Parameter, Term, add, entry, exponential, multiply, number, parameter
from tests.kernel.build import i, j, n
from tests.kernel.model import Model

M, A = Letter("M", (n, n), frozenset({"mask"})), Letter("A", (n, n))
HOLE = Parameter("hole")
h, z, a = parameter(HOLE), entry(M, i, j), entry(A, i, j)
ONE, ZERO = number(1), number(0)


def own_square(x: Term, *indices: int) -> Proof:
    """What the rule starts from, as a hypothesis."""
    return rules.assume([], Equation(indices, multiply(x, x), x))


F: dict[str, Term] = {
    "an exp": exponential(multiply(h, a)),
    "a cosine": terms.cosine(add(h, a)),
    "a reciprocal": terms.reciprocal(add(h, multiply(h, a))),
    "a sum over an index of its own": terms.summation([j], multiply(h, entry(A, i, j))),
    "a power": terms.power(add(h, a), 3),
}


@pytest.mark.parametrize("what", F)
def test_a_function_of_what_is_zero_or_one_is_its_values_there(what: str) -> None:
    theorem = rules.cases([own_square(z, i, j)], (i, j), F[what], HOLE)
    assert replay(theorem) == theorem
    said = theorem.conclusion
    for seed in range(20):
        model = Model(seed, {"n": 2})
        for places in product(range(2), repeat=2):
            at = dict(zip((i, j), places, strict=True))
            assert model.term(said.left, at) == model.term(said.right, at)


def test_what_a_sum_binds_is_another_index_than_that_of_z() -> None:
    """Σ_j z_ij A_ij would be another thing: z stays outside, and j inside is renamed."""
    said = rules.cases([own_square(z, i, j)], (i, j), F["a sum over an index of its own"], HOLE).conclusion
    (bound, _) = said.left.args
    assert j not in bound
    assert said.left.free == {i, j}


def test_a_slope_beside_z_is_kept_and_one_by_what_is_in_z_is_refused() -> None:
    slope = terms.derivative(exponential(multiply(h, a)), A, i, j)
    assert rules.cases([own_square(z, i, j)], (i, j), slope, HOLE).conclusion.left.kind == "derivative"
    with pytest.raises(KernelError, match="derivative"):
        rules.cases([own_square(a, i, j)], (i, j), slope, HOLE)
    with pytest.raises(KernelError, match="derivative"):
        rules.cases([own_square(z, i, j)], (i, j), terms.derivative(multiply(h, h), HOLE), HOLE)


empty = variable("e", symbol_size("w", 0))
REFUSED: dict[str, tuple[Proof, tuple[Any, ...]]] = {
    "what is not its own square": (
        rules.assume([], Equation((i, j), multiply(a, a), ONE)),
        ((i, j), exponential(h), HOLE),
    ),
    "a square with another factor": (
        rules.assume([], Equation((i, j), multiply(a, z), z)),
        ((i, j), exponential(h), HOLE),
    ),
    "a bound": (rules.tangent([], (i, j), a), ((i, j), exponential(h), HOLE)),
    "an index for which there may be nothing": (own_square(a, i, j, empty), ((i, j), exponential(h), HOLE)),
    "an index too few": (own_square(z, i, j), ((i,), exponential(h), HOLE)),
    "a letter as the hole": (own_square(z, i, j), ((i, j), exponential(a), A)),
    "a determinant, which knows its own indices only": (
        own_square(z, i, j),
        ((i, j), terms.determinant(variable("r", n), variable("c", n), multiply(h, terms.number(2))), HOLE),
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_almost_fits_is_refused(what: str) -> None:
    premise, data = REFUSED[what]
    with pytest.raises(KernelError):
        rules.cases([premise], *data)


def test_a_forged_conclusion_is_refused() -> None:
    true = rules.cases([own_square(z, i, j)], (i, j), exponential(h), HOLE)
    said = true.conclusion
    for forged in (
        Equation(said.indices, said.left, multiply(z, exponential(ONE))),
        Equation(said.indices, exponential(a), said.right),
        Equation((), exponential(ZERO), ONE),
    ):
        with pytest.raises(KernelError):
            replay(Proof(true.hypotheses, forged, "cases", true.premises, true.data))
    with pytest.raises(KernelError):
        replay(Proof((), said, "cases", true.premises, true.data))
