"""What is tested of every chapter: its theorems are proved and replay, and a false neighbour of each is not proved."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from types import ModuleType
from typing import Any

import pytest

from symattn.proof import Statement, decide, replay


def statements(chapter: ModuleType) -> dict[str, Statement]:
    """The theorems that a chapter states itself."""
    found = {name: value for name, value in vars(chapter).items() if isinstance(value, Statement)}
    return {name: value for name, value in found.items() if value.body.__module__ == chapter.__name__}


def chapter_tests(
    chapter: ModuleType, near_misses: Mapping[str, Any], not_decided: Collection[str] = ()
) -> tuple[Callable[..., None], Callable[..., None], Callable[[], None]]:
    """Three tests for a chapter: proved and replayed, near misses refuted, and a near miss for each theorem.

    A near miss is a claim, or a claim and what is given.  For those that are `not_decided` no counterexample is found.
    """
    stated = statements(chapter)

    @pytest.mark.parametrize("name", stated)
    def is_proved_and_its_certificate_replays(name: str) -> None:
        theorem = stated[name].prove()
        again = replay(json.loads(json.dumps(theorem.certificate())))
        assert (again.hypotheses, again.conclusion) == (theorem.kernel.hypotheses, theorem.kernel.conclusion)

    @pytest.mark.parametrize("name", near_misses)
    def near_miss_is_not_proved(name: str) -> None:
        near = near_misses[name]
        verdict = decide(*(near if isinstance(near, tuple) else (near,)))
        assert verdict.status == ("undecided" if name in not_decided else "refuted")
        assert (verdict.counterexample is None) == (name in not_decided)

    def every_statement_has_a_near_miss() -> None:
        assert stated.keys() == near_misses.keys()

    return is_proved_and_its_certificate_replays, near_miss_is_not_proved, every_statement_has_a_near_miss
