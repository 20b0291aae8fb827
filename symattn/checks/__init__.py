"""Checks: what people import in the tests of their own attention code.

No tolerance is chosen: every bound follows from the dtype and the contract that an implementation keeps.  Names are
looked up when they are first used; torch and JAX are imported only when a check asks for their arrays.

    assert_computes            a function computes an expression              computes.py
    assert_holds               a theorem holds with a function in it          theorems.py
    parametrize_theorems       one test for each theorem                      parametrize.py
    assert_gauge_invariant     Q M and K M⁻ᵀ change nothing                   gauge.py
    assert_same_head           two heads are equal up to gauge                heads.py
    assert_rank_at_most        scores have the rank that a head can give      ranks.py
    assert_symmetric_score     were the scores behind P symmetric?            symmetry.py
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_WHERE = {
    "CheckFailed": "failures",
    "CheckUndecided": "failures",
    "assert_computes": "computes",
    "assert_gauge_invariant": "gauge",
    "assert_holds": "theorems",
    "assert_not_symmetric_score": "symmetry",
    "assert_rank_at_most": "ranks",
    "assert_same_head": "heads",
    "assert_symmetric_score": "symmetry",
    "parametrize_theorems": "parametrize",
}

__all__ = sorted(_WHERE)  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_WHERE[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_WHERE})
