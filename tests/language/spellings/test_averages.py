"""Means, norms and layers: what they are, and where the name alone does not say it."""

from __future__ import annotations

from typing import Any

import pytest

import symattn as sa
from symattn.errors import LanguageError

n, d = sa.sizes("n d")
x, y, g, b = (sa.row(name, d) for name in "xygb")
X, c = sa.matrix("X", n, d), sa.column("c", n)
e = sa.scalar("e", positive=True)


def holds(left: Any, right: Any) -> bool:
    return sa.decide(sa.Equal(left, right)).status == "proved"


def test_the_mean_is_over_all_entries() -> None:
    assert holds(sa.mean(X), sa.total(X) / (n * d))


def test_a_variance_says_by_what_it_divides() -> None:
    assert sa.var(x, ddof=1) == sa.normsquared(x - sa.mean(x)) / (d - 1)
    with pytest.raises(LanguageError, match=r"(?s)ddof=0.*ddof=1"):
        sa.var(x)


def test_a_norm_is_the_root_of_the_sum_of_squares() -> None:
    assert sa.norm(c) ** 2 == sa.normsquared(c)
    assert holds(sa.norm(X) ** 2, sa.trace(X.T @ X))
    near = sa.Equal(sa.norm(X) ** 2, sa.total(X) ** 2)
    assert sa.decide(near).status == "refuted"


def test_the_2_norm_of_a_matrix_is_refused() -> None:
    assert sa.decide("x:n*1 |- norm2(x)**2 == x'@x").status == "proved"
    with pytest.raises(sa.errors.StatementError, match=r"(?s)two things.*norm\(A\).*spectral"):
        sa.parse("A:n*d |- norm2(A)**2 == tr(A'@A)")


def test_a_cross_entropy_says_of_what() -> None:
    assert sa.cross_entropy(x, target=y) == -sa.inner(y, sa.log(sa.softmax(x)))
    for make in (lambda: sa.cross_entropy(x, y), lambda: sa.cross_entropy(x)):
        with pytest.raises(LanguageError, match=r"(?s)target=y.*-inner\(p, log\(q\)\)"):
            make()


def test_what_is_of_one_distribution_takes_no_matrix() -> None:
    for make in (lambda: sa.entropy(X), lambda: sa.kl(X, X), lambda: sa.cross_entropy(X, target=X)):
        with pytest.raises(LanguageError, match="takes"):
            make()


@pytest.mark.parametrize("layer", [sa.layernorm, sa.rmsnorm])
def test_a_layer_says_its_eps_and_acts_on_rows(layer: Any) -> None:
    with pytest.raises(LanguageError, match="eps=e"):
        layer(x)
    with pytest.raises(LanguageError, match="acts on rows"):
        layer(c, eps=e)


def test_the_rows_of_a_matrix_are_normalised_one_by_one() -> None:
    one = sa.unit(sa.sizes("m", min=1), 0)
    Y = sa.matrix("Y", sa.sizes("m", min=1), d)
    assert holds(one @ sa.layernorm(Y, eps=e), sa.layernorm(one @ Y, eps=e))


def test_layer_norm_is_the_mean_square_norm_of_what_is_centred() -> None:
    assert holds(sa.layernorm(x, g, b, eps=e), sa.rmsnorm(x - sa.mean(x), g, eps=e) + b)
    assert sa.decide(sa.Equal(sa.layernorm(x, eps=e), sa.rmsnorm(x, eps=e))).status == "refuted"
