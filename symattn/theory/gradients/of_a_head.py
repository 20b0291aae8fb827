"""Gradients of a head.

What reaches a head backwards is G, the gradient of the loss in its output Z.  The loss may be anything: its gradients
are those of ⟨G, Z⟩ with G held fixed, and so it is written here.  `conservation` says what all of them obey.

    n         at least 1, number of tokens
    X         n×d      tokens
    Q, K, V   d×k, d×k, d×v   queries, keys, values;  W = Q Kᵀ
    S, P      n×n      scores τ X W Xᵀ, weights softmax(S)
    C, Z      n×v      values X V, output P C
    G         n×v      dL/dZ
    dP, dS    n×n      dL/dP = G Cᵀ,  dL/dS = P ∘ (dP - D 1),  where D = rowsum(P ∘ dP)

Main results
    softmax_backward   dC = Pᵀ G, dP = G Cᵀ and dS
    attn_backward      dW, dQ, dK, dV, dX and dτ
    flash_d            D = rowsum(G ∘ Z), which needs no n×n matrix
    ds_rowsum_zero     the rows of dS sum to 0
    grad_rank          with n tokens dQ and dK have rank at most n - 1
    key_bias_dead      a bias of the keys changes nothing and has gradient 0
"""

from typing import Any

from symattn.language import (
    And,
    Equal,
    Gradient,
    Partial,
    Rank,
    T,
    attention,
    hadamard,
    hstack,
    identity,
    inner,
    matrix,
    ones,
    row,
    rowsum,
    scalar,
    scores,
    sizes,
    softmax,
    vstack,
    zeros,
)
from symattn.proof import calc, prove, theorem

n, m = sizes("n m", min=1)
d, k, v = sizes("d k v", min=0)
X = matrix("X", n, d)
Q, K, W = matrix("Q", d, k), matrix("K", d, k), matrix("W", d, d)
V, O = matrix("V", d, v), matrix("O", v, d)
G, C = matrix("G", n, v), matrix("C", n, v)
tau = scalar("tau", positive=True)


def score_gradient(P: Any, dP: Any) -> Any:
    """dL/dS from P = softmax(S) and dL/dP."""
    return hadamard(P, dP - rowsum(hadamard(P, dP)) @ ones(1, P.shape[1]))


free, S = matrix("P", n, n), matrix("S", n, n)


@theorem(
    section="5.1",
    says=And(
        Equal(Gradient(inner(G, free @ C), C), free.T @ G),
        Equal(Gradient(inner(G, free @ C), free), G @ C.T),
        Equal(Gradient(inner(G, softmax(S) @ C), S), score_gradient(softmax(S), G @ C.T)),
    ),
)
def softmax_backward():
    """Backwards through Z = P C and P = softmax(S): dC = Pᵀ G, dP = G Cᵀ and dS = P ∘ (dP - rowsum(P ∘ dP) 1)."""
    ...


P = softmax(scores(X, Q, K, tau))
loss = inner(G, attention(X, Q, K, V, tau))
dS = score_gradient(P, G @ V.T @ X.T)
form_P = softmax(tau * X @ W @ X.T)
form_loss = inner(G, form_P @ X @ V)


@theorem(section="5.1", says=Equal(Gradient(form_loss, W), tau * X.T @ score_gradient(form_P, G @ V.T @ X.T) @ X))
def form_backward():
    """The gradient in the form of the score is dW = τ Xᵀ dS X."""
    ...


@theorem(
    section="5.1",
    says=And(
        Equal(Gradient(loss, Q), tau * X.T @ dS @ X @ K),
        Equal(Gradient(loss, K), T(tau * X.T @ dS @ X) @ Q),
        Equal(Gradient(loss, V), X.T @ P.T @ G),
        Equal(Gradient(loss, X), tau * (dS @ X @ K @ Q.T + dS.T @ X @ Q @ K.T) + P.T @ G @ V.T),
        Equal(Partial(loss, tau), inner(dS, X @ Q @ K.T @ X.T)),
    ),
    source="Dao, Fu, Ermon, Rudra, Ré: FlashAttention, 2022",
)
def attn_backward():
    """The gradients of a head in all that it is made of.

    dQ = dW K and dK = dWᵀ Q with dW = τ Xᵀ dS X;  dV = Xᵀ dC with dC = Pᵀ G;  dτ = ⟨dS, X W Xᵀ⟩;
    dX = τ (dS X Wᵀ + dSᵀ X W) + dC Vᵀ: each token is asked, asks, and is read.
    """
    ...


@theorem(
    section="5.2",
    says=Equal(rowsum(hadamard(free, G @ C.T)), rowsum(hadamard(G, free @ C))),
    source="Dao, Fu, Ermon, Rudra, Ré: FlashAttention, 2022",
)
def flash_d():
    """D = rowsum(P ∘ dP) is rowsum(G ∘ Z), so it can be had from the output alone.

    It holds for any P, also one with dropout in it, as long as Z = P C has the same P.
    """
    ...


dP = matrix("dP", n, n)
STOCHASTIC = Equal(free @ ones(n, 1), ones(n, 1))


@theorem(
    section="5.3",
    says=Equal(score_gradient(free, dP) @ ones(n, 1), zeros(n, 1)),
    given=STOCHASTIC,
    instances=({free: softmax(S)},),
)
def ds_rowsum_zero():
    """The gradient in the scores sums to 0 in each row, because a shift of a row changes nothing."""
    D = rowsum(hadamard(free, dP))
    return (
        calc(score_gradient(free, dP) @ ones(n, 1), given=STOCHASTIC)
        .eq(D - hadamard(D, free @ ones(n, 1)), by="sum over j of P_ij (dP_ij - D_i)")
        .eq(D - D, by=STOCHASTIC)
        .eq(zeros(n, 1))
    )


head_scores = hstack(matrix("S'", n, m), matrix("s", n, 1))
head_dP = hstack(matrix("dP'", n, m), matrix("dp", n, 1))
wide_dS = score_gradient(softmax(head_scores), head_dP)
first, fold = vstack(identity(m), zeros(1, m)), hstack(identity(m), -ones(m, 1))


@theorem(section="5.3", says=Rank(wide_dS) <= m)
def ds_rank():
    """With m + 1 keys the gradient in the scores has rank at most m: the last column is minus the sum of the others."""
    return prove(ds_rank.says, hints=(wide_dS @ first, fold))


tokens = vstack(matrix("X'", m, d), row("x", d))
G_tokens = vstack(matrix("G'", m, v), row("g", v))
one_token, G_one = row("x", d), row("g", v)
loss_tokens = inner(G_tokens, attention(tokens, Q, K, V, tau))
loss_one = inner(G_one, attention(one_token, Q, K, V, tau))


@theorem(
    section="5.5",
    says=And(
        Rank(Gradient(loss_tokens, Q)) <= m,
        Rank(Gradient(loss_tokens, K)) <= m,
        Equal(Gradient(loss_one, Q), zeros(d, k)),
        Equal(Gradient(loss_one, K), zeros(d, k)),
    ),
)
def grad_rank():
    """One sequence of m + 1 tokens gives gradients of rank at most m in the queries and keys; one token gives none."""
    dS = score_gradient(softmax(scores(tokens, Q, K, tau)), G_tokens @ V.T @ tokens.T)
    half, rest = tau * tokens.T @ dS @ first, fold @ tokens
    queries, keys, *_ = grad_rank.says.args
    return prove(
        grad_rank.says, using=[prove(queries, hints=(half, rest @ K)), prove(keys, hints=(T(rest), T(half) @ Q))]
    )


bias, bias_v = row("b", k), row("c", v)
one = ones(n, 1)
biased = tau * X @ Q @ T(X @ K + one @ bias)


@theorem(
    section="5.4",
    says=And(Equal(softmax(biased), P), Equal(Gradient(inner(G, softmax(biased) @ X @ V), bias), zeros(1, k))),
    source="Namazifar, Hazarika, Hakkani-Tür: Role of Bias Terms in Dot-Product Attention, 2023",
)
def key_bias_dead():
    """A bias of the keys does not change the weights, and its gradient is 0.

    It adds the same number q bᵀ to all scores of a row, as long as nothing is done to the keys after the bias.
    """
    ...


@theorem(section="5.4", says=Equal(softmax(S) @ (C + one @ bias_v) @ O, softmax(S) @ C @ O + one @ bias_v @ O))
def value_bias_is_output_bias():
    """A bias of the values is a bias of the output, because weights sum to 1."""
    ...
