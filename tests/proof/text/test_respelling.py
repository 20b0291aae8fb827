"""What is not Python's syntax, and where it stood."""

from __future__ import annotations

import pytest

from symattn.errors import StatementError
from symattn.proof.text.parse import parse
from symattn.proof.text.respelling import Foreign, respelled


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("A = B", "A == B"),
        ("A == B != C <= D", "A == B != C <= D"),
        ("(A = B) and C", "(A == B) and C"),
        ("softmax(S, mask=M) = P", "softmax(S, mask=M) == P"),
        ("f(x, scale = t)", "f(x, scale = t)"),
        ("f(A @ B = C)", "f(A @ B == C)"),
        ("x'*A'@(B')'", "x.T*A.T@(B.T).T"),
        ("A''", "A.T.T"),
        ("A^T@B**T", "A.T@B.T"),
        ("A ^ ⊤", "A .T"),
        ("A^Total", "A**Total"),
        ("Kᵀ M⁻¹", "K.T M.I"),
        ("x² + y⁻³", "x**(2) + y**(-3)"),
        ("x^2", "x**2"),
        ("A ∘ B ⊙ C", "A % B % C"),
        ("x.*y ./ z", "x%y / z"),
        ("1./x + 2.*y", "1./x + 2.*y"),
        ("A ≤ B ≥ C ≠ D", "A <= B >= C != D"),
        ("a − b", "a - b"),
        ("P ∧ ¬Q", "P  and   not Q"),
        ("A == 'B' == A'", "A == 'B' == A.T"),
    ],
)
def test_it_is_read_as(text: str, python: str) -> None:
    assert respelled(text).text == python


@pytest.mark.parametrize(
    "text", ["P => Q", "P ==> Q", "P <=> Q", "P ⇒ Q", "A -> B", "P & Q", "P | Q", "A % B", "A # B"]
)
def test_a_sign_without_a_reading_is_refused(text: str) -> None:
    with pytest.raises(Foreign):
        respelled(text)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("A:n*n |- A' = Y", "Y"),
        ("Σ:n*n |- Σᵀ ∘ Σ = Σ@Y", "Y"),
        ("A:n*n |- A^T^T + A = A.Y", "A.Y"),
        ("A:n*n |- A = A'@(2", "(2"),
        ("A:n*n |- A = A' => A", "=> A"),
    ],
)
def test_an_error_points_at_what_was_written(text: str, at: str) -> None:
    with pytest.raises(StatementError) as caught:
        parse(text)
    _, shown, mark, *_ = str(caught.value).splitlines()
    assert shown[mark.index("^") :] == at


def test_what_is_quoted_is_what_was_written() -> None:
    with pytest.raises(StatementError, match=r"hadamard\(A', \(B' \+ A\)\)"):
        parse("A:n*n B:n*n |- A'*(B' + A) = A")
