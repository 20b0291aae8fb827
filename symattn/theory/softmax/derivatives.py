"""How softmax moves when the scores do.

The derivative of softmax is the covariance of its weights: positive semidefinite, and blind to a common shift only.

    n      at least 1, number of scores
    s      1×n    scores
    p      1×n    softmax(s)
    J      n×n    diag(p) - pᵀ p
    v      1×n    a direction, or the values that are averaged
    a, b   1×m, 1×1   scores of n = m + 1, the last one apart

Main results
    softmax_jacobian         the derivative of p_i in s_j is J_ij = p_i (δ_ij - p_j)
    softmax_jacobian_psd     v J vᵀ is the variance of v under p, so J is positive semidefinite
    softmax_jacobian_kernel  J vᵀ = 0 exactly when v is constant
    softmax_jacobian_rank    J has rank n - 1
    lse_gradient_convex      log-sum-exp has the gradient p and the Hessian J
"""

from sympy import Rational

from symattn.language import (
    PSD,
    And,
    Equal,
    Exists,
    Gradient,
    Iff,
    Implies,
    Jacobian,
    Rank,
    T,
    diag,
    exp,
    hadamard,
    hstack,
    identity,
    inner,
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
    vstack,
    zeros,
)
from symattn.proof import argument, calc, theorem

n, m = sizes("n m", min=1)
s, v = row("s", n), row("v", n)
c = scalar("c")
p = softmax(s)
J = diag(p) - p.T @ p
one = ones(1, n)
CONVEX = "Boyd and Vandenberghe, Convex Optimization, section 3.1.5"


@theorem(section="4.2", says=Equal(Jacobian(p, s), J), source="textbook calculus")
def softmax_jacobian():
    """The derivative of the weight p_i in the score s_j is p_i (δ_ij - p_j)."""
    share = total(reciprocal(rowsum(exp(s))))
    return (
        calc(Jacobian(p, s))
        .eq(share * diag(exp(s)) - share**2 * exp(s).T @ exp(s), by="derivative of exp(s_i) / Σ_l exp(s_l)")
        .eq(J, by="p_i = exp(s_i) / Σ_l exp(s_l)")
    )


gaps = v.T @ one - ones(n, 1) @ v


@theorem(
    section="4.3",
    says=Equal(total(v @ J @ v.T), Rational(1, 2) * total(p @ hadamard(gaps, gaps) @ p.T)),
    source="textbook calculus",
    where={row("p", n): p, matrix("D", n, n): gaps},
)
def softmax_jacobian_variance():
    """v J vᵀ is the variance of v under the weights: ½ Σ_ij p_i p_j (v_i - v_j)²."""
    return (
        calc(total(v @ J @ v.T))
        .eq(inner(p, hadamard(v, v)) - inner(p, v) ** 2, by="mean of the squares minus the square of the mean")
        .eq(softmax_jacobian_variance.says.right, by="the weights sum to 1")
    )


@theorem(section="4.3", says=PSD(J), source=CONVEX)
def softmax_jacobian_psd():
    """The derivative of softmax is symmetric and positive semidefinite."""
    centred = identity(n) - one.T @ p
    with argument() as proof:
        square = proof.have("take the mean away on both sides", Equal(J, centred.T @ diag(p) @ centred))
        proof.show(PSD(J), by=square, words="weights are positive, so v J vᵀ is a sum of squares", hints=(centred,))
    return proof


FLAT = Equal(J @ v.T, zeros(n, 1))


@theorem(
    section="4.3", says=Equal(v, inner(p, v) * one), given=FLAT, instances=({v: c * one},), source="textbook calculus"
)
def flat_directions_are_constant():
    """A direction that does not move the weights equals its mean everywhere."""
    return (
        calc(v, given=FLAT)
        .eq(hadamard(reciprocal(p), T(J @ v.T)) + inner(p, v) * one, by="(J vᵀ)_i = p_i (v_i - ⟨p, v⟩)")
        .eq(inner(p, v) * one, by=FLAT)
    )


@theorem(
    section="4.3",
    says=Iff(FLAT, Exists(c, Equal(v, c * one), witness=inner(p, v))),
    instances=({v: total(v) * one},),
    source="textbook calculus",
)
def softmax_jacobian_kernel():
    """The directions that do not move the weights are the constant ones."""
    with argument() as proof:
        constant = Implies(FLAT, flat_directions_are_constant.says)
        constant = proof.have("", constant, by=flat_directions_are_constant, under=())
        back = proof.have("back, the covariance of anything with a constant is 0", Equal(J @ T(c * one), zeros(n, 1)))
        proof.show(softmax_jacobian_kernel.says, by=(constant, back))
    return proof


a, b = row("a", m), row("b", 1)
weights = softmax(hstack(a, b))
covariance = diag(weights) - weights.T @ weights
single = softmax(b)


@theorem(
    section="4.3",
    says=And(Equal(Rank(covariance), m), Equal(diag(single) - single.T @ single, zeros(1, 1))),
    source="textbook linear algebra",
)
def softmax_jacobian_rank():
    """The derivative of softmax has rank n - 1: with m + 1 scores rank m, with one score it is 0.

    Its rows sum to 0, so the first m columns C give J = C [1 | -1].  The upper left m×m block has the inverse
    diag(1 / p_i) + 1ᵀ 1 / p_n, so [diag(1 / p_i) + 1ᵀ 1 / p_n | 0] J [1 ; 0] = 1.
    """
    first, last = weights @ vstack(identity(m), zeros(1, m)), weights @ vstack(zeros(m, 1), identity(1))
    inverse = hstack(diag(reciprocal(first)) + total(reciprocal(last)) * ones(m, m), zeros(m, 1))
    fold, cut = hstack(identity(m), -ones(m, 1)), vstack(identity(m), zeros(1, m))
    with argument() as proof:
        folded = proof.have(
            "the last column is minus the sum of the others", Equal(covariance, covariance @ cut @ fold)
        )
        low = proof.have("so the rank is at most m", Rank(covariance) <= m, by=folded, hints=(covariance @ cut, fold))
        undone = proof.have("an inverse undoes the upper left block", Equal(inverse @ covariance @ cut, identity(m)))
        high = proof.have("so the rank is at least m", Rank(covariance) >= m, by=undone, hints=(inverse, cut))
        alone = proof.have("a single score has the weight 1", softmax_jacobian_rank.says.args[1])
        proof.show(softmax_jacobian_rank.says, by=(low, high, alone))
    return proof


lse = total(logsumexp(s))


@theorem(section="4.4", says=Equal(Gradient(lse, s), p), source=CONVEX)
def lse_gradient():
    """The gradient of log-sum-exp is softmax."""
    return (
        calc(Gradient(lse, s))
        .eq(total(reciprocal(rowsum(exp(s)))) * exp(s), by="derivative of log Σ_l exp(s_l)")
        .eq(p, by="p_i = exp(s_i) / Σ_l exp(s_l)")
    )


@theorem(section="4.4", says=And(Equal(Gradient(lse, s), p), PSD(Jacobian(p, s))), source=CONVEX)
def lse_gradient_convex():
    """Log-sum-exp has the gradient softmax, whose derivative is positive semidefinite: it is a convex function.

    By softmax_jacobian_kernel it is curved in every direction but the constant one.
    """
    with argument() as proof:
        slope = proof.have("the gradient is softmax", lse_gradient)
        second = proof.have("its derivative is the covariance of the weights", softmax_jacobian)
        above = proof.have("which is positive semidefinite", softmax_jacobian_psd)
        proof.show(lse_gradient_convex.says, by=(slope, second, above))
    return proof
