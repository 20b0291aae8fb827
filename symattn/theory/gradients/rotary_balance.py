"""What gradients keep where positions are rotations.

Without positions the balance Qᵀ Q - Kᵀ K stands still under gradient flow, all of it, because every invertible C may
stand between queries and keys.  A rotation lets through only what turns with it, and of the balance one number for each
plane is left.

    t            n×1    positions of n tokens;   θ  1×p  frequencies, one for each plane
    X, V         n×d, d×v   tokens; values
    Q, K         d×2p   queries and keys, [Q₁ | Q₂] and [K₁ | K₂]: the first coordinates of all planes, then the second
    S            n×n    scores of turned queries and keys;   D, G  gradients of the loss in S, and in the output
    Q_p J        the two columns of plane p, turned by a right angle: [-Q₂ | Q₁]
    ones(1, d)   sums over the rows, so that there is one number for each plane

Main results
    rope_balance          every loss of S has ⟨Q_p, dQ_p⟩ = ⟨K_p, dK_p⟩ and ⟨dQ_p, Q_p J⟩ + ⟨dK_p, K_p J⟩ = 0
    rope_balance_of_head  so has softmax attention with rotary positions
    rope_balance_kept     a step of gradient descent changes ‖Q_p‖² - ‖K_p‖² in second order only
"""

from __future__ import annotations

from typing import Any

from symattn.language import (
    And,
    Equal,
    Gradient,
    T,
    column,
    hadamard,
    hstack,
    inner,
    matrix,
    ones,
    rope,
    row,
    scalar,
    sizes,
    softmax,
    zeros,
)
from symattn.proof import argument, calc, theorem

n = sizes("n", min=1)
p, d, v = sizes("p d v", min=0)
tau, eta = scalar("tau", positive=True), scalar("eta")
theta, t = row("theta", p), column("t", n)
X, V, D, G = matrix("X", n, d), matrix("V", d, v), matrix("D", n, n), matrix("G", n, v)
Q = matrix("Q_1", d, p), matrix("Q_2", d, p)
K = matrix("K_1", d, p), matrix("K_2", d, p)
dQ = matrix("dQ_1", d, p), matrix("dQ_2", d, p)
dK = matrix("dK_1", d, p), matrix("dK_2", d, p)
L, S = scalar("L"), matrix("S", n, n)
NAMED = "Tran et al., arXiv:2606.17816, for the symmetries of rotary attention"


def turned(pair: Any) -> Any:
    """Queries or keys of all tokens, turned by their positions."""
    return rope(hstack(*(X @ half for half in pair)), t, theta)


def by_planes(one: Any, other: Any) -> Any:
    """⟨A_p, B_p⟩ for each plane p."""
    return ones(1, d) @ (hadamard(one[0], other[0]) + hadamard(one[1], other[1]))


def quarter(pair: Any) -> Any:
    """A_p J in each plane."""
    return -pair[1], pair[0]


def laws(queries: Any, keys: Any) -> Any:
    """The two laws in each plane, for these gradients."""
    turning = by_planes(queries, quarter(Q)) + by_planes(keys, quarter(K))
    return And(Equal(by_planes(Q, queries), by_planes(K, keys)), Equal(turning, zeros(1, p)))


def gradients(loss: Any) -> Any:
    """The gradients of a loss in the halves of Q, and in those of K."""
    return [tuple(Gradient(loss, half) for half in pair) for pair in (Q, K)]


products = turned(Q) @ T(turned(K))
of_scores = inner(D, products)


@theorem(section="5.8", says=laws(*gradients(of_scores)), source=NAMED, where={S: products, L: of_scores})
def rope_balance():
    """Every loss of the scores has ⟨Q_p, dQ_p⟩ = ⟨K_p, dK_p⟩ and ⟨dQ_p, Q_p J⟩ + ⟨dK_p, K_p J⟩ = 0 in every plane.

    A loss of the scores has at each point the gradients of ⟨D, S⟩ with D = dL/dS held fixed.  By the
    first law gradient flow conserves ‖Q_p‖² - ‖K_p‖²; the second says that a plane of Q and of K may turn together.
    """
    queries, keys = rope(D @ turned(K), -t, theta), rope(T(D) @ turned(Q), -t, theta)
    with argument() as proof:
        steps = []
        for half, part in zip((*Q, *K), (*queries.args, *keys.args), strict=True):
            steps.append(proof.have(f"d{half} is turned back", Equal(Gradient(of_scores, half), X.T @ part)))
        proof.show(rope_balance.says, by=steps, words="the factors meet in each plane")
    return proof


attended = softmax(tau * products) @ X @ V
of_output = inner(G, attended)


@theorem(
    section="5.8",
    says=laws(*gradients(of_output)),
    source=NAMED,
    sketch="The loss is one of the scores S, with dL/dS = τ P ∘ (dP - rowsum(P ∘ dP) 1) in the place of D.",
    where={S: products, L: of_output},
)
def rope_balance_of_head():
    """The gradients of softmax attention with rotary positions obey both laws, computed from the head itself."""
    ...


GIVEN = laws(dQ, dK)
step = [tuple(a - eta * b for a, b in zip(*pair, strict=True)) for pair in ((Q, dQ), (K, dK))]


def balance(queries: Any, keys: Any) -> Any:
    """‖Q_p‖² - ‖K_p‖² for each plane p."""
    return by_planes(queries, queries) - by_planes(keys, keys)


@theorem(
    section="5.8",
    says=Equal(balance(*step), balance(Q, K) + eta**2 * balance(dQ, dK)),
    given=GIVEN.args[0],
    instances=({dQ[0]: K[0], dQ[1]: K[1], dK[0]: Q[0], dK[1]: Q[1]},),
    source=NAMED,
    where={matrix(f"{half}'", d, p): new for half, new in zip((*Q, *K), (*step[0], *step[1]), strict=True)},
)
def rope_balance_kept():
    """A step η of gradient descent changes ‖Q_p‖² - ‖K_p‖² in each plane by η² (‖dQ_p‖² - ‖dK_p‖²)."""
    cross = by_planes(Q, dQ) - by_planes(K, dK)
    return (
        calc(balance(*step), given=GIVEN.args[0])
        .eq(balance(Q, K) - 2 * eta * cross + eta**2 * balance(dQ, dK), by="multiply out")
        .eq(rope_balance_kept.says.right, by=GIVEN.args[0])
    )
