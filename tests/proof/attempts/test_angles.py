"""Parts of angles: halves and thirds are decided as whole multiples are."""

from __future__ import annotations

from typing import Any

import pytest

from symattn import decide as ask
from symattn.language import Equal, ForAll, column, cos, hadamard, hstack, matrix, ones, rope, row, scalar, sin, sizes
from symattn.proof import decide
from symattn.proof.attempts.angles import FINEST

n, p = sizes("n p", min=1)
x, y, s = scalar("x"), scalar("y"), scalar("s")
X, t, u, theta = matrix("X", n, p), column("t", n), column("u", n), row("theta", p)
A = hstack(matrix("A_1", n, p), matrix("A_2", n, p))


def turned(*positions: Any) -> Any:
    """The rows, turned by one position after the other."""
    rows = A
    for position in positions:
        rows = rope(rows, position, theta)
    return rows


TRUE = {
    "half": Equal(cos(x), 2 * cos(x / 2) ** 2 - 1),
    "sine of the half": Equal(sin(x), 2 * sin(x / 2) * cos(x / 2)),
    "third": Equal(cos(x), 4 * cos(x / 3) ** 3 - 3 * cos(x / 3)),
    "half and third": Equal(cos(5 * x / 6), cos(x / 2) * cos(x / 3) - sin(x / 2) * sin(x / 3)),
    "half of a product": Equal(sin(x * s / 2) ** 2, (1 - cos(x * s)) / 2),
    "halves of sums": Equal(sin(x) + sin(y), 2 * sin((x + y) / 2) * cos((x - y) / 2)),
    "entries": Equal(cos(X), 2 * hadamard(cos(X / 2), cos(X / 2)) - ones(n, p)),
    "half a turn twice": Equal(turned(t / 2, t / 2), turned(t)),
    "a third thrice": Equal(turned(t / 3, t / 3, t / 3), turned(t)),
    "a half and a third": Equal(turned(t / 2, u / 3), turned(t / 2 + u / 3)),
}
FALSE = {
    "half with the wrong sign": Equal(cos(x), 2 * cos(x / 2) ** 2 + 1),
    "sine without the cosine": Equal(sin(x), 2 * sin(x / 2)),
    "third taken as the half": Equal(cos(x), 2 * cos(x / 3) ** 2 - 1),
    "half a turn once": Equal(turned(t / 2), turned(t)),
    "half a turn thrice": Equal(turned(t / 2, t / 2, t / 2), turned(t)),
    "a third twice": Equal(turned(t / 3, t / 3), turned(t)),
}


@pytest.mark.parametrize("name", TRUE)
def test_parts_of_angles_are_taken_apart(name: str) -> None:
    assert decide(TRUE[name]).status == "proved"


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_of_them_is_refuted(name: str) -> None:
    assert decide(FALSE[name]).status == "refuted"


def test_texts_too() -> None:
    assert ask("x:scalar |- cos(x) == 2*cos(x/2)^2 - 1").status == "proved"
    assert ask("x:scalar |- cos(x) == 1 - 2*cos(x/2)^2").status == "refuted"


def test_whatever_is_known_of_letters() -> None:
    z, symmetric = scalar("z", positive=True), matrix("M", n, n, symmetric=True)
    assert decide(Equal(cos(z), 2 * cos(z / 2) ** 2 - 1)).status == "proved"
    assert decide(Equal(sin(symmetric), 2 * hadamard(sin(symmetric / 2), cos(symmetric / 2)))).status == "proved"
    assert decide(Equal(cos(x), 2 * cos(x / 2) ** 2 - 1), Equal(x, y)).status == "proved"
    assert decide(Equal(cos(z), 2 * cos(z / 2) ** 2)).status == "refuted"


def test_under_quantifiers() -> None:
    assert decide(ForAll((x, y), Equal(cos(x) + y, 2 * cos(x / 2) ** 2 - 1 + y))).status == "proved"
    assert decide(ForAll(x, Equal(cos(x), 2 * cos(x / 2) ** 2))).status == "refuted"


def test_what_is_given_of_the_whole_says_nothing_of_its_parts() -> None:
    assert decide(Equal(cos(x / 2), 1), Equal(cos(x), 1)).status != "proved"


def test_angles_that_are_cut_too_finely_stay_undecided() -> None:
    assert decide(Equal(cos(x), 2 * cos(x / 2) ** 2 - 1 + cos(x / 8) - cos(x / (2 * FINEST)))).status != "proved"


def test_rotary_texts() -> None:
    rows = "A:n*(2*p) t:n*1 theta:1*p |- rope(rope(A, t/2, theta), t/{}, theta) == rope(A, t, theta)"
    assert ask(rows.format(2)).status == "proved"
    assert ask(rows.format(3)).status == "refuted"
