"""This version and another one in turns: the theorems that both have, and the ratio of their times."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from subprocess import CalledProcessError
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


def test_a_version_in_which_a_theorem_does_not_hold_is_no_comparison(
    against: Any, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(version: Path, names: list[str]) -> float:
        raise CalledProcessError(1, against.command("verify", *names))

    monkeypatch.setattr(against, "processor_seconds", failing)
    assert against.main([str(checkout), "rank_bound"]) == 1
    assert "does not hold" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["nowhere"], "no directory symattn"),
        ([".", "--rounds", "0"], "at least 1 is needed"),
        ([".", "rank_bound", "rank_unbounded"], "not theorems of both versions: rank_unbounded"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    against: Any,
    wrong: list[str],
    said: str,
    checkout: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(checkout)
    with pytest.raises(SystemExit):
        against.main(wrong)
    assert said in capsys.readouterr().err
