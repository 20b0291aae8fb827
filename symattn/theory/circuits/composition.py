"""Circuits: what heads are made of, and how they compose.

A head is two forms: W = Q Kᵀ decides where it reads, M = V O what it writes.  Heads add up in the residual stream, and
layers multiply out into paths.

    X             n×d   the residual stream, one row a token
    Q, K, V, O    d×k, d×k, d×v, v×d   one head;  with a dash another one, of other widths
    W, M          d×d   Q Kᵀ, V O
    Z_h, O_h      n×v, v×d   the outputs of H heads and what each writes
    A_h, B_g      n×n   weights of the heads of the first and of the second layer, held fixed
    M_h, N_g      d×d   what these heads write
    X₁, X₂        n×d   the stream after the first layer and after the second

Main results
    qk_ov_factor        a head depends on Q, K, V, O only through W and M
    concat_sum          heads concatenated and projected are a sum of heads
    head_symmetries     each head of a layer has a gauge of its own
    path_expansion      two layers are a sum over paths: direct, one head, or one head after the other
    score_composition   scores of the second layer split into direct, query, key and joint composition
    virtual_weights     a later head sees nothing of an earlier one exactly when M Q = 0
    bias_fold           biases are weights that read a constant coordinate
"""

from symattn.language import (
    Equal,
    ForAll,
    Iff,
    Implies,
    T,
    attention,
    concat_heads,
    family,
    head,
    hstack,
    identity,
    index,
    inverse,
    matrix,
    ones,
    row,
    scalar,
    scores,
    sizes,
    softmax,
    stack_heads,
    sum_heads,
    vstack,
    zeros,
)
from symattn.proof import argument, calc, theorem

n, H, G = sizes("n H G", min=1)
d, k, v, other_k, other_v = sizes("d k v k' v'", min=0)
X, tau = matrix("X", n, d), scalar("tau", positive=True)
Q, K, V, O = matrix("Q", d, k), matrix("K", d, k), matrix("V", d, v), matrix("O", v, d)
W, M = matrix("W", d, d), matrix("M", d, d)
other_Q, other_K = matrix("Q'", d, other_k), matrix("K'", d, other_k)
other_V, other_O = matrix("V'", d, other_v), matrix("O'", other_v, d)

SAME_FORM, SAME_VALUES = Equal(Q @ K.T, other_Q @ other_K.T), Equal(V @ O, other_V @ other_O)
P, R = matrix("P", k, other_k), matrix("R", v, other_v)


@theorem(
    section="8.2",
    says=Equal(head(X, Q, K, V, O, tau), head(X, other_Q, other_K, other_V, other_O, tau)),
    given=(SAME_FORM, SAME_VALUES),
    instances=({other_Q: Q @ P, K: other_K @ P.T, other_V: V @ R, O: R @ other_O},),
    source="Elhage et al.: A Mathematical Framework for Transformer Circuits, 2021",
)
def qk_ov_factor():
    """Heads with the same Q Kᵀ and the same V O do the same to every stream, whatever their widths."""
    mixed = softmax(scores(X, other_Q, other_K, tau)) @ X @ V @ O
    return (
        calc(head(X, Q, K, V, O, tau), given=(SAME_FORM, SAME_VALUES))
        .eq(mixed, by=SAME_FORM)
        .eq(head(X, other_Q, other_K, other_V, other_O, tau), by=SAME_VALUES)
    )


h, g = index("h", H), index("g", G)
Z, writes = family("Z", H, n, v), family("O", H, v, d)


@theorem(
    section="8.5",
    says=Equal(concat_heads(Z[h], h) @ stack_heads(writes[h], h), sum_heads(Z[h] @ writes[h], h)),
    source="Elhage et al.: A Mathematical Framework for Transformer Circuits, 2021",
    sketch="A row of blocks times a column of blocks is the sum of the products block by block.",
)
def concat_sum():
    """Concatenating the heads and projecting by one matrix is adding up what each head writes by its rows of it."""
    ...


Qs, Ks, Vs = family("Q", H, d, k), family("K", H, d, k), family("V", H, d, v)
C, C_inverse = family("C", H, k, k), family("C'", H, k, k)
F, F_inverse = family("F", H, v, v), family("F'", H, v, v)
GAUGES = (
    Equal(concat_heads(C[h] @ C_inverse[h], h), concat_heads(identity(k), h)),
    Equal(concat_heads(F[h] @ F_inverse[h], h), concat_heads(identity(v), h)),
)
c, f = matrix("c", k, k, invertible=True), matrix("f", v, v, invertible=True)


@theorem(
    section="8.6",
    says=Equal(
        sum_heads(head(X, Qs[h] @ C[h], Ks[h] @ T(C_inverse[h]), Vs[h] @ F[h], F_inverse[h] @ writes[h], tau), h),
        sum_heads(head(X, Qs[h], Ks[h], Vs[h], writes[h], tau), h),
    ),
    given=GAUGES,
    instances=(
        {
            C: stack_heads(c, h),
            C_inverse: stack_heads(inverse(c), h),
            F: stack_heads(f, h),
            F_inverse: stack_heads(inverse(f), h),
        },
    ),
    source="Tran et al.: Equivariant Neural Functional Networks for Transformers, 2024",
    sketch=(
        "In the scores of head h, C_h C_h⁻¹ stands between Q_h and K_hᵀ, and in what it writes F_h F_h⁻¹ between V_h "
        "and O_h. Both are the identity, so each term of the sum is what it was."
    ),
)
def head_symmetries():
    """Each head of a layer has a gauge of its own: Q_h C_h with K_h C_h⁻ᵀ, and V_h F_h with F_h⁻¹ O_h.

    As a sum, the layer does not depend on the order of its heads either.
    """
    ...


A, Ms = family("A", H, n, n), family("M", H, d, d)
B, Ns = family("B", G, n, n), family("N", G, d, d)
written = sum_heads(A[h] @ X @ Ms[h], h)
X_1 = X + written
X_2 = X_1 + sum_heads(B[g] @ X_1 @ Ns[g], g)


@theorem(
    section="8.7",
    says=Equal(
        X_2, X + written + sum_heads(B[g] @ X @ Ns[g], g) + sum_heads(sum_heads(B[g] @ A[h] @ X @ Ms[h] @ Ns[g], h), g)
    ),
    source="Elhage et al.: A Mathematical Framework for Transformer Circuits, 2021",
)
def path_expansion():
    """With weights held fixed, two layers of heads are a sum over paths through them.

    Direct, one head of the first layer, one of the second, or one of each: weights B_g A_h, writing M_h N_g.
    """
    return (
        calc(X_2)
        .eq(X + written + sum_heads(B[g] @ X @ Ns[g] + B[g] @ written @ Ns[g], g), by="each head reads a sum")
        .eq(path_expansion.says.right, by="and is linear in it")
    )


also = index("h'", H)
read = A[h] @ X @ Ms[h]


@theorem(
    section="8.8",
    says=Equal(
        X_1 @ W @ X_1.T,
        X @ W @ X.T
        + sum_heads(read @ W @ X.T, h)
        + sum_heads(X @ W @ T(read), h)
        + sum_heads(sum_heads(read @ W @ T(A[also] @ X @ Ms[also]), also), h),
    ),
    source="Elhage et al.: A Mathematical Framework for Transformer Circuits, 2021",
)
def score_composition():
    """Scores after a layer of H heads have (1 + H)² parts: direct, by the query, by the key, and by both."""
    return (
        calc(X_1 @ W @ X_1.T)
        .eq(
            X @ W @ X.T + written @ W @ X.T + X @ W @ T(written) + written @ W @ T(written),
            by="the score is linear in the query and in the key",
        )
        .eq(score_composition.says.right, by="so is each head in the sum")
    )


x = row("x", d)


@theorem(
    section="8.14",
    says=Iff(ForAll(x, Equal(x @ M @ Q, zeros(1, k))), Equal(M @ Q, zeros(d, k))),
    source="Elhage et al.: A Mathematical Framework for Transformer Circuits, 2021",
)
def virtual_weights():
    """The queries of a later head see nothing of what an earlier head writes exactly when M Q = 0.

    Of a token x the earlier head writes x M, of which the later one reads x M Q: the product M Q is all that matters.
    The same holds for its keys and values, with K and V in the place of Q.
    """
    unseen, product = virtual_weights.says.args
    with argument() as proof:
        rows = proof.have("take the one-hot e_i for x: e_i M Q are the rows of M Q", Implies(unseen, product))
        back = proof.have("back, x times 0 is 0", Implies(product, unseen))
        proof.show(virtual_weights.says, by=(rows, back))
    return proof


bias_q, bias_k, bias_v = row("q_0", k), row("k_0", k), row("v_0", v)
one = ones(n, 1)


@theorem(
    section="8.17",
    says=Equal(
        attention(hstack(X, one), vstack(Q, bias_q), vstack(K, bias_k), vstack(V, bias_v), tau),
        softmax(tau * (X @ Q + one @ bias_q) @ T(X @ K + one @ bias_k)) @ (X @ V + one @ bias_v),
    ),
    source="Elhage et al.: A Mathematical Framework for Transformer Circuits, 2021",
    where={matrix("X'", n, d + 1): hstack(X, one)},
)
def bias_fold():
    """Biases of queries, keys and values are rows of larger matrices that read a coordinate which is always 1."""
    queries, keys, values = X @ Q + one @ bias_q, X @ K + one @ bias_k, X @ V + one @ bias_v
    wide = hstack(X, one)
    return (
        calc(attention(wide, vstack(Q, bias_q), vstack(K, bias_k), vstack(V, bias_v), tau))
        .eq(
            softmax(tau * (wide @ vstack(Q, bias_q)) @ T(wide @ vstack(K, bias_k))) @ values,
            by="[X 1] [V; v₀] = X V + 1 v₀",
        )
        .eq(softmax(tau * queries @ T(keys)) @ values, by="and so for the queries and the keys")
    )
