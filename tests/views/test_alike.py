"""When two trees are one: reciprocals of products are products of reciprocals, and nothing else is taken apart."""

from __future__ import annotations

from symattn import scalar
from symattn.language.trees.unevaluated import add, multiply, raise_to
from tests.views.alike import alike

x, y = scalar("x"), scalar("y")


def test_a_reciprocal_of_a_product() -> None:
    assert alike(raise_to(multiply(2, x), -1)) == alike(multiply(raise_to(2, -1), raise_to(x, -1)))


def test_other_powers_and_sums_stay_as_they_are() -> None:
    apart = add(raise_to(x, -1), raise_to(y, -1))
    assert alike(raise_to(add(x, y), -1)) != alike(apart)
    assert alike(raise_to(multiply(x, y), 2)) != alike(multiply(raise_to(x, 2), raise_to(y, 2)))
    assert alike(raise_to(multiply(x, y), -1)) != alike(raise_to(x, -1))
