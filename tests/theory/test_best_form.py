"""When the best form is unique: what is stated is proved, and not without what it rests on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from symattn.proof import Statement, decide, replay
from symattn.theory import best_form as ch

STATEMENTS = {
    name: value
    for name, value in vars(ch).items()
    if isinstance(value, Statement) and value.body.__module__ == ch.__name__
}
NEAR_MISSES: dict[str, tuple[Any, Any]] = {
    "best_form_is_unique": (ch.best_form_is_unique.says, ()),
    "best_form_may_be_two": (ch.best_form_may_be_two.says, ch.directions[:4]),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_statement_is_proved_and_its_certificate_replays(name: str) -> None:
    theorem = STATEMENTS[name].prove()
    again = replay(json.loads(json.dumps(theorem.certificate())))
    assert (again.hypotheses, again.conclusion) == (theorem.kernel.hypotheses, theorem.kernel.conclusion)


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_near_miss_is_refuted(name: str) -> None:
    assert decide(*NEAR_MISSES[name], timeout=60).status == "refuted"


def test_every_statement_has_a_near_miss() -> None:
    assert STATEMENTS.keys() == NEAR_MISSES.keys()
