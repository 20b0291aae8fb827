"""Gradients of causal attention: those of a head, over the keys that each query may see.

What a mask hides has the weight 0 whatever it scores, so nothing comes back through it; what is left is softmax over
fewer keys.  Queries may follow kept keys: the last of n queries reads the last of m + n keys.

    n, m      at least 1, number of tokens;  any number of keys that are kept from before
    S, C      n×n, n×v     scores, values
    X         n×d          tokens;  Q, K, V   d×k, d×k, d×v   queries, keys, values
    q, κ, c   n×k, (m+n)×k, (m+n)×v   the queries, keys and values themselves, where keys are kept
    L, M      n×n, n×(m+n)   causal masks:  1 where j ≤ i, and where j ≤ m + i
    P, Z      weights softmax(S) under the mask, output P C
    G         n×v          dL/dZ
    dP, dS    dL/dP = G Cᵀ,  dL/dS = P ∘ (dP - D 1),  where D = rowsum(P ∘ dP)

Main results
    causal_softmax_backward   dC = Pᵀ G and dS, as without a mask
    causal_score_gradient     dS is 0 where the mask hides, its rows sum to 0, and the first of them is 0
    causal_attn_backward      dQ, dK, dV, dX and dτ of causal attention
    cached_attn_backward      dq, dκ and dc where the queries follow kept keys
"""

from symattn.language import (
    And,
    Equal,
    Gradient,
    causal,
    hadamard,
    inner,
    matrix,
    ones,
    rowsum,
    scores,
    sizes,
    softmax,
    tril,
    unit,
    zeros,
)
from symattn.proof import argument, calc, theorem
from symattn.theory.gradients.of_a_head import C, G, K, Q, S, V, X, d, head_gradients, k, n, score_gradient, tau, v

m = sizes("m", min=0)
weights = softmax(S, mask=causal(n))
named_P, named_dP, named_dS = matrix("P", n, n), matrix("dP", n, n), matrix("dS", n, n)
gradient_of_scores = score_gradient(weights, G @ C.T)


@theorem(
    section="5.1",
    says=And(
        Equal(Gradient(inner(G, weights @ C), C), weights.T @ G),
        Equal(Gradient(inner(G, weights @ C), S), gradient_of_scores),
    ),
    source="Dao, Fu, Ermon, Rudra, Ré: FlashAttention, 2022, whose backward pass hides what the mask hides",
    where={named_P: weights},
)
def causal_softmax_backward():
    """Backwards through causal softmax: dC = Pᵀ G and dS = P ∘ (dP - rowsum(P ∘ dP) 1) with dP = G Cᵀ, as without it.

    Every token reads itself, so there is something to divide by, and P has a derivative.
    """
    values, _ = causal_softmax_backward.says.args
    P, dP = weights, G @ C.T
    chained = (
        calc(Gradient(inner(G, P @ C), S))
        .eq(hadamard(P, dP) - hadamard(P, rowsum(hadamard(P, dP)) @ ones(1, n)), by="∂P_ij/∂S_il = P_ij (δ_jl - P_il)")
        .eq(score_gradient(P, dP), by="P out of the brackets")
    )
    with argument() as proof:
        values = proof.have("P C is linear in C", values)
        words = "P_il is 0 where l is hidden, so the derivative of softmax is diag(p) - pᵀ p in each row, mask or not"
        through = proof.have(words, chained)
        proof.show(causal_softmax_backward.says, by=(values, through))
    return proof


@theorem(
    section="5.3",
    says=And(
        Equal(tril(gradient_of_scores), gradient_of_scores),
        Equal(rowsum(gradient_of_scores), zeros(n, 1)),
        Equal(unit(n, 0) @ gradient_of_scores, zeros(1, n)),
    ),
    source="not found stated elsewhere",
    where={named_P: weights, named_dS: gradient_of_scores},
)
def causal_score_gradient():
    """What is hidden from a query gets no gradient, the rest sums to 0, and so the first token gets none at all.

    The first token has one key, itself, with the weight 1 whatever it scores.
    """
    hidden, balanced, first = causal_score_gradient.says.args
    with argument() as proof:
        hidden = proof.have("dS = P ∘ (…), and P is 0 above the diagonal", hidden)
        total = Equal(rowsum(weights), ones(n, 1))
        total = proof.have("every row of P sums to 1", total)
        balanced = proof.have("so its row of dS sums to D - 1 D", balanced, by=total)
        first = proof.have("the first row has no other entry that it could sum to 0 with", first)
        proof.show(causal_score_gradient.says, by=(hidden, balanced, first))
    return proof


P = softmax(scores(X, Q, K, tau), mask=causal(n))
loss = inner(G, P @ X @ V)
dS = score_gradient(P, G @ V.T @ X.T)


@theorem(
    section="5.1",
    says=head_gradients(loss, P),
    source="Dao, Fu, Ermon, Rudra, Ré: FlashAttention, 2022, for the queries, keys and values themselves",
    sketch=(
        "The loss moves by ⟨dS, δS⟩ + ⟨dC, δC⟩, with dS and dC of causal_softmax_backward. By the product rule δS has "
        "a term for each of τ, Q and K and two for X, which stands there twice; C = X V has one for X and one for V."
    ),
    where={
        named_P: P,
        named_dP: G @ V.T @ X.T,
        named_dS: dS,
        matrix("dW", d, d): tau * X.T @ dS @ X,
        matrix("dC", n, v): P.T @ G,
    },
)
def causal_attn_backward():
    """The gradients of causal attention are those of attention, with the causal weights for P.

    dQ = dW K and dK = dWᵀ Q with dW = τ Xᵀ dS X;  dV = Xᵀ dC with dC = Pᵀ G;  dτ = ⟨dS, X W Xᵀ⟩;
    dX = τ (dS X Wᵀ + dSᵀ X W) + dC Vᵀ.
    """
    ...


N = m + n
queries, keys, values = matrix("q", n, k), matrix("kappa", N, k), matrix("c", N, v)
cached = softmax(tau * queries @ keys.T, mask=causal(n, N, "lower-right"))
cached_loss = inner(G, cached @ values)
cached_dS = score_gradient(cached, G @ values.T)


@theorem(
    section="5.1",
    says=And(
        Equal(Gradient(cached_loss, queries), tau * cached_dS @ keys),
        Equal(Gradient(cached_loss, keys), tau * cached_dS.T @ queries),
        Equal(Gradient(cached_loss, values), cached.T @ G),
    ),
    source="Dao, Fu, Ermon, Rudra, Ré: FlashAttention, 2022",
    sketch=(
        "The last query reads the last key, so every query reads a key, and the derivative of softmax is "
        "diag(p) - pᵀ p in each row. The scores τ q κᵀ are linear in q and in κ."
    ),
    where={
        matrix("P", n, N): cached,
        matrix("D", n, 1): rowsum(hadamard(cached, G @ values.T)),
        matrix("dS", n, N): cached_dS,
    },
)
def cached_attn_backward():
    """Where queries follow kept keys, aligned at the last: dq = τ dS κ, dκ = τ dSᵀ q and dc = Pᵀ G."""
    ...
