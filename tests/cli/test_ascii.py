"""No command prints what a terminal without Unicode cannot show."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["show", "2.3", "attn_backward"],
        ["show", "2.3", "--json"],
        ["verify", "2.3", "--quiet"],
        ["prove", "A:n*n B:n*n |- A@B.T == B@A.T"],
        ["prove", "A:n*n B:n*n |- (A@B).T == B.T@A.T", "--to", "markdown"],
        ["export", "score_symmetric_iff", "--to", "text"],
        ["rocq", "score_symmetric_iff"],
        ["completion", "fish"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("first", [True, False], ids=["before", "behind"])
def test_no_command_prints_unicode_when_told_so(symattn: Any, arguments: list[str], first: bool) -> None:
    arguments = ["--ascii", *arguments] if first else [*arguments, "--ascii"]
    code, out, err = symattn(*arguments)
    assert code in (0, 1)
    assert out.isascii()
    assert err.isascii()


def test_json_is_still_json(symattn: Any) -> None:
    out = symattn("show", "score_symmetric_iff", "--json", "--ascii")[1]
    says = json.loads(out)["theorems"][0]["says"]["text"]
    assert says == "(for all x, y: total(x W y^T) = total(y W x^T)) <=> W = W^T"


def test_a_terminal_without_unicode_gets_the_same_unasked() -> None:
    command = [sys.executable, "-m", "symattn", "show", "score_symmetric_iff"]
    ran = subprocess.run(command, capture_output=True, check=True, env={"PYTHONIOENCODING": "ascii", **_path()})
    assert b"W = W^T" in ran.stdout
    assert b"\\u" not in ran.stdout


def _path() -> dict[str, str]:
    return {"PYTHONPATH": ":".join(path for path in sys.path if path)}


def test_columns_stand_under_each_other_in_ascii_too(symattn: Any) -> None:
    lines = symattn("verify", "gauge_invariance", "softmax_shift", "--quiet", "--ascii")[1].splitlines()
    heading, rule, *rows = lines[:4]
    starts = [at for at, sign in enumerate(rule) if sign == "-" and (at == 0 or rule[at - 1] == " ")]
    assert all(line[start - 1] == " " for line in (heading, *rows) for start in starts[1:] if start < len(line))
