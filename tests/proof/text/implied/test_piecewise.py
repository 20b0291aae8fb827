"""abs, relu, max and min in texts: read with a mask, said in words, and refused where one mask does not serve."""

from __future__ import annotations

import pytest

import symattn as sa
from symattn import Equal, matrix, sizes
from symattn.errors import LanguageError, StatementError
from symattn.proof.text.implied.piecewise import PIECEWISE

TRUE = [
    "x:1*n |- relu(x) - relu(-x) == x",
    "x:1*n |- relu(x) == (x + abs(x))/2",
    "x:1*n |- relu(x)*relu(-x) == 0",
    "x:1*n |- relu(relu(x)) == relu(x)",
    "S:n*m a:positive |- relu(a*S) == a*relu(S)",
    "x:1*n |- sign(x)*abs(x) == x",
    "x:1*n |- maximum(x, 0) == relu(x)",
    "x:1*n |- clip(x, -1, 1)**2 <= 1",
    "x:scalar y:scalar |- max(x, y) + min(x, y) == x + y",
    "x:scalar y:scalar |- max(x, y) == max(y, x)",
    "x:1*n |- x <= max(x)",
    "x:1*n |- min(x) == -max(-x)",
    "x:1*n c:scalar |- max(x + c) == max(x) + c",
    "x:1*n |- logsumexp(x) == max(x) + log(sum(exp(x - max(x))))",
    "S:n*m |- softmax(S - max(S, dim=1)) == softmax(S)",
    "S:n*m |- softmax(S - max(S, axis=0), dim=0) == softmax(S, dim=0)",
    "x:1*n y:1*n |- abs(inner(x, y)) <= norm(x)*norm(y)",
    "A:n*m |- sum(abs(A[i, j]) for i in n for j in m) >= sum(A)",
]
FALSE = [
    "x:1*n |- relu(x) == abs(x)",
    "x:1*n |- sign(x)**2 == 1",
    "S:n*m a:scalar |- relu(a*S) == a*relu(S)",
    "x:scalar y:scalar |- abs(x - y) <= abs(x) - abs(y)",
    "x:scalar y:scalar |- max(x, y) == max(x, -y)",
    "x:1*n y:1*n |- max(x + y) == max(x) + max(y)",
    "x:1*n |- max(-2*x) == -2*max(x)",
    "x:1*n |- norm1(x) <= norm(x)",
    "S:n*m |- max(S, dim=1) == max(S)",
]


@pytest.mark.parametrize("text", TRUE)
def test_what_holds_is_proved(text: str) -> None:
    assert sa.decide(text, timeout=60).status == "proved"


@pytest.mark.parametrize("text", FALSE)
def test_what_fails_somewhere_is_refuted(text: str) -> None:
    assert sa.decide(text, timeout=60).status == "refuted"


def test_a_norm_that_is_positive_is_one_in_the_mask_too() -> None:
    assert sa.decide("x:1*n |- abs(norm(x)) == norm(x)", given="norm(x) > 0").status == "proved"


def test_one_expression_has_one_mask_whose_meaning_is_said() -> None:
    goal = sa.parse("x:1*n Z:1*n |- relu(x) + abs(x) == Z", given="x >= 0")
    assert goal.said == ["0 ≤ x", "Z1 is 1 where x > 0, and 0 where it is < 0"]
    assert len(goal.given) == 3


def test_the_greatest_entry_is_said_too() -> None:
    assert sa.parse("x:1*n |- max(x) == 0").said == ["P is 1 at one greatest entry of x, and 0 elsewhere"]


@pytest.mark.parametrize(
    "text",
    [
        "x:1*n |- Gradient(sum(relu(x)), x) == 0",
        "t:scalar |- Partial(abs(t), t) == 0",
        "x:1*n |- hessian(sum(abs(x)), x) == 0",
        "x:1*n |- ForAll(x, relu(x) == 0)",
        "x:1*n |- Exists(x, max(x) == 1)",
        "Q[H]:d*k h<H |- sum_heads(relu(Q[h]), h) >= 0",
    ],
)
def test_where_x_varies_it_is_refused(text: str) -> None:
    """With one mask for all x the first four would be proved or refuted wrongly."""
    with pytest.raises(LanguageError, match="are not read"):
        sa.parse(text)


@pytest.mark.parametrize("text", ["max(X, 1) <= X", "max() == t", "max(X, dim=2) == t", "max(Z) == t", "norm1(X) == t"])
def test_what_can_mean_two_things_or_nothing_is_refused(text: str) -> None:
    with pytest.raises(StatementError):
        sa.parse(f"z>=0 X:n*d Z:z*d t:scalar |- {text}")


def test_no_letter_of_a_text_meets_one_of_another() -> None:
    """A Z of the claim is not the mask of the hypothesis, nor are those of two hypotheses one."""
    n = sizes("n")
    x, Z = matrix("x", 1, n), matrix("Z", 1, n, mask=True)
    with pytest.raises(LanguageError, match="where the claim and all hypotheses are texts"):
        sa.decide(Equal(x, Z), given="x:1*n |- relu(x) == 0")
    with pytest.raises(LanguageError, match="where the claim and all hypotheses are texts"):
        sa.decide("x:1*n |- relu(x) == 0", given=[Equal(x, Z)])


def test_a_hypothesis_with_an_inverse_is_a_text_beside_texts_too() -> None:
    n = sizes("n")
    A, M = matrix("A", n, n), matrix("M", n, n, invertible=True)
    with pytest.raises(LanguageError, match="where the claim and all hypotheses are texts"):
        sa.decide(Equal(A, M), given="A:n*n |- inv(A + identity(n)) == A")


@pytest.mark.parametrize("name", PIECEWISE)
def test_none_is_a_function_of_the_language(name: str) -> None:
    assert not hasattr(sa.language, name)
    with pytest.raises(AttributeError, match="Texts have it"):
        getattr(sa, name)
