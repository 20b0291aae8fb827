"""The kernel against numbers: the normal form of a term has the value of the term, whatever the sizes and entries are.

`random_terms` makes the terms, `model` their values: exact numbers, by another route than the kernel's.  Every seed is
fixed.  A wrong kernel is found: see the last test.
"""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from symattn.errors import KernelError
from symattn.kernel.normal import normal
from symattn.kernel.polynomial import remap
from symattn.kernel.sizes import size_of, variable
from symattn.kernel.terms import Term
from tests.kernel.model import Model, NoValue, jet
from tests.kernel.random_terms import FLAVOURS, said_differently

DEPTHS = {"anything": 2, "normalisers": 1, "permutations": 1, "knots": 1}


def disagreement(flavour: str, seed: int) -> str | None:
    """What is wrong with the normal form of the term of this seed; NoValue when there is nothing to compare."""
    source = FLAVOURS[flavour](seed)
    scope = source.scope()
    try:
        term = source.term(scope, DEPTHS[flavour])
        poly = normal(term)
    except KernelError as error:
        raise NoValue from error
    compared = False
    for sizes in ({"n": 1, "m": 2, "z": 0}, {"n": 2, "m": 1, "z": 1}, {"n": 3, "m": 2, "z": 2}):
        model = Model(source.random.randrange(10**9), {**sizes, "q": 2})
        if any(not model.size(size_of(v)) for v in scope):
            continue
        for _ in range(2):
            at = {v: source.random.randrange(model.size(size_of(v))) for v in scope}
            try:
                value, found = jet(model.term(term, at)).parts, jet(model.poly(poly, at.__getitem__)).parts
            except NoValue:
                continue
            compared = True
            if value != found:
                return f"{flavour} {seed}: {term} is {value}, its normal form {found} where {sizes}, {at}"
    if not compared:
        raise NoValue
    return None


def survey(flavour: str, seeds: range) -> tuple[int, list[str]]:
    """How many terms had a value, and what was wrong."""
    compared, wrong = 0, []
    for seed in seeds:
        try:
            found = disagreement(flavour, seed)
        except NoValue:
            continue
        compared += 1
        if found:
            wrong.append(found)
    return compared, wrong


@pytest.mark.parametrize("part", range(3))
@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_normal_form_has_the_value_of_its_term(flavour: str, part: int) -> None:
    compared, wrong = survey(flavour, range(part * 100, part * 100 + 100))
    assert wrong == []
    assert compared > 50


@pytest.mark.parametrize("flavour", [name for name in FLAVOURS if name != "permutations"])
def test_a_normal_form_does_not_depend_on_how_a_term_is_said(flavour: str) -> None:
    """Known to have several: a delta inside a function (exp(delta_ij x_i) is exp(delta_ij x_j)), skew letters inside
    an exp in a denominator, permutations at constant places.  They are left out here, and cost proofs, not truth."""
    compared = 0
    for seed in range(1000, 1150):
        source = FLAVOURS[flavour](seed, tame=True)
        try:
            term = source.term(source.scope(), DEPTHS[flavour])
            poly = normal(term)
        except KernelError:
            continue
        names = {v: variable(f"z{source.random.randrange(10**9)}", size_of(v)) for v in sorted(term.free)}
        other = normal(said_differently(term, dict(names), source.random))
        assert other == remap(poly, lambda v, to=names: to.get(v, v)), f"{flavour} {seed}: {term}"
        compared += 1
    assert compared > 100


def test_the_judge_knows_what_is_not_equal() -> None:
    """Two different random terms almost never have the same normal form, and then the same value."""
    source = FLAVOURS["knots"](7)
    scope, seen = source.scope(), {}
    for _ in range(100):
        term = source.term(scope, 0)
        seen.setdefault(tuple(sorted(normal(term).items())), []).append(term)
    model = Model(5, {"n": 2, "m": 1, "z": 1, "q": 2})
    at = {v: 1 for v in scope}
    values = {form: {model.term(t, at) for t in same} for form, same in seen.items()}
    assert all(len(v) == 1 for v in values.values())
    assert len(seen) > 10


MUTANTS = {
    "an inverse keeps the facts of its letter": "terms.Letter.known = property(lambda self: self.facts)",
    "everything is positive": "functions.is_positive = lambda poly: bool(poly)",
    "skew is symmetric": (
        "old = atoms._mirrored; atoms._mirrored = lambda indices, flip: old(indices, 1)"
    ),
    "an empty sum is positive": "sizes.Size.minimum = property(lambda self: 1)",
    "every contraction is an idempotent": (
        "old = sums._contraction; sums._contraction = lambda using, v: old(using, v) or "
        "sums.make_entry(sums.SKELETONS[using[0][0]].data[0], list(using[0][1][:1]) * 2) if len(using) == 1 and "
        "len(sums.SKELETONS[using[0][0]].data[1]) == 2 else old(using, v)"
    ),
}


@pytest.mark.parametrize("mutant", MUTANTS.values(), ids=MUTANTS)
def test_a_wrong_kernel_is_found(mutant: str) -> None:
    code = (
        "from symattn.kernel import atoms, functions, sizes, sums, terms\n"
        f"{mutant}\n"
        "from tests.kernel.test_soundness import FLAVOURS, survey\n"
        "print(any(survey(flavour, range(start, start + 100))[1] for start in (0, 100, 200) for flavour in FLAVOURS))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == "True", ran.stderr[-2000:]
