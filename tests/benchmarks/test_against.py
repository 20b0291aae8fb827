"""This version and another one in turns: the theorems that both have, and the ratio of their times."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import symattn as sa


@pytest.fixture
def against(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(Path(__file__).parents[2])
    return import_module("benchmarks.against")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A directory with this very version."""
    (tmp_path / "symattn").symlink_to(Path(sa.__file__).parent)
    return tmp_path


def test_the_theorems_of_a_checkout_are_those_of_its_catalogue(against: Any, checkout: Path) -> None:
    assert against.names_in(checkout) == [*sa.catalogue()]


def test_the_medians_are_compared(against: Any) -> None:
    assert against.told([3.0, 1.0, 50.0], [2.0, 2.0, 2.0]) == "this version 3.0 s, the other 2.0 s: 1.50 times as long"


def test_compiled_files_are_kept(against: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in against.environment(Path())


def test_the_first_round_does_not_count(
    against: Any, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seconds = iter((90.0, 90.0, 3.0, 2.0))
    monkeypatch.setattr(against, "processor_seconds", lambda version, names: next(seconds))
    assert against.main([str(checkout), "rank_bound", "--rounds", "1"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "    3.0 s, 2.0 s",
        "this version 3.0 s, the other 2.0 s: 1.50 times as long",
    ]


def test_the_seconds_are_those_of_the_whole_process(against: Any, checkout: Path) -> None:
    assert against.processor_seconds(checkout, ["rank_bound"]) > 0.1


@pytest.mark.parametrize("wrong", [["nowhere"], [".", "--rounds", "0"]])
def test_what_is_no_checkout_or_no_round_is_refused(
    against: Any, wrong: list[str], checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(checkout)
    with pytest.raises(SystemExit):
        against.main(wrong)
    assert "no directory symattn" in (said := capsys.readouterr().err) or "at least 1 is needed" in said
