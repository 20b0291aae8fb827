"""Every assertion against mutants that it must kill and right variants that it must spare; printed with `-s`.

`python -m tests.mutants --runs 1000` does the same at random for every dtype: no right function may be refused.
"""

from __future__ import annotations

import os
from functools import cache

import pytest

from tests.mutants.alarms import alarms
from tests.mutants.matrix import Row, rows
from tests.mutants.tensors.alarms import CONTRACTS, tried
from tests.mutants.tensors.matrix import killed, spared
from tests.mutants.tensors.published import cases, said
from tests.mutants.tensors.table import mutants, right

RUNS = int(os.environ.get("SYMATTN_CORRECT_RUNS", "60"))
ASSERTIONS = (
    "assert_computes",
    "assert_gauge_invariant",
    "assert_holds",
    "assert_not_symmetric_score",
    "assert_rank_at_most",
    "assert_same_head",
    "assert_symmetric_score",
)


@cache
def _matrix() -> tuple[Row, ...]:
    found = tuple(rows(frameworks=False))
    print("", *found, sep="\n")
    return found


@pytest.mark.parametrize("assertion", ASSERTIONS)
def test_mutants_are_killed_and_right_variants_spared(assertion: str) -> None:
    found = [row for row in _matrix() if row.assertion == assertion]
    assert {row.wrong for row in found} == {True, False}
    assert [f"{row}: {row.says or '-'}\n{row.message}" for row in found if not row.right] == []


def test_every_assertion_is_in_the_matrix() -> None:
    assert {row.assertion for row in _matrix()} == set(ASSERTIONS)


@pytest.mark.needs("torch")
@pytest.mark.needs("jax")
def test_torch_and_jax_too() -> None:
    found = list(rows(frameworks=True, only_frameworks=True, brief=True))
    print("", *found, sep="\n")
    assert {row.wrong for row in found} == {True, False}
    assert [f"{row}: {row.says or '-'}\n{row.message}" for row in found if not row.right] == []


@pytest.mark.needs("torch")
def test_functions_of_tensors_with_one_mistake_are_killed_and_named() -> None:
    """A fifth of them; `python -m tests.mutants attention` runs all."""
    found = [killed(mutant) for mutant in list(mutants())[::5]]
    assert [f"{row}: {row.says}\n{row.message}" for row in found if not row.right] == []


@pytest.mark.needs("torch")
def test_published_mistakes_are_refused_and_none_is_named_wrongly() -> None:
    """With `-s` the matrix is printed."""
    found = list(map(said, cases()))
    named, wrong = sum(each.named for each in found), [each for each in found if not each.case.right]
    print("", *found, f"{named} of {len(wrong)} named", sep="\n")
    assert [f"{each}\n{each.message}" for each in found if each.misled or each.refused == each.case.right] == []
    assert [str(each) for each in wrong if each.case.says and not each.named] == []
    assert named >= 40


@pytest.mark.needs("torch")
def test_right_functions_of_tensors_are_spared() -> None:
    found = [spared(each) for each in list(right())[::4]]
    assert [f"{row}\n{row.message}" for row in found if not row.right] == []


@pytest.mark.needs("torch")
@pytest.mark.parametrize("contract", CONTRACTS)
def test_no_right_function_of_tensors_is_refused(contract: str) -> None:
    found = list(tried(contract, RUNS // 6, first=RUNS))
    assert [f"{each.spec}, run {each.run}\n{each.message}" for each in found if each.refused] == []
    assert not all(each.undecided for each in found)


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_no_right_function_is_refused(dtype: str) -> None:
    assert list(alarms(dtype, RUNS, frameworks=False)) == []


@pytest.mark.needs("torch")
@pytest.mark.needs("jax")
def test_no_right_function_is_refused_in_bfloat16() -> None:
    assert list(alarms("bfloat16", RUNS, frameworks=True)) == []
