"""From claims to formulas: what is compared has one shape, and everything outside the language is refused by name."""

from __future__ import annotations

import pytest
import sympy

import symattn as sa
from symattn import And, Equal, Exists, ForAll, Implies
from symattn.errors import LanguageError, ShapeError
from symattn.kernel.syntax import formulas, terms
from symattn.language.heads import Pair
from symattn.proof.elaborate.claims import formula, statement, value
from symattn.proof.elaborate.elaborator import Elaborator

n, d, k = sa.sizes("n d k", min=1)
z = sa.sizes("z", min=0)
A, B = sa.matrix("A", d, d), sa.matrix("B", d, d)
X, Q = sa.matrix("X", n, d), sa.matrix("Q", d, k)
x = sa.row("x", d)
t = sa.scalar("t")


def test_the_same_claim_gives_the_same_formula_whatever_was_elaborated_before() -> None:
    claim = Equal(sa.softmax(X @ A) @ B, X)
    names: dict = {}
    statement(names, Equal(A @ B @ A, sa.exp(B)))
    assert statement(names, claim) == statement({}, claim)


def test_matrices_are_equal_when_every_entry_is() -> None:
    goal = statement({}, Equal(X @ Q, X @ Q))
    assert isinstance(goal, formulas.Equation)
    assert len(goal.indices) == 2


def test_an_equation_of_blocks_is_one_equation_for_each_block() -> None:
    goal = statement({}, Equal(sa.vstack(X, A), sa.vstack(X, A)))
    assert isinstance(goal, formulas.And)
    assert len(goal.parts) == 2


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        (sa.at_most(A, B), formulas.NonNegative),
        (sa.Positive(A), formulas.NonNegative),
        (sa.Rank(A) <= k, formulas.RankAtMost),
        (sa.Rank(A) >= k, formulas.RankAtMost),
        (Equal(sa.Rank(A), k), formulas.And),
        (sa.PSD(A), formulas.Semidefinite),
        (And(Equal(A, B), Equal(B, A)), formulas.And),
        (Implies(Equal(A, B), Equal(B, A)), formulas.Implies),
        (sa.Iff(Equal(A, B), Equal(B, A)), formulas.Iff),
        (sa.Not(Equal(A, B)), formulas.Not),
        (ForAll((x,), Equal(x @ A, x)), formulas.ForAll),
        (Exists((x,), Equal(x @ A, x)), formulas.Exists),
    ],
    ids=str,
)
def test_every_claim_has_its_formula(claim: object, kind: type) -> None:
    assert type(statement({}, claim)) is kind


def test_a_strict_bound_is_not_a_weak_one() -> None:
    assert statement({}, sa.Positive(A)) != statement({}, sa.at_most(sa.zeros(d, d), A))


def test_a_rank_from_below_is_not_one_from_above() -> None:
    assert statement({}, sa.Rank(A) <= k) != statement({}, sa.Rank(A) >= k)


def test_a_bound_letter_is_not_free_in_the_formula() -> None:
    assert {s.name for s in formulas.free_symbols(statement({}, ForAll((x,), Equal(x @ A, x))))} == {"A"}


REFUSED = {
    "a size that is not one": (lambda: Equal(sa.ones(d - 1, 1), sa.ones(d - 1, 1)), "write m \\+ 1 for n"),
    "a size with a fraction": (lambda: Equal(sa.ones(d / 2, 1), sa.ones(d / 2, 1)), "not a size"),
    "a head that nothing binds": (lambda: Equal(sa.family("F", n, d, d)[sa.index("h", n)], A), "not bound"),
    "a head bound over another size": (
        lambda: Equal(sa.sum_heads(sa.family("F", n, d, d)[sa.index("h", n)], sa.index("h", k)), A),
        "not bound",
    ),
    "a pair out of other groups": (
        lambda: Equal(
            sa.sum_heads(
                sa.sum_heads(
                    sa.family("F", n * k, d, d)[Pair(sa.index("g", n), sa.index("r", k), k, n)], sa.index("r", k)
                ),
                sa.index("g", n),
            ),
            A,
        ),
        "may be none of k places",
    ),
    "a softmax over what may be nothing": (lambda: Equal(sa.softmax(sa.ones(d, z)), sa.ones(d, z)), "may be none"),
    "an inverse of no letter": (lambda: Equal(sympy.Inverse(A @ B), A), "declared invertible"),
    "an inverse of an undeclared letter": (lambda: Equal(sympy.Inverse(A), A), "declared invertible"),
    "a fractional power of a matrix": (lambda: Equal(sympy.MatPow(A, t), A), "natural powers"),
    "a determinant": (lambda: Equal(sympy.Determinant(A), t), "Determinant"),
    "a block matrix of SymPy's": (lambda: Equal(sympy.BlockMatrix([[A, B]]), sa.hstack(A, B)), "BlockMatrix"),
    "a Kronecker product": (lambda: Equal(sympy.KroneckerProduct(A, x), sympy.KroneckerProduct(A, x)), "Kronecker"),
    "a float": (lambda: Equal(sympy.Float(0.5) * t, t), "Float"),
    "an imaginary number": (lambda: Equal(sympy.I * t, t), "ImaginaryUnit"),
    "a tangent": (lambda: Equal(sympy.tan(t), t), "tan"),
    "a symbolic power": (lambda: Equal(t**t, t), "rational powers"),
    "a symbolic place": (lambda: Equal(A[sympy.Symbol("i", integer=True), 0], t), "whole numbers"),
    "a number that may only be negative": (lambda: Equal(sympy.Symbol("u", negative=True), t), "scalar\\('u'\\)"),
    "an integer letter": (lambda: Equal(sympy.Symbol("u", integer=True), t), "scalar\\('u'\\)"),
    "a head where a number is meant": (lambda: Equal(sa.index("h", n) * t, t), "scalar\\('h'\\)"),
    "one name for a letter and a size": (lambda: Equal(sa.matrix("n", n, d), X), "two things are called n"),
    "one name for two shapes": (lambda: Equal(X @ sa.matrix("X", d, k), X @ Q), "two things are called X"),
    "one name with other facts": (lambda: Equal(sa.matrix("A", d, d, symmetric=True), A), "two things are called A"),
    "one size with two minima": (lambda: Equal(X, sa.matrix("Y", sa.sizes("n", min=2), d)), "two things are called n"),
    "a claim of SymPy's": (lambda: sympy.Eq(t, 1), "Equality is not a claim"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_elaboration_refuses_it_by_name(name: str) -> None:
    claim, words = REFUSED[name]
    with pytest.raises((LanguageError, ShapeError), match=words):
        statement({}, claim())


MISFITS = {
    "a product": (lambda: Equal(sympy.MatMul(X, X), X), "cannot multiply"),
    "a sum": (lambda: Equal(sympy.MatAdd(X, Q), X), "where n×d is needed"),
    "a Hadamard product": (lambda: Equal(sympy.HadamardProduct(X, Q, evaluate=False), X), "where n×d is needed"),
    "an equation": (lambda: Equal(X, Q), "cannot compare"),
    "a trace": (lambda: Equal(sa.trace(X), t), "only a square matrix has one"),
    "a scalar": (lambda: Equal(sa.Gradient(X, A), A), "a 1×1 matrix is needed"),
    "a Jacobian": (lambda: Equal(sa.Jacobian(X, x), A), "a row in a row"),
}


@pytest.mark.parametrize("name", MISFITS)
def test_elaboration_checks_every_shape_itself(name: str) -> None:
    claim, words = MISFITS[name]
    with pytest.raises(ShapeError, match=words):
        statement({}, claim())


def test_the_value_of_a_letter_must_have_its_shape() -> None:
    with pytest.raises(ShapeError, match="x is 1×d"):
        value(Elaborator(), x, A)


def test_a_name_of_the_proofs_own_is_one_that_the_statement_does_not_use() -> None:
    e = Elaborator()
    formula(e, Equal(sa.matrix("v1", d, d), sa.matrix("v2", d, d)))
    assert e.unused("v") not in ("v1", "v2")
    assert e.unused("v") != e.unused("v")


ROW, COLUMN = sa.matrix("x", 1, d), sa.matrix("c", d, 1)


@pytest.mark.parametrize(
    "claim",
    [
        sa.Equal(sa.vstack(ROW), ROW),
        sa.Equal(sa.hstack(COLUMN), COLUMN),
        sa.Equal(sa.diag(sa.vstack(ROW)), sa.diag(ROW)),
        sa.Equal(sa.diag(sa.hstack(COLUMN)), sa.diag(COLUMN)),
        sa.Equal(sa.diag(sa.hstack(COLUMN)), sa.diag(COLUMN.T)),
        sa.Equal(sa.diag(sa.vstack(sa.hstack(ROW, ROW))), sa.diag(sa.hstack(ROW, ROW))),
        sa.Equal(sa.diag(sa.hstack(sa.vstack(COLUMN, COLUMN))), sa.diag(sa.vstack(COLUMN, COLUMN))),
        sa.Equal(sa.diag(sa.hstack(ROW, ROW)) @ sa.ones(2 * d, 1), sa.vstack(ROW.T, ROW.T)),
    ],
    ids=str,
)
def test_one_block_alone_is_that_block_and_a_diagonal_has_the_blocks_of_its_entries(claim: sa.Claim) -> None:
    assert sa.decide(claim).status == "proved"


def test_sums_over_small_numbers_are_written_out_where_that_is_asked_for() -> None:
    W = sa.matrix("W", 2, 2)
    goal = statement({}, Equal(W @ W, W), written_out=True)
    assert isinstance(goal, formulas.And)
    assert [part.indices for part in goal.parts] == [()] * 4
    assert not any(term.kind == "sum" for part in goal.parts for term in terms.walk(part.left))


@pytest.mark.parametrize("size", [d, 1, 5])
def test_nothing_is_written_out_over_letters_one_place_and_large_numbers(size: object) -> None:
    W = sa.matrix("W", size, size)
    assert statement({}, Equal(W @ W, W), written_out=True) == statement({}, Equal(W @ W, W))


def test_a_place_in_blocks_of_numbers_is_counted_through() -> None:
    blocks = sa.hstack(sa.matrix("U", 1, 2), sa.matrix("V", 1, 1))
    claim = Equal(sa.entry(blocks, 0, 2), sa.entry(sa.matrix("V", 1, 1), 0, 0))
    assert sa.decide(claim).status == "proved"
