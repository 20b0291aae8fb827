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
from symattn.proof import (
    Argument,
    Chain,
    Theorem,
    argument,
    calc,
    cancel_identity,
    follows,
    other_side,
    prove,
    specialised,
    theorem,
)

d, k, r, m = sizes("d k r m", min=0)
half = Rational(1, 2)
odd = 2 * m + 1
S, G = matrix("S", odd, odd), matrix("G", odd, odd)


@theorem(
    section="2.9",
    source="textbook linear algebra",
    says=Equal(determinant(S), 0),
    given=Equal(S.T, -S),
    instances=({S: G - G.T},),
)
def odd_skew_determinant():
    """A skew matrix with an odd number of rows has determinant 0, where 2 can be divided by."""
    return (
        calc(determinant(S), odd_skew_determinant.given)
        .eq(half * determinant(S) + half * determinant(T(S)), by="a transpose has the same determinant")
        .eq(half * determinant(S) + half * determinant(-S), by="the transpose is -1 times the matrix")
        .eq(0, by="-1 leaves an odd number of rows")
    )


W = matrix("W", d, d)
E, F = matrix("E", odd, d), matrix("F", d, odd)
P, R = matrix("P", d, odd), matrix("R", odd, d)
skew = Equal(W.T, -W)


def _of_odd_size() -> Theorem:
    """E W Eᵀ is skew when W is, and has an odd number of rows."""
    found = odd_skew_determinant.prove()
    (skew_S,) = found.given
    every = prove(ForAll(S, Implies(skew_S, found.claim)), using=[found])
    return follows(Equal(determinant(E @ W @ E.T), 0), specialised(every, {S: E @ W @ E.T}), skew)


def _one_is_zero(a: Argument, form: Theorem, factors: Theorem, inverses: Theorem, none: Theorem) -> Chain:
    """From W = -Wᵀ = P R, E W F = 1 and that E W Eᵀ has determinant 0."""
    M, N, L, y = *(matrix(name, odd, odd) for name in "MNL"), scalar("y")
    rest = determinant(R @ F) * determinant(-P.T @ F)
    here, there = E @ P @ R @ F, -E @ R.T @ P.T @ F
    ways = [
        a.have("W is P R", Equal(E @ W @ F, here), by=factors),
        a.have("and -Rᵀ Pᵀ", Equal(E @ W @ F, there), by=(factors, form)),
        a.have("W is P R", Equal(E @ P @ R @ E.T, E @ W @ E.T), by=factors),
    ]
    square = Equal(determinant(L) ** 2, determinant(M) * determinant(N))
    square = a.have("equal matrices have equal determinants", square, by=(Equal(L, M), Equal(L, N)))
    square = a.at("here", square, {L: E @ W @ F, M: here, N: there}, by=ways)
    same = a.have("and the same times a number", Equal(determinant(M) * y, determinant(N) * y), by=Equal(M, N))
    same = a.at("here", same, {M: E @ P @ R @ E.T, N: E @ W @ E.T, y: rest}, by=ways)
    return (
        calc(determinant(identity(odd)) ** 2, (form.claim, factors.claim, inverses.claim))
        .eq(determinant(E @ W @ F) ** 2, by=inverses)
        .eq(determinant(here) * determinant(there), by=square)
        .eq(determinant(E @ P) * determinant(T(R @ E.T)) * rest, by="determinants of products")
        .eq(determinant(E @ P @ R @ E.T) * rest, by="a transpose has the same determinant")
        .eq(determinant(E @ W @ E.T) * rest, by=same)
        .eq(0, by=none)
    )


@theorem(section="2.9", source="textbook linear algebra", says=Not(And(skew, Equal(Rank(W), odd))))
def skew_rank_even():
    """The rank of a skew form is even, where 2 can be divided by.

    Were it odd, W = P R and E W F = 1 with that many rows.  Then E P, R F, E Rᵀ and Pᵀ F have inverses, and so has the
    skew matrix E W Eᵀ of odd size.
    """
    with argument() as a:
        form = a.suppose("W is skew", skew)
        factors = a.suppose("W has factors P and R with 2 m + 1 in the middle", Equal(W, P @ R))
        inverses = a.suppose("E and F show as much rank", Equal(E @ W @ F, identity(odd)))
        none = a.have("E W Eᵀ is skew, too, and has an odd number of rows", _of_odd_size(), by=form)
        contradiction = a.have("so 1 = 0", _one_is_zero(a, form, factors, inverses, none))
        thin, thick = Exists((P, R), factors.claim), Exists((E, F), inverses.claim)
        never = Implies(skew, Implies(thin, Implies(thick, contradiction.claim)))
        both = a.have("so no skew form has both", never, by=contradiction, under=())
        low = a.have("a rank of at most 2 m + 1 gives P and R", Implies(Rank(W) <= odd, thin))
        high = a.have("a rank of at least 2 m + 1 gives E and F", Implies(Rank(W) >= odd, thick))
        a.show(skew_rank_even.says, by=(both, low, high))
    return a


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


rest, spans, picks = identity(wide) - Q @ A - K @ B, hstack(Q, K), vstack(A, B)
split = Equal(rest, Y @ Z)
basis = vstack(A + half * B, A - half * B, Z), hstack(half * Q + K, half * Q - K, Y)


def _small_rest() -> Theorem:
    left_over = _left_over()
    every = prove(ForAll((V, U), Implies(Equal(U @ V, identity(2 * k)), left_over.claim)), using=[left_over])
    return prove(Rank(rest) <= r, apart, using=[every], hints=(spans, picks))


def _turned_round() -> Theorem:
    """The blocks of 1 = [Q K Y] [A; B; Z], multiplied the other way round."""
    turned = other_side(prove(Equal(hstack(spans, Y) @ vstack(picks, Z), identity(wide)), (*apart, split)))
    pairs = (Z @ Y, identity(r)), (A @ Y, side), (B @ Y, side), (Z @ Q, side.T), (Z @ K, side.T)
    return prove(And(*(Equal(*pair) for pair in pairs)), (*apart, split), using=[turned])


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
    says = Exists((C, D), symmetric_part_inertia.says.claim, witness=basis)
    with argument(*apart) as a:
        small = a.have("what A and B leave over, 1 - Q A - K B, has rank at most r", _small_rest(), by=apart)
        some = a.have("so it is such a product", Exists((Y, Z), split), by=small)
        this = a.suppose("it is this one", split)
        parts = a.have("[Q K Y] [A; B; Z] = 1, and so 1 the other way round", _turned_round(), by=(*apart, this))
        words = "so A + B/2, A - B/2 and Z are a basis, along which the form has squares of both signs"
        there = a.have(words, says, by=(*apart, this, parts))
        a.show(symmetric_part_inertia.says, by=(some, there))
    return a


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
