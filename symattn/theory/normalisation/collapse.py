"""Collapse: attention draws tokens together.

Outputs are means of the same values, so they are no further apart than the values, by a factor that the scores bound.
How far along any direction f is enough: every norm is a largest value of directions.

    n, d, v   at least 1, keys;  widths
    s, t      1×n    the scores of two queries;  p, q their softmax
    C         n×v    values;  y = p C, z = q C  two outputs
    f         v×1    a direction along which the values differ by at most δ:  l ≤ c_j f ≤ l + δ
    h         half the spread of the scores: (s_j - t_j) - (s_k - t_k) ≤ 2 h for all j, k
    w         1×n    what p and q have in common: w ≤ p, w ≤ q
    M         v×v    what a layer writes, with |u M| ≤ μ |u|

Main results
    dobrushin_attention        outputs differ along f by at most tanh(h / 2) δ
    dobrushin_overlap          and by at most 1 - Σ_j w_j times δ, which is below δ also under a causal mask
    residual_breaks_collapse   with a residual stream the differences keep 1 - μ κ of their length at least
"""

from sympy import Integer, Rational

from symattn.language import (
    AtMost,
    Equal,
    column,
    exp,
    hadamard,
    identity,
    matrix,
    normsquared,
    ones,
    row,
    scalar,
    sizes,
    softmax,
    total,
    zeros,
)
from symattn.proof import argument, theorem
from symattn.theory.softmax import total_variation
from symattn.theory.softmax.total_variation import apart, h, n, one, s, t, tv_tanh

v = sizes("v", min=0)
C, f = matrix("C", n, v), column("f", v)
low, delta = scalar("l"), scalar("delta", positive=True)
p, q = softmax(s), softmax(t)
INSIDE = (AtMost(low * ones(n, 1), C @ f), AtMost(C @ f, (low + delta) * ones(n, 1)))
share = (f.T @ C.T - low * one) / delta
factor = (exp(h) - 1) / (exp(h) + 1)
constant = {C: ones(n, 1) @ row("c", v), low: total(row("c", v) @ f)}


@theorem(
    section="10.8",
    says=AtMost(total((p - q) @ C @ f), factor * delta),
    given=(*INSIDE, apart),
    instances=({**constant, h: 1 + normsquared(s - t)},),
    source="Dobrushin's coefficient of ergodicity, 1956; for softmax not found stated elsewhere",
)
def dobrushin_attention():
    """Two outputs differ along any direction by at most tanh(h / 2) times what the values do.

    So for every norm the outputs have a diameter of at most tanh(h / 2) times that of the values, where 2 h is the
    largest spread of the differences of two rows of scores.
    """
    gap, scaled = total((p - q) @ C @ f), delta * total(hadamard(share, p - q))
    with argument(*dobrushin_attention.given) as proof:
        some = proof.have("w = (C f - l)/δ is at least 0", AtMost(zeros(1, n), share), by=INSIDE)
        most = proof.have("and at most 1", AtMost(share, one), by=INSIDE)
        bound = proof.have("softmax(s) and softmax(t) are this close in total variation", tv_tanh)
        bound = proof.at("as w sees it", bound, {total_variation.w: share}, by=(some, most, apart))
        same = proof.have("times δ, as both rows sum to 1", Equal(gap, scaled))
        proof.show(dobrushin_attention.says, by=(bound, same))
    return proof


w = row("w", n)
a, b = row("p", n), row("q", n)
COMMON = (AtMost(w, a), AtMost(w, b), Equal(total(a), 1), Equal(total(b), 1))


@theorem(
    section="10.8",
    says=AtMost(total((a - b) @ C @ f), (1 - total(w)) * delta),
    given=(*INSIDE, *COMMON),
    instances=({**constant, a: p, b: q, w: hadamard(p, q)},),
    source="Dobrushin's coefficient of ergodicity, 1956",
    sketch=(
        "Measured from l, the values lie between 0 and δ. What p has beyond w adds up to 1 - Σ_j w_j, so it reads at "
        "most that times δ; what q has beyond w reads at least 0; and what both have in common cancels."
    ),
)
def dobrushin_overlap():
    """Two means of the same values differ by at most 1 - Σ_j w_j times what the values do, where both weigh c_j by w_j.

    It holds for any weights, such as those of a causal mask, with w the weight that both give to the first token.
    """
    ...


x, z = row("x", v), row("z", v)
M, mu, theta = matrix("M", v, v), scalar("mu", positive=True), scalar("theta", positive=True)
NORM = AtMost(normsquared(z @ M), mu**2 * normsquared(z))
CLOSE, SMALL = AtMost(normsquared(z), theta**2 * normsquared(x)), AtMost(mu * theta, 1)


@theorem(
    section="10.10",
    says=AtMost((1 - mu * theta) ** 2 * normsquared(x), normsquared(x + z @ M)),
    given=(NORM, CLOSE, SMALL),
    instances=(
        {M: mu * identity(v), z: x / mu, theta: 1 / mu},
        {M: -mu * identity(v), z: x, theta: Integer(1), mu: Rational(1, 2)},
    ),
    source="not found stated elsewhere; Dong, Cordonnier, Loukas, arXiv:2103.03404, for what happens without",
)
def residual_breaks_collapse():
    """With a residual stream, tokens keep at least 1 - μ θ of their distance.

    Two tokens differ by x, what their heads read by z with |z| ≤ θ |x|, and M writes at most μ times as much; then
    they differ by x + z M.  For tokens that are furthest apart, θ is the factor of dobrushin_attention.
    """
    k, c, (A, B, Y) = mu * theta, row("c", v), (scalar(name) for name in "ABY")
    parts = AtMost(k * (1 - k) * normsquared(x), k * normsquared(x + c) + (1 - k) * normsquared(c))
    small, mixed = AtMost(B, k**2 * A), AtMost(k * (1 - k) * A, k * Y + (1 - k) * B)
    values = {A: normsquared(x), B: normsquared(z @ M), Y: normsquared(x + z @ M)}
    with argument(*residual_breaks_collapse.given) as proof:
        parts = proof.have("for k = μ θ, |k x + c|² is not negative", parts, hints=[normsquared(k * x + c)])
        parts = proof.at("c is what is written", parts, {c: z @ M})
        written = proof.have("what is written is small", AtMost(values[B], k**2 * values[A]), by=(NORM, CLOSE))
        most = proof.have("times 1 - k", AtMost((1 - k) * B, (1 - k) * k**2 * A), by=(SMALL, small))
        least = proof.have("put that in", AtMost(k * (1 - k) ** 2 * A, k * Y), by=(most, mixed))
        least = proof.have("and divide by k", AtMost((1 - k) ** 2 * A, Y), by=least)
        proof.show(proof.at("for these lengths", least, values, by=(SMALL, written, parts)))
    return proof


X, S = matrix("X", n, v), matrix("S", n, n)


@theorem(
    section="10.10",
    says=Equal(X + softmax(S) @ X @ zeros(v, v), X),
    source="Dong, Cordonnier, Loukas: Attention is not all you need, arXiv:2103.03404",
    sketch="A product with the zero matrix is 0, and adding 0 changes nothing.",
)
def residual_without_writing():
    """With a residual stream and M = 0 a layer leaves every token as it is, so nothing collapses, however deep."""
    ...
