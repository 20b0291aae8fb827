"""Steps that are right for one claim, put to another: what the checker still accepts has the value 0."""

from __future__ import annotations

import contextlib

import pytest

from symattn.engine.finder import applied
from symattn.engine.finder.collecting import orders
from symattn.errors import KernelError
from symattn.kernel.plain.checking import Step, holds
from symattn.kernel.plain.expansion import expand
from symattn.kernel.plain.laws import LAWS
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import replace_in, size_of, variables_of
from symattn.kernel.syntax.terms import Term, add, multiply, number, summation
from tests.kernel.model import Model, NoValue, jet
from tests.kernel.plain.test_laws import Arguments
from tests.kernel.random_terms import Terms, m, n, z


def forged(term: Term, source: Arguments) -> Term:
    """The term with a small change at one random place: an index, a binder, a number, a factor too many or missing."""
    if term.below and source.chance(0.8):
        chosen = source.random.choice(term.below)
        changed = iter([forged(chosen, source)])
        return terms.CONSTRUCTORS[term.kind](*(next(changed, a) if a is chosen else a for a in term.args))
    match term.kind:
        case "entry" | "delta" | "before":
            places = [at for at, a in enumerate(term.args) if isinstance(a, int | tuple) and variables_of(a)]
            if places:
                at = source.random.choice(places)
                inside = variables_of(term.args[at])
                old = source.random.choice(inside)
                new = source.index(size_of(old), [v for v in source.seen if size_of(v) == size_of(old)])
                moved = replace_in(term.args[at], lambda v: new if v == old and new is not None else v)
                return terms.CONSTRUCTORS[term.kind](*term.args[:at], moved, *term.args[at + 1 :])
        case "sum":
            over = source.random.choice(term.args[0])
            others = [v for v in source.seen if size_of(v) == size_of(over) and v not in term.args[0]]
            if others and source.chance(0.6):
                other = source.random.choice(others)
                return summation(tuple(other if v == over else v for v in term.args[0]), term.args[1])
            return summation(tuple(v for v in term.args[0] if v != over), term.args[1])
        case "add" | "multiply":
            return terms.CONSTRUCTORS[term.kind](*source.random.sample(term.args, len(term.args) - 1))
    return source.random.choice([term, add(term, number(1)), multiply(term, number(-1)), terms.exponential(term)])


def accepted(seed: int) -> Term | None:
    """A forged claim that steps for another one show; None when they do not."""
    source = Arguments(seed)
    scope = [source.bound(size) for size in (n, n, source.random.choice([n, m, z]))]
    inner = [source.bound(size) for size in (n, source.random.choice([n, m]))]
    source.seen = [*scope, *inner]
    steps = list[Step]()
    for _ in range(source.random.randint(1, 2)):
        law = source.random.choice(sorted(LAWS))
        over = tuple(source.random.sample(inner, source.random.randint(0, 2)))
        factor = Terms.term(source, [*scope, *over], source.random.randint(0, 1))
        steps.append((law, source.of(law, [*scope, *over]), over, factor))
    claim = add(*(multiply(number(-1), applied(step)) for step in steps))
    for _ in range(source.random.randint(1, 2)):
        claim = forged(claim, source)
    names = {v: f"v{v}" for v in sorted(claim.free)}
    total = add(claim, *map(applied, steps))
    if not total.free <= claim.free:
        claim = add(claim, *(multiply(number(0), terms.delta(v, v)) for v in sorted(total.free - claim.free)))
        names = {v: f"v{v}" for v in sorted(claim.free)}
        total = add(claim, *map(applied, steps))
    given = tuple(orders(expand(total), names))
    return claim if holds(claim, tuple(steps), given) else None


def value(claim: Term, seed: int) -> str | None:
    """Where the claim is not 0; NoValue when there is nothing to compare."""
    compared = False
    for sizes in ({"n": 1, "m": 2, "z": 1}, {"n": 2, "m": 1, "z": 1}, {"n": 2, "m": 2, "z": 2}):
        model = Model(seed, {**sizes, "q": 2})
        where = {v: model.random.randrange(model.size(size_of(v))) for v in sorted(claim.free)}
        with contextlib.suppress(NoValue):
            found = jet(model.term(claim, where)).parts
            compared = True
            if found:
                return f"{claim} is {found} where {sizes}, {where}"
    if not compared:
        raise NoValue
    return None


def survey(seeds: range) -> tuple[int, int, list[str]]:
    """How many forgeries were refused, how many were accepted and compared, and what is wrong with these."""
    refused, compared, wrong = 0, 0, list[str]()
    for seed in seeds:
        try:
            claim = accepted(seed)
        except (KernelError, ValueError):
            continue
        if claim is None:
            refused += 1
            continue
        with contextlib.suppress(NoValue):
            found = value(claim, seed)
            compared += 1
            wrong += [found] if found else []
    return refused, compared, wrong


@pytest.mark.parametrize("start", range(0, 1200, 300))
def test_what_is_accepted_of_a_forged_claim_is_true(start: int) -> None:
    refused, compared, wrong = survey(range(start, start + 300))
    assert wrong == []
    assert refused > 60
    assert compared > 15
