"""The plain form against numbers: an expansion has the value of its term, and equal terms are seen to be equal.

`random_terms` makes the terms, `model` their values: exact numbers, by another route than the kernel's.
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from symattn.errors import KernelError
from symattn.kernel.plain import expansion, slopes
from symattn.kernel.plain.expansion import expand
from symattn.kernel.plain.monomials import Monomial, Monomials, free_in
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import size_of
from symattn.kernel.syntax.terms import Term
from tests.kernel.model import Model, NoValue, jet
from tests.kernel.random_terms import FLAVOURS

DEPTHS = {
    "anything": 2,
    "normalisers": 1,
    "permutations": 1,
    "contractions": 1,
    "knots": 1,
    "angles": 1,
    "denominators": 1,
}
SIZES = ({"n": 1, "m": 2, "z": 0}, {"n": 2, "m": 1, "z": 1}, {"n": 2, "m": 2, "z": 2})
LARGEST = 40_000
"""How many products a sample may have."""


def wrong_value(term: Term, monomials: Monomials, source: random.Random) -> str | None:
    """Where the monomials have another value than the term; NoValue when there is nothing to compare."""
    compared = False
    for sizes in SIZES:
        model = Model(source.randrange(10**9), {**sizes, "q": 2})
        if any(not model.size(size_of(v)) for v in term.free) or work(model, monomials) > LARGEST:
            continue
        for _ in range(2):
            at = {v: source.randrange(model.size(size_of(v))) for v in sorted(term.free)}
            with contextlib.suppress(NoValue):
                value, found = jet(model.term(term, at)).parts, jet(model.plain(monomials, at)).parts
                compared = True
                if value != found:
                    return f"{term} is {value}, its expansion {found} where {sizes}, {at}"
    if not compared:
        raise NoValue
    return None


def work(model: Model, monomials: Iterable) -> int:
    """How many products are added up to evaluate the monomials once, about."""
    total = 0
    for m in monomials:
        products, inside = 1, [n for f in m.factors if len(f) == 3 for n in f.inside]
        for v in m.bound:
            products *= model.size(size_of(v))
        total += products * (1 + work(model, m.exponent) + work(model, inside))
    return total


def disagreement(flavour: str, seed: int) -> str | None:
    source = FLAVOURS[flavour](seed)
    try:
        term = source.term(source.scope(), DEPTHS[flavour])
        monomials = expand(term)
    except KernelError as error:
        raise NoValue from error
    if not free_in(*monomials) <= term.free:
        return f"{flavour} {seed}: the expansion of {term} uses an index of its own"
    if len(monomials) > 200:
        raise NoValue
    return wrong_value(term, monomials, source.random)


def survey(flavour: str, seeds: Iterable[int]) -> Iterator[str | None]:
    for seed in seeds:
        with contextlib.suppress(NoValue):
            yield disagreement(flavour, seed)


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_an_expansion_has_the_value_of_its_term(flavour: str) -> None:
    found = list(survey(flavour, range(150)))
    assert [f for f in found if f] == []
    assert len(found) > 50


MUTANTS: dict[str, tuple[Any, str, Any]] = {
    "an unused index counts as one": (expansion, "counted", lambda size: [Monomial()]),
    "different indices agree": (expansion, "agreeing", lambda left, right: ()),
    "exps are forgotten": (expansion, "moved_all", lambda monomials, places: ()),
    "what is renamed inside of a function stays": (expansion, "moved_all", lambda monomials, places: tuple(monomials)),
    "a delta sums to one": (expansion, "closed", lambda monomial: [monomial._replace(bound=())]),
    "1/0 is 1": (expansion, "applied", lambda function: (function,) if function.inside else ()),
    "slopes of functions are one": (slopes, "_outer", lambda term: terms.number(1)),
}


@pytest.fixture
def nothing_remembered() -> Iterator[None]:
    """What a mutant writes out is seen by nobody else, and what was written out before it not by the mutant."""
    remembered = (expansion.written, expansion.written_inside)
    for table in remembered:
        table.cache_clear()
    yield
    for table in remembered:
        table.cache_clear()


@pytest.mark.usefixtures("nothing_remembered")
@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_wrong_expansion_is_found(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*MUTANTS[mutant])
    wrong = 0
    for seed in range(300):
        for flavour in FLAVOURS:
            # a mutant may also fall over its own feet
            with contextlib.suppress(NoValue, KeyError, KernelError):
                wrong += disagreement(flavour, seed) is not None
        if wrong:
            break
    assert wrong
