"""The diameter of the tokens, from layer to layer: without a residual stream it collapses, with one it stays.

    n, d      at least 1, tokens;  their width
    X         n×d    tokens, each pair within D:  |x_j - x_k|² ≤ D² for all j, k;  x, y two of them
    W, M      d×d    the form, and what the head writes, with norms of at most ω and μ:  ω² - W Wᵀ ⪰ 0, μ² - M Mᵀ ⪰ 0
    s, t      1×n    the scores of two queries;  p, q their softmax, zeros
    h         half the spread of the scores: (s_j - t_j) - (s_k - t_k) ≤ 2 h for all j, k

Main results
    rank_collapse             outputs are within μ tanh(ω D² / 4) D
    rank_collapse_cubic       and so within ¼ ω μ D³
    residual_keeps_distance   tokens that are D apart keep 1 - μ tanh(h / 2) of that over a residual stream
"""

from typing import Any

from sympy import Integer

from symattn.language import (
    PSD,
    AtMost,
    Equal,
    T,
    exp,
    identity,
    matrix,
    normsquared,
    ones,
    row,
    scalar,
    softmax,
    zeros,
)
from symattn.proof import Argument, argument, theorem
from symattn.theory.normalisation import collapse
from symattn.theory.normalisation.collapse import residual_breaks_collapse
from symattn.theory.normalisation.cubic_collapse import DONG
from symattn.theory.normalisation.distances import (
    SPREAD,
    C,
    D,
    along_a_direction,
    distances,
    dobrushin_lengths,
    every,
    g,
    most,
    number,
    omega,
    p,
    q,
    share,
    tanh_is_positive,
    theta,
    width,
)
from symattn.theory.softmax.series import tanh_between, x as series
from symattn.theory.softmax.total_variation import n, one, s, t

d = collapse.v
mu = scalar("mu", positive=True)
X, W, M = matrix("X", n, d), matrix("W", d, d), matrix("M", d, d)
x, y, z = row("x", d), row("y", d), row("z", d)
FORM, WRITER = PSD(omega**2 * identity(d) - W @ W.T), PSD(mu**2 * identity(d) - M @ M.T)
TOKENS, PAIR = AtMost(distances(X), D**2 * every), AtMost(normsquared(x - y), D**2)
outputs = (softmax(x @ W @ X.T) - softmax(y @ W @ X.T)) @ X
sharp = exp(omega * D**2 / 2)
tanh_of = (sharp - 1) / (sharp + 1)
scores_apart = X @ T((x - y) @ W) @ one - T(X @ T((x - y) @ W) @ one)


def _longer(norm: Any, by: Any, form: Any) -> Argument:
    """|z A| ≤ ν |z| where ν² - A Aᵀ ⪰ 0."""
    with argument(form) as proof:
        proof.show(AtMost(normsquared(z @ by), norm**2 * normsquared(z)), by=form, hints=[z], words="its form at z")
    return proof


def _close_scores() -> Argument:
    """(x - y) W (x_j - x_k)ᵀ ≤ ω D²."""
    gap, pairs = x - y, matrix("A", n, n)
    length, half = scalar("l"), (D**2 / (1 / omega) + 1 / omega * scalar("l")) / 2
    with argument(TOKENS, PAIR, FORM) as proof:
        turned = proof.have("W makes a token longer by ω at most", _longer(omega, W, FORM))
        turned = proof.at("that is", turned, {z: gap}, by=FORM)
        turned = proof.have("x and y are within D", AtMost(normsquared(gap @ W), omega**2 * D**2), by=(turned, PAIR))
        along = proof.have("", along_a_direction().theorem())
        along = proof.at("along (x - y) W", along, {C: X}, by=TOKENS)
        along = proof.at("", along, {g: gap @ W, omega: 1 / omega}, by=TOKENS)
        both = AtMost(pairs, half * every), AtMost(length, omega**2 * D**2)
        join = proof.have("half from each", AtMost(pairs, omega * D**2 * every), by=both)
        here = {pairs: scores_apart, length: normsquared(gap @ W)}
        proof.show(proof.at("so", join, here, by=(along, turned)))
    return proof


SCALED = {C: X, s: x @ W @ X.T, t: y @ W @ X.T, width: omega * D**2 / 2}
TOGETHER = {X: ones(n, 1) @ row("c", d), x: row("c", d), y: row("c", d), W: omega * identity(d), M: mu * identity(d)}
written = normsquared(outputs @ M)


@theorem(
    section="10.9",
    says=AtMost(written, mu**2 * (tanh_of**2 * D**2)),
    given=(TOKENS, PAIR, FORM, WRITER),
    instances=(TOGETHER,),
    source=DONG,
)
def rank_collapse():
    """Tokens within D of each other are taken to outputs within ‖M‖ tanh(‖W‖ D² / 4) D, without a residual stream.

    It holds for every number of tokens, every width and any weights; the scale τ is part of W.
    """
    with argument(*rank_collapse.given) as proof:
        close = proof.have("", _close_scores())
        close = proof.at("two queries", dobrushin_lengths.prove(), SCALED, by=(TOKENS, close))
        longer = proof.have("M makes a difference longer by μ at most", _longer(mu, M, WRITER))
        longer = proof.at("that of the outputs", longer, {z: outputs}, by=WRITER)
        join: Any = AtMost(number, mu**2 * theta), AtMost(theta, most)
        join = proof.have("both", AtMost(number, mu**2 * most), by=join)
        here = {number: written, theta: normsquared(outputs), most: tanh_of**2 * D**2}
        join = proof.at("here", join, here, by=(longer, close))
        proof.show(rank_collapse.says, by=join)
    return proof


@theorem(
    section="10.9",
    says=AtMost(written, (omega * mu * D**3 / 4) ** 2),
    given=(TOKENS, PAIR, FORM, WRITER),
    instances=(TOGETHER,),
    source=DONG,
)
def rank_collapse_cubic():
    """Tokens within D of each other are taken to outputs within ‖W‖ ‖M‖ D³ / 4: doubly exponential over layers."""
    x_ = omega * D**2 / 4
    with argument(*rank_collapse_cubic.given) as proof:
        sharp_ = proof.have("within μ D tanh(ω D² / 4)", rank_collapse)
        some_ = proof.have("ω D² is positive", AtMost(0, x_))
        flat = proof.at("tanh x ≤ x", tanh_between.prove(), {series: x_}, by=some_)
        flat = proof.have("at x = ω D² / 4", AtMost(tanh_of, x_), by=flat)
        above = proof.have("tanh x is positive there", AtMost(0, tanh_of))
        square: Any = AtMost(number, mu**2 * (theta**2 * D**2)), AtMost(0, theta), AtMost(theta, x_)
        square = proof.have("squares keep the order", AtMost(number, (omega * mu * D**3 / 4) ** 2), by=square)
        square = proof.at("here", square, {number: written, theta: tanh_of}, by=(sharp_, above, flat))
        proof.show(square)
    return proof


FURTHEST, SMALL = Equal(normsquared(x - y), D**2), AtMost(mu * share, 1)
ONE = {d: 1, X: ones(n, 1), x: D * identity(1), y: zeros(1, 1), M: identity(1), mu: Integer(1)}
kept = x - y + (p - q) @ X @ M


@theorem(
    section="10.10",
    says=AtMost((1 - mu * share) ** 2 * D**2, normsquared(kept)),
    given=(TOKENS, FURTHEST, SPREAD, WRITER, SMALL),
    instances=({**ONE, width: 1 + normsquared(s - t)},),
    source="not found stated elsewhere",
)
def residual_keeps_distance():
    """With a residual stream, the diameter D of the tokens keeps 1 - ‖M‖ tanh(h / 2) of itself over a layer.

    Two tokens that are D apart, x and y, read p X and q X and become x + p X M and y + q X M.
    """
    read_, length = (p - q) @ X, normsquared(x - y)
    with argument(*residual_keeps_distance.given) as proof:
        rises_ = proof.have("", tanh_is_positive())
        near = proof.at("what x and y read", dobrushin_lengths.prove(), {C: X}, by=(TOKENS, SPREAD))
        close: Any = AtMost(number, theta**2 * D**2), Equal(most, D**2)
        close = proof.have("compared with x - y", AtMost(number, theta**2 * most), by=close)
        close = proof.at("here", close, {number: normsquared(read_), theta: share, most: length}, by=(near, FURTHEST))
        longer = proof.have("M makes a difference longer by μ at most", _longer(mu, M, WRITER))
        longer = proof.at("that of what is read", longer, {z: read_}, by=WRITER)
        values = {collapse.x: x - y, collapse.z: read_, collapse.M: M, collapse.mu: mu, collapse.theta: share}
        by = (rises_, close, longer, SMALL)
        kept_ = proof.at("over a residual stream", residual_breaks_collapse.prove(), values, by=by)
        last: Any = AtMost((1 - mu * theta) ** 2 * most, number), Equal(most, D**2)
        last = proof.have("they are D apart", AtMost((1 - mu * theta) ** 2 * D**2, number), by=last)
        values = {theta: share, most: length, number: normsquared(kept)}
        last = proof.at("here", last, values, by=(kept_, FURTHEST))
        proof.show(residual_keeps_distance.says, by=last)
    return proof
