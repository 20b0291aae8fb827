"""`assert_holds` and `parametrize_theorems`: the catalogue, with somebody's functions in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import symattn
from symattn.checks import CheckFailed, CheckUndecided, assert_holds, parametrize_theorems
from symattn.checks.parametrize import selected
from symattn.errors import LanguageError, UnknownName


def my_softmax(S: Any, mask: Any = None) -> Any:
    w = np.exp(S - S.max(-1, keepdims=True))
    w = w if mask is None else w * mask
    total = w.sum(-1, keepdims=True)
    return w / np.where(total > 0, total, 1)


def my_scores(X: Any, Q: Any, K: Any) -> Any:
    return (X @ Q) @ (X @ K).T


def my_form(Q: Any, K: Any) -> Any:
    return Q @ K.T


def my_attention(X: Any, Q: Any, K: Any, V: Any, scale: float = 1.0) -> Any:
    return my_softmax(my_scores(X, Q, K) * scale) @ (X @ V)


def my_head(X: Any, Q: Any, K: Any, V: Any, O: Any, scale: float = 1.0) -> Any:
    return my_attention(X, Q, K, V, scale) @ O


def my_logsumexp(S: Any) -> Any:
    top = S.max(-1, keepdims=True)
    return top + np.log(np.exp(S - top).sum(-1, keepdims=True))


def base_two(S: Any, mask: Any = None) -> Any:
    return my_softmax(S * np.log(2), mask)


@parametrize_theorems("softmax", "2.13", "gauge_inv", "softmax_jac", uses="softmax")
def test_my_softmax_obeys_the_theorems_about_softmax(theorem: Any) -> None:
    assert_holds(theorem, softmax=my_softmax)


@pytest.mark.parametrize(
    ("part", "fn", "most"),
    [
        ("scores", my_scores, 6),
        ("attention", my_attention, 9),
        ("head", my_head, 9),
        ("logsumexp", my_logsumexp, 9),
        ("exp", np.exp, 9),
        ("log", np.log, 9),
    ],
)
def test_right_parts_never_contradict_a_theorem(part: str, fn: Any, most: int) -> None:
    names = list(selected((), uses=part))[:most]
    assert len(names) >= 3
    for name in names:
        assert_holds(name, **{part: fn})


# what has to exist is not said by the theorem, and the numbers have no instance of it
SILENT = {"rank_full": "no witness is given", "symmetric_part_inertia": "no witness is given"}


@parametrize_theorems("symmetric_", "rank_", "score", uses="form", expected_failed=SILENT)
def test_my_form_obeys_the_theorems_about_forms(theorem: Any) -> None:
    assert_holds(theorem, form=my_form)


@pytest.mark.parametrize(
    ("theorem", "parts"),
    [
        ("log_weights", {"softmax": base_two}),
        ("detailed_balance", {"softmax": base_two}),
        ("stochasticity", {"softmax": lambda S: my_softmax(S.T).T}),
        ("softmax_of_shifted", {"softmax": lambda S: 1 / (1 + np.exp(-S))}),
        ("permutation_equivariance", {"attention": lambda X, Q, K, V, scale=1.0: np.cumsum(X @ V, axis=0)}),
        ("gauge_invariance", {"scores": lambda X, Q, K: np.maximum(X @ Q, 0) @ (X @ K).T}),
        ("gauge_invariance", {"head": lambda X, Q, K, V, O, scale=1.0: my_head(X, np.abs(Q), K, V, O, scale)}),
        ("log_weights", {"logsumexp": lambda S: S.max(-1, keepdims=True)}),
        ("softmax_permuted", {"softmax": lambda S: S * np.arange(S.shape[-1])}),
        ("tied_qk_psd", {"form": lambda Q, K: np.triu(Q @ K.T)}),
    ],
)
def test_wrong_parts_contradict(theorem: str, parts: dict[str, Any]) -> None:
    with pytest.raises(CheckFailed) as caught:
        assert_holds(theorem, **parts)
    assert not isinstance(caught.value, CheckUndecided)
    assert str(caught.value).startswith(f"{theorem} does not hold with {next(iter(parts))}=")


@pytest.mark.parametrize("dtype", ["float32", "float16"])
def test_parts_may_be_coarse_when_the_contract_says_so(dtype: str) -> None:
    for theorem in ("stochasticity", "detailed_balance", "softmax_of_shifted"):
        assert_holds(theorem, dtype=dtype, softmax=my_softmax)


def test_a_coarse_part_is_found_out() -> None:
    def in_half(S: Any) -> Any:
        return my_softmax(S.astype(np.float16)).astype(S.dtype)

    with pytest.raises(CheckFailed, match="contract : eager float64"):
        assert_holds("stochasticity", softmax=in_half)


@pytest.mark.needs("torch")
@pytest.mark.parametrize("dtype", ["float64", "float32", "bfloat16"])
def test_torch_softmax_is_a_softmax(dtype: str) -> None:
    import torch

    def torch_softmax(S: Any) -> Any:
        return torch.softmax(S, -1)

    assert_holds("detailed_balance", framework="torch", dtype=dtype, softmax=torch_softmax)


def test_an_unknown_theorem_suggests_names() -> None:
    with pytest.raises(UnknownName, match="Did you mean softmax_shift"):
        assert_holds("softmax_shft", softmax=my_softmax)


def test_an_unknown_part_lists_the_parts() -> None:
    with pytest.raises(UnknownName, match=r"no part of a theorem is called sofmax\n  accepted: softmax, exp"):
        assert_holds("softmax_shift", sofmax=my_softmax)


def test_a_part_that_does_not_occur_lists_what_does() -> None:
    with pytest.raises(LanguageError) as caught:
        assert_holds("softmax_shift", scores=my_scores)
    assert "scores does not occur in softmax_shift" in str(caught.value)
    assert "it has : softmax, logsumexp" in str(caught.value).replace("exp, log, ", "")


def test_a_part_inside_a_derivative_does_not_count() -> None:
    with pytest.raises(LanguageError, match="logsumexp does not occur in lse_gradient"):
        assert_holds("lse_gradient", logsumexp=my_logsumexp)


def test_a_part_that_is_no_function_is_an_error() -> None:
    with pytest.raises(LanguageError, match="softmax=3 is not a function"):
        assert_holds("softmax_shift", softmax=3)  # type: ignore[arg-type]


def test_a_part_that_misbehaves_fails_as_everywhere() -> None:
    with pytest.raises(CheckFailed, match="returns an array of another shape"):
        assert_holds("softmax_shift", softmax=lambda S: S.sum(-1))
    with pytest.raises(LanguageError, match="cannot be called with these letters"):
        assert_holds("qk_ov_factor", scores=lambda q, k: q)


def test_nothing_said_is_not_success() -> None:
    with pytest.raises(CheckUndecided, match="is undecided in float64"):
        assert_holds("rank_full", form=my_form)


@pytest.mark.parametrize(
    ("selectors", "some", "none"),
    [
        (("softmax",), "stochasticity", "softmax_jacobian"),
        (("gradients",), "softmax_backward", "stochasticity"),
        (("gauge_",), "gauge_invariance", "softmax_shift"),
        (("2.14",), "log_weights", "detailed_balance"),
        (("2",), "detailed_balance", "rank_bound"),
        (("gauge", "rank"), "minors_vanish", "softmax_shift"),
    ],
)
def test_selectors(selectors: tuple[str, ...], some: str, none: str) -> None:
    names = selected(selectors)
    assert some in names
    assert (none in names) is any(none.startswith(selector) for selector in selectors)


def test_no_selector_selects_all() -> None:
    from symattn import catalogue

    assert list(selected(())) == list(catalogue())


@pytest.mark.parametrize(
    ("selectors", "options", "says"),
    [
        (
            ("bilineer",),
            {},
            r"no theorem is called bilineer\n +names .*gauge_\n +sections .*2\.14\n +chapters .*embedding \(1\), ",
        ),
        (("11",), {}, r"no theorem is called 11\n(.*\n)*.*chapters.*embedding \(1\), .*normalisation \(10\)"),
        (("gaugge",), {}, r"no theorem is called gaugge\n +Did you mean gauge_image, rope_gauge\?"),
        (("gauge",), {"named": {"softmax_shift": "why"}}, "softmax_shift is expected to fail, but is not selected"),
        ((), {"uses": "softmx"}, "no part of a theorem is called softmx"),
    ],
)
def test_a_selection_that_selects_nothing_is_an_error(selectors: tuple[str, ...], options: Any, says: str) -> None:
    with pytest.raises(UnknownName, match=says):
        selected(selectors, **options)


FILE = """
from symattn.checks import parametrize_theorems

import sys
assert "symattn.theory" not in sys.modules

@parametrize_theorems("gauge_inv", "2.14", expected_failed={"log_weights": "not yet"})
def test_it(theorem):
    assert theorem.name != "log_weights"

@parametrize_theorems("gauge_inv", expected_failed={"gauge_invariance": "it does hold"})
def test_strictly(theorem):
    pass
"""


def _pytest(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_mine.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", "--rootdir", str(folder), "test_mine.py"]
    found = {**os.environ, "PYTHONPATH": str(Path(symattn.__file__).parents[1])}
    return subprocess.run(command, cwd=folder, env=found, capture_output=True, text=True, check=False)


def test_pytest_runs_one_test_for_each_theorem(tmp_path: Path) -> None:
    ran = _pytest(tmp_path, FILE)
    assert "test_mine.py::test_it[gauge_invariance] PASSED" in ran.stdout
    assert "test_mine.py::test_it[kolmogorov_hidden_symmetry] PASSED" in ran.stdout
    assert "test_mine.py::test_it[log_weights] XFAIL" in ran.stdout
    assert "test_mine.py::test_strictly[gauge_invariance] FAILED" in ran.stdout
    assert ran.returncode == 1


def test_pytest_reports_a_selector_that_selects_nothing(tmp_path: Path) -> None:
    ran = _pytest(tmp_path, FILE.replace("gauge_inv", "gaugge"))
    assert re.search(r"UnknownName: no theorem is called gaugge\n.* Did you mean gauge_image, rope_gauge\?", ran.stdout)
    assert ran.returncode == 2
