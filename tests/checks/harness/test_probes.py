"""The inputs at which mistakes show, and the numbers that a dtype holds."""

from __future__ import annotations

import numpy as np
import pytest

from symattn.checks.harness.arrays import rounded
from symattn.checks.harness.probes import PROBES, probes_of, roles_of
from symattn.checks.harness.samples import Wanted, cases
from symattn.language import letters_of, matrix, scores, sizes, softmax

n, m, k, v, d = sizes("n m k v d")
q, keys, values = matrix("q", n, k), matrix("k", m, k), matrix("v", m, v)
ATTENTION = softmax(q @ keys.T) @ values
SHAPES = {q: (4, 3), keys: (5, 3), values: (5, 6)}


def _draw(probe: str, dtype: str = "float32") -> dict:
    return PROBES[probe](SHAPES, roles_of(ATTENTION, dtype), np.random.default_rng(0))


def test_scores_and_values_are_told_apart() -> None:
    roles = roles_of(ATTENTION)
    assert roles.scores == (q, keys)
    assert roles.values == (values,)


def test_uniform_weights_meet_onehot_values() -> None:
    drawn = _draw("uniform")
    assert np.ptp(drawn[q] @ drawn[keys].T) == 0
    assert (np.sort(drawn[values], axis=1)[:, -1] == 1).all()
    assert (drawn[values].sum(axis=1) == 1).all()


def test_ones_make_every_output_one() -> None:
    assert (_draw("ones")[values] == 1).all()


def test_every_query_of_retrieval_is_a_key() -> None:
    drawn = _draw("retrieval")
    assert set(np.unique(drawn[keys])) == {-1.0, 1.0}
    assert all((drawn[keys] == query).all(axis=1).any() for query in drawn[q])


@pytest.mark.parametrize(("dtype", "largest"), [("float32", 88.8), ("float64", 709.8)])
def test_large_scores_overflow_exp(dtype: str, largest: float) -> None:
    drawn = _draw("large", dtype)
    assert (drawn[q] @ drawn[keys].T).max() > largest


def test_very_negative_scores_are() -> None:
    drawn = _draw("negative")
    assert (drawn[q] @ drawn[keys].T).max() < -30


def test_ramps_rise_and_no_two_entries_agree() -> None:
    drawn = _draw("ramps")
    for entries in drawn.values():
        assert (np.diff(entries.ravel()) > 0).all()


def test_values_carry_their_place() -> None:
    assert _draw("index")[values][2, 3] == 3 + 3 / 16


def test_an_expression_without_softmax_has_other_probes() -> None:
    X, Q, K = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k)
    assert probes_of(scores(X, Q, K)) == ("ramps", "index", "signs", "onehot")
    assert "large" in probes_of(ATTENTION)


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_rounding_is_that_of_numpy(dtype: str) -> None:
    rng = np.random.default_rng(1)
    given = rng.standard_normal(500) * 10.0 ** rng.integers(-9, 5, 500)
    given = np.clip(given, -60000, 60000)
    assert (rounded(given, dtype) == given.astype(dtype).astype(np.float64)).all()


@pytest.mark.needs("torch")
def test_rounding_to_bfloat16_is_that_of_torch() -> None:
    import torch

    given = np.random.default_rng(2).standard_normal(500).astype(np.float32).astype(np.float64)
    assert (rounded(given, "bfloat16") == torch.tensor(given).bfloat16().double().numpy()).all()


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32"])
def test_every_input_is_a_number_of_the_dtype(dtype: str) -> None:
    for case in cases(ATTENTION, Wanted({}, {}, 0, 3, None), dtype):
        for value in case.at.values.values():
            assert (rounded(value, dtype) == value).all()


def test_a_case_is_drawn_again_from_its_probe_sizes_and_seed() -> None:
    for case in cases(ATTENTION, Wanted({}, {}, 3, 3, None), "float32"):
        again = next(iter(cases(ATTENTION, Wanted(dict(case.at.sizes), {}, case.seed, 1, case.probe), "float32")))
        assert all((again.at.values[a] == case.at.values[a]).all() for a in letters_of(ATTENTION))
