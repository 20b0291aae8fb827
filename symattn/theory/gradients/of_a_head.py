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
    ForAll,
    Gradient,
    Implies,
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
from symattn.proof import argument, calc, instance, theorem

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


def head_gradients(loss: Any, P: Any) -> Any:
    """What the gradients of a loss, ⟨G, P X V⟩ for weights P, are in all that a head is made of."""
    dS = score_gradient(P, G @ V.T @ X.T)
    return And(
        Equal(Gradient(loss, Q), tau * X.T @ dS @ X @ K),
        Equal(Gradient(loss, K), T(tau * X.T @ dS @ X) @ Q),
        Equal(Gradient(loss, V), X.T @ P.T @ G),
        Equal(Gradient(loss, X), tau * (dS @ X @ K @ Q.T + dS.T @ X @ Q @ K.T) + P.T @ G @ V.T),
        Equal(Partial(loss, tau), inner(dS, X @ Q @ K.T @ X.T)),
    )


free, S = matrix("P", n, n), matrix("S", n, n)


@theorem(
    section="5.1",
    says=And(
        Equal(Gradient(inner(G, free @ C), C), free.T @ G),
        Equal(Gradient(inner(G, free @ C), free), G @ C.T),
        Equal(Gradient(inner(G, softmax(S) @ C), S), score_gradient(softmax(S), G @ C.T)),
    ),
    source="Dao, Fu, Ermon, Rudra, Ré: FlashAttention, 2022",
)
def softmax_backward():
    """Backwards through Z = P C and P = softmax(S): dC = Pᵀ G, dP = G Cᵀ and dS = P ∘ (dP - rowsum(P ∘ dP) 1)."""
    values, weights, _ = softmax_backward.says.args
    P, dP = softmax(S), G @ C.T
    chained = (
        calc(Gradient(inner(G, P @ C), S))
        .eq(hadamard(P, dP) - hadamard(P, rowsum(hadamard(P, dP)) @ ones(1, n)), by="∂P_ij/∂S_il = P_ij (δ_jl - P_il)")
        .eq(score_gradient(P, dP), by="P out of the brackets")
    )
    with argument() as proof:
        values = proof.have("P C is linear in C", values)
        weights = proof.have("and in P", weights)
        through = proof.have("the derivative of softmax is diag(p) - pᵀ p in each row", chained)
        proof.show(softmax_backward.says, by=(values, weights, through))
    return proof


P = softmax(scores(X, Q, K, tau))
loss = inner(G, attention(X, Q, K, V, tau))
dS = score_gradient(P, G @ V.T @ X.T)
form_P = softmax(tau * X @ W @ X.T)
form_loss = inner(G, form_P @ X @ V)
dP, of_scores, dW, dC = matrix("dP", n, n), matrix("dS", n, n), matrix("dW", d, d), matrix("dC", n, v)


@theorem(
    section="5.1",
    says=Equal(Gradient(form_loss, W), tau * X.T @ score_gradient(form_P, G @ V.T @ X.T) @ X),
    source="textbook calculus",
    sketch=(
        "The scores τ X W Xᵀ are linear in W: along E they move by τ X E Xᵀ, and ⟨dS, τ X E Xᵀ⟩ = ⟨τ Xᵀ dS X, E⟩ for "
        "every E. The gradient dS in the scores is that of softmax_backward."
    ),
    where={free: form_P, dP: G @ V.T @ X.T, of_scores: score_gradient(form_P, G @ V.T @ X.T)},
)
def form_backward():
    """The gradient in the form of the score is dW = τ Xᵀ dS X."""
    ...


@theorem(
    section="5.1",
    says=head_gradients(loss, P),
    source="Dao, Fu, Ermon, Rudra, Ré: FlashAttention, 2022, for the queries, keys and values themselves",
    sketch=(
        "The loss moves by ⟨dS, δS⟩ + ⟨dC, δC⟩, with dS and dC of softmax_backward. By the product rule δS has a term "
        "for each of τ, Q and K and two for X, which stands in the scores twice; C = X V has one for X and one for V."
    ),
    where={W: Q @ K.T, free: P, dP: G @ V.T @ X.T, of_scores: dS, dW: tau * X.T @ dS @ X, dC: P.T @ G},
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
    return (
        calc(rowsum(hadamard(free, G @ C.T)))
        .eq(rowsum(hadamard(identity(n), G @ C.T @ free.T)), by="Σ_j P_ij ⟨g_i, c_j⟩ is on the diagonal of G (P C)ᵀ")
        .eq(rowsum(hadamard(G, free @ C)), by="and so is ⟨g_i, z_i⟩")
    )


STOCHASTIC = Equal(free @ ones(n, 1), ones(n, 1))


@theorem(
    section="5.3",
    says=Equal(score_gradient(free, dP) @ ones(n, 1), zeros(n, 1)),
    given=STOCHASTIC,
    instances=({free: softmax(S)},),
    source="textbook calculus",
)
def ds_rowsum_zero():
    """The gradient in the scores sums to 0 in each row, because a shift of a row changes nothing."""
    D = rowsum(hadamard(free, dP))
    return (
        calc(score_gradient(free, dP) @ ones(n, 1), given=STOCHASTIC)
        .eq(D - hadamard(D, free @ ones(n, 1)), by="sum over j of P_ij (dP_ij - D_i)")
        .eq(D - D, by=STOCHASTIC)
        .eq(zeros(n, 1), by="what is taken away is what was there")
    )


head_scores = hstack(matrix("S'", n, m), matrix("s", n, 1))
head_dP = hstack(matrix("dP'", n, m), matrix("dp", n, 1))
wide_dS = score_gradient(softmax(head_scores), head_dP)
first, fold = vstack(identity(m), zeros(1, m)), hstack(identity(m), -ones(m, 1))


@theorem(section="5.3", says=Rank(wide_dS) <= m, source="not found stated elsewhere")
def ds_rank():
    """With m + 1 keys the gradient in the scores has rank at most m: the last column is minus the sum of the others."""
    D = matrix("D", n, m + 1)
    with argument() as proof:
        folded = Equal(wide_dS, wide_dS @ first @ fold)
        folded = proof.have("each row sums to 0, so the last column is minus the sum of the others", folded)
        narrow = ForAll(D, Implies(Equal(D, D @ first @ fold), Rank(D) <= m))
        narrow = proof.have("what passes through width m has rank at most m", narrow, hints=(D @ first, fold))
        proof.show(instance(narrow, {D: wide_dS}, folded), by=(folded, narrow))
    return proof


tokens = vstack(matrix("X'", m, d), row("x", d))
G_tokens = vstack(matrix("G'", m, v), row("g", v))
one_token, G_one = row("x", d), row("g", v)
loss_tokens = inner(G_tokens, attention(tokens, Q, K, V, tau))
loss_one = inner(G_one, attention(one_token, Q, K, V, tau))
all_tokens, all_G, L, L_one = matrix("X", m + 1, d), matrix("G", m + 1, v), scalar("L"), scalar("l")


@theorem(
    section="5.5",
    says=And(
        Rank(Gradient(loss_tokens, Q)) <= m,
        Rank(Gradient(loss_tokens, K)) <= m,
        Equal(Gradient(loss_one, Q), zeros(d, k)),
        Equal(Gradient(loss_one, K), zeros(d, k)),
    ),
    source="not found stated elsewhere",
    where={all_tokens: tokens, all_G: G_tokens, L: loss_tokens, L_one: loss_one},
)
def grad_rank():
    """One sequence of m + 1 tokens gives gradients of rank at most m in the queries and keys; one token gives none."""
    dS = score_gradient(softmax(scores(tokens, Q, K, tau)), G_tokens @ V.T @ tokens.T)
    half, rest = tau * tokens.T @ dS @ first, fold @ tokens
    queries, keys, *alone = grad_rank.says.args
    with argument() as proof:
        dQ = Equal(Gradient(loss_tokens, Q), half @ (rest @ K))
        dQ = proof.have("dQ = τ Xᵀ dS X K, and the last column of dS is minus the sum of the others", dQ)
        dK = Equal(Gradient(loss_tokens, K), T(rest) @ (T(half) @ Q))
        dK = proof.have("dK = τ Xᵀ dSᵀ X Q, with the same dS", dK)
        low_Q = proof.have("dQ passes through width m", queries, by=dQ, hints=(half, rest @ K))
        low_K = proof.have("and so does dK", keys, by=dK, hints=(T(rest), T(half) @ Q))
        none = [proof.have("a single token has the weight 1, whatever its score", claim) for claim in alone]
        proof.show(grad_rank.says, by=(low_Q, low_K, *none))
    return proof


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
    same, slope = key_bias_dead.says.args
    with argument() as proof:
        shifted = Equal(biased, scores(X, Q, K, tau) + (tau * X @ Q @ bias.T) @ one.T)
        shifted = proof.have("the bias adds a number to each row of scores", shifted)
        same = proof.have("which softmax does not see", same, by=shifted)
        flat = Equal(inner(G, softmax(biased) @ X @ V), inner(G, P @ X @ V))
        flat = proof.have("so the loss has no bias in it", flat, by=same)
        slope = proof.have("and does not move with it", slope)
        proof.show(key_bias_dead.says, by=(same, slope))
    return proof


@theorem(
    section="5.4",
    says=Equal(softmax(S) @ (C + one @ bias_v) @ O, softmax(S) @ C @ O + one @ bias_v @ O),
    source="textbook linear algebra",
)
def value_bias_is_output_bias():
    """A bias of the values is a bias of the output, because weights sum to 1."""
    return (
        calc(softmax(S) @ (C + one @ bias_v) @ O)
        .eq(softmax(S) @ C @ O + (softmax(S) @ one) @ bias_v @ O, by="multiply out")
        .eq(softmax(S) @ C @ O + one @ bias_v @ O, by="the weights of each row sum to 1")
    )
