"""Laws that every gradient of a head obeys, and what they conserve.

A loss sees Q and K only through W = Q Kᵀ, and V and O only through M = V O.  So it cannot change when Q becomes Q C and
K becomes K C⁻ᵀ, and its gradients cannot point that way.

    Q, K     d×k    queries and keys;   dQ, dK their gradients
    V, O     d×v, v×d   values and output;   dV, dO their gradients
    D, E     d×d    dL/dW, dL/dM
    A        k×k    a direction in which the gauge C = 1 + t A starts
    η, λ     step of gradient descent, weight decay

Main results
    gauge_gradient_law     Qᵀ dQ = (Kᵀ dK)ᵀ and Vᵀ dV = dO Oᵀ for every loss of W and M
    gauge_law_iff          the law says just this: to first order no gauge changes the loss
    balance_conservation   gradient flow conserves Qᵀ Q - Kᵀ K; a step of descent changes it by η² (dQᵀ dQ - dKᵀ dK)
    euler_value            ⟨V, dV⟩ = ⟨O, dO⟩ = ⟨output, its gradient⟩
"""

from symattn.language import (
    And,
    Equal,
    ForAll,
    Gradient,
    Iff,
    T,
    hadamard,
    head,
    inner,
    matrix,
    ones,
    rowsum,
    scalar,
    scores,
    sizes,
    softmax,
    zeros,
)
from symattn.proof import argument, calc, theorem

n = sizes("n", min=1)
d, k, v = sizes("d k v", min=0)
X, G = matrix("X", n, d), matrix("G", n, d)
Q, K = matrix("Q", d, k), matrix("K", d, k)
V, O = matrix("V", d, v), matrix("O", v, d)
D, E = matrix("D", d, d), matrix("E", d, d)
tau, eta, decay = scalar("tau", positive=True), scalar("eta"), scalar("lambda")
L = scalar("L")

loss = inner(D, Q @ K.T) + inner(E, V @ O)
CONSERVED = "Marcotte, Gribonval, Peyré: Transformative or Conservative?, arXiv:2506.06194"
LAYERS = "Du, Hu, Lee: Algorithmic Regularization in Learning Deep Homogeneous Models, 2018"


@theorem(
    section="5.6",
    says=And(
        Equal(Q.T @ Gradient(loss, Q), Q.T @ D @ K),
        Equal(T(K.T @ Gradient(loss, K)), Q.T @ D @ K),
        Equal(V.T @ Gradient(loss, V), Gradient(loss, O) @ O.T),
        Equal(inner(Q, Gradient(loss, Q)), inner(D, Q @ K.T)),
        Equal(inner(K, Gradient(loss, K)), inner(D, Q @ K.T)),
    ),
    source="not found stated elsewhere",
    where={L: loss},
)
def gauge_gradient_law():
    """For every loss of W = Q Kᵀ and M = V O: Qᵀ dQ = Qᵀ dW K = (Kᵀ dK)ᵀ and Vᵀ dV = dO Oᵀ.

    A loss of W and M has at each point the gradients of ⟨D, Q Kᵀ⟩ + ⟨E, V O⟩ with D = dL/dW and E = dL/dM held fixed.
    The traces of the first law are ⟨Q, dQ⟩ = ⟨K, dK⟩ = ⟨W, dW⟩.
    """
    with argument() as proof:
        queries = proof.have("dQ = dW K, as W = Q Kᵀ", Equal(Gradient(loss, Q), D @ K))
        keys = proof.have("dK = dWᵀ Q", Equal(Gradient(loss, K), D.T @ Q))
        values = proof.have("dV = dM Oᵀ, as M = V O", Equal(Gradient(loss, V), E @ O.T))
        writes = proof.have("dO = Vᵀ dM", Equal(Gradient(loss, O), V.T @ E))
        proof.show(gauge_gradient_law.says, by=(queries, keys, values, writes), words="put them in")
    return proof


head_loss = inner(G, head(X, Q, K, V, O, tau))


@theorem(
    section="5.6",
    says=And(
        Equal(Q.T @ Gradient(head_loss, Q), T(K.T @ Gradient(head_loss, K))),
        Equal(V.T @ Gradient(head_loss, V), Gradient(head_loss, O) @ O.T),
    ),
    source="not found stated elsewhere",
    where={L: head_loss},
)
def head_gradient_law():
    """The gradients of a softmax head obey the law, computed from the head itself."""
    P, dP = softmax(scores(X, Q, K, tau)), G @ O.T @ V.T @ X.T
    dW = tau * X.T @ hadamard(P, dP - rowsum(hadamard(P, dP)) @ ones(1, n)) @ X
    dM = X.T @ P.T @ G
    with argument() as proof:
        queries = proof.have("dQ = dW K with dW = τ Xᵀ dS X", Equal(Gradient(head_loss, Q), dW @ K))
        keys = proof.have("dK = dWᵀ Q", Equal(Gradient(head_loss, K), dW.T @ Q))
        values = proof.have("dV = dM Oᵀ with dM = Xᵀ Pᵀ G", Equal(Gradient(head_loss, V), dM @ O.T))
        writes = proof.have("dO = Vᵀ dM", Equal(Gradient(head_loss, O), V.T @ dM))
        proof.show(head_gradient_law.says, by=(queries, keys, values, writes), words="put them in")
    return proof


dQ, dK = matrix("dQ", d, k), matrix("dK", d, k)
dV, dO = matrix("dV", d, v), matrix("dO", v, d)
A = matrix("A", k, k)
LAW = Equal(Q.T @ dQ, T(K.T @ dK))
VALUE_LAW = Equal(V.T @ dV, dO @ O.T)


@theorem(
    section="5.6",
    says=Iff(ForAll(A, Equal(inner(dQ, Q @ A), inner(dK, K @ A.T))), LAW),
    instances=({dQ: D @ K, dK: D.T @ Q},),
    source="not found stated elsewhere",
)
def gauge_law_iff():
    """Qᵀ dQ = (Kᵀ dK)ᵀ exactly when no gauge changes the loss to first order.

    Along Q (1 + t A), K (1 + t A)⁻ᵀ the loss starts with the slope ⟨dQ, Q A⟩ - ⟨dK, K Aᵀ⟩.
    """
    with argument() as proof:
        slope = Equal(inner(dQ, Q @ A) - inner(dK, K @ A.T), inner(Q.T @ dQ - T(K.T @ dK), A))
        slope = proof.have("the slope is an inner product with A", slope)
        words = "and only the matrix 0 has the inner product 0 with every A"
        proof.show(gauge_law_iff.says, by=slope, words=words)
    return proof


kept = 1 - eta * decay
new_Q, new_K = kept * Q - eta * dQ, kept * K - eta * dK
new_V, new_O = kept * V - eta * dV, kept * O - eta * dO


@theorem(
    section="5.7",
    says=Equal(new_Q.T @ new_Q - new_K.T @ new_K, kept**2 * (Q.T @ Q - K.T @ K) + eta**2 * (dQ.T @ dQ - dK.T @ dK)),
    given=LAW,
    instances=({dQ: D @ K, dK: D.T @ Q},),
    source=f"{CONSERVED}, for gradient flow; for a step not found stated elsewhere",
    where={matrix("Q'", d, k): new_Q, matrix("K'", d, k): new_K},
)
def balance_conservation():
    """A step of gradient descent changes the balance Qᵀ Q - Kᵀ K in second order only, by η² (dQᵀ dQ - dKᵀ dK).

    Weight decay λ shrinks the balance itself by (1 - η λ)² a step.
    """
    cross = Q.T @ dQ + dQ.T @ Q - K.T @ dK - dK.T @ K
    return (
        calc(new_Q.T @ new_Q - new_K.T @ new_K, given=LAW)
        .eq(kept**2 * (Q.T @ Q - K.T @ K) - eta * kept * cross + eta**2 * (dQ.T @ dQ - dK.T @ dK), by="multiply out")
        .eq(balance_conservation.says.right, by=LAW)
    )


@theorem(
    section="5.7",
    says=Equal(dQ.T @ Q + Q.T @ dQ - dK.T @ K - K.T @ dK, zeros(k, k)),
    given=LAW,
    instances=({dQ: D @ K, dK: D.T @ Q},),
    source=CONSERVED,
)
def balance_flow():
    """Gradient flow, dQ/dt = -dL/dQ and dK/dt = -dL/dK, conserves Qᵀ Q - Kᵀ K: its derivative is 0."""
    return (
        calc(balance_flow.says.left, given=LAW)
        .eq(T(Q.T @ dQ) + Q.T @ dQ - K.T @ dK - T(K.T @ dK), by="dQᵀ Q is the transpose of Qᵀ dQ")
        .eq(T(Q.T @ dQ) + T(K.T @ dK) - K.T @ dK - Q.T @ dQ, by=LAW)
        .eq(zeros(k, k), by=LAW)
    )


@theorem(
    section="5.7",
    says=Equal(new_V.T @ new_V - new_O @ new_O.T, kept**2 * (V.T @ V - O @ O.T) + eta**2 * (dV.T @ dV - dO @ dO.T)),
    given=VALUE_LAW,
    instances=({dV: E @ O.T, dO: V.T @ E},),
    source=f"{LAYERS}, for gradient flow of two linear layers; for a step not found stated elsewhere",
    where={matrix("V'", d, v): new_V, matrix("O'", v, d): new_O},
)
def value_balance_conservation():
    """The same for values and output: the balance is Vᵀ V - O Oᵀ."""
    cross = V.T @ dV + dV.T @ V - O @ dO.T - dO @ O.T
    return (
        calc(new_V.T @ new_V - new_O @ new_O.T, given=VALUE_LAW)
        .eq(kept**2 * (V.T @ V - O @ O.T) - eta * kept * cross + eta**2 * (dV.T @ dV - dO @ dO.T), by="multiply out")
        .eq(value_balance_conservation.says.right, by=VALUE_LAW)
    )


@theorem(
    section="5.12",
    says=And(
        Equal(inner(V, Gradient(head_loss, V)), inner(G, head(X, Q, K, V, O, tau))),
        Equal(inner(O, Gradient(head_loss, O)), inner(G, head(X, Q, K, V, O, tau))),
    ),
    source="textbook calculus (Euler's theorem on homogeneous functions)",
    where={L: head_loss},
)
def euler_value():
    """⟨V, dV⟩ = ⟨O, dO⟩ = ⟨Z, dZ⟩ for the output Z of a head, which is linear in V and in O."""
    read = softmax(scores(X, Q, K, tau)) @ X
    with argument() as proof:
        values = proof.have("Z = P X V O is linear in V", Equal(Gradient(head_loss, V), read.T @ G @ O.T))
        writes = proof.have("and in O", Equal(Gradient(head_loss, O), T(read @ V) @ G))
        proof.show(euler_value.says, by=(values, writes), words="put them in")
    return proof
