"""Norms and roots: of what a hypothesis says is positive, and of what may be 0."""

from __future__ import annotations

import pytest

import symattn as sa
from symattn.errors import LanguageError
from symattn.proof.text.parse import parse

ROW = "x:1*n y:1*n t:positive |- "


@pytest.mark.parametrize("given", ["norm(x) > 0", "normsquared(x) > 0", "norm(x) != 0", "norm(x) > 0 and t >= 1"])
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("norm(x)*norm(x) == normsquared(x)", "proved"),
        ("norm(t*x) == t*norm(x)", "proved"),
        ("norm(t*x) == norm(x)/t", "refuted"),
        ("Gradient(norm(x), x) == x/norm(x)", "proved"),
        ("Gradient(norm(x), x) == x*norm(x)", "refuted"),
        ("sqrt(normsquared(x))*norm(x) == normsquared(x)", "proved"),
    ],
)
def test_it_is_read_where_it_is_said_to_be_positive(text: str, status: str, given: str) -> None:
    if "t*x" in text:
        given = f"{given} and norm(t*x) > 0"
    assert sa.decide(ROW + text, given, timeout=20).status == status


@pytest.mark.parametrize("given", ["norm(y) > 0", "normsquared(x) >= 0", "norm(x) <= 1", "norm(2*x) > 0"])
def test_what_is_said_of_something_else_does_not_help(given: str) -> None:
    with pytest.raises(LanguageError, match="a root needs something that is seen to be positive"):
        parse(ROW + "Gradient(norm(x), x) == x/norm(x)", given)


def test_what_is_seen_to_be_positive_stays_a_root() -> None:
    goal = parse(ROW + "sqrt(normsquared(x) + t) >= 0", ["normsquared(x) + t > 0"])
    assert goal.claim.has(sa.sqrt(sa.scalar("t", positive=True)).func)
    assert sa.decide(goal.claim).status == "proved"


TRUE = [
    "norm(x)*norm(y) >= 0",
    "norm(x + y) <= norm(x) + norm(y)",
    "norm(x) - norm(y) <= norm(x - y)",
    "x@y.T <= norm(x)*norm(y)",
    "norm(c*x) == abs(c)*norm(x)",
    "sum(x) <= sqrt(n)*norm(x)",
]
FALSE = [
    "norm(x + y) == norm(x) + norm(y)",
    "norm(x) + norm(y) <= norm(x + y)",
    "norm(c*x) == c*norm(x)",
    "x@y.T == norm(x)*norm(y)",
    "norm(x)/norm(x) == 1",
    "norm(x/norm(x)) == 1",
    "sum(x) <= norm(x)*1",
]


@pytest.mark.parametrize("text", TRUE)
def test_what_may_be_zero_has_a_root_that_is_at_least_zero(text: str) -> None:
    theorem = sa.prove("x:1*n y:1*n c:scalar |- " + text, timeout=60)
    assert sa.replay(theorem.certificate()).conclusion == theorem.kernel.conclusion


@pytest.mark.parametrize("text", FALSE)
def test_what_is_false_of_roots_is_refuted(text: str) -> None:
    assert sa.decide("x:1*n y:1*n c:scalar |- " + text, timeout=60).status == "refuted"


def test_it_is_told_as_it_was_written() -> None:
    goal = parse("x:1*n root:scalar |- norm(x) <= 1 + root*norm(x)")
    assert sa.language.text(goal.shown) == "sqrt(normsquared(x)) ≤ 1 + root sqrt(normsquared(x))"
    assert goal.said == ["root1 is the root of normsquared(x)"]


@pytest.mark.parametrize("text", ["ForAll(x, norm(x) + 1 >= 1)", "Jacobian(norm(x)*x, x) == 0"])
def test_where_it_varies_it_is_refused(text: str) -> None:
    with pytest.raises(LanguageError, match="a root needs something that is seen to be positive"):
        parse(ROW + text)
