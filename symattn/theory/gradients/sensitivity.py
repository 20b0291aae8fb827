"""How the output of attention answers to small changes.

    n, d, v   at least 1, number of tokens; widths of tokens and of values
    s, w      1×n    scores of one query, and a change of them;  p = softmax(s)
    C         n×v    values c_j;  z = p C, what the query reads
    X, D      n×d    tokens, and a change of them
    W, M      d×d, d×v   forms of scores and of values
    S, dS     n×n    τ X W Xᵀ, and its change τ (D W Xᵀ + X W Dᵀ);  P = softmax(S)
    G         n×v    what the output is measured by

Main results
    read_jacobian    z changes by Σ_j p_j w_j (c_j - z)
    local_jacobian   Z = P X M changes by P D M + (P ∘ dS - diag(rowsum(P ∘ dS)) P) X M
"""

from symattn.language import (
    Equal,
    Gradient,
    Jacobian,
    T,
    diag,
    hadamard,
    inner,
    matrix,
    ones,
    row,
    rowsum,
    scalar,
    sizes,
    softmax,
)
from symattn.proof import calc, theorem

n, d, v = sizes("n d v", min=1)
s, w, C = row("s", n), row("w", n), matrix("C", n, v)
tau = scalar("tau", positive=True)
p = softmax(s)
z = p @ C


@theorem(
    section="5.11", says=Equal(w @ T(Jacobian(z, s)), hadamard(p, w) @ (C - ones(n, 1) @ z)), source="textbook calculus"
)
def read_jacobian():
    """Scores that change by w change what is read by Σ_j p_j w_j (c_j - z): a value counts by its distance from z."""
    return (
        calc(w @ T(Jacobian(z, s)))
        .eq(w @ (diag(p) - p.T @ p) @ C, by="the derivative of softmax is diag(p) - pᵀ p")
        .eq(hadamard(p, w) @ C - inner(p, w) * z, by="multiply out")
        .eq(hadamard(p, w) @ (C - ones(n, 1) @ z), by="⟨p, w⟩ is the sum of p_j w_j")
    )


X, D = matrix("X", n, d), matrix("D", n, d)
W, M, G = matrix("W", d, d), matrix("M", d, v), matrix("G", n, v)
P = softmax(tau * X @ W @ X.T)
dS = tau * (D @ W @ X.T + X @ W @ D.T)
moved = hadamard(P, dS)
change = P @ D @ M + (moved - diag(rowsum(moved)) @ P) @ X @ M


@theorem(
    section="5.11",
    says=Equal(inner(Gradient(inner(G, P @ X @ M), X), D), inner(G, change)),
    source="textbook calculus; for its bounds Kim, Papamakarios, Mnih, arXiv:2006.04710",
)
def local_jacobian():
    """Tokens that change by D change attention by P D M + (P ∘ dS - diag(rowsum(P ∘ dS)) P) X M, to first order.

    Row i is Σ_j P_ij d_j M + Σ_j P_ij dS_ij (c_j - z_i) with c_j = x_j M: the first sum moves the values, the second
    the weights.  It is said of ⟨G, Z⟩ for every G, so of every entry of Z.
    """
    inside = hadamard(P, G @ M.T @ X.T)
    slope = inside - diag(rowsum(inside)) @ P
    return (
        calc(inner(Gradient(inner(G, P @ X @ M), X), D))
        .eq(
            inner(tau * (slope @ X @ W.T + slope.T @ X @ W) + P.T @ G @ M.T, D),
            by="the gradient of attention by its tokens",
        )
        .eq(inner(slope, dS) + inner(G, P @ D @ M), by="move the factors to the other side")
        .eq(inner(G, change), by="the derivative of softmax is symmetric")
    )
