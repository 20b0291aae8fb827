"""Theorems stated anew: letters and sizes are others, and the claim is settled."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import symattn as sa


@pytest.fixture
def restating(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(Path(__file__).parents[2])
    return import_module("benchmarks.restating")


def test_no_free_letter_and_no_size_stays(restating: Any) -> None:
    claim = sa.catalogue()["gauge_uniqueness"].whole
    anew = restating.anew(claim)
    named = {a.name for a in sa.language.letters_of(anew)} | {s.name for s in anew.sizes}
    assert {name[0] for name in named} == {"L", "z"}


def test_by_search_and_by_name(restating: Any) -> None:
    found = {name: how for name, how, _ in restating.answers(200, ("rank_bound", "psd_is_gram"))}
    assert found == {"rank_bound": "by search", "psd_is_gram": "by psd_is_gram"}
