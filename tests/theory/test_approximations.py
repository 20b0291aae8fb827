"""How near forms of low rank come: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

import json
from typing import Any

import pytest

from symattn.proof import Statement, decide, replay
from symattn.theory import approximations as ch

STATEMENTS = {
    name: value
    for name, value in vars(ch).items()
    if isinstance(value, Statement) and value.body.__module__ == ch.__name__
}
NEAR_MISSES: dict[str, tuple[Any, Any]] = {
    "eckart_young_frobenius": (ch.eckart_young_frobenius.says, ()),
    "eckart_young_attained": (ch.eckart_young_attained.says, ()),
    "mirsky_attained": (ch.mirsky_attained.says, ()),
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
