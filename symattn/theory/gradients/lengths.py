"""How far attention moves when tokens move a little: by a multiple that the lengths of the tokens bound.

    n, d      at least 1, number of tokens;  their width
    p         1×n    weights of one query: not negative, with sum 1
    X, D      n×d    tokens of length at most R, and changes of them of length at most r
    x, y      1×d    the query's token and its change, as long
    W, M      d×d    the form, and what the head writes, with norms of at most ω and μ;  the scale τ is part of W
    ds        1×n    y W Xᵀ + x W Dᵀ, the change of the scores

Main results
    mean_shorter           |Σ_j p_j c_j|² ≤ Σ_j p_j |c_j|²
    read_changes_little    |p D + Σ_j p_j ds_j (x_j - p X)| ≤ (1 + 2 ω R²) r, and times M at most μ times that
"""

from typing import Any

from symattn.language import (
    PSD,
    AtMost,
    Equal,
    T,
    column,
    diag,
    hadamard,
    identity,
    index,
    matrix,
    normsquared,
    ones,
    row,
    rowsum,
    scalar,
    sizes,
    sum_heads,
    total,
    unit,
    zeros,
)
from symattn.proof import Argument, argument, theorem

n, d = sizes("n d", min=1)
p, s, one = row("p", n), row("s", n), ones(1, n)
X, D, C = matrix("X", n, d), matrix("D", n, d), matrix("C", n, d)
x, y, z, u = (row(name, d) for name in "xyzu")
W, M = matrix("W", d, d), matrix("M", d, d)
u_, k, A, B, C_ = (scalar(name) for name in ("u", "k", "A", "B", "C"))
L = column("L", n)
omega, mu, R, r, c = (scalar(name, positive=True) for name in ("omega", "mu", "R", "r", "c"))
WEIGHTS = AtMost(zeros(1, n), p), Equal(total(p), 1)


def lengths(rows: Any) -> Any:
    """|x_j|² of each row."""
    return rowsum(hadamard(rows, rows))


@theorem(
    section="5.11",
    says=AtMost(normsquared(p @ C), total(p @ lengths(C))),
    given=WEIGHTS,
    instances=({p: one / n},),
    source="textbook convexity",
)
def mean_shorter():
    """The squared length of a mean is at most the mean of the squared lengths."""
    gaps = C - ones(n, 1) @ p @ C
    with argument(*WEIGHTS) as proof:
        each = AtMost(zeros(1, n), hadamard(p, T(lengths(D))))
        each = proof.have("weights times squared lengths are not negative", each, by=WEIGHTS[0])
        each = proof.at("those of the distances from the mean", each, {D: gaps}, by=WEIGHTS[0])
        proof.show(mean_shorter.says, by=(each, WEIGHTS[1]), words="add up")
    return proof


def _products() -> Argument:
    """(u·x_j)² ≤ |u|² |x_j|², for each token."""
    at = index("a", d)
    pairs = total(u @ unit(d, at).T) * X - X @ unit(d, at).T @ u
    bound = AtMost(hadamard(u @ X.T, u @ X.T), normsquared(u) * T(lengths(X)))
    with argument() as proof:
        hints = [T(sum_heads(rowsum(hadamard(pairs, pairs)), at)) / 2]
        proof.show(bound, hints=hints, words="the squares of u_a x_jb - u_b x_ja are not negative")
    return proof


TOKENS, CHANGES = AtMost(lengths(X), R**2 * ones(n, 1)), AtMost(lengths(D), r**2 * ones(n, 1))
QUERY, TURN = AtMost(normsquared(x), R**2), AtMost(normsquared(y), r**2)
FORM, WRITER = PSD(omega**2 * identity(d) - W @ W.T), PSD(mu**2 * identity(d) - M @ M.T)
SOME = {
    p: one / n,
    X: R * ones(n, 1) @ unit(d, 0),
    D: -r * ones(n, 1) @ unit(d, 0),
    x: R * unit(d, 0),
    y: r * unit(d, 0),
    W: omega * identity(d),
    M: mu * identity(d),
}
ds = y @ W @ X.T + x @ W @ D.T
read = p @ D + hadamard(p, ds) @ (X - ones(n, 1) @ p @ X)


def _longer(norm: Any, by: Any, form: Any) -> Argument:
    """|z A|² ≤ ν² |z|² where ν² - A Aᵀ ⪰ 0."""
    with argument(form) as proof:
        proof.show(AtMost(normsquared(z @ by), norm**2 * normsquared(z)), by=form, hints=[z], words="its form at z")
    return proof


def _scores_change_little() -> Argument:
    """ds_j² ≤ (2 ω R r)²."""
    a, b, e = row("a", n), row("b", n), row("e", n)
    step: Any = AtMost(e, A * a), AtMost(a, B * one), AtMost(A, k), AtMost(0, A), AtMost(0, B)
    with argument(TOKENS, CHANGES, QUERY, TURN, FORM) as proof:
        longer = proof.have("W makes nothing longer by more than ω", _longer(omega, W, FORM))
        each = proof.have("Cauchy and Schwarz", _products())
        step = proof.have("a product of two bounds", AtMost(e, k * B * one), by=step)
        length = proof.have("a squared length is not negative", AtMost(0, normsquared(z)))
        halves = []
        for who, within, keys, outer in ((y, r, X, R), (x, R, D, r)):
            turned = normsquared(who @ W)
            near = proof.at("of the query's row", longer, {z: who}, by=FORM)
            near = proof.have("", AtMost(turned, omega**2 * within**2), by=(near, QUERY, TURN))
            some = proof.at("", length, {z: who @ W})
            pairs = proof.at("for its products", each, {u: who @ W, X: keys})
            rows = proof.have("the rows are within", AtMost(T(lengths(keys)), outer**2 * one), by=(TOKENS, CHANGES))
            products = hadamard(who @ W @ keys.T, who @ W @ keys.T)
            values = {e: products, A: turned, a: T(lengths(keys)), B: outer**2, k: omega**2 * within**2}
            halves.append(proof.at("so both together", step, values, by=(pairs, rows, near, some)))
        sums = AtMost(hadamard(a + b, a + b), 2 * hadamard(a, a) + 2 * hadamard(b, b))
        sums = proof.have("(a + b)² is at most 2 a² + 2 b²", sums, hints=[hadamard(a - b, a - b)])
        sums = proof.at("here", sums, {a: y @ W @ X.T, b: x @ W @ D.T})
        proof.show(AtMost(hadamard(ds, ds), 4 * omega**2 * R**2 * r**2 * one), by=(sums, *halves))
    return proof


def _mean_within() -> Argument:
    """A mean of numbers that are at most k is at most k."""
    below = AtMost(L, k * ones(n, 1))
    with argument(below, *WEIGHTS) as proof:
        proof.show(AtMost(total(p @ L), k), by=(below, *WEIGHTS), words="a mean is at most the largest")
    return proof


def _spread_out() -> Argument:
    """|Σ_j p_j s_j (x_j - p X)|² ≤ k R² where s_j² ≤ k."""
    gaps = X - ones(n, 1) @ p @ X
    flat, free = AtMost(hadamard(s, s), c * one), row("q", n)
    with argument(TOKENS, *WEIGHTS, flat) as proof:
        shorter = proof.at("means are shorter", mean_shorter.prove(), {C: diag(s) @ gaps}, by=WEIGHTS)
        each = AtMost(zeros(1, n), hadamard(free, T(lengths(D))))
        each = proof.have("times squared lengths", each, by=AtMost(zeros(1, n), free))
        room = hadamard(p, c * one - hadamard(s, s))
        room_ = proof.have("p_j (k - s_j²) is not negative", AtMost(zeros(1, n), room), by=(flat, WEIGHTS[0]))
        each = proof.at("so", each, {free: room, D: gaps}, by=room_)
        less = AtMost(total(p @ lengths(diag(s) @ gaps)), c * total(p @ lengths(gaps)))
        less = proof.have("add up", less, by=each)
        within = proof.at("so of the tokens", _mean_within().theorem(), {L: lengths(X), k: R**2}, by=(TOKENS, *WEIGHTS))
        square = Equal(total(p @ lengths(gaps)), total(p @ lengths(X)) - normsquared(p @ X))
        square = proof.have("about their mean", square, by=WEIGHTS[1])
        some = proof.have("a squared length is not negative", AtMost(0, normsquared(z)))
        some = proof.at("nor is that of the mean", some, {z: p @ X})
        less_ = Equal(A, B - k), AtMost(B, R**2), AtMost(0, k), AtMost(C_, c * A)
        spread = proof.have("they are no further", AtMost(C_, c * R**2), by=less_)
        here = {A: square.claim.left, B: total(p @ lengths(X)), k: normsquared(p @ X), C_: less.claim.args[0]}
        spread = proof.at("about it", spread, here, by=(square, within, some, less))
        proof.show(AtMost(normsquared(hadamard(p, s) @ gaps), c * R**2), by=(shorter, spread))
    return proof


@theorem(
    section="5.11",
    says=AtMost(normsquared(read @ M), (mu * (1 + 2 * omega * R**2) * r) ** 2),
    given=(*WEIGHTS, TOKENS, CHANGES, QUERY, TURN, FORM, WRITER),
    instances=(SOME,),
    source="not found stated elsewhere; Kim, Papamakarios, Mnih, arXiv:2006.04710, for what bounds there are",
)
def read_changes_little():
    """Tokens within R that move by r at most move attention by at most ‖M‖ (1 + 2 τ ‖W‖ R²) r, to first order.

    By local_jacobian the output of a query changes by (p D + Σ_j p_j ds_j (x_j - p X)) M.
    """
    gaps = X - ones(n, 1) @ p @ X
    moved, turned, share = p @ D, hadamard(p, ds) @ gaps, 2 * omega * R**2
    with argument(*read_changes_little.given) as proof:
        first = proof.at("means are shorter", mean_shorter.prove(), {C: D}, by=WEIGHTS)
        within = proof.at(
            "and of changes is within r", _mean_within().theorem(), {L: lengths(D), k: r**2}, by=(CHANGES, *WEIGHTS)
        )
        first = proof.have("so is its length", AtMost(normsquared(moved), r**2), by=(first, within))
        second = proof.have("", _spread_out())
        small = proof.have("", _scores_change_little())
        second = proof.at("with ds for a", second, {s: ds, c: 4 * omega**2 * R**2 * r**2}, by=(TOKENS, *WEIGHTS, small))
        both = AtMost(normsquared(x + y), (1 + c) * normsquared(x) + (1 + 1 / c) * normsquared(y))
        both = proof.have("|c x - y|² is not negative", both, hints=[normsquared(c * x - y) / c])
        both = proof.at("here, with c = 2 ω R²", both, {x: moved, y: turned, c: share})
        sums: Any = AtMost(u_, (1 + share) * A + (1 + 1 / share) * B), AtMost(A, r**2), AtMost(B, share**2 * r**2)
        sums = proof.have("put that in", AtMost(u_, ((1 + share) * r) ** 2), by=sums)
        here = {u_: normsquared(moved + turned), A: normsquared(moved), B: normsquared(turned)}
        sums = proof.at("that is", sums, here, by=(both, first, second))
        longer = proof.have("M makes nothing longer by more than μ", _longer(mu, M, WRITER))
        longer = proof.at("nor this", longer, {z: read}, by=WRITER)
        last: Any = AtMost(A, mu**2 * B), AtMost(B, ((1 + share) * r) ** 2)
        last = proof.have("both", AtMost(A, (mu * (1 + share) * r) ** 2), by=last)
        proof.show(proof.at("so", last, {A: normsquared(read @ M), B: normsquared(read)}, by=(longer, sums)))
    return proof
