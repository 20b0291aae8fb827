"""What is not trusted may be as wrong as it likes: then less is proved, and nothing false."""

from __future__ import annotations

import ast
import random

import pytest

from symattn.engine import rules
from symattn.kernel.rules import logic
from symattn.proof.search.equations import derived
from tests.sabotage.changes import changed, places
from tests.sabotage.false_claims import FALSE, proved
from tests.sabotage.run import sabotage, targets


def test_nothing_false_is_proved() -> None:
    assert proved() == []


@pytest.fixture
def credulous(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that takes every difference for zero, and has no steps to show for it."""
    monkeypatch.setattr(rules, "shown", lambda term, otherwise: rules.NOTHING)
    monkeypatch.setattr(rules, "is_zero", lambda term: True)
    monkeypatch.setattr(derived, "is_zero", lambda term: True)


@pytest.mark.usefixtures("credulous")
def test_an_engine_that_believes_everything_proves_nothing_false() -> None:
    assert proved() == []


@pytest.mark.usefixtures("credulous")
def test_a_kernel_that_believes_it_would_be_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logic, "holds", lambda term, steps, orders: True)
    assert len(proved()) > len(FALSE) / 2


def test_changes_at_random_prove_nothing_false() -> None:
    found = list(sabotage(4, seed=20))
    assert len(found) == 4
    assert [change for change in found if change.proved] == []


def test_every_line_that_is_changed_is_code_of_a_function_and_still_compiles() -> None:
    for path in targets()[:6]:
        source, rng = path.read_text(encoding="utf-8"), random.Random(1)
        for number in rng.sample(places(source), min(5, len(places(source)))):
            other = changed(source, number, rng)
            if other is not None:
                assert ast.dump(ast.parse(other)) != ast.dump(ast.parse(source))
