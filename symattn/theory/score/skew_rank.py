"""What the symmetric and the skew part of a head can be.

    Q, K     d×k    queries and keys
    W        d×d    a form;  S  a skew matrix of odd size
    P, R            factors of a form, W = P R;  E, F  what shows its rank from below, E W F = 1
    A, B     k×d    rows that pick queries and keys apart: [A; B] [Q K] = 1
    C, D            a change of basis and its inverse
    Q[i], K[j]      many queries and keys, to take means over

Main results
    odd_skew_determinant    a skew matrix of odd size has determinant 0
    skew_rank_even          so the rank of a skew form is even
    symmetric_part_inertia  with 2k independent directions the symmetric part of a head is diag(1, -1, 0) in some basis
    skew_energy_at_init     independent queries and keys have (d - 1)/(2 d) of their mean energy in the skew part
"""

from typing import Any

from sympy import Rational, sympify

from symattn.language import (
    And,
    Equal,
    Exists,
    ForAll,
    Implies,
    Not,
    Rank,
    T,
    determinant,
    family,
    hstack,
    identity,
    index,
    inner,
    matrix,
    normsquared,
    scalar,
    sizes,
    sum_heads,
    vstack,
    zeros,
)
from symattn.proof import Chain, Theorem, calc, cancel_identity, other_side, prove, theorem

d, k, r, m = sizes("d k r m", min=0)
half = Rational(1, 2)
odd = 2 * m + 1
S, G = matrix("S", odd, odd), matrix("G", odd, odd)


def _nothing(skew: Any, given: Any) -> Chain:
    """Why the determinant of a matrix that is known to be skew, of odd size, is 0."""
    return (
        calc(determinant(skew), given)
        .eq(half * determinant(skew) + half * determinant(T(skew)), by="a transpose has the same determinant")
        .eq(half * determinant(skew) + half * determinant(-skew), by="the transpose is -1 times the matrix")
        .eq(0, by="-1 leaves an odd number of rows")
    )


@theorem(
    section="2.9",
    source="textbook linear algebra",
    says=Equal(determinant(S), 0),
    given=Equal(S.T, -S),
    instances=({S: G - G.T},),
)
def odd_skew_determinant():
    """A skew matrix with an odd number of rows has determinant 0, where 2 can be divided by."""
    return _nothing(S, odd_skew_determinant.given)


W = matrix("W", d, d)
E, F = matrix("E", odd, d), matrix("F", d, odd)
P, R = matrix("P", d, odd), matrix("R", odd, d)
skew = Equal(W.T, -W)


@theorem(section="2.9", source="textbook linear algebra", says=Not(And(skew, Equal(Rank(W), odd))))
def skew_rank_even():
    """The rank of a skew form is even, where 2 can be divided by.

    Were it odd, W = P R and E W F = 1 with that many rows.  Then E P, R F, E Rᵀ and Pᵀ F have inverses, and so has the
    skew matrix E W Eᵀ of odd size.
    """
    given = (skew, Equal(W, P @ R), Equal(E @ W @ F, identity(odd)))
    rest = determinant(R @ F) * determinant(-P.T @ F)
    odd_one = _nothing(E @ W @ E.T, given).theorem()
    contradiction = (
        calc(determinant(identity(odd)) ** 2, given)
        .eq(determinant(E @ W @ F) ** 2, by="E W F = 1")
        .eq(determinant(E @ P @ R @ F) * determinant(-E @ R.T @ P.T @ F), by="W = P R, and W = -Wᵀ")
        .eq(determinant(E @ P) * determinant(T(R @ E.T)) * rest, by="determinants of products")
        .eq(determinant(E @ P @ R @ E.T) * rest, by="a transpose has the same determinant")
        .eq(determinant(E @ W @ E.T) * rest, by="W = P R")
        .eq(0, by=odd_one)
    )
    factors, inverses = Exists((P, R), given[1]), Exists((E, F), given[2])
    never = Implies(skew, Implies(factors, Implies(inverses, contradiction.claim)))
    never = prove(never, using=[contradiction.theorem()])
    thin, thick = prove(Implies(Rank(W) <= odd, factors)), prove(Implies(Rank(W) >= odd, inverses))
    return prove(skew_rank_even.says, using=[thin, thick, never])


wide = 2 * k + r
Q, K = matrix("Q", wide, k), matrix("K", wide, k)
A, B = matrix("A", k, wide), matrix("B", k, wide)
Y, Z = matrix("Y", wide, r), matrix("Z", r, wide)
C, D = matrix("C", wide, wide), matrix("D", wide, wide)
one, none, side = identity(k), zeros(k, k), zeros(k, r)
signs = vstack(hstack(one, none, side), hstack(none, -one, side), hstack(side.T, side.T, zeros(r, r)))
apart = (Equal(A @ Q, one), Equal(A @ K, none), Equal(B @ Q, none), Equal(B @ K, one))
below_Q, below_K = matrix("E", r, k), matrix("F", r, k)
V, U = matrix("V", wide, 2 * k), matrix("U", 2 * k, wide)


def _left_over() -> Theorem:
    """What a left inverse U of V leaves over, 1 - V U, has the rank that V lacks."""
    given = Equal(U @ V, identity(2 * k))
    rest = identity(wide) - V @ U
    padded = vstack(hstack(identity(2 * k), zeros(2 * k, wide)), hstack(zeros(wide, 2 * k), rest))
    bound = prove(Rank(padded) <= wide, given, hints=(vstack(U, rest), hstack(V, rest)))
    return cancel_identity(bound, 2 * k, r)


@theorem(
    section="2.9",
    source="not found stated elsewhere",
    says=Exists((C, D), And(Equal(C @ D, identity(wide)), Equal(C @ (Q @ K.T + K @ Q.T) @ C.T, signs))),
    given=apart,
    instances=(
        {
            Q: vstack(one, none, below_Q),
            K: vstack(none, one, below_K),
            A: hstack(one, none, side),
            B: hstack(none, one, side),
            C: vstack(
                hstack(one, half * one, side), hstack(one, -half * one, side), hstack(-below_Q, -below_K, identity(r))
            ),
            D: hstack(
                half * vstack(one, none, below_Q) + vstack(none, one, below_K),
                half * vstack(one, none, below_Q) - vstack(none, one, below_K),
                vstack(side, side, identity(r)),
            ),
        },
    ),
)
def symmetric_part_inertia():
    """When queries and keys are 2k independent directions, Q Kᵀ + K Qᵀ is diag(1, -1, 0) in some basis, k of each sign.

    So such a head has exactly k positive and k negative squares.  What A and B leave over has rank r = d - 2k, so it is
    Y Z, and A + B/2, A - B/2 and Z are the basis.
    """
    rest, spans, picks = identity(wide) - Q @ A - K @ B, hstack(Q, K), vstack(A, B)
    left_over = _left_over()
    every = prove(ForAll((V, U), Implies(Equal(U @ V, identity(2 * k)), left_over.claim)), using=[left_over])
    small = prove(Rank(rest) <= r, apart, using=[every], hints=(spans, picks))
    split = Equal(rest, Y @ Z)
    given = (*apart, split)
    turned = other_side(prove(Equal(hstack(spans, Y) @ vstack(picks, Z), identity(wide)), given))
    parts = And(
        *(
            Equal(a, b)
            for a, b in ((Z @ Y, identity(r)), (A @ Y, side), (B @ Y, side), (Z @ Q, side.T), (Z @ K, side.T))
        )
    )
    basis = vstack(A + half * B, A - half * B, Z), hstack(half * Q + K, half * Q - K, Y)
    said = Exists((C, D), symmetric_part_inertia.says.claim, witness=basis)
    there = prove(said, given, using=[prove(parts, given, using=[turned])])
    some = prove(Exists((Y, Z), split), apart, using=[small])
    steps = some, prove(Implies(some.claim, said), apart, using=[there])
    return prove(symmetric_part_inertia.says, apart, using=steps)


H1, H2 = sizes("H J", min=0)
d_one, i, j = sizes("d", min=1), index("i", H1), index("j", H2)
Q_h, K_h = family("Q", H1, d_one, k), family("K", H2, d_one, k)
of_Q, of_K = scalar("a"), scalar("b")
G1 = matrix("G", d_one, k)
some_form = Q_h[i] @ K_h[j].T


def _mean(energy: Any) -> Any:
    """Summed over all pairs of some queries and some keys, which are so chosen independently."""
    return sum_heads(sum_heads(energy, j), i)


@theorem(
    section="2.10",
    source="not found stated elsewhere",
    sketch=(
        "‖Q Kᵀ - K Qᵀ‖² is 2 ‖Q Kᵀ‖² minus 2 ⟨Q Kᵀ, K Qᵀ⟩.  As entries are uncorrelated, all d² entries of "
        "Q Kᵀ add alike to the mean of the norm, but only the d on the diagonal to that of the inner "
        "product."
    ),
    says=Equal(d_one * _mean(normsquared(some_form - some_form.T)), 2 * (d_one - 1) * _mean(normsquared(some_form))),
    given=(
        ForAll(G1, Equal(sum_heads(inner(Q_h[i], G1) * Q_h[i], i), of_Q * G1)),
        ForAll(G1, Equal(sum_heads(inner(K_h[j], G1) * K_h[j], j), of_K * G1)),
    ),
    instances=(
        {d_one: 1, k: 1, of_Q: sum_heads(normsquared(Q_h[i]), i), of_K: sum_heads(normsquared(K_h[j]), j)},
        {Q_h: zeros(d_one, k), of_Q: sympify(0), K_h: zeros(d_one, k), of_K: sympify(0)},
    ),
)
def skew_energy_at_init():
    """Of the mean energy ‖Q Kᵀ‖² of independent queries and keys, exactly (d - 1)/(2 d) is in the skew part.

    The skew part (Q Kᵀ - K Qᵀ)/2 has a quarter of the energy of Q Kᵀ - K Qᵀ.
    The means are over H queries and J keys, every pair of them alike, such as all choices of signs.  Entries of Q are
    uncorrelated and have one variance, so the mean of ⟨Q, G⟩ Q is a G, for every G; and so for K.
    """
    ...
