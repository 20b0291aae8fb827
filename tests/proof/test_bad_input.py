"""decide and prove on what is not a statement: our own error, never one of the three answers."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

import symattn as sa
from symattn import Equal, Exists
from symattn.errors import LanguageError, ShapeError, StatementError, SymattnError, Undecided

n, d, k = sa.sizes("n d k", min=1)
z = sa.sizes("z", min=0)
A, B = sa.matrix("A", d, d), sa.matrix("B", d, d)
X, Q, K = sa.matrix("X", n, d), sa.matrix("Q", d, k), sa.matrix("K", d, k)
x, t = sa.row("x", d), sa.scalar("t")

JUNK: list[Any] = [None, True, 1, 1.5, [A, B], (A, B), {}, object(), A, t, sympy.Eq(t, 1), sympy.true, t > 0]
JUNK += [sympy.Matrix([[1]]), sympy.MatAdd(), sympy.MatMul(), sympy.Lambda(t, t), sympy.zoo, sympy.nan, sympy.oo]


@pytest.mark.parametrize("junk", JUNK, ids=lambda j: type(j).__name__)
def test_what_is_no_claim_is_refused(junk: Any) -> None:
    with pytest.raises(LanguageError):
        sa.decide(junk)


@pytest.mark.parametrize("junk", JUNK, ids=lambda j: type(j).__name__)
def test_what_is_no_claim_cannot_be_given(junk: Any) -> None:
    with pytest.raises(LanguageError):
        sa.decide(Equal(A, B), given=[junk])


@pytest.mark.parametrize("claim", [Equal(A, A), "A:n*n |- A == A"])
def test_none_is_given_by_none(claim: Any) -> None:
    assert sa.decide(claim, given=None).theorem.given == sa.proof.decide(Equal(A, A), given=None).theorem.given == ()


@pytest.mark.parametrize("text", ["A == A", "", "A:n*n |- A", "A:n*n |- circ(A, A) == A"])
def test_a_text_that_is_no_statement_is_refused(text: str) -> None:
    with pytest.raises(StatementError):
        sa.decide(text)
    with pytest.raises(StatementError):
        sa.decide(Equal(A, B), given=text)


@pytest.mark.parametrize("junk", JUNK, ids=lambda j: type(j).__name__)
def test_what_is_no_theorem_cannot_be_used(junk: Any) -> None:
    with pytest.raises(LanguageError, match="only theorems can be used"):
        sa.decide(Equal(A, B), using=[junk])


@pytest.mark.parametrize("junk", JUNK, ids=lambda j: type(j).__name__)
def test_prove_raises_our_own_error_on_what_is_no_claim(junk: Any) -> None:
    with pytest.raises(SymattnError):
        sa.prove(junk)


NODES: dict[str, tuple[Any, str]] = {
    "BlockMatrix": (Equal(sympy.BlockMatrix([[A, B]]) @ sa.vstack(A, B), A @ A + B @ B), "hstack"),
    "Determinant": (Equal(sympy.Determinant(A), t), "Determinant"),
    "a float": (Equal(sympy.Float(0.5) * A, A), "Rational"),
    "a derivative of SymPy's": (Equal(sympy.Derivative(sympy.Function("f")(t), t), t), "Partial"),
    "a sum of SymPy's": (Equal(sympy.Sum(t, (sympy.Symbol("i"), 1, 3)), t), "total"),
    "a dense matrix": (Equal(sympy.ImmutableMatrix([[1, 2]]) @ sa.matrix("Z", 2, 2), sa.ones(1, 2)), "name it"),
    "an infinity": (Equal(sympy.zoo * t, t), "not part of the language"),
    "a symbolic power of a matrix": (Equal(A**k, A), "powers 0, 1, 2"),
    "an empty softmax": (Equal(sa.softmax(sa.matrix("S", n, z)), sa.ones(n, z)), "min=1"),
    "a place that need not be": (Equal(sa.unit(d, 1), x), "needs d ≥ 2"),
    "a size by subtraction": (Equal(sa.Rank(A), k - 1), "sums and products"),
    "a rank bounded by a scalar": (sa.Rank(A) <= t, "not a size"),
    "a gradient in a symmetric letter": (
        Equal(sa.Gradient(sa.trace(sa.matrix("S", d, d, symmetric=True)), sa.matrix("S", d, d, symmetric=True)), A),
        "symmetric",
    ),
    "a loose head": (Equal(sa.family("F", n, d, d)[sa.index("h", n)], A), "not bound"),
    "facts that nothing has together": (Equal(sa.matrix("M", d, d, skew=True, positive=True), A), "at once"),
}


@pytest.mark.parametrize("name", NODES)
def test_what_is_outside_the_language_is_refused_and_says_what_to_write(name: str) -> None:
    claim, words = NODES[name]
    with pytest.raises(SymattnError) as raised:
        sa.decide(claim)
    assert words in str(raised.value)
    assert raised.value.exit_code == 2


MISMATCHES = [
    (Equal(X @ Q @ K, X), ["n×k", "d×k"]),
    (Equal(X @ Q, X), ["n×k", "n×d"]),
    (Equal(sympy.MatAdd(X, Q), X), ["n×d", "d×k"]),
    (Equal(sa.hadamard(X, Q), X), ["n×d", "d×k"]),
    (Equal(sa.trace(X), t), ["n×d"]),
    (sa.PSD(X), ["n×d"]),
]


@pytest.mark.parametrize(("claim", "shapes"), MISMATCHES, ids=lambda x: str(x) if isinstance(x, sa.Equal) else "")
def test_a_mismatch_raises_with_the_shapes_that_disagree(claim: Any, shapes: list[str]) -> None:
    with pytest.raises(ShapeError) as raised:
        sa.decide(claim)
    assert all(shape in str(raised.value) for shape in shapes)


def test_an_error_of_shapes_suggests_the_transpose_that_fits() -> None:
    with pytest.raises(ShapeError, match=r"k ≠ d\.  Did you mean K\.T \(k×d\)\?"):
        sa.decide(Equal(X @ Q @ K, X))


def test_an_undeclared_inverse_is_refused_before_it_is_a_claim() -> None:
    for attempt in (lambda: sa.inverse(A), lambda: A.I, lambda: A**-1, lambda: sa.inverse(A @ B)):
        with pytest.raises(LanguageError, match="not declared invertible"):
            attempt()


def test_a_witness_of_another_shape_is_refused() -> None:
    with pytest.raises(ShapeError, match="witness"):
        sa.decide(Exists((x,), Equal(x, x), witness=(A,)))


def test_a_step_that_cannot_be_taken_is_named() -> None:
    verdict = sa.decide(Equal(sa.log(sa.hadamard(A, B)), sa.log(A) + sa.log(B)))
    assert verdict.status == "undecided"
    assert "different normal forms" in verdict.reason


def test_prove_says_why_it_is_undecided() -> None:
    claim = Equal(sa.log(sa.hadamard(A, A)), 2 * sa.log(A))
    with pytest.raises(Undecided, match="neither proved nor refuted") as raised:
        sa.prove(claim)
    assert raised.value.reason == raised.value.verdict.reason
    assert raised.value.exit_code == 3


def test_a_deep_statement_ends_in_an_answer() -> None:
    left, right = A, A
    for _ in range(400):
        left, right = sa.T(left), sa.exp(right)
    assert sa.decide(Equal(left, A)).status == "proved"
    assert sa.decide(Equal(right, A), timeout=2).status == "refuted"  # where A has an entry below 0


def test_a_product_of_500_factors_ends_in_an_answer() -> None:
    product = sympy.MatMul(*[A] * 250, *[B] * 250, evaluate=False)
    assert sa.decide(Equal(sa.T(product), sympy.MatMul(*[B.T] * 250, *[A.T] * 250, evaluate=False))).status == "proved"


def test_a_time_limit_ends_in_undecided() -> None:
    form = A @ A.T + B @ B.T
    less, more = (sa.determinant(form + number * sa.identity(d)) for number in (1, 2))
    verdict = sa.decide(sa.AtMost(less, more), timeout=0.2)
    assert verdict.status == "undecided"
    assert "0.2 s" in verdict.reason


def test_sizes_too_large_to_write_down_are_not_searched() -> None:
    huge = 10**12
    assert sa.decide(Equal(sa.matrix("Z", huge, 1), sa.ones(huge, 1))).status == "undecided"


def test_numbers_too_large_to_enclose_are_not_an_error() -> None:
    assert sa.decide(Equal(sa.exp(sympy.Integer(10) ** 400), t)).status == "refuted"  # at t = -1, say
