"""ASCII in place of what cannot be shown."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from symattn.cli.screen.spelling import in_ascii
from symattn.language import text
from symattn.theory import catalogue


@pytest.mark.parametrize(
    ("shown", "typed"),
    [
        ("X Q Kᵀ Xᵀ", "X Q K^T X^T"),
        ("A ∘ B ≥ 0", "A o B >= 0"),
        ("A : n×d", "A : n x d"),
        ("(M⁻¹)ᵀ", "(M^-1)^T"),
        ("x² ≤ y¹⁰", "x^2 <= y^10"),
        ("e₀ σ₁₂", "e_0 sigma_12"),
        ("(c I - A) ⪰ 0", "(c I - A) is PSD"),
        ("∀ x: ¬(A = B) ⇒ P", "for all x: not (A = B) => P"),
        ("τ, Π and Σ_h ‖W‖", "tau, Pi and sum_h ||W||"),
        ("Ré, Čech — “so”", 'Re, Cech -- "so"'),
        ("plain", "plain"),
    ],
)
def test_every_sign_is_what_people_type(shown: str, typed: str) -> None:
    assert in_ascii(shown) == typed


def test_nothing_in_the_catalogue_is_without_a_spelling() -> None:
    for one in catalogue().values():
        for said in (text(one.says), *map(text, one.given), one.title, one.prose, one.sketch, one.source or ""):
            assert in_ascii(said).isascii()
            assert in_ascii(said).count("?") == said.count("?")


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
