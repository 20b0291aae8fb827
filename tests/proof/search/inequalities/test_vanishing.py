"""What follows when squares sum to 0, and what does not."""

from __future__ import annotations

import pytest

from symattn.errors import TheoremError
from symattn.language import (
    AtMost,
    Equal,
    Iff,
    diag,
    exp,
    hadamard,
    matrix,
    normsquared,
    row,
    scalar,
    sizes,
    total,
    trace,
    zeros,
)
from symattn.proof import decide, each_vanishes, prove

n, m = sizes("n m", min=0)
A, B, W = (matrix(name, n, m) for name in "ABW")
nothing = zeros(n, m)
none = Equal(normsquared(A), 0)


def test_a_matrix_of_norm_0_is_0_at_all_sizes() -> None:
    assert decide(Iff(none, Equal(A, nothing))).status == "proved"
    assert decide(Equal(A, nothing), Equal(trace(A @ A.T), 0)).status == "proved"
    assert decide(Equal(A, B), Equal(normsquared(A - B), 0)).status == "proved"


def test_it_takes_an_order() -> None:
    """Modulo 2 the row (1, 1) has norm 0."""
    assert prove(Equal(A, nothing), none).over == "the real numbers"


@pytest.mark.parametrize(
    "given",
    [
        Equal(total(A), 0),
        Equal(normsquared(A), normsquared(B)),
        Equal(total(hadamard(A, B)), 0),
        Equal(normsquared(A) - normsquared(B), 0),
        Equal(normsquared(A), 1),
    ],
    ids=str,
)
def test_what_may_cancel_does_not_vanish(given) -> None:
    assert decide(Equal(A, nothing), given).status == "refuted"


def test_positive_weights_do_not_matter() -> None:
    known = prove(Equal(total(hadamard(exp(W), A, A)), 0), Equal(total(hadamard(exp(W), A, A)), 0))
    assert each_vanishes(known, Equal(A, nothing), weight=exp(W)).claim == Equal(A, nothing)


def test_weights_that_may_be_0_or_negative_are_refused() -> None:
    known = prove(Equal(total(hadamard(W, A, A)), 0), Equal(total(hadamard(W, A, A)), 0))
    with pytest.raises(TheoremError, match="not seen to be positive"):
        each_vanishes(known, Equal(A, nothing), weight=W)
    with pytest.raises(TheoremError, match="sum to 0"):
        each_vanishes(known, Equal(A, nothing))


def test_at_most_0_is_enough() -> None:
    known = prove(AtMost(normsquared(A), 0), none)
    assert each_vanishes(known, Equal(A, nothing)).given == (none,)


def test_at_least_0_is_not() -> None:
    with pytest.raises(TheoremError):
        each_vanishes(prove(AtMost(0, normsquared(A))), Equal(A, nothing))
    with pytest.raises(TheoremError):
        each_vanishes(prove(AtMost(-normsquared(A), 0)), Equal(A, nothing))


def test_the_squares_may_be_those_of_another_layout() -> None:
    x = row("x", n)
    known = prove(Equal(normsquared(x), 0), Equal(normsquared(x), 0))
    assert each_vanishes(known, Equal(diag(x), zeros(n, n))).given == known.given


def test_a_claim_that_is_no_equation_is_refused() -> None:
    t = scalar("t")
    with pytest.raises(TheoremError, match="no single equation"):
        each_vanishes(prove(Equal(t, t)), AtMost(t, t))


p, q, x = scalar("p"), scalar("q"), row("x", n)
low, sums = AtMost(zeros(1, n), x), Equal(total(x), 0)


def test_what_is_at_most_and_at_least_the_other_is_equal() -> None:
    assert decide(Equal(p, q), (AtMost(p, q), AtMost(q, p))).status == "proved"
    assert decide(Equal(A, B), (AtMost(A, B), AtMost(B, A))).status == "proved"


def test_what_is_not_negative_and_adds_up_to_0_is_0() -> None:
    assert decide(Equal(x, zeros(1, n)), (low, sums)).status == "proved"
    assert decide(Equal(A, B), (AtMost(B, A), Equal(total(A), total(B)))).status == "proved"


def test_neither_of_the_two_is_enough() -> None:
    assert decide(Equal(p, q), AtMost(p, q)).status == "refuted"
    assert decide(Equal(p, q), (AtMost(p, q), AtMost(-q, p))).status == "refuted"
    assert decide(Equal(x, zeros(1, n)), low).status == "refuted"
    assert decide(Equal(x, zeros(1, n)), sums).status == "refuted"
    assert decide(Equal(A, B), (AtMost(total(A), total(B)), AtMost(total(B), total(A)))).status == "refuted"
