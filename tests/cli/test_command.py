"""The command of a shell ends at once, with all that it has said and its exit code."""

from __future__ import annotations

import subprocess
import sys

import pytest

from symattn.theory import catalogue


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "symattn", *arguments], capture_output=True, text=True, encoding="utf-8"
    )


def test_all_that_was_said_arrives() -> None:
    """The list is longer than what is written at once."""
    ended = command("list")
    assert ended.returncode == 0
    assert [name for name in catalogue() if name not in ended.stdout] == []


@pytest.mark.parametrize(
    ("text", "code"), [("A:n*n B:n*n |- A + B == B + A", 0), ("A:n*n B:n*n |- A@B == B@A", 1), ("A:n*n |- A ==", 2)]
)
def test_the_exit_code_is_that_of_the_answer(text: str, code: int) -> None:
    assert command("prove", text).returncode == code


def test_misuse_ends_as_usual() -> None:
    ended = command("prove", "--nothing-like-this")
    assert (ended.returncode, "usage" in ended.stderr) == (2, True)
