"""One test for each spec: under pytest by its own parametrize, without it as subtests.  No plugin."""

from __future__ import annotations

import functools
import inspect
import unittest
from collections.abc import Callable, Sequence
from typing import Any

from symattn.checks.attention.assertion import assert_attention
from symattn.checks.attention.spec.reading import read
from symattn.checks.attention.spec.spec import AttentionSpec
from symattn.checks.harness.calls import name_of

__all__ = ["parametrize_attention"]


def parametrize_attention(fn: Callable[..., Any], specs: Sequence[AttentionSpec | str], **options: Any) -> Any:
    """Decorate a test that takes `check`: it runs once for each spec, and check() holds `fn` to it.

    fn         the function that is tested; one with a parameter `spec` is given the spec
    specs      `attention_spec(…)` or texts; their text is the id
    options    of `assert_attention`, such as contract="fused bfloat16", backward=("q", "k", "v")

    A function of a module is parametrized by pytest when that is installed; a method of a `unittest.TestCase` has one
    subtest for each spec; elsewhere the test is called for one spec after the other.

    >>> def attend(q, k, v):
    ...     import numpy as np
    ...     S = np.einsum("bhnd,bhmd->bhnm", q, k) / np.sqrt(q.shape[-1]).astype(q.dtype)
    ...     w = np.exp(S - S.max(-1, keepdims=True))
    ...     return w / w.sum(-1, keepdims=True) @ v
    >>> @sa.checks.parametrize_attention(attend, ["heads=2", "heads=1, layout=hnd"], framework="numpy")
    ... def test_mine(check):
    ...     check()

    Raises    LanguageError or UnknownName for a text that is no spec, when the decorator runs
    """
    cases = [Case(fn, read(spec) if isinstance(spec, str) else spec, options) for spec in specs]

    def decorate(test: Callable[..., None]) -> Any:
        first = next(iter(inspect.signature(test).parameters), "")
        if first == "self":
            return _with_subtests(test, cases)
        try:
            import pytest
        except ImportError:
            return _one_after_the_other(test, cases)
        return pytest.mark.parametrize("check", [pytest.param(case, id=case.name) for case in cases])(test)

    return decorate


class Case:
    """A function and a spec; calling it holds the one to the other."""

    def __init__(self, fn: Callable[..., Any], spec: AttentionSpec, options: dict[str, Any]) -> None:
        self.fn, self.spec, self.options = fn, spec, options

    @property
    def name(self) -> str:
        return f"{name_of(self.fn)}, {self.spec}"

    def __call__(self, **options: Any) -> Any:
        __tracebackhide__ = True
        return assert_attention(self.fn, self.spec, **{**self.options, **options})

    def __repr__(self) -> str:
        return f"<{self.name}>"


def _with_subtests(test: Callable[..., None], cases: Sequence[Case]) -> Callable[..., None]:
    @functools.wraps(test)
    def run(self: unittest.TestCase) -> None:
        for case in cases:
            with self.subTest(case.name):
                test(self, case)

    del run.__wrapped__  # its parameters are those of a test without `check`
    return run


def _one_after_the_other(test: Callable[..., None], cases: Sequence[Case]) -> Callable[..., None]:
    @functools.wraps(test)
    def run() -> None:
        for case in cases:
            test(case)

    del run.__wrapped__
    return run
