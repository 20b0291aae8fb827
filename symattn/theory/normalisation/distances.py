"""How far apart outputs are, by how far apart values are: along a direction, and in length.

What holds along every direction f holds for lengths: take the direction of the difference itself.

    n, v      at least 1, keys;  their width
    s, t      1×n    the scores of two queries;  p, q their softmax
    C         n×v    values, each pair within D:  |c_j - c_k|² ≤ D² for all j, k
    h         half the spread of the scores: (s_j - t_j) - (s_k - t_k) ≤ 2 h for all j, k

Main results
    dobrushin_differences   outputs differ along f by at most tanh(h / 2) times the largest difference of two values
    dobrushin_lengths       |p C - q C| ≤ tanh(h / 2) D
"""

from typing import Any

from symattn.language import (
    AtMost,
    Equal,
    Positive,
    T,
    column,
    exp,
    hadamard,
    index,
    log,
    matrix,
    normsquared,
    ones,
    row,
    rowsum,
    scalar,
    sum_heads,
    total,
    unit,
)
from symattn.proof import Argument, argument, theorem
from symattn.theory.normalisation import collapse
from symattn.theory.normalisation.collapse import C, delta, dobrushin_attention, f, factor, low, p, q, v
from symattn.theory.softmax.convexity import below_lse, lse, rises, s as scores
from symattn.theory.softmax.total_variation import apart, h, n, one, s, t

DOBRUSHIN = "Dobrushin's coefficient of ergodicity, 1956; for softmax not found stated elsewhere"
every = ones(n, n)
read = C @ f
NEAR = AtMost(read @ one - T(read @ one), delta * every)
gap = total((p - q) @ C @ f)
beta = scalar("beta", positive=True)
least = -lse(-beta * T(read)) / beta
number, bound, some = scalar("x"), scalar("k", positive=True), scalar("y", positive=True)
far = 1 + (bound + 1) ** 2 * (1 / number) ** 2


def _nearly_least() -> Argument:
    """l ≤ c_j f ≤ l + δ + n/β for the soft minimum l of the values, at inverse temperature β."""
    high, above = (least + delta + n / beta) * ones(n, 1), beta * (delta * ones(n, 1) - read)
    some, each, whole = matrix("e", n, 1, positive=True), column("r", n), total(exp(-beta * T(read))) * ones(n, 1)
    logs = AtMost(log(some), log(n) * ones(n, 1) + each)
    with argument(NEAR) as proof:
        sums = proof.have("", rises(one.T @ T(-beta * read), beta * (delta * every - read @ one), NEAR))
        words = "so Σ_j exp(-β c_j f) is at most n exp(β (δ - c_k f)), for each k"
        mass = proof.have(words, AtMost(whole, n * exp(above)), by=sums)
        logs = proof.have("log keeps the order", logs, by=AtMost(some, n * exp(each)))
        logs = proof.at("take logarithms", logs, {some: whole, each: above}, by=mass)
        flat = proof.have("a logarithm is at most its number", AtMost(log(n), n))
        proof.show(AtMost(read, high), by=(logs, flat))
    return proof


def _in_the_limit() -> Argument:
    """x ≤ 0 where β x ≤ k at β = 1 + ((k + 1)/x)²: what holds for all large β holds in the limit."""
    shown = (number - bound / 2) ** 2 + 1 + 2 * bound + 3 * bound**2 / 4
    over = AtMost(far * number, bound)
    with argument(over) as proof:
        cubic = proof.have("times x²", AtMost(number**2 * (far * number), number**2 * bound), by=over)
        undone = proof.have("where x³/x² is x", Equal(number**3 * (1 / number) ** 2, number))
        cubic = proof.have("that is x ((x - k/2)² + 1 + 2 k + ¾ k²) ≤ 0", AtMost(number * shown, 0), by=(cubic, undone))
        none = proof.have("what is positive can be divided by", AtMost(number, 0), by=AtMost(number * some, 0))
        proof.show(proof.at("as it is here", none, {some: shown}, by=cubic))
    return proof


@theorem(
    section="10.8",
    says=AtMost(gap, factor * delta),
    given=(NEAR, apart),
    instances=({C: ones(n, 1) @ row("c", v), h: 1 + normsquared(s - t)},),
    source=DOBRUSHIN,
)
def dobrushin_differences():
    """Two outputs differ along f by at most tanh(h / 2) times the largest difference of two values along f.

    The least value along f is taken as the limit of soft minima.
    """
    with argument(NEAR, apart) as proof:
        below = proof.at("no score is above log-sum-exp", below_lse(), {scores: -beta * T(read)})
        below = proof.have("so no value is below the soft minimum", AtMost(least * ones(n, 1), read), by=below)
        above = proof.have("and none is far above it", _nearly_least())
        values = {low: least, collapse.delta: delta + n / beta}
        bound_ = proof.at("outputs between these", dobrushin_attention.prove(), values, by=(below, above, apart))
        share = proof.have("tanh is at most 1", AtMost(factor, 1))
        excess = gap - factor * delta
        each = proof.have("times β", AtMost(beta * excess, factor * n), by=bound_)
        each = proof.have("for every β", AtMost(beta * excess, n), by=(each, share))
        large = proof.at("a large one", each, {beta: far.xreplace({number: excess, bound: n})})
        none = proof.at("so there is no excess", _in_the_limit().theorem(), {number: excess, bound: n}, by=large)
        proof.show(dobrushin_differences.says, by=none)
    return proof


def distances(rows: Any) -> Any:
    """|x_j - x_k|² for each pair of rows."""
    squares = rowsum(hadamard(rows, rows)) @ ones(1, rows.shape[0])
    return squares + T(squares) - 2 * rows @ rows.T


theta, most = scalar("theta"), scalar("b")
D, width, omega, kappa = (scalar(name, positive=True) for name in ("D", "h", "omega", "kappa"))
WITHIN = AtMost(distances(C), D**2 * every)
SPREAD = apart.xreplace({h: width})
grown = exp(width)
share = (grown - 1) / (grown + 1)
moved = (p - q) @ C
g = row("g", v)


def along_a_direction() -> Argument:
    """(c_j - c_k)·g ≤ (D²/ω + ω |g|²)/2."""
    at, u = index("i", v), C @ g.T
    part = C @ unit(v, at).T
    gaps = part @ one - T(part @ one) - omega * total(g @ unit(v, at).T) * every
    pairs, length = u @ one - T(u @ one), omega * normsquared(g)
    A, E, c = matrix("A", n, n), matrix("E", n, n), scalar("c")
    less, within = AtMost(A, (E / omega + c * every) / 2), AtMost(E, D**2 * every)
    with argument(WITHIN) as proof:
        hints = [sum_heads(hadamard(gaps, gaps), at) / (2 * omega)]
        square = AtMost(pairs, (distances(C) / omega + length * every) / 2)
        square = proof.have("|c_j - c_k - ω g|² is not negative", square, hints=hints)
        join = proof.have("the distances are at most D", AtMost(A, (D**2 / omega + c) / 2 * every), by=(less, within))
        proof.show(proof.at("so here", join, {A: pairs, E: distances(C), c: length}, by=(square, WITHIN)))
    return proof


def tanh_is_positive() -> Argument:
    """tanh(h / 2) > 0 for h > 0."""
    with argument() as proof:
        above = proof.have("exp lies above its tangent", AtMost(1 + width, grown))
        more = proof.have("what is at least 1 + h is more than 1", Positive(number - 1), by=AtMost(1 + width, number))
        above = proof.at("as e^h is", more, {number: grown}, by=above)
        proof.show(Positive(share), by=above, words="and tanh(h / 2) is positive")
    return proof


@theorem(
    section="10.8",
    says=AtMost(normsquared(moved), share**2 * D**2),
    given=(WITHIN, SPREAD),
    instances=({C: ones(n, 1) @ row("c", v), width: 1 + normsquared(s - t)},),
    source=DOBRUSHIN,
)
def dobrushin_lengths():
    """Two outputs are within tanh(h / 2) D where the values are within D: the diameter shrinks by that factor."""
    half = (D**2 / omega + omega * normsquared(moved)) / 2
    with argument(WITHIN, SPREAD) as proof:
        along = proof.have("", along_a_direction())
        along = proof.at("along the difference g of the outputs", along, {g: moved}, by=WITHIN)
        values = {f: T(moved), collapse.delta: half, h: width}
        close = proof.at("outputs differ by less", dobrushin_differences.prove(), values, by=(along, SPREAD))
        length = Equal(total(moved @ moved.T), normsquared(moved))
        length = proof.have("along g that is its length, squared", length)
        close = proof.have("so for every ω", AtMost(normsquared(moved), share * half), by=(close, length))
        rises_ = proof.have("", tanh_is_positive())
        best = proof.at("at ω = 1/k", close, {omega: 1 / kappa})
        each = (D**2 / (1 / kappa) + 1 / kappa * number) / 2
        less = AtMost(number, theta * each), AtMost(theta, kappa), AtMost(0, number)
        halves = proof.have("half of it on either side", AtMost(number, kappa**2 * D**2), by=less)
        last = {number: normsquared(moved), theta: share}
        some_ = proof.have("a length is at least 0", AtMost(0, normsquared(g)))
        some_ = proof.at("so is this one", some_, {g: moved})
        halves = proof.at("for k above tanh(h / 2)", halves, last, by=(best, some_, AtMost(share, kappa)))
        proof.show(proof.at("such as it is itself", halves, {kappa: share}, by=rises_))
    return proof
