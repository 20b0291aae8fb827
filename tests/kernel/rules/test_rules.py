"""The signature page: every rule stands on it, with the words of its docstring."""

from __future__ import annotations

import re

from symattn.kernel import rules
from symattn.kernel.replay import RULES


def test_every_rule_is_on_the_page_with_its_inference_line() -> None:
    page = " ".join((rules.__doc__ or "").split())
    for name in RULES:
        line = " ".join((getattr(rules, name).__doc__ or "").strip().split("\n\n")[0].split())
        assert f"{name} {line}" in page, name


def test_nothing_else_is_on_the_page() -> None:
    table = (rules.__doc__ or "").partition("(`plain`).")[2]
    assert re.findall(r"^(\w+)", table, re.M) == sorted(RULES)


def test_every_rule_can_be_had_from_the_page() -> None:
    assert sorted(rules.__all__) == sorted(RULES)
