"""Kernels near the exponential: its polynomial of degree two has low rank, and what is near it makes near weights.

Scores that are bounded by b make attention that is nearly of rank 1 + k + k²: that is in what sense it is low rank.

    n, m, k   at least 1, tokens, keys;  width
    A, B      n×k        queries and keys, column by column a_i and b_i;  S = A Bᵀ
    s, b      a score, and a bound on its absolute value
    K, L      n×m        two positive kernels

Main results
    taylor_kernel_rank           the exponential up to its second power has rank at most 1 + k + k²
    taylor_error_of_degree_one   up to its first power it is off by at most s (e^s - 1)
    taylor_error_of_degree_two   up to its second by at most b³ e^b / 6
    nearly_equal_kernels         a kernel off by a share ε of each entry makes weights off by ε in total variation
"""

from __future__ import annotations

from typing import Any

from symattn.language import (
    And,
    AtMost,
    Equal,
    Partial,
    Rank,
    T,
    column,
    concat_heads,
    diag,
    exp,
    family,
    hadamard,
    hstack,
    index,
    matrix,
    ones,
    reciprocal,
    rowsum,
    scalar,
    sizes,
    total,
    zeros,
)
from symattn.proof import Argument, argument, prove, rising, theorem
from symattn.theory.softmax.series import exp_between_taylor, x as number

n, m = sizes("n m", min=1)
k = sizes("k", min=0)

part = index("i", k)
a, b = family("a", k, n, 1), family("b", k, n, 1)
A, B = concat_heads(a[part], part), concat_heads(b[part], part)
S = matrix("S", n, n)
AA, BB = (concat_heads(hadamard(one[part] @ ones(1, k), both), part) for one, both in ((a, A), (b, B)))


@theorem(
    section="7.4",
    says=Rank(ones(n, n) + S + hadamard(S, S) / 2) <= 1 + k + k**2,
    given=Equal(S, A @ B.T),
    instances=({S: A @ B.T},),
    source="textbook linear algebra",
    sketch=(
        "1 + s + s²/2 at s = a·b is the product of the features 1, the a_i, and the a_i a_j / 2 with 1, the b_i and "
        "the b_i b_j."
    ),
)
def taylor_kernel_rank():
    """The exponential of scores of width k, up to its second power, has rank at most 1 + k + k², for any n."""
    return prove(
        taylor_kernel_rank.says,
        taylor_kernel_rank.given,
        hints=[hstack(ones(n, 1), A, AA / 2), T(hstack(ones(n, 1), B, BB))],
    )


scores = matrix("S", n, m)
rest = exp(scores) - ones(n, m) - scores


@theorem(
    section="7.4",
    says=And(AtMost(zeros(n, m), rest), AtMost(rest, hadamard(scores, exp(scores) - ones(n, m)))),
    source="textbook calculus",
    sketch="exp(s) ≥ 1 + s is the first bound; exp(-s) ≥ 1 - s, times exp(s), is the second, 1 ≥ (1 - s) exp(s).",
)
def taylor_error_of_degree_one():
    """The exponential up to its first power is below it by at most s (exp(s) - 1), for all scores s.

    With |s| ≤ b that is at most b (exp(b) - 1): for scores that are small, exp(S) is nearly the matrix 1 + S, whose
    rank is at most 1 + k.
    """
    ...


s, b, t, u = (scalar(name) for name in ("s", "b", "t", "u"))
LOW, HIGH, LATER = AtMost(-b, s), AtMost(s, b), AtMost(0, t)


def missing(y: Any) -> Any:
    """e^y less its series up to the second power."""
    return exp(y) - 1 - y - y**2 / 2


def _cubes() -> Argument:
    """s³ ≤ b³ for s ≤ b: b³ - s³ is (b - s) ((b + s/2)² + ¾ s²)."""
    shown = (b + s / 2) ** 2 + 3 * s**2 / 4
    with argument(HIGH) as proof:
        times = proof.have("b - s times what is not negative", AtMost(0, (b - s) * u), by=(HIGH, AtMost(0, u)))
        square = proof.have("such as a sum of squares", AtMost(0, shown))
        times = proof.at("this one", times, {u: shown}, by=(HIGH, square))
        proof.show(AtMost(s**3, b**3), by=times)
    return proof


def _one_side(sign: int) -> Argument:
    """What is missing at b, with what is missing at s added or taken off, is at least 0."""
    first = missing(t * b) + sign * missing(t * s)
    second = b * (exp(t * b) - 1 - t * b) + sign * s * (exp(t * s) - 1 - t * s)
    third = b**2 * (exp(t * b) - 1) + sign * s**2 * (exp(t * s) - 1)
    with argument(LOW, HIGH) as proof:
        some = proof.have("b is at least 0", AtMost(0, b), by=(LOW, HIGH))
        cubes = proof.at("so is b³, and s³ is between -b³ and b³", _cubes().theorem(), {s: -sign * s}, by=(LOW, HIGH))
        cubes = proof.have("times the exponential of ts", AtMost(0, (b**3 + sign * s**3) * exp(t * s)), by=cubes)
        grown = proof.have("which is at most that of tb", AtMost(exp(t * s), exp(t * b)), by=(HIGH, LATER))
        cube = proof.have("times b³", AtMost(0, b**3), by=some)
        grown = proof.have("", AtMost(0, b**3 * (exp(t * b) - exp(t * s))), by=(cube, grown))
        slope = proof.have("together the slope of", AtMost(0, Partial(third, t)), by=(cubes, grown))
        for F, lower in ((third, second), (second, first)):
            risen = proof.have("what is 0 at t = 0", rising(F, t, step=slope))
            slope = proof.have("itself the slope of", AtMost(0, Partial(lower, t)), by=risen)
        risen = proof.have("what is 0 at t = 0", rising(first, t, step=slope))
        at_1 = proof.at("at t = 1", risen, {t: 1})
        proof.show(AtMost(-sign * missing(s), missing(b)), by=at_1)
    return proof


@theorem(
    section="7.4",
    says=And(AtMost(-(b**3) * exp(b) / 6, missing(s)), AtMost(missing(s), b**3 * exp(b) / 6)),
    given=(LOW, HIGH),
    instances=({b: 1 + s**2},),
    source="Taylor's theorem; for attention Alman and Song, arXiv:2302.13214",
)
def taylor_error_of_degree_two():
    """The exponential of a score between -b and b, up to its second power, is off by at most b³ e^b / 6.

    With taylor_kernel_rank: bounded scores make exp(S) nearly a matrix of rank 1 + k + k², however many tokens there
    are, and by nearly_equal_kernels attention is as near to one.
    """
    low, high = taylor_error_of_degree_two.says.args
    with argument(LOW, HIGH) as proof:
        below, above = (proof.have("", _one_side(sign)) for sign in (1, -1))
        some = proof.have("b is at least 0", AtMost(0, b), by=(LOW, HIGH))
        most = proof.at("and at b no more than b³ e^b / 6 is missing", exp_between_taylor.prove(), {number: b}, by=some)
        low = proof.have("", low, by=(below, most))
        high = proof.have("", high, by=(above, most))
        proof.show(taylor_error_of_degree_two.says, by=(low, high))
    return proof


kernel, nearly = matrix("K", n, m, positive=True), matrix("L", n, m, positive=True)
epsilon, some = scalar("epsilon"), matrix("w", m, 1, mask=True)
ABOVE, BELOW = AtMost(nearly, (1 + epsilon) * kernel), AtMost((1 - epsilon) * kernel, nearly)
A_, B_, all_keys = matrix("A", n, m), matrix("B", n, m), ones(m, 1)
rows, near_rows = (diag(reciprocal(rowsum(one))) @ one for one in (kernel, nearly))


def near(one: Any, other: Any) -> tuple[Any, Any]:
    """Each is at most (1 + ε)/(1 - ε) times the other, entry by entry."""
    return AtMost((1 - epsilon) * one, (1 + epsilon) * other), AtMost((1 - epsilon) * other, (1 + epsilon) * one)


def _told_apart() -> Argument:
    """Weights A and B that are near each other, both ways, give no set of keys weights that differ by more than ε."""
    sums = Equal(A_ @ all_keys, ones(n, 1)), Equal(B_ @ all_keys, ones(n, 1))
    f, others = column("f", m), all_keys - some
    squares = AtMost((1 - epsilon) * B_ @ hadamard(f, f), (1 + epsilon) * A_ @ hadamard(f, f))
    with argument(*sums, *near(A_, B_)) as proof:
        inside = AtMost((1 - epsilon) * A_ @ some, (1 + epsilon) * B_ @ some)
        inside = proof.have("added up over the set", inside, by=near(A_, B_)[0])
        outside = proof.have("and with squares for factors", squares, by=near(A_, B_)[1])
        outside = proof.at("so over the other keys", outside, {f: others})
        flag = proof.have("as 1 - w is 0 or 1 where w is", Equal(hadamard(others, others), others))
        proof.show(AtMost((A_ - B_) @ some, epsilon * ones(n, 1)), by=(inside, outside, flag, *sums))
    return proof


@theorem(
    section="7.4",
    says=AtMost((near_rows - rows) @ some, epsilon * ones(n, 1)),
    given=(ABOVE, BELOW),
    instances=({epsilon: total(hadamard(nearly, reciprocal(kernel)) + hadamard(kernel, reciprocal(nearly)))},),
    source="not found stated elsewhere",
)
def nearly_equal_kernels():
    """A kernel that is off by at most a share ε of each entry makes attention weights at most ε off in total variation.

    That is, no set of keys, w with entries 0 and 1, gets weights that differ by more than ε.  A kernel of low rank that
    is near exp(S) in this sense makes attention of low rank that is near softmax(S).
    """
    both = near(near_rows, rows)
    with argument(ABOVE, BELOW) as proof:
        ahead = proof.have("above the division at most 1 + ε, below it at least 1 - ε", both[0], by=proof.given)
        behind = proof.have("and the other way round", both[1], by=proof.given)
        sums = [proof.have("the rows sum to 1", Equal(one @ all_keys, ones(n, 1))) for one in (near_rows, rows)]
        apart = proof.have("of weights that are near in this way", _told_apart())
        values = {A_: near_rows, B_: rows}
        proof.show(proof.at("such as these", apart, values, by=(ahead, behind, *sums)))
    return proof
