"""Every identity of attention that must be proved for all sizes is, and its proof replays."""

from __future__ import annotations

import random

import pytest

import symattn as sa
from symattn.theory import answers
from tests.proof.fuzzing.draws import draw, letters_and_sizes
from tests.proof.fuzzing.evaluate import DIGITS, differ
from tests.proof.fuzzing.identities import FORMULAS, IDENTITIES, SHIFTS, bracketings, loss, merge_claims


@pytest.mark.parametrize("name", IDENTITIES)
def test_the_identity_is_proved_for_all_sizes(name: str) -> None:
    verdict = sa.decide(IDENTITIES[name])
    assert (verdict.status, verdict.reason) == ("proved", "")
    assert verdict.theorem.hypotheses == ()


@pytest.mark.parametrize("name", IDENTITIES)
def test_the_proof_of_the_identity_replays_from_its_certificate(name: str) -> None:
    theorem = sa.prove(IDENTITIES[name])
    again = sa.replay(theorem.certificate())
    assert (again.conclusion, again.hypotheses) == (theorem.kernel.conclusion, ())


EQUATIONS = [name for name, claim in IDENTITIES.items() if isinstance(claim, sa.Equal)]


@pytest.mark.parametrize("name", EQUATIONS)
def test_the_identity_that_is_proved_holds_in_numbers(name: str) -> None:
    """The kernel has no part in this: both sides at small random values, with 100 digits."""
    claim = IDENTITIES[name]
    letters, sizes = letters_and_sizes(claim.left, claim.right)
    for seed, numbers in enumerate(((3, 2, 1, 2), (2, 1, 3, 2))):
        at = {size: numbers[place % 4] for place, size in enumerate(sizes)}
        assert not differ(draw(letters, at, random.Random(seed), DIGITS), claim.left, claim.right)


@pytest.mark.parametrize("count", range(3, 9))
def test_a_product_is_the_same_under_any_bracketing(count: int) -> None:
    sizes = sa.sizes(" ".join("abcdefghi"[: count + 1]))
    factors = tuple(sa.matrix(f"F{i}", sizes[i], sizes[i + 1]) for i in range(count))
    first, *others = bracketings(factors)
    assert all(sa.decide(sa.Equal(first, other)).status == "proved" for other in others)


@pytest.mark.parametrize("place", range(8))
def test_two_swapped_factors_of_a_long_product_are_noticed(place: int) -> None:
    """Next to the 429 bracketings that agree, so that agreeing means something."""
    size = sa.sizes("n", min=1)
    factors = [sa.matrix(f"F{i}", size, size) for i in range(8)]
    swapped = list(factors)
    swapped[place - 1], swapped[place] = swapped[place], swapped[place - 1]
    left, right = (next(bracketings(tuple(f))) for f in (factors, swapped))
    verdict = sa.decide(sa.Equal(left, right))
    assert verdict.status == "refuted"
    assert verdict.counterexample.sizes == {size: 2}


def test_each_direction_of_an_equivalence_is_a_theorem_of_its_own() -> None:
    both = IDENTITIES["the score is symmetric exactly when the form is"]
    for claim in (sa.Implies(both.left, both.right), sa.Implies(both.right, both.left)):
        assert sa.decide(claim).status == "proved"


@pytest.mark.parametrize("shift", [SHIFTS[2], sa.zeros(*SHIFTS[2].shape), SHIFTS[3] + 2 * SHIFTS[4]], ids=str)
def test_the_merge_is_associative_with_any_shift(shift: object) -> None:
    assert [sa.decide(claim).status for claim in merge_claims(shift)] == ["proved", "proved"]


@pytest.mark.parametrize("letter", FORMULAS, ids=str)
def test_the_gradient_that_is_found_is_the_textbook_formula(letter: object) -> None:
    assert sa.decide(sa.Equal(sa.gradient(loss, letter), FORMULAS[letter])).status == "proved"


def test_sizes_may_be_zero_where_no_softmax_needs_an_entry() -> None:
    n, d, k = sa.sizes("n d k", min=0)
    X, Q, K = sa.matrix("X", n, d), sa.matrix("Q", d, k), sa.matrix("K", d, k)
    assert sa.decide(sa.Equal(sa.T(X @ Q @ K.T @ X.T), X @ K @ Q.T @ X.T)).status == "proved"


def test_a_theorem_says_the_widest_setting_in_which_it_holds() -> None:
    settings = {
        "transposing the scores exchanges query and key": "any commutative ring",
        "the form has rank at most k": "any field",
        "the rows of softmax sum to 1": "the real numbers",
        "for d at least 2 some score is not symmetric": "any nontrivial commutative ring",
    }
    assert {name: sa.decide(IDENTITIES[name]).over for name in settings} == settings


def test_a_verdict_says_how_many_seconds_it_took(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([5.0, 7.5])
    monkeypatch.setattr(answers, "perf_counter", lambda: next(clock))
    n = sa.sizes("n")
    assert sa.decide(sa.Equal(sa.identity(n), sa.identity(n))).seconds == 2.5


def test_a_verdict_is_not_a_truth_value() -> None:
    verdict = sa.decide(IDENTITIES["the trace is cyclic"])
    with pytest.raises(TypeError, match="three values"):
        bool(verdict)


SMALL = [
    "A:2*2 |- A@A - trace(A)*A + det(A)*identity(2) == 0",
    "A:3*3 |- A@A@A - trace(A)*A@A + (trace(A)^2 - trace(A@A))/2*A - det(A)*identity(3) == 0",
    "A:2*2 |- trace(A) == A[0, 0] + A[1, 1]",
    "x:1*2 |- total(x) == x[0, 0] + x[0, 1]",
    "x:1*2 |- softmax(x)[0, 0] == sigmoid(x[0, 0] - x[0, 1])",
]


@pytest.mark.parametrize("text", SMALL)
def test_sums_over_small_numbers_are_written_out(text: str) -> None:
    theorem = sa.prove(text)
    assert sa.replay(theorem.certificate()).conclusion == theorem.kernel.conclusion


def test_a_hypothesis_that_was_written_out_is_one_that_the_proof_uses() -> None:
    theorem = sa.prove("x:1*2 |- x[0, 0] == -x[0, 1]", given="total(x) == 0")
    assert theorem.hypotheses == theorem.given


@pytest.mark.parametrize("text", ["A:2*2 |- trace(A) == A[0, 0]", "x:1*2 |- softmax(x)[0, 0] == sigmoid(x[0, 0])"])
def test_what_is_false_over_small_numbers_is_refuted(text: str) -> None:
    assert sa.decide(text).status == "refuted"


ROOTS = [
    ("x:1*d e:positive |- sqrt(normsquared(x)/d + e)^2 == normsquared(x)/d + e", "proved"),
    ("x:1*d e:positive |- total((x - mean(x))/sqrt(var(x, ddof=0) + e)) == 0", "proved"),
    ("x:1*d e:positive |- rmsnorm(x, eps=e) == layernorm(x, eps=e)", "refuted"),
    ("x:1*d e:positive |- sqrt(normsquared(x) + e) == e", "refuted"),
    ("x:1*d e:positive |- 1/sqrt(normsquared(x) + e) == sqrt(normsquared(x) + e)/(normsquared(x) + e)", "proved"),
    ("x:1*d e:positive |- gradient(sqrt(normsquared(x) + e), x) == x/sqrt(normsquared(x) + e)", "proved"),
    ("t:scalar e:positive |- (t^2 + e)^(5/2) == (t^2 + e)^2*sqrt(t^2 + e)", "proved"),
    ("t:scalar e:positive |- 1/sqrt(t^2 + e)^3 == sqrt(t^2 + e)/(t^2 + e)^3", "refuted"),
    ("x:1*d e:positive a:positive |- rmsnorm(a*x, eps=e) == rmsnorm(x, eps=e)", "refuted"),
    ("x:1*d e:positive a:positive |- rmsnorm(a*x, eps=a^2*e) == rmsnorm(x, eps=e)", "proved"),
]


@pytest.mark.parametrize(("text", "status"), ROOTS)
def test_roots_of_sums_of_squares_are_decided(text: str, status: str) -> None:
    assert sa.decide(text, timeout=30).status == status
