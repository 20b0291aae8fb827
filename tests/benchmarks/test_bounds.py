"""What bounds cost: every row is there, and the ratio is that of its numbers.  No time is judged."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bounds(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT))
    return import_module("benchmarks.bounds")


def test_every_row_is_measured_at_every_size(bounds: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert bounds.main(["--sizes", "4", "6", "--repeats", "1", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    whats = [row["what"] for row in rows if row["n"] == 4]
    assert whats == [row["what"] for row in rows if row["n"] == 6]
    assert {what.split()[0] for what in whats} == {"bound", "exact", "assertion", "rank"}
    for row in rows:
        assert row["ratio"] == pytest.approx(row["seconds"] / row["attention"])
        assert (row["arrays"] is not None) == row["what"].startswith("bound")


def test_the_table_shows_what_was_measured(bounds: ModuleType) -> None:
    table = bounds.text([bounds.Cost("bound eager float32", 512, 0.05, 0.002, 17.6)])
    assert table.splitlines()[-1].split() == ["bound", "eager", "float32", "512", "0.050", "2.00", "ms", "25", "17.6"]


def test_what_is_compared_with_is_attention(bounds: ModuleType) -> None:
    q = np.eye(2)
    e = np.exp(2**-0.5)
    assert np.allclose(bounds.attention(q, q, q), np.array([[e, 1], [1, e]]) / (e + 1))
