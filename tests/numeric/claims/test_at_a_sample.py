"""What numbers say about claims: every kind of claim holds where it should, and its near-miss fails or stays open."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symattn.errors import LanguageError, ShapeError
from symattn.language import (
    PSD,
    And,
    AtMost,
    Equal,
    Exists,
    ForAll,
    Gradient,
    Iff,
    Implies,
    Not,
    Positive,
    Rank,
    T,
    attention,
    bilinear,
    diag,
    exp,
    form,
    hadamard,
    identity,
    inner,
    inverse,
    matrix,
    matrix_of,
    normsquared,
    ones,
    reciprocal,
    row,
    rowsum,
    scalar,
    scores,
    sizes,
    softmax,
    total,
    unit,
    vstack,
    zeros,
)
from symattn.numeric import (
    EXACT,
    FLOAT64,
    Floats,
    Intervals,
    Modular,
    Outcome,
    degenerate,
    has_exponential,
    sample,
    witness,
)

n, d, k, v = sizes("n d k v", min=1)
X, V, G = matrix("X", n, d), matrix("V", d, v), matrix("G", n, v)
Q, K = matrix("Q", d, k), matrix("K", d, k)
M, S = matrix("M", k, k, invertible=True), matrix("S", k, k, symmetric=True)
x, y = row("x", d), row("y", d)
tau = scalar("τ", positive=True)
ARITHMETICS = [EXACT, FLOAT64, Floats("float32"), Intervals()]
asymmetric = {Q: [[1], [0]], K: [[0], [1]]}
each = pytest.mark.parametrize("arithmetic", ARITHMETICS, ids=lambda arithmetic: arithmetic.name)


def outcome(claim: Any, arithmetic: Any = EXACT, **where: Any) -> Outcome:
    return witness(claim, sample(claim, **where), arithmetic)


gauged = Q @ M @ T(K @ inverse(M).T)  # T keeps SymPy from cancelling M M⁻¹

TRUE = [
    Equal(T(scores(X, Q, K)), scores(X, K, Q)),
    Equal(gauged, form(Q, K)),
    Rank(form(Q, K)) <= k,
    Rank(form(Q, K)) <= Rank(Q),
    PSD(form(Q, Q)),
    Equal(rowsum(softmax(scores(X, Q, K, tau))), ones(n, 1)),
    AtMost(softmax(X @ X.T), ones(n, n)),
    AtMost(2 * inner(X, X @ Q @ Q.T), normsquared(X) + normsquared(X @ Q @ Q.T)),
    Positive(exp(X)),
    Equal(Gradient(inner(G, X @ V), V), X.T @ G),
    Iff(ForAll((x, y), Equal(x @ form(Q, K) @ y.T, y @ form(Q, K) @ x.T)), Equal(form(Q, K), form(K, Q))),
    Exists((matrix("Z", k, d),), Equal(Q @ matrix("Z", k, d), form(Q, K)), (K.T,)),
]
FALSE = [
    Equal(T(scores(X, Q, K)), scores(X, Q, K)),
    Equal(Q @ M @ T(K @ inverse(M)), form(Q, K)),
    Rank(form(Q, K)) <= k - 1,
    Equal(Rank(form(Q, K)), k - 1),
    PSD(form(Q, K)),
    PSD(form(Q, K) + form(K, Q)),
    Equal(rowsum(softmax(X @ X.T)), 2 * ones(n, 1)),
    AtMost(ones(n, n), softmax(X @ X.T)),
    Positive(X),
    Equal(Gradient(inner(G, X @ V), V), X.T @ G + V),
    ForAll((x,), Equal(x @ form(Q, K) @ x.T, zeros(1, 1))),
    Exists((matrix("Z", k, d),), Equal(Q @ matrix("Z", k, d), form(Q, K)), (Q.T,)),
    Iff(Equal(Q, Q), Equal(Q, K)),
    And(Equal(Q, Q), Equal(Q, K)),
    Implies(Equal(Q, Q), Equal(Q, K)),
]


@each
@pytest.mark.parametrize("claim", TRUE, ids=str)
def test_a_true_claim_holds(claim: Any, arithmetic: Any) -> None:
    assert outcome(claim, arithmetic).holds is True


@each
@pytest.mark.parametrize("claim", FALSE, ids=str)
def test_a_false_claim_fails(claim: Any, arithmetic: Any) -> None:
    assert outcome(claim, arithmetic).holds is False


@pytest.mark.parametrize("claim", TRUE, ids=str)
def test_a_true_claim_holds_at_every_degenerate_size(claim: Any) -> None:
    for at in degenerate(claim):
        assert outcome(claim, sizes=at).holds is True


def test_exactness_means_a_residual_of_zero() -> None:
    found = outcome(TRUE[0])
    assert (found.residual, found.bound, found.certain) == (0, 0, True)


def test_floats_report_a_residual_below_a_bound_that_is_not_zero() -> None:
    weights = exp(scores(X, Q, K))
    claim = Equal(attention(X, Q, K, V), diag(reciprocal(rowsum(weights))) @ weights @ X @ V)
    found = outcome(claim, FLOAT64, kind="normal")
    assert 0 <= found.residual <= found.bound < 1e-12
    assert (found.holds, found.certain) == (True, False)


def test_a_failure_says_the_entry_and_both_values() -> None:
    assert outcome(Equal(form(Q, K), form(K, Q)), values=asymmetric).detail == "entry (0,1) is 1, but 0"


def test_a_failure_of_scalars_says_both_values() -> None:
    assert outcome(Equal(normsquared(Q), 2), values={Q: [[1], [2]]}).detail == "the value is 5, but 2"


def test_exact_exponentials_are_read_as_powers_of_two_and_so_not_certain() -> None:
    found = outcome(Equal(exp(X), exp(X)))
    assert (found.holds, found.certain) == (True, False)
    assert "exp read as 2**x" in found.detail
    assert outcome(Equal(X, X)).certain


def test_what_is_not_rational_is_undecided_in_exact_arithmetic() -> None:
    found = outcome(Equal(softmax(softmax(X)), softmax(softmax(X))))
    assert found.holds is None
    assert "not a rational number" in found.detail
    assert outcome(Equal(softmax(softmax(X)), softmax(softmax(X))), FLOAT64).holds is True


def test_an_exponential_is_seen_wherever_it_is() -> None:
    assert has_exponential(Iff(Equal(X, X), Positive(softmax(X))))
    assert not has_exponential(TRUE[0])


def test_a_hypothesis_that_fails_at_the_sample_leaves_the_claim_open() -> None:
    found = outcome(Implies(Equal(K, Q @ S), Equal(form(Q, K), form(K, Q))))
    assert found.holds is None
    assert found.detail.startswith("vacuous")


@each
def test_a_substitution_makes_the_hypothesis_true(arithmetic: Any) -> None:
    claim = Implies(Equal(K, Q @ S), Equal(form(Q, K), form(K, Q)))
    at = sample([claim, Q @ S])
    assert witness(claim, at, arithmetic, substitution={K: Q @ S}).holds is True
    wrong = Implies(Equal(K, Q @ S), Equal(form(Q, K), form(Q, Q)))
    assert witness(wrong, at, arithmetic, substitution={K: Q @ S}).holds is False


def test_a_substitution_reads_the_letters_of_the_sample_and_not_itself() -> None:
    claim = Equal(Q, 2 * matrix("P", d, k))
    at = sample([claim, K])
    assert witness(claim, at, substitution={Q: K + K, matrix("P", d, k): K}).holds is True


def test_a_substitution_of_another_shape_is_refused() -> None:
    with pytest.raises(ShapeError, match="instance of S does not fit"):
        witness(Equal(S, S.T), sample([S, Q]), substitution={S: Q})
    with pytest.raises(ShapeError, match="does not fit"):
        witness(Equal(Q, K), sample([Q, X]), substitution={Q: Q, K: X})


def test_an_instance_of_another_shape_decides_the_sizes_of_the_claim() -> None:
    """Q = [1; 0] has k + r rows, so there the size d of the claim is k + r, also for X."""
    r = sizes("r", min=1)
    tall = vstack(identity(k), zeros(r, k))
    claim = Implies(Equal(Q.T @ Q, identity(k)), Equal(rowsum(X @ Q @ Q.T), rowsum(X)))
    at = sample([claim, tall], sizes={n: 3, d: 9, k: 2, r: 4})
    found = witness(claim, at, substitution={Q: tall})
    assert found.holds is False
    assert witness(Equal(Q.T @ Q, identity(k)), at, substitution={Q: tall}).holds is True
    assert witness(Rank(X @ Q) <= k, at, substitution={Q: tall}).holds is True


def test_an_inverse_of_a_substituted_letter_is_computed() -> None:
    claim = Equal(gauged, form(Q, K))
    at = sample([claim, S])
    for arithmetic in (EXACT, FLOAT64):
        assert witness(claim, at, arithmetic, substitution={M: S @ S + 9 * M}).holds is True


def test_no_witness_no_verdict() -> None:
    Z = matrix("Z", k, k)
    assert outcome(Exists((Z,), Equal(K, Q @ Z @ Z))).holds is None
    assert outcome(Exists((Z,), Equal(K, Q @ Z)), FLOAT64).holds is None


def test_a_failing_witness_refutes_nothing_under_a_negation() -> None:
    Z = matrix("Z", k, k)
    wrong = Exists((Z,), Equal(Q, Q @ Z), (matrix("R", k, k),))
    assert outcome(wrong).holds is False
    assert outcome(Not(wrong)).holds is None
    assert outcome(Iff(wrong, Equal(Q, K))).holds is None


def test_a_denial_is_about_all_values_of_its_free_letters() -> None:
    """So one sample where the claim holds refutes it; that it need not hold is said by Exists."""
    claim = Not(Equal(form(Q, K), form(K, Q)))
    assert outcome(claim).holds is True
    assert outcome(claim, sizes={d: 1, k: 1}).holds is False
    need_not = Exists((Q, K), claim, (Q, K))
    assert outcome(need_not).holds is True


def test_a_negation_of_bound_letters_can_be_refuted() -> None:
    claim = ForAll((x,), Not(Equal(x, x)))
    assert outcome(claim).holds is False


def test_a_conjunction_with_a_vacuous_part_holds_and_names_it() -> None:
    claim = And(Equal(Q, Q), Implies(Equal(Q, K), Equal(Q, 2 * K)))
    found = outcome(claim)
    assert found.holds is True
    assert "vacuous" in found.detail
    assert outcome(And(Implies(Equal(Q, K), Equal(Q, 2 * K)))).holds is None


def test_what_counts_only_sizes_is_exact_in_every_arithmetic() -> None:
    claim = Iff(Positive(d**2 - 2 * d * k), Positive(d - 2 * k))
    for at in ({d: 4, k: 2}, {d: 5, k: 2}, {d: 3, k: 2}):
        assert outcome(claim, FLOAT64, sizes=at).certain


def test_for_all_of_a_bilinear_equation_is_decided_and_of_a_quartic_is_not() -> None:
    bilinear_claim = ForAll((x, y), Equal(x @ y.T, y @ x.T))
    assert outcome(bilinear_claim).certain
    quartic = ForAll((x,), Equal(total(hadamard(x, x, x, x)), total(hadamard(x, x, x, x))))
    found = outcome(quartic)
    assert (found.holds, found.certain) == (True, False)
    assert "do not decide" in found.detail


def test_a_failing_for_all_says_where() -> None:
    found = outcome(ForAll((x,), Equal(x @ x.T, total(x) * ones(1, 1))), sizes={d: 2})
    assert found.detail.startswith("at x = [[-1, 0]]: the value is 1, but -1")


def test_for_all_skips_values_where_its_hypothesis_fails() -> None:
    claim = ForAll((x,), Implies(Equal(x, unit(d, 0)), Equal(x @ x.T, ones(1, 1))))
    assert outcome(claim).holds is True
    never = ForAll((x,), Implies(Equal(x @ x.T, -ones(1, 1)), Equal(x, x)))
    assert outcome(never).holds is None


def test_a_bilinear_map_is_represented_by_its_matrix_and_by_no_other() -> None:
    s = bilinear("s", d)
    assert outcome(ForAll((x, y), Equal(s(x, y), total(x @ matrix_of(s) @ y.T)))).certain
    assert outcome(ForAll((x, y), Equal(s(x, y), total(x @ matrix_of(s).T @ y.T)))).holds is False


def test_a_low_rank_is_certain_only_in_exact_arithmetic() -> None:
    claim = Rank(form(Q, K)) <= k
    assert outcome(claim).certain
    found = outcome(claim, FLOAT64, kind="normal")
    assert (found.holds, found.certain) == (True, False)
    assert outcome(Rank(form(Q, K)) >= k, FLOAT64, kind="normal").certain


def test_a_bound_on_a_rank_is_a_whole_number_in_every_arithmetic() -> None:
    """Modulo 2 the size k = 2 is 0, and in floats k + 1 is rounded; a rank is compared with neither."""
    for arithmetic in (EXACT, FLOAT64, Modular(2), Modular(5)):
        assert outcome(Rank(form(Q, K)) <= k, arithmetic).holds is True
    assert outcome(Rank(Q) >= k + 1).holds is False
    assert outcome(Rank(X) >= k + 1, FLOAT64).certain


def test_ranks_can_stand_on_both_sides_and_be_added() -> None:
    sylvester = AtMost(Rank(Q) + Rank(K) - k, Rank(form(Q, K)))
    at = {d: 3, k: 2}
    assert outcome(sylvester, sizes=at).certain
    assert outcome(AtMost(Rank(Q) + Rank(K), Rank(form(Q, K))), sizes=at).holds is False
    assert outcome(sylvester, FLOAT64, sizes=at).holds is None


def test_a_rank_that_floats_cannot_see_is_undecided() -> None:
    almost = {Q: [[1.0, 1.0], [1.0, 1.0 + 2e-16], [0.0, 0.0]]}
    assert outcome(Rank(Q) >= 2, FLOAT64, values=almost).holds is None


def test_an_infinite_bound_is_undecided() -> None:
    claim = Equal(exp(1000 * X), hadamard(exp(500 * X), exp(500 * X)))
    found = outcome(claim, FLOAT64, values={X: np.ones((2, 2))})
    assert found.holds is None
    assert "infinite" in found.detail


def test_positive_needs_more_than_not_negative() -> None:
    assert outcome(Positive(Q), values={Q: [[0], [1]]}).holds is False
    underflow = outcome(Positive(softmax(X)), FLOAT64, values={X: np.array([[0.0, 2000.0]])})
    assert underflow.holds is None
    assert outcome(Positive(softmax(X)), Intervals(), values={X: [[0, 2000]]}).holds is True


def test_at_most_within_the_bound_is_consistent_and_beyond_it_fails() -> None:
    third = {X: np.array([[0.1, 0.2]])}
    assert outcome(AtMost(3 * X, X + 2 * X), FLOAT64, values=third).holds is True
    assert outcome(AtMost(3 * X + ones(n, d) / 10**15, 3 * X), FLOAT64, values=third).holds is False


def test_empty_matrices_satisfy_everything_about_entries() -> None:
    a = sizes("a", min=0)
    nothing = matrix("A", a, d)
    for claim in (Equal(nothing, 2 * nothing), Positive(nothing), AtMost(nothing, -nothing), Rank(nothing) <= 0):
        assert outcome(claim, sizes={a: 0}).holds is True


def test_what_is_not_a_claim_of_the_language_is_refused() -> None:
    with pytest.raises((LanguageError, ShapeError, AttributeError)):
        witness(Q, sample(Q))
