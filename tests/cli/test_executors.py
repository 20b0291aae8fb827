"""Who checks the theorems: real processes, and a real cluster on this machine."""

from __future__ import annotations

import pytest

from symattn.cli import main
from symattn.cli.executors import opened
from symattn.errors import MissingExtra

COMMAND = ["verify", "rank_bound", "softmax_shift", "--quiet", "--executor"]


def test_processes_check_the_theorems(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*COMMAND, "processes"]) == 0
    assert "2 theorems: 2 hold" in capsys.readouterr().out


@pytest.mark.needs("distributed")
def test_a_cluster_of_dask_checks_the_theorems(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*COMMAND, "dask"]) == 0
    assert "2 theorems: 2 hold" in capsys.readouterr().out


def test_dask_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"symattn\[dask\]"), opened("dask"):
        pass
