"""Random features, whose products are exp(x·y) in the mean.

Means are over J outcomes, each with a weight p; that the weights sum to 1 is not needed.  No finite number of outcomes
is normal, but here only two means have to be as for normal ω: those of the exponential at x + y and at twice that.

    ω, p     k×1, 1×1   direction of the features and weight, for each outcome
    x, y     1×k        a query and a key
    Z        J×m        m estimates of one number μ, each outcome a row;  σ their variance

Main results
    performer_unbiased            the product of two features has the mean exp(x·y)
    performer_variance            and the variance exp(|x + y|²) exp(2 x·y) (1 - exp(-|x + y|²))
    variance_of_mean_feature      the mean of m uncorrelated estimates has an m-th of the variance
    quotient_of_features_biased   a weight made from unbiased estimates is biased
"""

from __future__ import annotations

from typing import Any

from sympy import Rational

from symattn.language import (
    Equal,
    T,
    diag,
    exp,
    family,
    hadamard,
    identity,
    index,
    inner,
    matrix,
    normsquared,
    ones,
    row,
    rowsum,
    scalar,
    sizes,
    stack_heads,
    sum_heads,
    total,
)
from symattn.proof import calc, theorem

k, m = sizes("k", min=0), sizes("m", min=1)
J = sizes("J", min=1)
outcome = index("w", J)
omega, weight = family("omega", J, k, 1), family("p", J, 1, 1)
x, y = row("x", k), row("y", k)


def mean(number: Any) -> Any:
    """The mean over the outcomes of a number that depends on the outcome."""
    return sum_heads(total(weight[outcome]) * number, outcome)


def feature(at: Any) -> Any:
    """A positive random feature, exp(ω·x - |x|²/2)."""
    return exp(total(at @ omega[outcome]) - normsquared(at) / 2)


def normal(at: Any) -> Any:
    """In the direction of this point the exponential has the mean that it has of a normal distribution."""
    return Equal(mean(exp(total(at @ omega[outcome]))), exp(normsquared(at) / 2))


NORMAL, TWICE = normal(x + y), normal(2 * x + 2 * y)
UNBIASED = mean(feature(x) * feature(y))


def everywhere(value: Any) -> Any:
    """The same value for every outcome, with x and y that are even: what exact numbers can take exponentials of."""
    return stack_heads(value, outcome).xreplace(EVEN)


EVEN = {x: 2 * row("a", k), y: 2 * row("b", k)}
length, plain = normsquared(x + y), sum_heads(exp(total((x + y) @ omega[outcome])), outcome)


@theorem(
    section="7.5",
    says=Equal(UNBIASED, exp(inner(x, y))),
    given=NORMAL,
    instances=({**EVEN, weight: everywhere(exp(length / 2) / plain * identity(1))},),
    source="Choromanski et al.: Rethinking Attention with Performers, arXiv:2009.14794",
)
def performer_unbiased():
    """Positive random features make exp(x·y) in the mean, for ω of which exp(ω·(x + y)) has its normal mean.

    So of attention they estimate what stands above and below the division without bias, but not the quotient.
    """
    outside = exp(-normsquared(x) / 2 - normsquared(y) / 2)
    return (
        calc(UNBIASED, given=NORMAL)
        .eq(outside * mean(exp(total((x + y) @ omega[outcome]))), by="exp turns the sum into a product")
        .eq(outside * exp(normsquared(x + y) / 2), by=NORMAL)
        .eq(exp(inner(x, y)), by="|x + y|² = |x|² + |y|² + 2 x·y")
    )


@theorem(
    section="7.5",
    says=Equal(
        mean((feature(x) * feature(y)) ** 2) - UNBIASED**2,
        exp(normsquared(x + y)) * exp(2 * inner(x, y)) * (1 - exp(-normsquared(x + y))),
    ),
    given=(NORMAL, TWICE),
    instances=({**EVEN, omega: everywhere(3 * T(x + y) / 2), weight: everywhere(exp(-length) / J * identity(1))},),
    source="Choromanski et al.: Rethinking Attention with Performers, arXiv:2009.14794",
    sketch=(
        "The square of the product is exp(-|x|² - |y|²) times the exponential at 2 x + 2 y, whose mean is known too; "
        "the square of the mean is exp(2 x·y)."
    ),
)
def performer_variance():
    """The product of two such features has the variance exp(|x + y|²) exp(2 x·y) (1 - exp(-|x + y|²)).

    Where x + y is 0 it is exact; it is worst where x and y point the same way, at the weights that matter most.
    """
    ...


Z, p, mu, sigma = matrix("Z", J, m), row("p", J), scalar("mu"), scalar("sigma")
off, error = Z - mu * ones(J, m), rowsum(Z) / m - mu * ones(J, 1)
UNCORRELATED = Equal(off.T @ diag(p) @ off, sigma * identity(m))
turn, size = matrix("R", m, m, orthogonal=True), scalar("r")


@theorem(
    section="7.5",
    says=Equal(total(p @ hadamard(error, error)), sigma / m),
    given=UNCORRELATED,
    instances=({J: m, p: ones(1, m), Z: mu * ones(m, m) + size * turn, sigma: size**2},),
    source="textbook probability",
)
def variance_of_mean_feature():
    """The mean of m uncorrelated estimates of one number has an m-th of their variance.

    Outcomes are rows here, with the weights p, and estimates columns.
    """
    one = ones(m, 1)
    return (
        calc(variance_of_mean_feature.says.left, given=UNCORRELATED)
        .eq(total(one.T @ (off.T @ diag(p) @ off) @ one) / m**2, by="Σ_h z_h / m - μ is Σ_h (z_h - μ) / m")
        .eq(total(one.T @ (sigma * identity(m)) @ one) / m**2, by=UNCORRELATED)
        .eq(sigma / m, by="1ᵀ 1 = m")
    )


share = scalar("a", positive=True)
of_means = ((share + 1) / 2) / ((share + 1) / 2 + 1)
of_quotients = (share / (share + 1) + Rational(1, 2)) / 2


@theorem(
    section="7.5",
    says=Equal(of_means, of_quotients + (share - 1) ** 2 / (4 * (share + 1) * (share + 3))),
    source="textbook probability",
    sketch="Both sides over the common denominator 4 (a + 1) (a + 3).",
)
def quotient_of_features_biased():
    """Weights made from unbiased estimates are biased: the mean of a quotient is not the quotient of the means.

    Two outcomes are equally likely. One key is estimated as a or as 1, another one as 1 in both; the weight of the
    first is too small in the mean, unless a = 1.  So it is false that Performer attention is unbiased.
    """
    ...
