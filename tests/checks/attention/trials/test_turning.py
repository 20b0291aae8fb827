"""Turns by tables are multiplications by e^{i angle}, of the pairs that the layout says, at the places of rows."""

from __future__ import annotations

import numpy as np
import pytest

from symattn.checks.attention.spec.reading import read
from symattn.checks.attention.trials.draws import inputs_of
from symattn.checks.attention.trials.problem import problem_of
from symattn.checks.attention.trials.reference import plain_value
from symattn.checks.attention.trials.sizes import Shape
from symattn.checks.attention.trials.turning import turn_of

ROWS = np.arange(48.0).reshape(1, 1, 6, 8) / 7


def complex_turn(rows: np.ndarray, angles: np.ndarray, pairs: str) -> np.ndarray:
    """By complex numbers, for as many pairs as there are angles."""
    half = angles.shape[1]
    first, second = (slice(0, half), slice(half, 2 * half))
    if pairs == "interleaved":
        first, second = slice(0, 2 * half, 2), slice(1, 2 * half, 2)
    turned, out = (rows[..., first] + 1j * rows[..., second]) * np.exp(1j * angles), rows.copy()
    out[..., first], out[..., second] = turned.real, turned.imag
    return out


@pytest.mark.parametrize("pairs", ["halves", "interleaved"])
@pytest.mark.parametrize("width", [8, 4])
def test_a_turn_multiplies_by_a_complex_number(pairs: str, width: int) -> None:
    angles = np.random.default_rng(0).standard_normal((9, width // 2))
    spec = read(f"rope={pairs}, rope_width={width}, causal=lower-right")
    turn = turn_of(spec, {"cos": np.cos(angles), "sin": np.sin(angles)}, ROWS.shape, 8, np.array([8]))
    (C, D), (E, F) = turn.queries, turn.keys
    np.testing.assert_allclose(
        ROWS[0, 0] * C[0] + ROWS[0, 0] @ turn.pairs * D[0], complex_turn(ROWS, angles[2:8], pairs)[0, 0]
    )
    keys = np.concatenate([ROWS[0, 0], ROWS[0, 0, :2]])
    np.testing.assert_allclose(keys * E + keys @ turn.pairs * F, complex_turn(keys, angles[:8], pairs))


def test_a_query_at_no_place_of_the_tables_is_an_error() -> None:
    tables = {"cos": np.ones((6, 4)), "sin": np.zeros((6, 4))}
    spec = read("rope=halves, causal=lower-right")
    with pytest.raises(IndexError, match="no place"):
        turn_of(spec, tables, (1, 1, 6, 8), 4, np.array([4]))
    with pytest.raises(IndexError, match="no place"):
        turn_of(spec, tables, (1, 1, 6, 8), 6, np.array([6]), shift=1)


def test_scores_depend_on_differences_of_places_alone() -> None:
    """With tables of cos and sin of true angles, one more key in front moves nothing."""
    spec = read("rope=halves, causal=lower-right, heads=1")
    inputs = inputs_of(spec, Shape(1, 4, 5, 8, 8), 0, "float64")
    assert inputs is not None
    later = inputs.but(
        k=np.concatenate([inputs.k[:, :, :1], inputs.k], axis=2),
        v=np.concatenate([inputs.v[:, :, :1], inputs.v], axis=2),
    )
    before, after = (plain_value(problem_of(spec, each), ("scores",))["scores"] for each in (inputs, later))
    np.testing.assert_allclose(after[..., 1:], before, rtol=0, atol=1e-12)
