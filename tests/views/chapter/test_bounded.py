"""Numbers of a chapter that no rounding has touched."""

import pytest
from mpmath import iv

from symattn.errors import ExportError
from symattn.views.chapter import rounded


def test_an_interval_is_the_number_that_both_its_ends_round_to() -> None:
    assert rounded(iv.exp(1), 4) == 2.7183
    assert rounded(iv.mpf(1) / 3) == 0.333


def test_an_interval_across_the_middle_of_two_numbers_is_refused() -> None:
    with pytest.raises(ExportError, match="too wide for 2 digits"):
        rounded(iv.mpf([0.1249, 0.1251]), 2)
