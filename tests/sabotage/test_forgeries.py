"""Certificates that were tampered with are refused, or say something true."""

from __future__ import annotations

from collections import Counter

import pytest

from symattn.kernel.certificate import read
from symattn.kernel.plain import checking as plain, comparison
from tests.sabotage.forgeries import decisions, forgeries


def test_what_is_accepted_is_true() -> None:
    found = Counter(verdict for verdict, _ in forgeries(decisions(), 300, seed=1))
    assert [verdict for verdict in found if verdict.startswith("WRONG")] == []
    assert found["refused"] > 100
    assert found["the same theorem"] > 0


def test_a_kernel_that_compares_nothing_would_be_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = list(decisions())
    known = [read(content) for content in sources]
    assert len(known) == len(sources)
    for module in (comparison, plain):
        monkeypatch.setattr(module, "vanish", lambda monomials, orders, free: True)
    found = Counter(verdict for verdict, _ in forgeries(sources, 300, seed=1))
    assert found["WRONG: false by numbers"] > 0
