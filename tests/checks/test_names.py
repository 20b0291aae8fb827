"""What `symattn.checks` offers, and what it loads for that."""

from __future__ import annotations

import subprocess
import sys

import pytest

import symattn.checks


def test_every_name_is_there() -> None:
    for name in symattn.checks.__all__:
        assert getattr(symattn.checks, name).__doc__
        assert name in dir(symattn.checks)


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'assert_close'"):
        symattn.checks.assert_close  # noqa: B018


@pytest.mark.parametrize(
    ("code", "heavy"),
    [
        ("import symattn.checks", {"sympy", "numpy", "mpmath", "torch", "jax", "pytest"}),
        ("from symattn.checks import assert_computes, assert_holds, assert_same_head", {"torch", "jax", "pytest"}),
        (
            "from symattn.checks import parametrize_theorems\n@parametrize_theorems('rank')\ndef test(theorem): ...",
            {"sympy", "numpy", "torch", "jax"},
        ),
    ],
)
def test_nothing_is_loaded_before_it_is_needed(code: str, heavy: set[str]) -> None:
    show = f"\nimport sys\nprint(*sorted({heavy!r} & set(sys.modules)), file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code + show], capture_output=True, text=True, check=False)
    assert ran.stderr == "\n"


def test_a_failure_of_a_check_is_an_assertion_and_undecided_is_both() -> None:
    from symattn.checks import CheckFailed, CheckUndecided
    from symattn.errors import SymattnError, Undecided

    assert issubclass(CheckFailed, AssertionError)
    assert not issubclass(CheckFailed, SymattnError)
    assert issubclass(CheckUndecided, CheckFailed)
    assert issubclass(CheckUndecided, Undecided)
    assert CheckUndecided("nothing known", reason="too wide").reason == "too wide"
