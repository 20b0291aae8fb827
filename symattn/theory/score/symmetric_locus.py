"""How much room the symmetric heads take.

Move queries and keys a little, at a symmetric head K = Q M with independent queries.  This says in which directions the
form stays symmetric, and which asymmetry the others make.

    Q        d×k   queries;  dQ, dK  directions in which queries and keys move
    L        k×d   a left inverse of Q: L Q = 1, which shows that its columns are linearly independent
    M        k×k   a symmetric matrix, for keys K = Q M
    N        d×d   a direction in which the form moves

Main results
    symmetric_locus_kernel  (dQ, dK) makes no asymmetry exactly when dK - dQ M = Q Z with Z symmetric
    symmetric_locus_image   all the asymmetry that it can make is the skew N with (1 - Q L) N (1 - Q L)ᵀ = 0
"""

from __future__ import annotations

from sympy import Rational

from symattn.language import And, Equal, Exists, Iff, T, hstack, identity, inverse, matrix, sizes, vstack, zeros
from symattn.proof import argument, calc, theorem

k, r = sizes("k r", min=0)
wide = k + r
half = Rational(1, 2)
Q, L = matrix("Q", wide, k), matrix("L", k, wide)
independent = Equal(L @ Q, identity(k))
block, below = matrix("A", k, k, invertible=True), matrix("B", r, k)
full_rank = {Q: vstack(block, below), L: hstack(inverse(block), zeros(k, r))}
dQ, dK = matrix("dQ", wide, k), matrix("dK", wide, k)
M, Z, N = matrix("M", k, k, symmetric=True), matrix("Z", k, k), matrix("N", wide, wide)
moved = dQ @ T(Q @ M) + Q @ dK.T
made = moved - moved.T
Z_s, D = matrix("Z'", k, k, symmetric=True), matrix("D", wide, k)


@theorem(
    section="2.6",
    source="not found stated elsewhere",
    says=Iff(
        Equal(made, zeros(wide, wide)),
        Exists(Z, And(Equal(Z, Z.T), Equal(dK, dQ @ M + Q @ Z)), witness=L @ (dK - dQ @ M)),
    ),
    given=independent,
    instances=({**full_rank, dK: dQ @ M + vstack(block, below) @ Z_s},),
)
def symmetric_locus_kernel():
    """At a symmetric head with K = Q M the scores stay symmetric exactly along dK = dQ M + Q Z with Z symmetric.

    That leaves d k + k (k + 1)/2 of the 2 d k directions, so symmetry costs k (2 d - k - 1)/2 of them, for k ≤ d.
    """
    says, gap = symmetric_locus_kernel.says, dK - dQ @ M
    given = (independent, says.left)
    with argument(independent) as a:
        still = a.suppose("the form stays symmetric", says.left)
        along = a.have(
            "so dK - dQ M lies along the queries",
            calc(gap, given)
            .eq(gap @ T(L @ Q), by="L Q = 1")
            .eq(gap @ Q.T @ L.T, by="transpose reverses a product")
            .eq(Q @ gap.T @ L.T, by=still),
        )
        mixing = a.have(
            "and Z = L (dK - dQ M) is symmetric",
            calc(L @ gap, given).eq(L @ Q @ gap.T @ L.T, by=along).eq(T(L @ gap), by="L Q = 1"),
        )
        a.show(says, by=(independent, along, mixing), words="back, dQ M Qᵀ + Q (dQ M + Q Z)ᵀ is symmetric when Z is")
    return a


far, reached = identity(wide) - Q @ L, half * Q @ L @ N @ L.T - N @ L.T


@theorem(
    section="2.6",
    source="not found stated elsewhere",
    says=Iff(
        Exists((dQ, dK), Equal(N, made), witness=(zeros(wide, k), reached)),
        And(Equal(N.T, -N), Equal(far @ N @ T(far), zeros(wide, wide))),
    ),
    given=independent,
    instances=({**full_rank, N: D @ T(vstack(block, below)) - vstack(block, below) @ D.T, dQ: zeros(wide, k), dK: -D},),
)
def symmetric_locus_image():
    """What asymmetry a symmetric head with independent queries can make: the skew N with (1 - Q L) N (1 - Q L)ᵀ = 0."""
    says = symmetric_locus_image.says
    near = Q @ L @ N + N @ L.T @ Q.T - Q @ L @ N @ L.T @ Q.T
    with argument(independent) as a:
        unseen = a.have("1 - Q L does away with queries", Equal(far @ Q, zeros(wide, k)), by=independent)
        moved_to = a.suppose("N is made by some dQ and dK", Equal(N, made))
        back = a.have(
            "so it vanishes between 1 - Q L and its transpose",
            calc(far @ N @ T(far), (independent, moved_to.claim))
            .eq(far @ made @ T(far), by=moved_to)
            .eq(zeros(wide, wide), by=unseen),
        )
        skew = a.suppose("N, now, is skew and vanishes so", says.right)
        there = a.have(
            "so it is made by dQ = 0 and this dK",
            calc(N, (independent, says.right))
            .eq(near + far @ N @ T(far), by="1 = Q L + (1 - Q L)")
            .eq(near, by=skew)
            .eq(Q @ reached.T - reached @ Q.T, by=skew),
        )
        a.show(says, by=(independent, there, back))
    return a
