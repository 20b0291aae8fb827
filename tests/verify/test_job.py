"""The main job: rows in order, whoever works."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from symattn.errors import UnknownName
from symattn.theory import select
from symattn.verify import Plan, check, verify

NAMES = ["score_symmetric_iff", "rank_bound", "softmax_shift"]


def test_rows_come_in_the_order_of_the_names() -> None:
    assert [row.name for row in verify(NAMES)] == NAMES


def test_an_executor_gives_the_same_rows() -> None:
    with ThreadPoolExecutor(2) as executor:
        found = list(verify(NAMES, executor=executor))
    alone = list(verify(NAMES))
    assert [(row.name, row.holds) for row in found] == [(row.name, row.holds) for row in alone]
    assert [row.asked["float64"] and row.asked["float64"].bound for row in found] == [
        row.asked["float64"] and row.asked["float64"].bound for row in alone
    ]


def test_an_unknown_theorem_stops_before_any_work() -> None:
    with pytest.raises(UnknownName):
        select(["rank_bond"])


def test_the_exact_witness_also_looks_modulo_primes() -> None:
    exact = check(select(["score_symmetric_iff"])[0]).asked["exact"]
    assert exact is not None
    assert exact.moduli == (2, 3, 2147483647)


def test_a_statement_about_softmax_has_no_residues() -> None:
    exact = check(select(["softmax_shift"])[0]).asked["exact"]
    assert exact is not None
    assert exact.moduli == ()


def test_where_2_has_no_inverse_nothing_is_asked_modulo_2() -> None:
    exact = check(select(["skew_part_unseen"])[0]).asked["exact"]
    assert exact is not None
    assert exact.moduli == (3, 2147483647)


def test_each_arithmetic_of_the_plan_is_a_witness() -> None:
    row = check(select(["softmax_shift"])[0], plan=Plan(("numpy:float32", "float16", "modular:7")))
    assert list(row.asked) == ["kernel", "exact", "numpy:float32", "float16", "modular:7"]
    assert list(row.witnesses) == ["kernel", "exact", "numpy:float32", "float16"]
    assert row.holds


def test_sizes_that_are_asked_for_are_those_of_the_samples() -> None:
    row = check(select(["rank_bound"])[0], plan=Plan(("modular:5",), {"n": 2, "d": 2, "k": 1}, trials=4))
    finding = row.asked["modular:5"]
    assert finding is not None
    assert finding.holds
    assert finding.samples >= 4
