"""What is too long is refused before it is written out, and nothing else is."""

from __future__ import annotations

import pytest

from symattn.engine.finder.counting import refuse_long
from symattn.errors import KernelError
from symattn.kernel.plain.expansion import expand
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.letters import Letter, Parameter
from symattn.kernel.syntax.sizes import symbol_size, variable

n = symbol_size("n")
i, j = variable("i", n), variable("j", n)
a, b = (terms.parameter(Parameter(name)) for name in "ab")
x, y = (terms.entry(Letter(name, (n, n)), i, j) for name in "xy")


def test_a_high_power_of_a_sum_is_refused_with_both_numbers() -> None:
    with pytest.raises(KernelError, match=r"more than 10\^19 terms: 100000 are too many"):
        refuse_long(terms.power(terms.add(x, y), 64))


def test_what_was_refused_is_refused_again_and_so_is_what_it_is_in() -> None:
    long = terms.power(terms.add(x, y), 65)
    for term in (long, long, terms.add(x, long)):
        with pytest.raises(KernelError, match="are too many"):
            refuse_long(term)


def test_what_is_made_of_numbers_alone_is_as_long_as_it_is_with_equal_ones_together() -> None:
    for fine in (
        terms.power(terms.add(a, b), 64),
        terms.multiply(*[terms.add(a, b)] * 64),
        terms.power(terms.add(terms.cardinal(n), a), 64),
        terms.multiply(terms.power(terms.add(a, b), 40), terms.power(terms.add(a, b), 40)),
    ):
        refuse_long(fine)
        assert len(expand(fine)) < 100
    many = terms.add(*(terms.parameter(Parameter(f"a{k}")) for k in range(12)))
    with pytest.raises(KernelError, match="more than 10"):
        refuse_long(terms.power(many, 64))


def test_a_product_of_many_sums_is_refused_as_the_kernel_refuses_it() -> None:
    long = terms.multiply(*[terms.add(x, y)] * 17)
    for look in (refuse_long, expand):
        with pytest.raises(KernelError, match="131072 terms: 100000 are too many"):
            look(long)


def test_a_power_of_a_power_is_refused_before_anybody_counts() -> None:
    with pytest.raises(KernelError, match=r"more than 10\^100 terms"):
        refuse_long(terms.power(terms.power(terms.add(x, y), 100_000), 100_000))


def test_what_the_kernel_writes_out_is_not_refused() -> None:
    for fine in (terms.multiply(*[terms.add(x, y)] * 8), terms.power(a, 10**9), terms.multiply(terms.number(0), a)):
        refuse_long(fine)


def test_what_vanishes_when_it_is_written_out_is_not_counted() -> None:
    nothing = terms.add(terms.number(0), terms.number(0))
    refuse_long(terms.multiply(terms.power(terms.add(nothing, nothing, a), 40), a))
