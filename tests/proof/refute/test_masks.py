"""Masks that say in which case something is get the values that they must have."""

from __future__ import annotations

import numpy as np

import symattn as sa
from symattn.proof.refute.masks import fitted, of_cases


def test_masks_of_texts_are_found_with_what_they_are_about() -> None:
    goal = sa.parse("x:1*n t:scalar S:n*m |- relu(x) + relu(t) == max(x) + sum(max(S, dim=1))")
    found = {str(mask): (str(x), how) for mask, (x, how) in of_cases(goal.given).items()}
    assert found == {"Z": ("x", "sign"), "Z1": ("t", "sign"), "P": ("x", "all"), "P1": ("S", "rows")}


def test_other_bounds_define_no_mask() -> None:
    assert not of_cases(sa.parse("M:1*n:mask x:1*n |- x == M", given=["x <= M", "M∘x <= 0"]).given)


def test_the_values_are_those_of_the_case() -> None:
    x = np.array([[3, -1, 0], [5, 5, 7]])
    assert fitted(x, "sign").tolist() == [[1, 0, 0], [1, 1, 1]]
    assert fitted(x, "rows").tolist() == [[1, 0, 0], [0, 0, 1]]
    assert fitted(x, "all").tolist() == [[0, 0, 0], [0, 0, 1]]
