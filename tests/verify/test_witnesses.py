"""The witnesses: each is asked what it can answer, and one that cannot answer is undecided."""

from __future__ import annotations

import numpy as np
import pytest

import symattn as sa
from symattn.models import Head
from symattn.proof import theorem
from symattn.theory import select
from symattn.verify import check, kernel_witness, trained_witness

n, d, k = sa.sizes("n d k", min=1)
Q, K = sa.matrix("Q", d, k), sa.matrix("K", d, k)
A, s, t = sa.matrix("A", n, n), sa.row("s", n), sa.scalar("t")


@theorem(says=sa.Equal(sa.logsumexp(s + t * sa.ones(1, n)), sa.logsumexp(s) + t * sa.ones(1, 1)), section="1.1")
def shifted() -> None:
    """Log-sum-exp moves with its argument."""


@theorem(says=sa.Rank(Q @ K.T) <= k, section="1.2")
def bounded() -> None:
    """A rank."""


@theorem(says=sa.Equal(A @ A, A), given=(sa.Equal(A, sa.identity(n)),), instances=({A: sa.identity(n)},), section="1.4")
def instance() -> None:
    """A hypothesis that only an instance meets."""


@theorem(says=sa.Equal(A.T.T, A + 0 * A), section="1.5")
def endless() -> None:
    """A proof that never ends."""
    while True:
        sum(range(100))


def test_a_logarithm_is_enclosed_in_intervals() -> None:
    finding = check(shifted).asked["exact"]
    assert finding.holds
    assert finding.arithmetic == "intervals of 100 bits"
    assert finding.residual is not None
    assert finding.bound is not None
    assert finding.residual <= finding.bound < 1e-25


def test_a_rank_is_no_question_for_floating_point() -> None:
    row = check(bounded)
    assert row.holds
    assert row.witnesses["exact"].holds
    assert row.asked["float64"] is None


def test_an_instance_makes_a_hypothesis_hold() -> None:
    assert check(instance).witnesses["exact"].holds


def test_a_time_limit_leaves_a_witness_undecided() -> None:
    finding, over = kernel_witness(endless, seconds=0.1)
    assert (finding.holds, finding.detail, over) == (None, "no answer within 0.1 s", "")


def test_every_sample_is_counted() -> None:
    assert check(instance).witnesses["exact"].samples >= 3


@pytest.mark.parametrize("name", ["attn_backward", "gauge_gradient_law", "balanced_gauge", "gauge_invariance"])
def test_derivatives_and_declared_facts_are_evaluated_at_the_size_of_trained_heads(name: str) -> None:
    """By a tangent for every entry, or with the inverse of a full 128×128 matrix of fractions, this took minutes."""
    rng = np.random.default_rng(0)
    query, key, value, output = (0.1 * rng.standard_normal(shape) for shape in [(128, 32)] * 3 + [(32, 128)])
    finding = trained_witness(select([name])[0], [Head("one", 0, query, key, value, output)], seconds=60)
    assert finding is not None
    assert (finding.holds, finding.samples, finding.undecided) == (True, 1, 0), finding.detail
