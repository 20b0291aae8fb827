"""One form, many factors: the gauge of a head.

Q and K can be changed without changing a single score.  This chapter says by how much, and when that is all.

    Q, K, Q', K'  d×k    queries and keys of one form
    G, H          k×k    a change of gauge and its inverse: G H = 1
    L, M          k×d    left inverses of Q and of K
    N             d×d    a direction in which the form moves

Main results
    gauge_invariance       Q G and K G⁻ᵀ make the same form, the same scores, the same attention
    gauge_uniqueness       at rank k there are no other factors, and G is unique
    gauge_uniqueness_false below rank k there are
    gauge_differential     (dQ, dK) moves the form by 0 exactly along the gauge: 2 d k - k² effective parameters
    gauge_image            and reaches exactly the N with (1 - Q L) N (1 - K M)ᵀ = 0
    balanced_gauge         2 tr(Rᵀ Q Kᵀ) ≤ ‖Q‖² + ‖K‖² for orthogonal R
"""

from symattn.language import (
    And,
    AtMost,
    Equal,
    Exists,
    ForAll,
    Iff,
    Implies,
    Not,
    T,
    head,
    hstack,
    identity,
    inverse,
    matrix,
    normsquared,
    scalar,
    sizes,
    softmax,
    trace,
    unit,
    vstack,
    zeros,
)
from symattn.proof import calc, prove, theorem

d, k, r = sizes("d k r", min=0)
Q, K = matrix("Q", d, k), matrix("K", d, k)
Q1, K1 = matrix("Q'", d, k), matrix("K'", d, k)
L, M = matrix("L", k, d), matrix("M", k, d)
L1, M1 = matrix("L'", k, d), matrix("M'", k, d)
G, H = matrix("G", k, k), matrix("H", k, k)
one = identity(k)

n, v = sizes("n v", min=1)
X = matrix("X", n, d)
V, O = matrix("V", d, v), matrix("O", v, d)
tau = scalar("tau", positive=True)
C, B = matrix("C", k, k, invertible=True), matrix("B", v, v, invertible=True)


@theorem(
    section="3.5",
    says=And(
        Equal((Q @ C) @ T(K @ T(inverse(C))), Q @ K.T),
        Equal(
            softmax(tau * X @ Q @ C @ T(K @ T(inverse(C))) @ X.T) @ X @ V @ B @ T(O.T @ T(inverse(B))),
            head(X, Q, K, V, O, scale=tau),
        ),
    ),
)
def gauge_invariance():
    """Queries Q C with keys K C⁻ᵀ, and values V B with outputs B⁻¹ O, make the same head, for invertible C and B."""
    ...


# factors of full column rank, of which every d = k + r has some: what the numbers try
top, low = matrix("C", k, k, invertible=True), matrix("E", r, k)
thin = {
    d: k + r,
    Q: vstack(top, low),
    K: vstack(top, low),
    L: hstack(inverse(top), zeros(k, r)),
    M: hstack(inverse(top), zeros(k, r)),
}
B0, B1 = matrix("B", k, k), matrix("B", k, k, invertible=True)
F0, F1 = matrix("F", k + r, k), matrix("F'", k + r, k)

full_rank = (Equal(L @ Q, one), Equal(M @ K, one), Equal(L1 @ Q1, one), Equal(M1 @ K1, one))


@theorem(
    section="3.6",
    says=Implies(
        Equal(Q @ K.T, Q1 @ K1.T),
        And(
            Exists(
                (G, H),
                And(Equal(Q1, Q @ G), Equal(K1, K @ H.T), Equal(G @ H, one), Equal(H @ G, one)),
                witness=(K.T @ M1.T, L1 @ Q),
            ),
            Implies(And(Equal(Q1, Q @ G), Equal(Q1, Q @ H)), Equal(G, H)),
        ),
    ),
    given=full_rank,
    instances=(
        {
            **thin,
            Q1: vstack(top, low) @ B1,
            K1: vstack(top, low) @ T(inverse(B1)),
            L1: inverse(B1) @ hstack(inverse(top), zeros(k, r)),
            M1: B1.T @ hstack(inverse(top), zeros(k, r)),
        },
    ),
)
def gauge_uniqueness():
    """Two pairs of factors of rank k with one form differ by one change of gauge, G = Kᵀ M'ᵀ.

    Full column rank is said by the left inverses L, M, L', M'.
    """
    same = gauge_uniqueness.says.hypothesis
    given = (*full_rank, same)
    there, back = K.T @ M1.T, L1 @ Q
    queries = calc(Q1, given).eq(Q1 @ K1.T @ M1.T, by="M' K' = 1").eq(Q @ there, by="one form")
    keys = calc(K1.T, given).eq(L1 @ Q1 @ K1.T, by="L' Q' = 1").eq(back @ K.T, by="one form")
    inverse_ = (
        calc(there @ back, given)
        .eq(L @ Q @ there @ back, by="L Q = 1")
        .eq(L @ Q1 @ K1.T @ M1.T @ back, by="one form")
        .eq(L @ Q1 @ back, by="M' K' = 1")
        .eq(L @ Q1 @ back @ K.T @ M.T, by="M K = 1")
        .eq(L @ Q1 @ L1 @ Q1 @ K1.T @ M.T, by="one form")
        .eq(L @ Q1 @ K1.T @ M.T, by="L' Q' = 1")
        .eq(L @ Q @ K.T @ M.T, by="one form")
        .eq(one, by="L Q = 1 and M K = 1")
    )
    one_gauge = [
        calc(g, (*full_rank, Equal(Q1, Q @ g))).eq(L @ Q @ g, by="L Q = 1").eq(L @ Q1, by="Q' = Q G") for g in (G, H)
    ]
    steps = [chain.theorem() for chain in (queries, keys, inverse_, *one_gauge)]
    return prove(gauge_uniqueness.says, full_rank, using=steps, hints=(there, back))


d1, k1 = sizes("d k", min=1)
Qs, Ks, Qo, Ko = (matrix(name, d1, k1) for name in ("Q", "K", "Q'", "K'"))
Hs = matrix("H", k1, k1)


@theorem(
    section="3.6",
    says=Exists(
        (Qs, Ks, Qo, Ko),
        And(Equal(Qs @ Ks.T, Qo @ Ko.T), ForAll(Hs, Not(Equal(Ko, Ks @ Hs.T)))),
        witness=(zeros(d1, k1), zeros(d1, k1), zeros(d1, k1), unit(d1, 0).T @ unit(k1, 0)),
    ),
)
def gauge_uniqueness_false():
    """Below rank k the factors are not unique up to a change of gauge: with Q = 0 every K makes the form 0."""
    ...


dQ, dK = matrix("dQ", d, k), matrix("dK", d, k)
A = matrix("A", k, k)


@theorem(
    section="3.7",
    says=And(
        Iff(
            Equal(dQ @ K.T + Q @ dK.T, zeros(d, d)),
            Exists(A, And(Equal(dQ, Q @ A), Equal(dK, -K @ A.T)), witness=-dK.T @ M.T),
        ),
        Implies(Equal(Q @ A, zeros(d, k)), Equal(A, zeros(k, k))),
    ),
    given=(Equal(L @ Q, one), Equal(M @ K, one)),
    instances=({**thin, dQ: vstack(top, low) @ B0, dK: -vstack(top, low) @ B0.T},),
)
def gauge_differential():
    """At full column rank the form stands still exactly along (Q A, -K Aᵀ), and each A is another direction.

    So k² of the 2 d k parameters are idle, and 2 d k - k² are effective.
    """
    still = gauge_differential.says.args[0].left
    given = (*gauge_differential.given, still)
    queries = calc(dQ, given).eq(dQ @ K.T @ M.T, by="M K = 1").eq(-Q @ dK.T @ M.T, by="the form stands still")
    keys = calc(dK.T, given).eq(L @ Q @ dK.T, by="L Q = 1").eq(-L @ dQ @ K.T, by="the form stands still")
    also = (
        calc(dK.T @ M.T @ K.T, given)
        .eq(-L @ dQ @ K.T @ M.T @ K.T, by=keys.theorem())
        .eq(-L @ dQ @ K.T, by="M K = 1")
        .eq(dK.T, by=keys.theorem())
    )
    idle = Equal(Q @ A, zeros(d, k))
    alone = calc(A, (*gauge_differential.given, idle)).eq(L @ Q @ A, by="L Q = 1").eq(zeros(k, k), by="Q A = 0")
    steps = [chain.theorem() for chain in (queries, also, alone)]
    return prove(gauge_differential.says, gauge_differential.given, using=steps, hints=(-dK.T @ M.T,))


N = matrix("N", d, d)


@theorem(
    section="3.7",
    says=Iff(
        Exists((dQ, dK), Equal(N, dQ @ K.T + Q @ dK.T), witness=(N @ M.T, T(N - N @ M.T @ K.T) @ L.T)),
        Equal((identity(d) - Q @ L) @ N @ T(identity(d) - K @ M), zeros(d, d)),
    ),
    given=(Equal(Q @ L @ Q, Q), Equal(K @ M @ K, K)),
    instances=(
        {**thin, N: F0 @ T(vstack(top, low)) + vstack(top, low) @ F1.T},
        {Q: zeros(d, k), L: zeros(k, d), N: matrix("F", d, k) @ K.T, K: zeros(d, k), M: zeros(k, d)},
    ),
)
def gauge_image():
    """The form can move along N exactly when (1 - Q L) N (1 - K M)ᵀ = 0, whatever the ranks of Q and K are.

    L and M only have to be generalised inverses, Q L Q = Q and K M K = K, which every matrix over a field has.
    """
    moved = dQ @ K.T + Q @ dK.T
    far, near = identity(d) - Q @ L, T(identity(d) - K @ M)
    unseen = [prove(Equal(a @ b, zeros(a.shape[0], b.shape[1])), gauge_image.given) for a, b in ((far, Q), (K.T, near))]
    put = prove(Equal(far @ N @ near, far @ moved @ near), Equal(N, moved))
    reached = (
        calc(far @ N @ near, (*gauge_image.given, Equal(N, moved)))
        .eq(far @ moved @ near, by=put)
        .eq(zeros(d, d), by=unseen)
    )
    either = gauge_image.says
    back = prove(Implies(either.right, either.left))
    return prove(either, gauge_image.given, using=(reached.theorem(), back))


R = matrix("R", d, d, orthogonal=True)


@theorem(
    section="3.12",
    says=And(
        Equal(normsquared(Q) + normsquared(K) - 2 * trace(R.T @ Q @ K.T), normsquared(R.T @ Q - K)),
        AtMost(2 * trace(R.T @ Q @ K.T), normsquared(Q) + normsquared(K)),
        Implies(Equal(K, R.T @ Q), Equal(Q.T @ Q, K.T @ K)),
    ),
    instances=({K: R.T @ Q},),
)
def balanced_gauge():
    """Weight decay on the factors bounds the form: 2 tr(Rᵀ Q Kᵀ) ≤ ‖Q‖² + ‖K‖² for every orthogonal R.

    Equality is K = Rᵀ Q, and then the gauge is balanced: Qᵀ Q = Kᵀ K.
    """
    return prove(balanced_gauge.says, hints=(normsquared(R.T @ Q - K),))
