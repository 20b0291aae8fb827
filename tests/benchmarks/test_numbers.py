"""The audit of the bounds: a small one passes, a wrong bound is found out, the table says both.  No time is judged."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def numbers(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT))
    return import_module("benchmarks.numbers")


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks", "numbers", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(
    "arithmetic",
    [
        "numpy:float64",
        "numpy:float32",
        "numpy:float16",
        "numpy:bfloat16",
        "mpmath:50",
        "contract:float64",
        "contract:float32",
        "contract:float16/float32",
        "contract:bfloat16",
        pytest.param("torch:bfloat16", marks=pytest.mark.needs("torch")),
        pytest.param("torch:float32", marks=pytest.mark.needs("torch")),
        pytest.param("jax:float32", marks=pytest.mark.needs("jax")),
    ],
)
def test_the_exact_value_is_inside_every_time(arithmetic: str, numbers: ModuleType) -> None:
    found = [numbers.audit(arithmetic, name, 12, 1) for name in numbers.expressions()]
    assert sum(one.outside for one in found) == 0
    assert sum(one.evaluations for one in found) > 1000
    assert sum(one.unknown for one in found) < sum(one.evaluations for one in found) / 2


@pytest.mark.parametrize("arithmetic", ["numpy:float64", "numpy:float32", "contract:float64", "contract:float32"])
def test_a_product_chain_is_bounded_within_a_thousand_times_its_error(arithmetic: str, numbers: ModuleType) -> None:
    found = numbers.audit(arithmetic, "product chain", 30, 0)
    assert 1 <= found.least <= found.middle < 1000


@pytest.mark.parametrize("name", ["product chain", "exp", "softmax", "attention"])
def test_a_bound_that_forgets_rounding_is_found_out(name: str, numbers: ModuleType, monkeypatch: Any) -> None:
    from symattn.numeric import Floats
    from symattn.numeric.arithmetics import registry

    def forgetful(text: str, parse: Callable[[str], Any] = registry.parse_arithmetic) -> Any:
        made = parse(text)
        if isinstance(made, Floats):
            made.unit = made.library = 0.0
        return made

    monkeypatch.setattr("symattn.numeric.parse_arithmetic", forgetful, raising=False)
    assert numbers.audit("numpy:float32", name, 12).outside > 0


def test_the_command_prints_both_tables() -> None:
    ran = _run("--trials", "2", "--heads", "2", "--only", "numpy:float64", "--json")
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found["schema"] == 1
    assert {row["arithmetic"] for row in found["audits"]} == {"numpy:float64"}
    assert [row["heads"] for row in found["spectra"]] == [2]


def test_the_text_has_a_line_for_every_audit_and_the_sum(numbers: ModuleType) -> None:
    rows = [numbers.Audit("numpy:float64", name, 10, 0, 1, 50.0, 2.5) for name in ("exp", "softmax")]
    lines = numbers.text(rows, [numbers.Cost(3, 8, 2, 0.5, 1.0, 1e-12)]).splitlines()
    assert " ".join(lines[2].split()) == "numpy:float64 exp 10 0 1 50 median, 2.5 at least"
    assert " ".join(lines[4].split()) == "numpy:float64 all 20 0"
    assert lines[5].endswith("2 ×")
