"""Singular values and factors: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

import json
from typing import Any

import pytest

from symattn.language import AtMost, Equal, normsquared
from symattn.proof import Statement, decide, replay
from symattn.theory import singular_values as ch

STATEMENTS = {
    name: value
    for name, value in vars(ch).items()
    if isinstance(value, Statement) and value.body.__module__ == ch.__name__
}
Q, K, s = ch.Q, ch.K, ch.s

NEAR_MISSES: dict[str, tuple[Any, Any]] = {
    "nuclear_norm_bound": (AtMost(ch.nuclear, ch.norms), ch.given[2]),
    "nuclear_norm_attained": (ch.nuclear_norm_attained.says, ()),
    "balanced_iff_least": (Equal(Q.T @ Q, K.T @ K), Equal(normsquared(Q), normsquared(K))),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_statement_is_proved_and_its_certificate_replays(name: str) -> None:
    theorem = STATEMENTS[name].prove()
    again = replay(json.loads(json.dumps(theorem.certificate())))
    assert (again.hypotheses, again.conclusion) == (theorem.kernel.hypotheses, theorem.kernel.conclusion)


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_near_miss_is_refuted(name: str) -> None:
    assert decide(*NEAR_MISSES[name]).status == "refuted"


def test_every_statement_has_a_near_miss() -> None:
    assert STATEMENTS.keys() == NEAR_MISSES.keys()
