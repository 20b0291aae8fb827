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
from symattn.proof import argument, calc, theorem

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
            softmax(tau * X @ Q @ C @ T(K @ T(inverse(C))) @ X.T) @ X @ V @ B @ inverse(B) @ O,
            head(X, Q, K, V, O, scale=tau),
        ),
    ),
    source="Tran et al.: Equivariant Neural Functional Networks for Transformers, 2024",
    sketch="Between Q and Kᵀ stands C C⁻¹, and between V and O stands B B⁻¹; both are the identity.",
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
    source="textbook linear algebra",
)
def gauge_uniqueness():
    """Two pairs of factors of rank k with one form differ by one change of gauge, G = Kᵀ M'ᵀ.

    Full column rank is said by the left inverses L, M, L', M'.
    """
    same, (of_Q, of_K, of_Q1, of_K1) = gauge_uniqueness.says.hypothesis, full_rank
    there, back = K.T @ M1.T, L1 @ Q
    with argument(*full_rank) as a:
        queries = a.have("M' K' = 1 and one form", Equal(Q1, Q @ there), by=(of_K1, same))
        keys = a.have("L' Q' = 1 and one form", Equal(K1.T, back @ K.T), by=(of_Q1, same))
        made = a.have("M K = 1 and one form", Equal(Q, Q1 @ K1.T @ M.T), by=(of_K, same))
        kept = a.have("L' Q' = 1", Equal(Q1 @ back, Q), by=(made, of_Q1))
        put = a.have("L Q = 1, and Q G is Q'", Equal(there @ back, L @ Q1 @ back), by=(queries, of_Q))
        inverse_ = a.have("so G H = 1, as L Q = 1", Equal(there @ back, one), by=(put, kept, of_Q))
        chosen = [(g, Equal(Q1, Q @ g)) for g in (G, H)]
        alone = [calc(g, (of_Q, of)).eq(L @ Q @ g, by=of_Q).eq(L @ Q1, by=of) for g, of in chosen]
        unique = [a.have("L Q = 1", line, by=of) for line, (_, of) in zip(alone, chosen, strict=True)]
        a.show(gauge_uniqueness.says, by=(queries, keys, inverse_, *unique), hints=(there, back))
    return a


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
    source="textbook linear algebra",
    sketch=(
        "Let Q = Q' = 0 and K = 0, and let K' have a single 1. Both forms are 0, but no H makes K' of K, since 0 "
        "Hᵀ = 0."
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
    source="Mishra et al.: Fixed-rank matrix factorizations and Riemannian low-rank optimization, 2014",
)
def gauge_differential():
    """At full column rank the form stands still exactly along (Q A, -K Aᵀ), and each A is another direction.

    So k² of the 2 d k parameters are idle, and 2 d k - k² are effective.
    """
    still, (of_Q, of_K) = gauge_differential.says.args[0].left, gauge_differential.given
    idle, direction = Equal(Q @ A, zeros(d, k)), -dK.T @ M.T
    with argument(of_Q, of_K) as a:
        queries = a.have("M K = 1", Equal(dQ, Q @ direction), by=(of_K, still))
        keys = a.have("L Q = 1", Equal(dK.T, -L @ dQ @ K.T), by=(of_Q, still))
        also = a.have("twice the last, and M K = 1 between", Equal(dK.T @ M.T @ K.T, dK.T), by=(keys, of_K))
        drop = calc(A, (of_Q, idle)).eq(L @ Q @ A, by=of_Q).eq(zeros(k, k), by=idle)
        alone = a.have("L Q = 1", drop, by=(of_Q, idle))
        a.show(gauge_differential.says, by=(queries, also, alone), hints=(direction,))
    return a


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
    source="Baksalary and Kala: The matrix equation AX - YB = C, 1979",
)
def gauge_image():
    """The form can move along N exactly when (1 - Q L) N (1 - K M)ᵀ = 0, whatever the ranks of Q and K are.

    L and M only have to be generalised inverses, Q L Q = Q and K M K = K, which every matrix over a field has.
    """
    far, near, none = identity(d) - Q @ L, T(identity(d) - K @ M), zeros(d, d)
    (of_Q, of_K), (S, U, V) = gauge_image.given, (matrix(name, d, d) for name in "SUV")
    reached, unseen = gauge_image.says.args
    with argument(of_Q, of_K) as a:
        left = a.have("Q L Q = Q", Equal(far @ Q @ dK.T @ near, none), by=of_Q)
        right = a.have("K M K = K", Equal(far @ dQ @ K.T @ near, none), by=of_K)
        moved = Equal(N, dQ @ K.T + Q @ dK.T)
        parts = {S: far @ N @ near, U: far @ dQ @ K.T @ near, V: far @ Q @ dK.T @ near}
        put = a.have("the form moves along N", Equal(parts[S], parts[U] + parts[V]), by=moved)
        known = Equal(S, U + V), Equal(U, none), Equal(V, none)
        gone = a.have("two parts that vanish leave nothing", Equal(S, none), by=known)
        gone = a.at("such as these", gone, parts, by=(put, left, right))
        back = a.have("dQ = N Mᵀ and dK = (N - N Mᵀ Kᵀ)ᵀ Lᵀ reach N", Implies(unseen, reached))
        a.show(gauge_image.says, by=(gone, back))
    return a


R = matrix("R", d, d, orthogonal=True)


@theorem(
    section="3.12",
    says=And(
        Equal(normsquared(Q) + normsquared(K) - 2 * trace(R.T @ Q @ K.T), normsquared(R.T @ Q - K)),
        AtMost(2 * trace(R.T @ Q @ K.T), normsquared(Q) + normsquared(K)),
        Implies(Equal(K, R.T @ Q), Equal(Q.T @ Q, K.T @ K)),
    ),
    instances=({K: R.T @ Q},),
    source="textbook linear algebra",
)
def balanced_gauge():
    """Weight decay on the factors bounds the form: 2 tr(Rᵀ Q Kᵀ) ≤ ‖Q‖² + ‖K‖² for every orthogonal R.

    Equality is K = Rᵀ Q, and then the gauge is balanced: Qᵀ Q = Kᵀ K.
    """
    expanded, bounded, balanced = balanced_gauge.says.args
    with argument() as a:
        square = a.have("R is orthogonal, so Rᵀ Q is as long as Q", expanded)
        bound = a.have("a square is not negative", bounded, by=square, hints=(normsquared(R.T @ Q - K),))
        same = a.have("R Rᵀ = 1 stands between", balanced)
        a.show(balanced_gauge.says, by=(square, bound, same))
    return a
