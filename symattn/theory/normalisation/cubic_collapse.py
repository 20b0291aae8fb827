"""How fast attention without a residual stream draws tokens together: with the cube of their distance.

A head that sees tokens within D of each other has scores that differ little from query to query, and weights that
differ even less; what it reads of the tokens is then within a multiple of D³.

    n, d    at least 1, tokens;  their width
    X       n×d    the tokens, x and y two of them;  W the form, M what the head writes
    p, q    1×n    softmax(x W Xᵀ) and softmax(y W Xᵀ)
    D       the distance of the tokens:  ω and μ bound what W and M make of it
            (x - y) W (x_j - x_k)ᵀ ≤ ω D² for all j, k
            l ≤ x_j M f ≤ l + δ along the direction f, where δ ≤ μ D

Main results
    dobrushin_linear   two outputs differ along f by at most h / 2 times what the values do
    cubic_collapse     outputs differ along f by at most μ D tanh(ω D² / 4), and by at most ¼ ω μ D³
"""

from symattn.language import And, AtMost, exp, matrix, normsquared, ones, row, scalar, softmax, total
from symattn.proof import argument, theorem
from symattn.theory.normalisation import collapse
from symattn.theory.normalisation.collapse import INSIDE, C, constant, dobrushin_attention, factor, low, p, q
from symattn.theory.softmax.series import tanh_between, x as number
from symattn.theory.softmax.total_variation import apart, h, n, one, s, t

f, delta, theta = collapse.f, collapse.delta, scalar("theta")
DONG = "Dong, Cordonnier, Loukas, arXiv:2103.03404, for the cubic rate; with this constant not found stated elsewhere"


@theorem(
    section="10.9",
    says=AtMost(total((p - q) @ C @ f), delta * h / 2),
    given=(*INSIDE, apart),
    instances=({**constant, h: 1 + normsquared(s - t)},),
    source="not found stated elsewhere",
)
def dobrushin_linear():
    """Two outputs differ along any direction by at most h / 2 times what the values do: a quarter of the spread 2 h."""
    with argument(*dobrushin_linear.given) as proof:
        some = proof.have("j = k: the spread is at least 0", AtMost(0, h), by=apart)
        half = proof.have("so is its quarter", AtMost(0, h / 2), by=some)
        bound = proof.have("they differ by at most tanh(h / 2) δ", dobrushin_attention)
        flat = proof.at("tanh x ≤ x at x = h / 2", tanh_between.prove(), {number: h / 2}, by=half)
        known = AtMost(number, theta * delta), AtMost(theta, h / 2)
        less = proof.have("times δ", AtMost(number, delta * h / 2), by=known)
        proof.show(proof.at("so", less, {number: total((p - q) @ C @ f), theta: factor}, by=(bound, flat)))
    return proof


d = collapse.v
X, W, M = matrix("X", n, d), matrix("W", d, d), matrix("M", d, d)
first, second = row("x", d), row("y", d)
D, omega, mu = (scalar(name, positive=True) for name in ("D", "omega", "mu"))
gaps = (first - second) @ W @ X.T
NEAR = AtMost(gaps.T @ one - one.T @ gaps, omega * D**2 * ones(n, n))
READ = (AtMost(low * ones(n, 1), X @ M @ f), AtMost(X @ M @ f, (low + delta) * ones(n, 1)))
WRITTEN = AtMost(delta, mu * D)
outputs = (softmax(first @ W @ X.T) - softmax(second @ W @ X.T)) @ X @ M
grown = exp(omega * D**2 / 2)


@theorem(
    section="10.9",
    says=And(
        AtMost(total(outputs @ f), mu * D * (grown - 1) / (grown + 1)),
        AtMost(total(outputs @ f), omega * mu * D**3 / 4),
    ),
    given=(NEAR, *READ, WRITTEN),
    instances=({X: ones(n, 1) @ row("c", d), low: total(row("c", d) @ M @ f), mu: delta / D},),
    source=DONG,
)
def cubic_collapse():
    """Attention without a residual stream takes tokens within D to outputs within μ D tanh(ω D² / 4) ≤ ω μ D³ / 4.

    It holds for every number of tokens and any weights, small or not; the scale τ is part of W.  With μ ≤ 1 the tokens
    come closer with every layer, wherever they start.
    """
    sharp, cubic = cubic_collapse.says.args
    values = {C: X @ M, s: first @ W @ X.T, t: second @ W @ X.T, h: omega * D**2 / 2}
    share = (grown - 1) / (grown + 1)
    with argument(NEAR, *READ, WRITTEN) as proof:
        words = "scores of two queries differ by at most ω D²"
        close = proof.at(words, dobrushin_attention.prove(), values, by=(NEAR, *READ))
        some = proof.have("exp of what is positive is at least 1", AtMost(0, share))
        known = AtMost(number, theta * delta), AtMost(0, theta), WRITTEN
        most = proof.have("at most θ δ is at most θ μ D", AtMost(number, mu * D * theta), by=known)
        here = {number: total(outputs @ f), theta: share}
        most = proof.at("where θ is tanh(ω D² / 4)", most, here, by=(close, some, WRITTEN))
        sharp = proof.have("", sharp, by=most)
        close = proof.at("and tanh x ≤ x", dobrushin_linear.prove(), values, by=(NEAR, *READ))
        bound = AtMost(number, delta * (omega * D**2 / 2) / 2)
        most = proof.have("δ is at most μ D", AtMost(number, omega * mu * D**3 / 4), by=(bound, WRITTEN))
        cubic = proof.at("so", most, {number: here[number]}, by=(close, WRITTEN))
        proof.show(cubic_collapse.says, by=(sharp, cubic))
    return proof
