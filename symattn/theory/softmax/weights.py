"""Softmax as weights.

softmax turns a row of scores into positive weights with sum 1.  It forgets exactly one number of each row, a common
shift; everything else about the scores can be read off the weights again.  `derivatives` goes on with derivatives.

    n, m      at least 1, number of scores in a row; rows of scores
    s, t      1×n      scores, one row
    S, R      m×n      scores, several rows
    lse(s)    a number log Σ_j exp(s_j), for several rows a column
    p, P      softmax(s), softmax(S)
    q         1×n      other weights: positive, with sum 1

Main results
    softmax_shift       softmax(s) = softmax(t) exactly when s and t differ by a constant
    score_recovery      P determines every difference of two scores in a row
    stochasticity       P is positive and its rows sum to 1, and so is a product of such matrices
    dispersion_bound    m + 1 scores that differ by at most R have weights between 1/(1 + m e^R) and 1/(1 + m e^-R)
    gibbs_variational   lse(s) = ⟨q, s⟩ + H(q) + KL(q ‖ p)
"""

from typing import Any

from symattn.language import (
    And,
    AtMost,
    Equal,
    Exists,
    Iff,
    Implies,
    Positive,
    T,
    column,
    exp,
    hstack,
    identity,
    inner,
    log,
    logsumexp,
    matrix,
    ones,
    reciprocal,
    row,
    rowsum,
    scalar,
    sizes,
    softmax,
    total,
    unit,
    vstack,
    zeros,
)
from symattn.proof import argument, calc, theorem

n, m = sizes("n m", min=1)
s, t, a = row("s", n), row("t", n), row("a", n)
c, r = scalar("c"), scalar("r", positive=True)
S, R = matrix("S", m, n), matrix("R", m, n)
one = ones(1, n)


def lse(scores: Any) -> Any:
    """log Σ_j exp(s_j) of a row, as a number."""
    return total(logsumexp(scores))


@theorem(
    section="4.1",
    says=Equal(softmax(s + c * one), softmax(s)),
    source="Blanchard, Higham, Higham: Accurately computing the log-sum-exp and softmax functions, 2021",
)
def softmax_of_shifted():
    """A constant added to all scores leaves the weights as they are."""
    weights = exp(c) * exp(s)
    return (
        calc(softmax(s + c * one))
        .eq(total(reciprocal(rowsum(weights))) * weights, by="exp turns the sum into a product")
        .eq(softmax(s), by="the common factor exp(c) cancels")
    )


SAME = Equal(softmax(s), softmax(t))


@theorem(
    section="4.1",
    says=Equal(s, t + (lse(s) - lse(t)) * one),
    given=SAME,
    instances=({s: t + c * one},),
    source="textbook calculus",
)
def scores_of_equal_weights():
    """Scores with the same softmax differ by a constant, the difference of their log-sum-exps."""
    return (
        calc(s, given=SAME)
        .eq(log(softmax(s)) + lse(s) * one, by="log p_j = s_j - lse(s)")
        .eq(log(softmax(t)) + lse(s) * one, by=SAME)
        .eq(t + (lse(s) - lse(t)) * one, by="log q_j = t_j - lse(t)")
    )


@theorem(
    section="4.1",
    says=Iff(SAME, Exists(c, Equal(s, t + c * one), witness=lse(s) - lse(t))),
    instances=({s: t + c * one},),
    source="textbook calculus",
)
def softmax_shift():
    """Two rows of scores have the same softmax exactly when they differ by a constant."""
    with argument() as proof:
        apart = Implies(SAME, scores_of_equal_weights.says)
        apart = proof.have("", apart, by=scores_of_equal_weights, under=())
        back = proof.have("back, a constant cancels", Equal(softmax(t + c * one), softmax(t)))
        proof.show(softmax_shift.says, by=(apart, back))
    return proof


shifts = column("c", m)


@theorem(
    section="4.17",
    says=Iff(
        Equal(softmax(S), softmax(R)), Exists(shifts, Equal(S, R + shifts @ one), witness=logsumexp(S) - logsumexp(R))
    ),
    instances=({S: R + shifts @ one},),
    source="textbook calculus",
)
def scores_up_to_rows():
    """Attention weights determine the scores up to one constant for each row."""
    same = Equal(softmax(S), softmax(R))
    apart = (
        calc(S, given=same)
        .eq(log(softmax(S)) + logsumexp(S) @ one, by="log P_ij = S_ij - lse(S)_i")
        .eq(log(softmax(R)) + logsumexp(S) @ one, by=same)
        .eq(R + (logsumexp(S) - logsumexp(R)) @ one, by="the same for R")
    )
    with argument() as proof:
        there = Implies(same, apart.claim)
        there = proof.have("log P_ij = S_ij - lse(S)_i for S, and also for R", there, by=apart, under=())
        back = proof.have("back, a constant cancels in each row", Equal(softmax(R + shifts @ one), softmax(R)))
        proof.show(scores_up_to_rows.says, by=(there, back))
    return proof


z = column("z", n)
BALANCED = Equal(one @ z, zeros(1, 1))


@theorem(
    section="4.17",
    says=Equal(log(softmax(S)) @ z, S @ z),
    given=BALANCED,
    instances=({z: a.T - total(a) * unit(n, 0).T},),
    source="textbook calculus",
)
def score_recovery():
    """Combinations of the scores in a row whose coefficients sum to 0 can be read off the weights.

    With z = e_j - e_l this is log P_ij - log P_il = S_ij - S_il.
    """
    return (
        calc(log(softmax(S)) @ z, given=BALANCED)
        .eq(S @ z - logsumexp(S) @ one @ z, by="log P_ij = S_ij - lse(S)_i")
        .eq(S @ z, by=BALANCED)
    )


@theorem(
    section="4.11",
    says=And(Equal(softmax(S) @ ones(n, 1), ones(m, 1)), Positive(softmax(S))),
    source="textbook calculus",
    sketch=(
        "Each weight is an exponential over the sum of all exponentials in its row. Exponentials are positive, and "
        "over their sum they sum to 1."
    ),
)
def stochasticity():
    """The weights of each row are positive and sum to 1."""
    ...


A, B = matrix("A", n, n, positive=True), matrix("B", n, n, positive=True)
ROWS = (Equal(A @ ones(n, 1), ones(n, 1)), Equal(B @ ones(n, 1), ones(n, 1)))


@theorem(
    section="4.11",
    says=And(Equal(A @ B @ ones(n, 1), ones(n, 1)), Positive(A @ B)),
    given=ROWS,
    instances=({A: softmax(matrix("S", n, n)), B: softmax(matrix("R", n, n))},),
    source="textbook linear algebra",
)
def stochastic_product():
    """A product of two positive matrices whose rows sum to 1 is another one; hence one of any number is."""
    column_of_ones = ones(n, 1)
    sums = calc(A @ B @ column_of_ones, ROWS).eq(A @ column_of_ones, by=ROWS[1]).eq(column_of_ones, by=ROWS[0])
    with argument(*ROWS) as proof:
        rows = proof.have("B maps the column of ones to itself, and so does A", sums)
        above = proof.have("sums of products of positive numbers are positive", Positive(A @ B))
        proof.show(stochastic_product.says, by=(rows, above))
    return proof


gaps = ones(n, 1) @ s - s.T @ one


@theorem(section="4.8", says=Equal(T(reciprocal(softmax(s))), rowsum(exp(gaps))), source="textbook calculus")
def reciprocal_of_weight():
    """One over a weight is the sum of the exponentials of the gaps: 1/p_j = Σ_l exp(s_l - s_j)."""
    return (
        calc(T(reciprocal(softmax(s))))
        .eq(total(exp(s)) * T(exp(-s)), by="p_j = exp(s_j) / Σ_l exp(s_l), and 1 / exp(s_j) = exp(-s_j)")
        .eq(rowsum(exp(gaps)), by="exp(s_l) exp(-s_j) = exp(s_l - s_j)")
    )


others, last = row("a", m), row("b", 1)
ratios = exp(others - last @ ones(1, m))
weight = softmax(hstack(others, last)) @ vstack(zeros(m, 1), identity(1))


@theorem(
    section="4.8",
    says=And(AtMost(reciprocal(1 + m * r) * identity(1), weight), AtMost(weight, reciprocal(1 + m / r) * identity(1))),
    given=(AtMost(ratios, r * ones(1, m)), AtMost(reciprocal(r) * ones(1, m), ratios)),
    instances=({r: total(ratios) + total(reciprocal(ratios))},),
    source="the bounds behind Veličković et al.: Softmax is not Enough, arXiv:2410.01104, lemma 2.1",
)
def dispersion_bound():
    """Among m + 1 scores that differ by at most R = log r, every weight lies between 1/(1 + m r) and 1/(1 + m/r).

    The score whose weight it is stands last; the order of the others does not matter.  So bounded scores cannot pick
    one of many tokens: each weight is of the order of 1/m.
    """
    below, above = dispersion_bound.given
    low, high = dispersion_bound.says.args
    with argument(below, above) as proof:
        share = Equal(weight, reciprocal(1 + total(ratios)) * identity(1))
        share = proof.have("over its own exponential, a weight is 1 / (1 + Σ_j exp(s_j - s_last))", share)
        most = proof.have("the sum is at most m r", AtMost(total(ratios), m * r), by=below)
        least = proof.have("and at least m / r", AtMost(m / r, total(ratios)), by=above)
        low = proof.have("so the weight is at least 1 / (1 + m r)", low, by=(share, most))
        high = proof.have("and at most 1 / (1 + m / r)", high, by=(share, least))
        proof.show(dispersion_bound.says, by=(low, high))
    return proof


q = matrix("q", 1, n, positive=True)
SUM = Equal(total(q), 1)


@theorem(
    section="4.13",
    says=Equal(lse(s), inner(q, s) - inner(q, log(q)) + inner(q, log(q) - log(softmax(s)))),
    given=SUM,
    instances=({q: softmax(a)},),
    source="the Gibbs variational principle; as a maximum Boyd and Vandenberghe, Convex Optimization, section 3.3.1",
)
def gibbs_variational():
    """For any weights q, log-sum-exp is the mean score plus the entropy of q plus its divergence from softmax(s).

    lse(s) = ⟨q, s⟩ + H(q) + KL(q ‖ p), where H(q) = -⟨q, log q⟩ and KL(q ‖ p) = ⟨q, log q - log p⟩ ≥ 0.
    """
    return (
        calc(lse(s), given=SUM)
        .eq(total(q) * lse(s), by=SUM)
        .eq(inner(q, s) - inner(q, log(softmax(s))), by="lse(s) = s_j - log p_j for every j")
        .eq(gibbs_variational.says.right, by="add and subtract ⟨q, log q⟩")
    )
