"""Linear attention as memory: matrices of weights that are written by keys and values, one after the other.

    κ, y      1×k, 1×v   a key and the value to be recalled with it
    W         k×v    the memory; κ W is what it recalls
    η         how far one step goes
    K, Y      n×k, n×v   n keys and their values
    L         k×n    K L = 1: a right inverse of the keys

Main results
    delta_rule                    W + η κᵀ (y - κ W) is one step of gradient descent on |κ W - y|²/2
    linear_attention_one_step     unnormalised linear attention reads a memory that is one step from 0
    orthonormal_keys_recall       orthonormal keys recall their values exactly
    storable_iff_independent      any values can be stored exactly when the keys are independent
"""

from __future__ import annotations

from typing import Any

from symattn.language import (
    Equal,
    Exists,
    ForAll,
    Gradient,
    Iff,
    Implies,
    hstack,
    identity,
    matrix,
    normsquared,
    row,
    scalar,
    sizes,
    vstack,
    zeros,
)
from symattn.proof import argument, calc, theorem

n = sizes("n", min=1)
k, v = sizes("k v", min=0)
W, key, value, rate = matrix("W", k, v), row("kappa", k), row("y", v), scalar("eta")
K, Y = matrix("K", n, k), matrix("Y", n, v)


def stepped(memory: Any, loss: Any) -> Any:
    """One step of gradient descent on half of this loss."""
    return memory - rate / 2 * Gradient(loss, memory)


@theorem(
    section="7.18",
    says=Equal(stepped(W, normsquared(key @ W - value)), (identity(k) - rate * key.T @ key) @ W + rate * key.T @ value),
    source="Schlag, Irie, Schmidhuber: Linear Transformers Are Secretly Fast Weight Programmers, 2021",
)
def delta_rule():
    """One step of gradient descent on |κ W - y|²/2 takes W to (1 - η κᵀ κ) W + η κᵀ y.

    What was stored under κ is taken out, and the new value put in.
    """
    return (
        calc(delta_rule.says.left)
        .eq(W - rate * key.T @ (key @ W - value), by="half of the gradient is κᵀ (κ W - y)")
        .eq(delta_rule.says.right, by="the terms with W together")
    )


query = row("q", k)
loss = normsquared(K @ W - Y)
descent = W - rate * (K.T @ K @ W - K.T @ Y)


@theorem(
    section="7.18",
    says=Implies(Equal(W, zeros(k, v)), Equal(query @ stepped(W, loss), rate * (query @ K.T) @ Y)),
    instances=({W: zeros(k, v)},),
    source="von Oswald et al.: Transformers Learn In-Context by Gradient Descent, 2022",
)
def linear_attention_one_step():
    """One step of gradient descent from 0 on Σ_j |κ_j W - y_j|²/2 makes a memory that recalls η Σ_j (q·κ_j) y_j.

    That is linear attention without a normaliser.
    """
    start, read = linear_attention_one_step.says.args
    with argument() as proof:
        step = proof.have("half of the gradient is Kᵀ K W - Kᵀ Y", Equal(stepped(W, loss), descent))
        same = proof.have("which is -Kᵀ Y at 0", Equal(query @ descent, read.right), by=start)
        read = proof.have("so the query reads", read, by=(step, same))
        proof.show(linear_attention_one_step.says, by=read)
    return proof


extra, turn = sizes("r", min=0), matrix("R", n, n, orthogonal=True)
ORTHONORMAL = Equal(K @ K.T, identity(n))


@theorem(
    section="7.18",
    says=Equal(K @ (K.T @ Y), Y),
    given=ORTHONORMAL,
    instances=({k: n + extra, K: hstack(turn, zeros(n, extra))},),
    source="textbook linear algebra",
)
def orthonormal_keys_recall():
    """Orthonormal keys recall their values exactly from the memory Kᵀ Y = Σ_j κ_jᵀ y_j."""
    return calc(K @ (K.T @ Y), ORTHONORMAL).eq(identity(n) @ Y, by=ORTHONORMAL).eq(Y)


wanted, stored, left = matrix("Y'", n, n), matrix("W'", k, n), matrix("L", k, n)
STORABLE = ForAll(wanted, Exists(stored, Equal(K @ stored, wanted), (left @ wanted,)))
INDEPENDENT = Exists(left, Equal(K @ left, identity(n)))


@theorem(
    section="7.18",
    says=Iff(STORABLE, INDEPENDENT),
    instances=({k: n + extra, K: hstack(turn, zeros(n, extra)), left: vstack(turn.T, zeros(extra, n))},),
    source="textbook linear algebra",
)
def storable_iff_independent():
    """A memory can be written for any values whatever exactly when the keys are independent, so that n ≤ k.

    Independent keys are those with a right inverse L; it is enough that n values of width n can be stored.
    """
    with argument() as proof:
        there = proof.have("the identity is such a value", Implies(STORABLE, INDEPENDENT), hints=[identity(n), stored])
        back = proof.have("L Y' stores Y'", Implies(INDEPENDENT, STORABLE), hints=[left @ wanted])
        proof.show(storable_iff_independent.says, by=(there, back))
    return proof
