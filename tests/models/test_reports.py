"""Reports about heads: ranks that are certain, from the factors, and a share of symmetry with its error."""

from __future__ import annotations

from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from symattn.models import Head, head_report, heads, read_weights
from symattn.models.reports import PRIME, Range, ranks, residues, row_echelon
from symattn.numeric.linear_algebra import elimination

RNG = np.random.default_rng(0)


def head(Q: object, K: object) -> Head:
    return Head("layer", 0, np.asarray(Q), np.asarray(K))


def low(rows: int, columns: int, inner: int) -> np.ndarray:
    return (RNG.integers(-4, 5, (rows, inner)) @ RNG.integers(-4, 5, (inner, columns))).astype(np.float64)


@pytest.mark.parametrize("entry", [0.0, 1.0, -2.5, 0.1, 1e-30, 3.14e200, 5e-324, -7.0])
def test_a_residue_is_that_of_the_exact_fraction(entry: float) -> None:
    number = Fraction(entry)
    expected = number.numerator * pow(number.denominator, -1, PRIME) % PRIME
    assert residues(np.array([[entry]]))[0, 0] == expected


@pytest.mark.parametrize("shape", [(6, 4, 4), (6, 4, 2), (4, 6, 3), (5, 5, 1), (3, 3, 0)])
def test_the_rank_modulo_the_prime_is_the_exact_rank(shape: tuple[int, int, int]) -> None:
    matrix = low(*shape)
    assert len(row_echelon(residues(matrix))) == elimination.rank([[Fraction(x) for x in row] for row in matrix])


def test_two_factors_of_full_rank_give_a_form_of_rank_k() -> None:
    report = head_report(head(RNG.standard_normal((9, 4)), RNG.standard_normal((9, 4)).astype(np.float32)))
    assert (report.rank_query.exact, report.rank_key.exact, report.rank_form.exact) == (4, 4, 4)


def test_the_rank_is_not_that_of_a_rounded_product() -> None:
    """In float32 the product of these factors loses its second direction; the factors have it."""
    Q = np.array([[1, 0], [0, 2**-30], [0, 0]], dtype=np.float32)
    product = (Q @ Q.T) + np.float32(1) - np.float32(1)
    assert np.linalg.matrix_rank(product) == 1
    assert head_report(head(Q, Q)).rank_form.exact == 2


def test_factors_of_full_rank_can_meet_in_a_form_of_lower_rank_when_k_exceeds_d() -> None:
    Q, K = np.array([[1.0, 0, 0, 0], [0, 1, 0, 0]]), np.array([[0.0, 0, 1, 0], [0, 1, 0, 0]])
    query, key, form = ranks(Q, K)
    assert (query.exact, key.exact) == (2, 2)
    assert (form.least, form.most) == (1, 2)


def test_a_deficient_factor_gives_a_range_that_holds_the_rank() -> None:
    Q, K = low(7, 4, 2), RNG.standard_normal((7, 4))
    query, _, form = ranks(Q, K)
    assert (query.least, query.most) == (2, 4)
    assert form.least <= 2 <= form.most


def test_pruned_columns_are_seen_as_zero() -> None:
    Q, K = RNG.standard_normal((7, 4)), RNG.standard_normal((7, 4))
    Q[:, 1] = 0
    query, _, form = ranks(Q, K)
    assert (query.exact, form.exact) == (3, 3)


def test_the_least_rank_is_never_too_high() -> None:
    for _ in range(40):
        d, k, inner = RNG.integers(1, 6, 3)
        Q, K = low(d, k, inner), low(d, k, int(RNG.integers(1, 6)))
        truth = elimination.rank([[Fraction(x) for x in row] for row in Q @ K.T])
        assert ranks(Q, K)[2].least == truth <= ranks(Q, K)[2].most


@pytest.mark.parametrize(("K", "share"), [([[1, 2], [2, 5], [0, 1]], 1), ([[0, 1], [-1, 0], [0, 0]], -1)])
def test_the_share_is_one_for_a_symmetric_form_and_minus_one_for_a_skew_one(K: list, share: int) -> None:
    Q = K if share == 1 else np.eye(3, 2)
    report = head_report(head(np.array(Q, float), np.array(K, float)))
    assert abs(report.symmetric_share - share) <= report.share_error < 1e-13


def test_the_exact_share_lies_within_the_error() -> None:
    for scale in (1.0, 1e-3, 1e8):
        Q, K = RNG.standard_normal((6, 3)) * scale, RNG.standard_normal((6, 3))
        q, k = ([[Fraction(x) for x in row] for row in part] for part in (Q, K))
        W = np.array(q, dtype=object) @ np.array(k, dtype=object).T
        share = Fraction((W * W.T).sum()) / Fraction((W * W).sum())
        report = head_report(head(Q, K))
        assert abs(Fraction(report.symmetric_share) - share) <= Fraction(report.share_error)
        assert report.share_error < 1e-12


def test_a_head_that_is_zero_has_no_share() -> None:
    report = head_report(head(np.zeros((4, 2)), np.ones((4, 2))))
    assert (report.symmetric_share, report.rank_form.exact) == (None, 0)
    assert "W = 0" in str(report)


def test_a_range_shows_one_number_where_there_is_only_one() -> None:
    assert (str(Range(2, 2)), str(Range(1, 3))) == ("2", "1…3")


@pytest.mark.needs("glassllm")
@pytest.mark.filterwarnings("ignore::symattn.errors.WeightsWarning")
def test_every_trained_head_has_rank_exactly_k_and_is_hardly_symmetric() -> None:
    package = find_spec("glassllm").submodule_search_locations[0]
    reports = [head_report(h) for h in heads(read_weights(Path(package) / "weights" / "en.npz"), heads=4)]
    assert {report.rank_form.exact for report in reports} == {32}
    mean = sum(report.symmetric_share for report in reports) / len(reports)
    assert abs(mean - 0.015) < 0.005
    assert max(report.share_error for report in reports) < 1e-12
