"""The matrix of `assert_attention`: each function with a mistake, and each right one, killed or spared."""

from __future__ import annotations

from collections.abc import Iterator

from symattn.checks import CheckFailed, CheckUndecided, assert_attention
from tests.mutants.matrix import Row
from tests.mutants.tensors.table import Mutant, Right, mutants, right

ASSERTION = "assert_attention"


def killed(mutant: Mutant) -> Row:
    """What becomes of a function with a mistake; undecided is not killed."""
    try:
        assert_attention(mutant.fn, mutant.spec, dtype=mutant.dtype, backward=mutant.backward, budget=60)
    except CheckUndecided as failure:
        return Row(ASSERTION, mutant.name, True, False, str(failure), mutant.says)
    except CheckFailed as failure:
        return Row(ASSERTION, mutant.name, True, True, str(failure), mutant.says)
    return Row(ASSERTION, mutant.name, True, False, "", mutant.says)


def spared(each: Right, seed: int = 0) -> Row:
    """What becomes of a right function; undecided counts as killed."""
    try:
        assert_attention(each.fn, each.spec, contract=each.contract, backward=each.backward, budget=60, seed=seed)
    except CheckFailed as failure:
        return Row(ASSERTION, each.name, False, True, str(failure))
    return Row(ASSERTION, each.name, False, False, "")


def rows() -> Iterator[Row]:
    """All of them."""
    yield from map(killed, mutants())
    yield from map(spared, right())
