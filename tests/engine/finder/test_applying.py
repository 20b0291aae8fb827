"""What a function allows is asked of it once, however many monomials have it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from symattn.engine.finder import Stuck, applying, find, forget_steps
from symattn.kernel.syntax.letters import Letter, Parameter
from symattn.kernel.syntax.sizes import symbol_size, variable
from symattn.kernel.syntax.terms import Term, add, entry, multiply, negative, parameter, reciprocal

n = symbol_size("n")
i, j = variable("i", n), variable("j", n)
a, b = (parameter(Parameter(name)) for name in "ab")


def _below(*places: int) -> Term:
    return reciprocal(add(*(entry(Letter(name, (n, n)), *places) for name in "xy")))


@pytest.mark.parametrize(("there", "times"), [((i, j), 1), ((j, i), 2)], ids=["the same", "another"])
def test_a_function_without_steps_is_looked_at_once(
    monkeypatch: pytest.MonkeyPatch, there: tuple[int, int], times: int
) -> None:
    asked, real = list[str](), applying._at

    def counting(site: Any, function: Any, search: Any) -> Iterator[Any]:
        asked.append(function.kind)
        yield from real(site, function, search)

    monkeypatch.setattr(applying, "_at", counting)
    forget_steps()
    with pytest.raises(Stuck):
        find(add(multiply(a, _below(i, j)), negative(multiply(b, _below(*there)))))
    assert asked == ["reciprocal"] * times
