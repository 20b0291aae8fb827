"""Every mistake in an identity of attention is refuted, at sizes and values where SymPy's explicit matrices show it."""

from __future__ import annotations

from functools import cache

import pytest

import symattn as sa
from symattn.errors import LanguageError
from symattn.proof.text.parse import parse
from tests.proof.fuzzing.identities import IDENTITIES, MISTAKES, K, Q, d, k, n
from tests.proof.fuzzing.judge import fails


@cache
def verdict_on(name: str) -> sa.Verdict:
    return sa.decide(MISTAKES[name])


@pytest.mark.parametrize("name", MISTAKES)
def test_the_mistake_is_refuted_and_its_counterexample_is_one(name: str) -> None:
    verdict = verdict_on(name)
    assert (verdict.status, verdict.reason) == ("refuted", "")
    assert fails(MISTAKES[name], verdict.counterexample)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_counterexample_has_the_sizes_and_signs_that_are_declared(name: str) -> None:
    found = verdict_on(name).counterexample
    assert all(number >= size.minimum for size, number in found.sizes.items())
    assert all(value > 0 for letter, value in found.values.items() if letter.is_Symbol and letter.is_positive)


SMALLEST = {
    "the scores are symmetric": {"n": 2, "d": 2, "k": 1},
    "a score, its tokens swapped": {"d": 2, "k": 1},
    "change of basis, a transpose dropped": {"n": 1, "d": 1, "k": 2},
    "the trace of a square is the square of the trace": {"d": 2, "k": 2},
    "the tokens have rank at most k": {"n": 2, "d": 2, "k": 1},
    "softmax does not see a scale": {"n": 1, "a": 2},
    "the Jacobian of softmax without p pᵀ": {"n": 1},
    "the Jacobian of softmax, p squared": {"n": 2},
    "attention is invariant under permutations": {"n": 2, "d": 1, "k": 1, "v": 1},
    "attention is equivariant the other way": {"n": 3, "d": 1, "k": 1, "v": 1},
    "the gradient in Q without D": {"n": 1, "d": 1, "k": 1, "v": 1},
    "the gradient in Q with a transpose dropped": {"n": 2, "d": 2, "k": 1, "v": 1},
    "concatenated heads are a product of sums": {"n": 1, "d": 1, "k": 1, "v": 1, "H": 2},
    "a product of symmetric matrices is symmetric": {"d": 2},
}


@pytest.mark.parametrize("name", SMALLEST)
def test_the_counterexample_is_at_the_smallest_sizes(name: str) -> None:
    found = verdict_on(name).counterexample
    assert {size.name: number for size, number in found.sizes.items()} == SMALLEST[name]


def test_a_counterexample_is_made_of_noughts_and_ones_and_says_where_the_sides_differ() -> None:
    text = str(verdict_on("a score, its tokens swapped").counterexample)
    assert text == "d=2, k=1, x = [[0, 1]], Q = [[0], [1]], K = [[1], [0]], y = [[1, 0]]: the value is 1, but 0"


def test_the_inverse_of_a_product_is_refused() -> None:
    """SymPy itself rewrites W * W.inv() to the identity, whatever W is; symattn.inverse asks for a declaration."""
    with pytest.raises(sa.LanguageError, match="not declared invertible"):
        sa.Equal((Q @ K.T) @ sa.inverse(Q @ K.T), sa.identity(d))


def test_what_is_not_declared_invertible_has_no_inverse_that_could_cancel() -> None:
    """SymPy's own operators would make the identity of a product with the inverse of anything."""
    W = sa.matrix("W", d, d)
    for product in (lambda: (Q @ K.T).inv(), lambda: (W + W.T).inv(), lambda: (2 * W).inv(), lambda: (Q @ K.T) ** -1):
        with pytest.raises(LanguageError, match="not declared invertible"):
            product()


def test_prove_raises_with_the_counterexample() -> None:
    with pytest.raises(sa.Refuted, match="n=2, d=2, k=1") as raised:
        sa.prove(MISTAKES["the scores are symmetric"])
    assert raised.value.counterexample.sizes == {n: 2, d: 2, k: 1}
    assert raised.value.verdict.status == "refuted"


def test_nothing_that_is_proved_is_refuted_by_the_judge() -> None:
    """The judge itself: at the counterexample of a mistake, the identity beside it holds."""
    pairs = {
        "the scores are symmetric": "transposing the scores exchanges query and key",
        "the gradient in Q without D": "the gradient in Q",
        "the Jacobian of softmax, p squared": "the Jacobian of softmax",
        "minus the Jacobian of softmax is positive semidefinite": "the Jacobian of softmax is positive semidefinite",
        "the form has rank at least k": "the form has rank at most k",
    }
    for mistake, identity in pairs.items():
        assert not fails(IDENTITIES[identity], verdict_on(mistake).counterexample)


@pytest.mark.parametrize(
    "true",
    [
        "|- exp(1) >= 5/2",
        "|- not (exp(1) == 2)",
        "|- exp(3) >= 20",
        "|- log(2) <= 99/100",
        "n>=1 |- exp(n) >= 5/2*n",
        "|- softmax(hstack(ones(1,1), zeros(1,1)))[0,0] >= 7/10",
        "A:n*n |- Implies(exp(1) <= 5/2, A == 0)",
        "A:n*n |- exp(1) >= 5/2 and A == A",
    ],
)
def test_exp_of_a_number_is_not_a_power_of_2(true: str) -> None:
    assert sa.decide(parse(true).claim).status != "refuted"


def test_a_hypothesis_about_exp_of_a_number_is_not_read_with_2() -> None:
    goal = parse("A:n*n |- A == 0", ["exp(1) <= 5/2"])
    assert sa.decide(goal.claim, goal.given).status == "undecided"
    assert sa.decide(parse("|- exp(1) == 2").claim).status == "refuted"
