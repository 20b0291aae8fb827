"""`symattn check`: functions of tensors from the shell."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

CODE = """
import numpy as np

def attend(q, k, v, scale=True):
    S = np.einsum("bhnd,bhmd->bhnm", q, k)
    S = S / np.sqrt(q.shape[-1]).astype(q.dtype) if scale else S
    w = np.exp(S - S.max(-1, keepdims=True))
    return w / w.sum(-1, keepdims=True) @ v

def unscaled(q, k, v):
    return attend(q, k, v, scale=False)
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "attending.py").write_text(CODE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def test_a_right_function_holds(symattn: Run) -> None:
    code, out, _ = symattn("check", "attending:attend", "--framework", "numpy", "--sizes", "k=8", "--json")
    answer = json.loads(out)
    assert (code, answer["holds"], answer["spec"]) == (0, True, "plain")
    assert answer["formula"] == "softmax((1/sqrt(k)) Q Kᵀ) V"
    assert answer["samples"]


def test_a_wrong_one_fails_with_its_mistake(symattn: Run) -> None:
    code, _, err = symattn("check", "attending:unscaled", "--framework", "numpy", "--spec", "heads=2")
    assert code == 1
    assert "it looks like the scale left out" in err


def test_undecided_is_no_success(symattn: Run) -> None:
    spec = "window=99/99, alignment=upper-left"
    code, _, err = symattn(
        "check", "attending:attend", "--framework", "numpy", "--spec", spec, "--sizes", "n=3,m=4,k=8"
    )
    assert code == 3
    assert "never shown" in err


@pytest.mark.parametrize(
    ("function", "spec", "says"),
    [
        ("attending", "", "names no function"),
        ("attending:nothing", "", "there is no attending:nothing"),
        ("attending:attend", "causal=true", "says too little"),
        ("attending:attend", "mask", "no option of attention"),
    ],
)
def test_questions_that_make_no_sense_are_usage(symattn: Run, function: str, spec: str, says: str) -> None:
    code, _, err = symattn("check", function, "--framework", "numpy", "--spec", spec)
    assert code == 2
    assert says in err
