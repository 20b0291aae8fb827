"""Linear attention as a recurrence: all prefixes at once, with weights that decay, and with the delta rule.

What is said of token i is said of all of them at once: e_i takes its row.

    Q, K, V  n×k, n×k, n×v   queries, keys and values of n tokens
    A        running sums of logarithms of decays: from token j to token i a memory fades by exp(A_i - A_j)
    β        n×1    how much of each value is written
    S_0      k×v    the memory at the start
    U        n×v    what the delta rule writes: (1 + tril⁻(β∘K Kᵀ)) U = β∘(V - K S_0)
    upto, before             n×n, diagonal: the rows up to that of token i, and those before it alone

Main results
    prefixes_at_once        row i of tril(Q Kᵀ) V is q_i Σ_{j ≤ i} k_jᵀ v_j, for every i
    state_space_duality     with decays too, a chunk reads the one before through one k×v matrix
    delta_rule_product      the memory S_0 + Σ_{j ≤ i} k_jᵀ u_j obeys the delta rule, step by step
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symattn.language import (
    Equal,
    ForAll,
    T,
    causal,
    column,
    diag,
    exp,
    hadamard,
    index,
    matrix,
    ones,
    order,
    sizes,
    tril,
    unit,
    vstack,
)
from symattn.proof import theorem

n, a, b = sizes("n a b", min=1)
k, v = sizes("k v", min=0)
i = index("i", n)
own = unit(n, i)
upto, before = diag(own @ causal(n)), diag(own @ order(n, n, 1, 0))
Q, K, V = matrix("Q", n, k), matrix("K", n, k), matrix("V", n, v)


@theorem(
    section="7.2",
    says=ForAll(i, Equal(own @ tril(Q @ K.T) @ V, own @ Q @ (K.T @ upto @ V))),
    source="Katharopoulos et al.: Transformers are RNNs, 2020, section 3.3",
    sketch="In its row tril leaves the scores of the tokens up to it, and a sum of scores times values is one product.",
)
def prefixes_at_once():
    """Causal linear attention gives every token what it reads of the memory Σ k_jᵀ v_j of its prefix."""
    ...


def faded(chunk: Sequence[Any], size: Any) -> Any:
    """Causal linear attention in which what token j wrote has faded by exp(A_i - A_j) when token i reads it."""
    queries, keys, values, logs = chunk
    decay = exp(logs @ ones(1, size) - ones(size, 1) @ logs.T)
    return hadamard(causal(size), decay, queries @ keys.T) @ values


chunks = [
    (
        *(matrix(f"{name}_{number}", size, w) for name, w in zip("QKV", (k, k, v), strict=True)),
        column(f"A_{number}", size),
    )
    for number, size in ((1, a), (2, b))
]
joined = [vstack(*parts) for parts in zip(*chunks, strict=True)]
(Q_1, K_1, V_1, A_1), (Q_2, K_2, V_2, A_2) = chunks
memory = T(diag(exp(-A_1)) @ K_1) @ V_1


@theorem(
    section="7.19",
    says=Equal(faded(joined, a + b), vstack(faded(chunks[0], a), diag(exp(A_2)) @ Q_2 @ memory + faded(chunks[1], b))),
    where={matrix("S", k, v): memory},
    source="Dao, Gu: Transformers are SSMs, arXiv:2405.21060, section 6",
    sketch="Between the chunks nothing is masked, and exp(A_i - A_j) is a number of the query times one of the key.",
)
def state_space_duality():
    """Masked attention with decays, chunk by chunk, is the recurrence of a state-space model with a k×v state."""
    ...


beta, start, U = column("beta", n), matrix("S_0", k, v), matrix("U", n, v)
strict = hadamard(order(n, n, 1, 0), diag(beta) @ K @ K.T)
WRITTEN = Equal(U + strict @ U, diag(beta) @ (V - K @ start))


def state(rows: Any) -> Any:
    """The memory once these rows have been written."""
    return start + K.T @ rows @ U


@theorem(
    section="7.18",
    says=ForAll(i, Equal(state(upto), state(before) + T(own @ K) @ (own @ beta) @ (own @ V - own @ K @ state(before)))),
    given=WRITTEN,
    instances=({V: U + hadamard(order(n, n, 1, 0), K @ K.T) @ U + K @ start, beta: ones(n, 1)},),
    source="Yang et al.: Parallelizing Linear Transformers with the Delta Rule over Sequence Length, arXiv:2406.06484",
    sketch="Row i of the equation for U says that u_i is β_i (v_i - k_i S) for the memory S of the tokens before i.",
)
def delta_rule_product():
    """What solves one triangular system writes, at every token, what the delta rule writes there.

    The matrix of that system is 1 and a strictly lower triangle, so it has an inverse, and all steps are one product.
    """
    ...
