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
from symattn.proof import calc, prove, theorem

n, m = sizes("n m", min=1)
s, v = row("s", n), row("v", n)
c = scalar("c")
p = softmax(s)
J = diag(p) - p.T @ p
one = ones(1, n)


@theorem(section="4.2", says=Equal(Jacobian(p, s), J))
def softmax_jacobian():
    """The derivative of the weight p_i in the score s_j is p_i (δ_ij - p_j)."""
    share = total(reciprocal(rowsum(exp(s))))
    return (
        calc(Jacobian(p, s))
        .eq(share * diag(exp(s)) - share**2 * exp(s).T @ exp(s), by="derivative of exp(s_i) / Σ_l exp(s_l)")
        .eq(J, by="p_i = exp(s_i) / Σ_l exp(s_l)")
    )


gaps = v.T @ one - ones(n, 1) @ v


@theorem(section="4.3", says=Equal(total(v @ J @ v.T), Rational(1, 2) * total(p @ hadamard(gaps, gaps) @ p.T)))
def softmax_jacobian_variance():
    """v J vᵀ is the variance of v under the weights: ½ Σ_ij p_i p_j (v_i - v_j)²."""
    return (
        calc(total(v @ J @ v.T))
        .eq(inner(p, hadamard(v, v)) - inner(p, v) ** 2, by="mean of the squares minus the square of the mean")
        .eq(softmax_jacobian_variance.says.right, by="the weights sum to 1")
    )


@theorem(section="4.3", says=PSD(J))
def softmax_jacobian_psd():
    """The derivative of softmax is symmetric and positive semidefinite."""
    ...


FLAT = Equal(J @ v.T, zeros(n, 1))


@theorem(section="4.3", says=Equal(v, inner(p, v) * one), given=FLAT, instances=({v: c * one},))
def flat_directions_are_constant():
    """A direction that does not move the weights equals its mean everywhere."""
    return (
        calc(v, given=FLAT)
        .eq(hadamard(reciprocal(p), T(J @ v.T)) + inner(p, v) * one, by="(J vᵀ)_i = p_i (v_i - ⟨p, v⟩)")
        .eq(inner(p, v) * one, by=FLAT)
    )


@theorem(
    section="4.3", says=Iff(FLAT, Exists(c, Equal(v, c * one), witness=inner(p, v))), instances=({v: total(v) * one},)
)
def softmax_jacobian_kernel():
    """The directions that do not move the weights are the constant ones."""
    return prove(softmax_jacobian_kernel.says, using=[flat_directions_are_constant.prove()])


a, b = row("a", m), row("b", 1)
weights = softmax(hstack(a, b))
covariance = diag(weights) - weights.T @ weights
single = softmax(b)


@theorem(section="4.3", says=And(Equal(Rank(covariance), m), Equal(diag(single) - single.T @ single, zeros(1, 1))))
def softmax_jacobian_rank():
    """The derivative of softmax has rank n - 1: with m + 1 scores rank m, with one score it is 0.

    Its rows sum to 0, so the first m columns C give J = C [1 | -1].  The upper left m×m block has the inverse
    diag(1 / p_i) + 1ᵀ 1 / p_n, so [diag(1 / p_i) + 1ᵀ 1 / p_n | 0] J [1 ; 0] = 1.
    """
    first, last = weights @ vstack(identity(m), zeros(1, m)), weights @ vstack(zeros(m, 1), identity(1))
    columns = vstack(diag(first) - first.T @ first, -last.T @ first)
    inverse = hstack(diag(reciprocal(first)) + total(reciprocal(last)) * ones(m, m), zeros(m, 1))
    hints = (columns, hstack(identity(m), -ones(m, 1)), inverse, vstack(identity(m), zeros(1, m)))
    return prove(softmax_jacobian_rank.says, hints=hints)


lse = total(logsumexp(s))


@theorem(section="4.4", says=Equal(Gradient(lse, s), p))
def lse_gradient():
    """The gradient of log-sum-exp is softmax."""
    ...


@theorem(section="4.4", says=And(Equal(Gradient(lse, s), p), PSD(Jacobian(p, s))))
def lse_gradient_convex():
    """Log-sum-exp has the gradient softmax, whose derivative is positive semidefinite: it is a convex function.

    By softmax_jacobian_kernel it is curved in every direction but the constant one.
    """
    return prove(lse_gradient_convex.says, hints=(J,))
