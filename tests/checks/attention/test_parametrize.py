"""One test for each spec: with pytest, in a test case of unittest, and where there is no pytest at all."""

from __future__ import annotations

import os
import subprocess
import sys
import unittest
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from symattn.checks import CheckFailed, attention_spec, parametrize_attention
from symattn.errors import UnknownName

OPTIONS: dict[str, Any] = {"framework": "numpy", "sizes": {"n": (5, 6), "m": (7, 6), "k": 8}}


def attend(q: Any, k: Any, v: Any) -> Any:
    S = np.einsum("bhnd,bhmd->bhnm", q, k) / np.sqrt(q.shape[-1]).astype(q.dtype)
    w = np.exp(S - S.max(-1, keepdims=True))
    return w / w.sum(-1, keepdims=True) @ v


SPECS = ("plain", attention_spec(heads=1), "causal=upper-left")


def _cases(specs: Any) -> list[Any]:
    """What pytest is told."""

    def body(check: Any) -> None:
        check()

    decorated = parametrize_attention(attend, specs, **OPTIONS)(body)
    return list(decorated.pytestmark[0].args[1])


def test_ids_are_texts_so_that_workers_of_xdist_agree_on_them() -> None:
    assert [each.id for each in _cases(SPECS)] == ["attend, plain", "attend, heads=1/1", "attend, causal=upper-left"]


def test_options_of_a_call_win_over_those_of_the_decorator() -> None:
    (case,) = _cases(["plain"])[0].values
    assert "float64" in case(dtype="float64").contract
    assert repr(case) == "<attend, plain>"


def test_without_pytest_the_specs_are_tried_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def body(check: Any) -> None:
        seen.append(check.name)
        check()

    monkeypatch.setitem(sys.modules, "pytest", None)
    with pytest.raises(CheckFailed, match="the causal mask left out"):
        parametrize_attention(attend, SPECS, **OPTIONS)(body)()
    assert seen == ["attend, plain", "attend, heads=1/1", "attend, causal=upper-left"]


def test_every_subtest_of_a_test_case_is_run() -> None:
    class Mine(unittest.TestCase):
        @parametrize_attention(attend, ["causal=upper-left", "plain", "causal=lower-right"], **OPTIONS)
        def test_attention(self, check: Any) -> None:
            check()

    result = unittest.TestResult()
    Mine("test_attention").run(result)
    assert len(result.failures) == 2


def test_what_is_no_spec_is_refused_when_it_is_written() -> None:
    with pytest.raises(UnknownName, match="no option"):
        parametrize_attention(attend, ["loud=true"])


def test_a_failure_in_pytest_shows_the_test_and_the_message_alone(tmp_path: Path) -> None:
    lines = [
        "from symattn.checks import assert_attention, assert_computes",
        "import symattn as sa",
        "import numpy as np",
    ]
    lines += ["S = sa.matrix('S', *sa.sizes('n m'))", "def zeros(q, k, v):", "    return 0 * q"]
    lines += [
        "def test_attention():",
        "    assert_attention(zeros, 'heads=1, widths=same', framework='numpy', budget=1)",
    ]
    lines += ["def test_expression():", "    assert_computes(lambda S: 0 * S, sa.softmax(S))"]
    (tmp_path / "test_mine.py").write_text("\n".join(lines))
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_mine.py"]
    root = str(Path(__file__).parents[3])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([root, *sys.path])}
    said = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, env=environment, check=False).stdout
    assert "zeros does not compute this attention" in said
    assert "2 failed" in said
    assert "framework    whose tensors" not in said
    shown, _ = said.split("short test summary")  # which repeats all of a message where CI is set
    first, second = shown.split("test_expression ___")
    assert len(first.splitlines()) <= 35
    assert len(second.splitlines()) <= 35
