"""What is proposed where a statement is undecided."""

from __future__ import annotations

import argparse
import shlex
from typing import Any

import pytest

from symattn.cli.deciding.advice import Advice, command, longer, next_question, quoted
from symattn.cli.parser import build_parser
from symattn.proof.text.parse import parse
from symattn.theory import select

WITNESS = "x:1*n y:1*n |- Exists(x, x == y@ones(n, n))"


def asked(*arguments: str) -> argparse.Namespace:
    return build_parser("0").parse_args(["prove", *arguments])


def in_a_shell(line: str) -> list[str]:
    return shlex.split(line.replace("\\\n", " "))


@pytest.mark.parametrize("said", ["x", "A == B", 'say "so"', "$HOME", "a!b", "it's", "back\\slash", "Q'", ""])
def test_a_shell_reads_what_was_meant(said: str) -> None:
    assert shlex.split(quoted(said)) == [said]
    assert "!" not in quoted(said) or quoted(said).startswith("'")


def test_the_command_is_the_one_that_was_given_with_one_option_more(narrow: int) -> None:
    given = ["--given", "A == B", "--hint", "A - B", "--using", "softmax_shift"]
    line = command(asked("A:n*n B:n*n |- " + " + ".join(["A@B"] * 20) + " == B", *given), "--timeout 9")
    again = build_parser("0").parse_args(in_a_shell(line)[1:])
    assert max(map(len, line.splitlines())) <= narrow
    assert (again.given, again.hint, again.using, again.timeout) == (["A == B"], ["A - B"], ["softmax_shift"], 9)
    assert again.statement.count("A@B") == 20


def test_more_time_is_ten_times_as_much() -> None:
    assert in_a_shell(longer(asked("|- 1 == 1", "--timeout", "0.5")))[-1] == "5"


def advice(statement: str, *using: Any) -> Advice:
    return next_question(asked(statement), parse(statement), [], using, asked(statement).timeout)


def test_a_hint_that_settles_it_is_named() -> None:
    found = advice(WITNESS)
    assert found.settles
    assert in_a_shell(found.line)[-2:] == ["--hint", "y @ ones(n, n)"]


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        ("S:n*n |- Implies(softmax(S) == softmax(S).T, S == S.T)", "softmax"),
        ("a:scalar b:scalar |- Implies(a**3 == b**3, a == b)", None),
    ],
)
def test_where_nothing_settles_it_a_list_is_named_that_is_not_empty(
    symattn: Any, statement: str, word: str | None
) -> None:
    found = advice(statement)
    assert not found.settles
    assert found.line.split() == ["symattn", "list", *([word] if word else [])]
    assert symattn(*found.line.split()[1:])[0] == 0


def test_a_theorem_that_settles_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of those that speak of the same, the nearest comes first."""
    monkeypatch.setattr("symattn.cli.deciding.advice._settles", lambda goal, hints, using, seconds: bool(using))
    *_, option, name = in_a_shell(advice("S:n*m b:n*1 |- softmax(S + b@ones(1, m)) == softmax(S)").line)
    assert option == "--using"
    assert "softmax" in str(select([name])[0].says)
