"""Calculations: every line is checked as it is written, and a wrong one fails on that very line."""

from __future__ import annotations

import pytest
import sympy

import symattn as sa
from symattn import Equal, T, calc
from symattn.errors import LanguageError, ShapeError, StepError
from symattn.proof.elaborate.claims import formula_of

n, d, k = sa.sizes("n d k", min=1)
X, Q, K = sa.matrix("X", n, d), sa.matrix("Q", d, k), sa.matrix("K", d, k)
A, B, C = (sa.matrix(name, d, d) for name in "ABC")
scores = X @ Q @ K.T @ X.T


def test_a_calculation_proves_that_its_first_expression_is_its_last() -> None:
    chain = (
        calc(T(scores))
        .eq(T(X.T) @ T(K.T) @ Q.T @ X.T, by="transpose reverses a product")
        .eq(X @ K @ Q.T @ X.T, by="transposing twice does nothing")
    )
    theorem = chain.theorem()
    assert theorem.claim == Equal(T(scores), X @ K @ Q.T @ X.T)
    assert sa.replay(theorem.certificate()).conclusion == theorem.kernel.conclusion
    assert [line.by for line in chain.lines] == ["", "transpose reverses a product", "transposing twice does nothing"]


def test_a_wrong_line_fails_on_that_line_with_both_sides() -> None:
    with pytest.raises(StepError) as raised:
        calc(T(scores)).eq(X @ K @ Q.T @ X.T).eq(scores)
    text = str(raised.value)
    assert text.startswith("line 3 of the calculation does not follow")
    assert "X K Qᵀ Xᵀ" in text
    assert "n=2, d=2, k=1" in text


def test_a_line_that_is_neither_right_nor_refuted_shows_the_difference() -> None:
    with pytest.raises(StepError, match="they differ by"):
        calc(sa.log(sa.hadamard(A, B))).eq(sa.log(A) + sa.log(B))


@pytest.mark.parametrize("claim", [Equal(A, B), Equal(B, A)])
def test_a_theorem_is_read_from_left_to_right_and_back(claim: Equal) -> None:
    known = sa.prove(claim, given=claim)
    line = calc(A, claim).eq(B, by=known).lines[-1]
    assert (line.theorem.claim, line.theorem.kernel.conclusion) == (Equal(A, B), formula_of(Equal(A, B)))
    assert calc(A, claim).eq(B, by=known).theorem().given == (claim,)


def test_a_theorem_is_no_reason_where_what_it_holds_under_is_not_given() -> None:
    with pytest.raises(StepError):
        calc(A).eq(B, by=sa.prove(Equal(A, B), given=Equal(B, A)))


def test_the_kernel_checks_a_line_whatever_its_reason_says() -> None:
    with pytest.raises(StepError):
        calc(A).eq(B, by="obviously")
    with pytest.raises(StepError):
        calc(A @ B).eq(B @ A, by=sa.prove(Equal(sa.trace(A @ B), sa.trace(B @ A))))


def test_a_line_may_use_a_given_claim_and_the_theorem_says_so() -> None:
    theorem = calc(A @ C, given=Equal(A, B)).eq(B @ C, by=Equal(A, B)).theorem()
    assert theorem.hypotheses == (Equal(A, B),)


def test_a_line_does_not_use_what_is_not_given() -> None:
    with pytest.raises(StepError):
        calc(A @ C).eq(B @ C, by=Equal(A, B))


def test_the_hypotheses_of_a_theorem_do_not_disappear_in_a_calculation() -> None:
    conditional = sa.prove(Equal(A, B), given=Equal(A, B))
    with pytest.raises(StepError):
        calc(A @ C).eq(B @ C, by=conditional)
    assert calc(A @ C, given=Equal(B, A)).eq(B @ C, by=conditional).theorem().hypotheses == (Equal(B, A),)


def test_a_line_by_a_theorem_quotes_its_claim() -> None:
    cyclic = sa.prove(Equal(sa.trace(A @ B), sa.trace(B @ A)))
    chain = calc(sa.trace(A @ B)).eq(sa.trace(B @ A), by=[cyclic, "as always"])
    assert chain.lines[-1].by == "tr(A B) = tr(B A), as always"


def test_a_calculation_of_scalars_proves_an_equation_of_scalars() -> None:
    theorem = calc(sa.total(A)).eq(sa.total(A.T)).eq(sa.total(sa.rowsum(A))).theorem()
    assert theorem.claim == Equal(sa.total(A), sa.total(sa.rowsum(A)))


def test_a_calculation_of_one_line_proves_nothing() -> None:
    with pytest.raises(StepError, match="one line proves nothing"):
        calc(A).theorem()


def _times(left: object, right: object) -> object:
    return sympy.MatMul(left, right, evaluate=False)


BLOCKS = sa.hstack(X, sa.matrix("Y", n, k))
ONE = sa.identity(d + k)


@pytest.mark.parametrize(
    "lines",
    [
        [BLOCKS, _times(BLOCKS, ONE), _times(_times(BLOCKS, ONE), ONE)],
        [_times(BLOCKS, ONE), BLOCKS, _times(_times(BLOCKS, ONE), ONE)],
        [BLOCKS, _times(BLOCKS, ONE), _times(_times(BLOCKS, ONE), ONE), BLOCKS],
        [sa.exp(BLOCKS), sa.exp(T(T(BLOCKS))), sa.exp(BLOCKS)],
    ],
    ids=range(4),
)
def test_lines_may_be_in_blocks_or_not(lines: list) -> None:
    chain = calc(lines[0])
    for line in lines[1:]:
        chain = chain.eq(line)
    assert chain.theorem().claim == Equal(lines[0], lines[-1])


def test_a_line_of_another_shape_is_refused() -> None:
    with pytest.raises(ShapeError, match="cannot compare"):
        calc(X).eq(Q)


def test_a_first_line_outside_the_language_is_refused() -> None:
    with pytest.raises(LanguageError):
        calc(sympy.Determinant(A))
    with pytest.raises(LanguageError):
        calc(sympy.MatAdd())
