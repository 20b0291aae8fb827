"""What is too long is refused before it is written out, and nothing else is."""

from __future__ import annotations

import pytest

from symattn.engine.finder.counting import refuse_long
from symattn.errors import KernelError
from symattn.kernel.plain.expansion import expand
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.letters import Parameter

a, b = (terms.parameter(Parameter(name)) for name in "ab")


def test_a_high_power_of_a_sum_is_refused_with_both_numbers() -> None:
    with pytest.raises(KernelError, match=r"more than 10\^19 terms: 100000 are too many"):
        refuse_long(terms.power(terms.add(a, b), 64))


def test_a_product_of_many_sums_is_refused_as_the_kernel_refuses_it() -> None:
    long = terms.multiply(*[terms.add(a, b)] * 17)
    for look in (refuse_long, expand):
        with pytest.raises(KernelError, match="131072 terms: 100000 are too many"):
            look(long)


def test_a_power_of_a_power_is_refused_before_anybody_counts() -> None:
    with pytest.raises(KernelError, match=r"more than 10\^100 terms"):
        refuse_long(terms.power(terms.power(terms.add(a, b), 100_000), 100_000))


def test_what_the_kernel_writes_out_is_not_refused() -> None:
    for fine in (terms.multiply(*[terms.add(a, b)] * 8), terms.power(a, 10**9), terms.multiply(terms.number(0), a)):
        refuse_long(fine)


def test_what_vanishes_when_it_is_written_out_is_not_counted() -> None:
    nothing = terms.add(terms.number(0), terms.number(0))
    refuse_long(terms.multiply(terms.power(terms.add(nothing, nothing, a), 40), a))
