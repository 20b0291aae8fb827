"""What the tests of the command line share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from symattn.cli import main

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some runners of tests say how wide a terminal is where there is none."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def symattn(capsys: pytest.CaptureFixture[str]) -> Command:
    """A command as people type it: its exit code, what it prints, and what it complains of."""

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        return code, *capsys.readouterr()

    return command


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> int:
    """A terminal of 60 columns."""
    monkeypatch.setenv("COLUMNS", "60")
    return 60
