"""Spectra from the factors: singular values and eigenvalues of Q Kᵀ lie within their radii, and W is never formed."""

from __future__ import annotations

import tracemalloc
from fractions import Fraction

import mpmath
import numpy as np
import pytest

from symattn.errors import ShapeError, WeightsError
from symattn.models import Head, form_spectra, head_report, symmetric_spectra
from symattn.models.thin_qr import thin
from symattn.numeric.bounds.formats import named
from symattn.numeric.linear_algebra import elimination


def head(seed: int, d: int, k: int, *, spread: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    Q, K = rng.standard_normal((2, d, k))
    return Q * 10.0 ** -rng.integers(0, spread + 1, k), K


def exact_singular_values(Q: np.ndarray, K: np.ndarray) -> list[mpmath.mpf]:
    with mpmath.workdps(60):
        W = mpmath.matrix(Q.astype(float).tolist()) * mpmath.matrix(K.astype(float).tolist()).T
        return sorted(mpmath.svd_r(W, compute_uv=False), reverse=True)


def exact_eigenvalues(Q: np.ndarray, K: np.ndarray) -> list[mpmath.mpf]:
    with mpmath.workdps(60):
        W = mpmath.matrix(Q.astype(float).tolist()) * mpmath.matrix(K.astype(float).tolist()).T
        return sorted(mpmath.eigsy((W + W.T) / 2, eigvals_only=True), key=abs, reverse=True)


def nearly_repeated(seed: int) -> tuple[np.ndarray, np.ndarray]:
    Q, K = head(seed, 8, 3)
    Q[:, 1] = Q[:, 0] + 1e-8 * Q[:, 1]
    return Q, K


CASES = {
    "tall": head(0, 9, 4),
    "ill-conditioned": head(1, 8, 3, spread=9),
    "square": head(2, 4, 4),
    "wider than long": head(3, 3, 5),
    "one": head(4, 1, 1),
    "rank-deficient": (head(5, 7, 3)[0] @ np.diag([1.0, 1.0, 0.0]), head(5, 7, 3)[1]),
    "repeated columns": (np.repeat(head(6, 6, 1)[0], 3, axis=1), head(6, 6, 3)[1]),
    "nearly repeated columns": nearly_repeated(12),
    "nearly the same, and scaled": tuple(1e-3 * part for part in nearly_repeated(13)),
    "zero": (np.zeros((5, 2)), head(7, 5, 2)[1]),
    "huge and tiny": (1e120 * head(8, 6, 2)[0], 1e-130 * head(8, 6, 2)[1]),
    "float32": tuple(part.astype(np.float32) for part in head(9, 8, 3)),
    "float16": tuple(part.astype(np.float16) for part in head(10, 8, 3)),
    "bfloat16": tuple(named("bfloat16").nearest(part).astype(np.float32) for part in head(11, 8, 3)),
}


@pytest.mark.parametrize("name", CASES)
def test_the_exact_spectra_lie_within_their_radii(name: str) -> None:
    Q, K = CASES[name]
    for found, truth in (
        (form_spectra(Q, K)[0], exact_singular_values(Q, K)),
        (symmetric_spectra(Q, K)[0], exact_eigenvalues(Q, K)),
    ):
        with mpmath.workdps(60):
            for value, radius, exact in zip(found.values, found.radius, truth, strict=False):
                # eigenvalues ±λ of the same size may be listed in either order
                near = min((abs(mpmath.mpf(float(value)) - other) for other in truth), default=exact)
                assert near <= mpmath.mpf(float(radius))
            rest = truth[len(found.values) :]
            assert all(abs(value) <= mpmath.mpf(10) ** -50 * (1 + abs(truth[0])) for value in rest)
        largest = np.abs(found.values).max(initial=0)
        assert found.radius.max(initial=0) <= (1e-11 * largest or 1e-13)


@pytest.mark.parametrize("name", CASES)
def test_the_rank_is_at_least_what_is_certain_and_exact_where_all_is(name: str) -> None:
    Q, K = CASES[name]
    rows = [[Fraction(float(x)) for x in row] for row in Q], [[Fraction(float(x)) for x in row] for row in K]
    W = np.array(rows[0], dtype=object) @ np.array(rows[1], dtype=object).T
    rank = elimination.rank(W.tolist())
    assert form_spectra(Q, K)[0].least_rank <= rank
    if "ill" not in name:
        assert form_spectra(Q, K)[0].least_rank == rank


def test_the_signs_of_a_symmetric_and_of_a_skew_form() -> None:
    Q, _ = head(0, 6, 2)
    assert symmetric_spectra(Q, Q)[0].signs == (2, 0)
    assert symmetric_spectra(Q, -Q)[0].signs == (0, 2)
    skew = np.array([[0.0, 1.0], [-1.0, 0.0]])
    assert symmetric_spectra(Q, Q @ skew)[0].signs == (0, 0)


def test_heads_in_batches_and_in_threads_give_what_each_gives_alone() -> None:
    Q, K = np.random.default_rng(0).standard_normal((2, 60, 40, 5))
    together = form_spectra(Q, K, workers=3)
    for h, spectrum in enumerate(together):
        alone = form_spectra(Q[h], K[h], workers=1)[0]
        assert (spectrum.values == alone.values).all()
        assert (spectrum.radius == alone.radius).all()


def test_the_peak_of_memory_stays_under_three_times_the_weights() -> None:
    """W itself would be 12 times the weights here."""
    Q, K = np.random.default_rng(0).standard_normal((2, 12, 768, 32)).astype(np.float32)
    form_spectra(Q[:1], K[:1])
    tracemalloc.start()
    try:
        form_spectra(Q, K, workers=2)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3 * (Q.nbytes + K.nbytes)


def test_heads_without_columns_or_without_heads_have_no_singular_values() -> None:
    assert form_spectra(np.zeros((2, 4, 0)), np.zeros((2, 4, 0)))[1].values.shape == (0,)
    assert form_spectra(np.zeros((0, 4, 2)), np.zeros((0, 4, 2))) == []


def test_factors_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ShapeError, match="4×2"):
        form_spectra(np.zeros((4, 2)), np.zeros((4, 3)))
    with pytest.raises(ShapeError, match="H×d×k"):
        form_spectra(np.zeros(4), np.zeros(4))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_factors_that_are_no_numbers_are_refused(bad: float) -> None:
    Q = np.ones((2, 3, 2))
    Q[1, 2, 0] = bad
    with pytest.raises(WeightsError, match=r"\(1, 2, 0\)"):
        form_spectra(np.ones((2, 3, 2)), Q)


def test_cholesky_is_used_where_it_holds_and_reflections_where_not(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    real = np.linalg.qr
    monkeypatch.setattr(np.linalg, "qr", lambda matrix: calls.append(matrix.shape) or real(matrix))
    thin(np.stack([head(0, 9, 4)[0], head(1, 9, 4)[0]]))
    assert calls == []
    thin(np.stack([head(0, 9, 4)[0], np.ones((9, 4))]))
    assert calls == [(9, 4)]


def test_a_wrong_factor_is_measured_and_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    Q, K = head(0, 4, 6)
    right, real = form_spectra(Q, K)[0], np.linalg.qr
    noise = 1 + 1e-6 * np.random.default_rng(0).standard_normal((4, 6))
    monkeypatch.setattr(np.linalg, "qr", lambda matrix: (real(matrix)[0], real(matrix)[1] * noise))
    found = form_spectra(Q, K)[0]
    assert np.abs(found.values - right.values).max() > 1e-8
    assert (np.abs(found.values - right.values) <= found.radius + right.radius).all()


def test_a_report_shows_the_singular_values() -> None:
    Q, K = head(0, 9, 4)
    report = head_report(Head("layer", 0, Q, K))
    truth = np.linalg.svd(Q @ K.T, compute_uv=False)[:4]
    assert np.abs(np.array(report.singular_values) - truth).max() <= report.singular_error + 1e-12
    assert report.least_inertia == (4, 4)
    assert f"singular values {truth[0]:.4g} to {truth[3]:.4g}" in str(report)
