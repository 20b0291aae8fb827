"""Numbers made from what things are: the same in every process, for every order in which things are made."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from symattn.engine.fingerprint import fingerprint, plain
from symattn.engine.normal.polynomial import SKELETONS
from symattn.kernel.syntax.sizes import SizeSymbol, symbol_size
from symattn.kernel.syntax.terms import Letter

n = symbol_size("n")


def test_facts_count_in_any_order() -> None:
    facts = ["symmetric", "positive", "invertible"]
    texts = {plain(Letter("A", (n, n), frozenset(order))) for order in (facts, facts[::-1])}
    assert [text.partition("{")[2] for text in texts] == ["'invertible','positive','symmetric'},False)"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Letter("A", (n, n)), Letter("A", (n, n), frozenset({"symmetric"}))),
        (Letter("A", (n,)), Letter("A", (symbol_size("n", 0),))),
        (SizeSymbol("n", 0), SizeSymbol("n", 1)),
        ((1, 23), (12, 3)),
        (("a", "b"), ("a,b",)),
        (True, 1),
        ((1, (2,)), ((1, 2),)),
    ],
)
def test_different_things_have_different_fingerprints(one: object, other: object) -> None:
    assert plain(one) != plain(other)
    assert fingerprint(one) != fingerprint(other)


MAKE = """
from symattn.engine.normal import normal
from symattn.engine.normal.polynomial import SKELETONS
from tests.kernel.random_terms import FLAVOURS
from symattn.errors import KernelError
made = []
for name, seed in {order}:
    source = FLAVOURS[name](seed)
    try:
        made.append((name, seed, sorted(normal(source.term(source.scope(), 1)).items())))
    except KernelError:
        continue
print(hash("x"), sorted(made, key=repr))
"""


def test_a_normal_form_does_not_depend_on_what_was_asked_before() -> None:
    order = [(name, seed) for name in ("normalisers", "denominators", "knots") for seed in range(40)]
    told = [_run(MAKE.format(order=o), seed) for o, seed in ((order, "0"), (order[::-1], "1"))]
    assert told[0].split(" ", 1)[0] != told[1].split(" ", 1)[0], "the hash seeds must differ"
    assert told[0].split(" ", 1)[1] == told[1].split(" ", 1)[1]


def _run(code: str, seed: str) -> str:
    there = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=there).stdout


def test_numbers_are_ordered_by_weight() -> None:
    weights = [skeleton.weight for _, skeleton in sorted(SKELETONS.items())]
    assert weights == sorted(weights)
