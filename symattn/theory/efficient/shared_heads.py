"""Heads that share keys or values, and what that costs: when it is exact, and what a common latent does instead.

    W, M      H×d×d   forms Q_h Kᵀ and maps V O_h of the heads of a group
    k, v      width of queries and keys, of values
    D         d×r     compression of a token, as in multi-head latent attention
    E, F      d×e, d×f   what it holds for other groups, before this one and after it
    a, b      1×k     a query and a key that are one vector at one place, of length 1

Main results
    gqa_exactness_keys     heads can share keys of width k exactly when their forms, stacked, have rank at most k
    gqa_exactness_values   and values of width v exactly when their maps, side by side, have rank at most v
    gqa_in_mla             grouped queries are latent attention with the keys and values themselves as the latent
    mla_not_gqa            but two heads that read one latent need not share keys of half its width
    reformer_shared        with shared queries and unit keys no key scores above a token's own
"""

from __future__ import annotations

from symattn.language import (
    And,
    AtMost,
    Equal,
    Exists,
    Implies,
    Not,
    Rank,
    T,
    attention,
    concat_heads,
    family,
    hstack,
    identity,
    index,
    inner,
    matrix,
    normsquared,
    row,
    scalar,
    sizes,
    softmax,
    stack_heads,
    unit,
    vstack,
    zeros,
)
from symattn.proof import argument, calc, prove, theorem

n, H = sizes("n H", min=1)
d, k, v, e, f = sizes("d k v e f", min=0)
tau = scalar("tau", positive=True)
h = index("h", H)
W, M = family("W", H, d, d), family("M", H, d, d)
forms, maps = stack_heads(W[h], h), concat_heads(M[h], h)
Qs, K, V, Os = family("Q", H, d, k), matrix("K", d, k), matrix("V", d, v), family("O", H, v, d)
all_Q, key, value, all_O = matrix("Q'", H * d, k), matrix("K'", d, k), matrix("V'", d, v), matrix("O'", v, H * d)
keys_shared, values_shared = stack_heads(Qs[h] @ K.T, h), concat_heads(V @ Os[h], h)


@theorem(
    section="7.10",
    says=And(
        Implies(Equal(forms, keys_shared), Rank(forms) <= k),
        Implies(Rank(forms) <= k, Exists((all_Q, key), Equal(forms, all_Q @ key.T))),
    ),
    instances=({W: keys_shared, all_Q: stack_heads(Qs[h], h), key: K},),
    source="not found stated elsewhere",
)
def gqa_exactness_keys():
    """The heads of a group can share one key matrix of width k exactly when their forms, stacked, have rank at most k.

    Q' has the queries of all heads one under the other, so that forms = Q' K'ᵀ says W_h = Q'_h K'ᵀ.  Keys that are the
    mean of those of the heads, as grouped queries are often begun from, make other forms in general.
    """
    shared, low = gqa_exactness_keys.says.args
    with argument() as proof:
        shared = proof.have("shared keys: the stack passes through width k", shared, hints=[stack_heads(Qs[h], h), K.T])
        low = proof.have("back, factors of the stack are queries and shared keys", low)
        proof.show(gqa_exactness_keys.says, by=(shared, low))
    return proof


@theorem(
    section="7.10",
    says=And(
        Implies(Equal(maps, values_shared), Rank(maps) <= v),
        Implies(Rank(maps) <= v, Exists((value, all_O), Equal(maps, value @ all_O))),
    ),
    instances=({M: stack_heads(V @ Os[h], h), value: V, all_O: concat_heads(Os[h], h)},),
    source="not found stated elsewhere",
)
def gqa_exactness_values():
    """They can share one value matrix of width v exactly when their maps, side by side, have rank at most v.

    O' has the outputs of all heads side by side, so that maps = V' O' says M_h = V' O'_h.
    """
    shared, low = gqa_exactness_values.says.args
    with argument() as proof:
        shared = proof.have("shared values: the row passes through width v", shared, hints=[V, concat_heads(Os[h], h)])
        low = proof.have("back, factors of the row are shared values and outputs", low)
        proof.show(gqa_exactness_values.says, by=(shared, low))
    return proof


X, Q = matrix("X", n, d), matrix("Q", d, k)
before, after = matrix("E", d, e), matrix("F", d, f)
D = hstack(before, K, V, after)
keys = vstack(zeros(e, k), identity(k), zeros(v, k), zeros(f, k))
values = vstack(zeros(e, v), zeros(k, v), identity(v), zeros(f, v))


@theorem(
    section="7.12",
    says=Equal(softmax(tau * X @ Q @ T(X @ D @ keys)) @ X @ D @ values, attention(X, Q, K, V, tau)),
    source="Meng et al.: TransMLA, arXiv:2502.07864",
)
def gqa_in_mla():
    """Grouped queries are latent attention: a group's own keys and values are columns of the latent, which U picks.

    The latent X D has the keys and values of all groups side by side, as wide as their cache; those of this group stand
    anywhere in it.
    """
    picked = softmax(tau * X @ Q @ T(X @ K)) @ X @ V
    return (
        calc(gqa_in_mla.says.left)
        .eq(picked, by="D U_K = K and D U_V = V")
        .eq(gqa_in_mla.says.right, by="which are the keys and values of the head")
    )


half = sizes("k", min=1)
one, none = identity(half), zeros(half, half)
first, second = vstack(hstack(one, none), hstack(none, none)), vstack(hstack(none, none), hstack(none, one))
Q_1, Q_2, Q_3, Q_4, K_1, K_2 = (matrix(name, half, half) for name in ("Q_1", "Q_2", "Q_3", "Q_4", "K_1", "K_2"))
shared = vstack(K_1, K_2)


@theorem(
    section="7.12",
    says=Not(And(Equal(first, vstack(Q_1, Q_2) @ shared.T), Equal(second, vstack(Q_3, Q_4) @ shared.T))),
    source="Meng et al.: TransMLA, arXiv:2502.07864",
    sketch=(
        "The upper half of the one form and the lower half of the other make the identity of size 2 k. Shared keys "
        "would let it pass through width k, which is less."
    ),
)
def mla_not_gqa():
    """The converse is false: two heads that read the two halves of a latent of width 2 k share no keys of width k.

    With the tokens themselves as the latent, D = 1, their forms are diag(1, 0) and diag(0, 1), and the cache of 2 k
    numbers a token is as wide as that of one group with keys and values of width k.
    """
    return prove(mla_not_gqa.says, hints=[vstack(Q_1, Q_4), shared.T])


a, b, length = row("x", k), row("y", k), scalar("lambda", positive=True)
UNITS = Equal(normsquared(a), 1), Equal(normsquared(b), 1)


@theorem(
    section="7.16",
    says=AtMost(length * inner(a, b), length * inner(a, a)),
    given=UNITS,
    instances=({k: k + 1, a: unit(k + 1, 0), b: unit(k + 1, 0)},),
    source="the shared queries and keys are those of Kitaev, Kaiser, Levskaya: Reformer, 2020",
    sketch="Half of λ |x - y|² is λ (1 - x·y), as both vectors have length 1.",
)
def reformer_shared():
    """With shared queries and keys, the keys made unit vectors, no key scores more with a token than its own.

    A query is λ times its key, for some length λ > 0.
    """
    ...
