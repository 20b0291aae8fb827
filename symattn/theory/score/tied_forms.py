"""Every positive semidefinite form of low rank is that of a tied head: W = Q Qᵀ.

One column more at a time, as Cholesky did: what is left of the form when a column is taken out is positive semidefinite
again.  No number has to be positive; what divides by 0 divides nothing.

    W         d×d    a form;  Q  d×k  queries and keys at once;  C  d×k  any
    G, F      k×k    a form of full width and its factor: G = F Fᵀ;  E  k×k  any
    A, b, a          the blocks of a form with one more row and column: [A b; bᵀ a];  x, y  a row along them
    r         1×1    one over a, or 0;  S  k×k  what is left, A - b r bᵀ;  s  1×1  the root of a
    u, w, q   1×1    1 - r a, and bᵀ b and bᵀ A b
    L, R      d×k, k×d   any factors of W;  P, M  the projection on the columns of L, P = L M

Main results
    psd_is_gram   a form is positive semidefinite exactly when it is F Fᵀ for some F
    psd_is_tied   it is that and of rank at most k exactly when some head of width k with Q = K has it
"""

from __future__ import annotations

from functools import cache

from symattn.language import (
    PSD,
    And,
    AtMost,
    Equal,
    Exists,
    ForAll,
    Iff,
    Implies,
    Rank,
    T,
    hstack,
    identity,
    matrix,
    normsquared,
    reciprocal,
    row,
    sizes,
    vstack,
    zeros,
)
from symattn.proof import (
    Theorem,
    by_induction,
    calc,
    each_vanishes,
    follows,
    has_square_root,
    prove,
    specialised,
    theorem,
)
from symattn.theory.rank.projections import every_factor, projection

d, k = sizes("d k", min=0)
W, Q, C = matrix("W", d, d), matrix("Q", d, k), matrix("C", d, k)
G, F, E = matrix("G", k, k), matrix("F", k, k), matrix("E", k, k)
A, b, a, r, s = matrix("A", k, k), matrix("b", k, 1), matrix("a", 1, 1), matrix("r", 1, 1), matrix("s", 1, 1)
x, y = row("x", k), matrix("y", 1, 1)
zero, one = zeros(1, 1), identity(1)

some_root = Exists(F, Equal(G, F @ F.T))
mirrored = Equal(A, A.T)
form = ForAll((x, y), AtMost(zero, x @ A @ x.T + x @ b @ y + y @ b.T @ x.T + y @ a @ y))
inverse = Equal(a @ r @ a, a), Equal(r @ a @ r, r)
left_over = A - b @ r @ b.T


def _nothing_beyond() -> Theorem:
    """Where a is 0 so is b: b r a = b.  Else the form would be negative along (-w u bᵀ, (q + 1) u)."""
    u, w, q = (matrix(name, 1, 1) for name in "uwq")
    named = Equal(u, one - r @ a), Equal(w, b.T @ b), Equal(q, b.T @ A @ b)
    idle, twice = prove(Equal(u @ a, zero), (named[0], inverse[0])), prove(Equal(u @ u, u), (named[0], inverse[1]))
    given = (form, *inverse, *named)
    along = specialised(prove(form, form), {x: -w @ u @ b.T, y: (q + one) @ u})
    below = prove(AtMost(u @ w @ (q + 2 * one) @ w, zero), (form, idle.claim, twice.claim, *named[1:]), using=[along])
    size = prove(AtMost(zero, q), (form, named[2]), hints=[b.T, zero])
    below = prove(below.claim, given, using=[idle, twice, below])
    square = follows(AtMost(normsquared(u @ w), 0), below, twice, size)
    none = each_vanishes(square, Equal(u @ w, zero))
    gone = each_vanishes(follows(Equal(normsquared(b @ u), 0), none, named[1]), Equal(b @ u, zeros(k, 1)))
    kept = follows(Equal(b @ r @ a, b), gone, named[0])
    there = prove(Exists((u, w, q), And(*named), (one - r @ a, b.T @ b, b.T @ A @ b)))
    return prove(kept.claim, (form, *inverse), using=[there, kept])


def _one_column_more(claim: ForAll) -> Theorem:
    """Under the claim for k, the form of blocks A, b, a has a factor: [F  b r s; 0  s]."""
    N, F2 = vstack(hstack(A, b), hstack(b.T, a)), matrix("F'", k + 1, k + 1)
    given = (mirrored, form, *inverse)
    along = specialised(prove(form, form), {x: x, y: -x @ b @ r})
    below = prove(ForAll(x, AtMost(zero, x @ left_over @ x.T)), (form, inverse[1]), using=[along])
    less = prove(PSD(left_over), given, using=[below])
    factor = Equal(left_over, F @ F.T)
    smaller = prove(Exists(F, factor), (*given, claim), using=[less], hints=[left_over])
    root = has_square_root(prove(AtMost(zero, a), form, hints=[zeros(1, k), one]), Exists(s, Equal(s @ s, a)))
    kept = _nothing_beyond()
    known, new = (factor, Equal(s @ s, a), kept.claim), vstack(hstack(F, b @ r @ s), hstack(zeros(1, k), s))
    corner = prove(Equal(A, F @ F.T + b @ r @ a @ r @ b.T), (factor, kept.claim))
    made = (
        calc(N, known)
        .eq(vstack(hstack(A, b @ r @ a), hstack(a @ r @ b.T, a)), by=kept.claim)
        .eq(vstack(hstack(F @ F.T + b @ r @ a @ r @ b.T, b @ r @ a), hstack(a @ r @ b.T, a)), by=corner)
        .eq(new @ new.T, by=known[1])
    )
    there = prove(Exists(F2, Equal(N, F2 @ F2.T), (new,)), known, using=[made.theorem()])
    found = prove(there.claim, (*given, claim), using=[smaller, root, kept, there])
    divided = [prove(law.xreplace({r: reciprocal(a)})) for law in inverse]
    some = prove(Exists(r, And(*inverse), (reciprocal(a),)), using=divided)
    return prove(ForAll((A, b, a), Implies(And(mirrored, form), found.claim)), claim, using=[some, found])


@cache
def every_form() -> Theorem:
    """For all G, when G is positive semidefinite there is such a factor: by induction over the size k."""
    claim = ForAll(G, Implies(PSD(G), some_root))
    base = prove(claim.xreplace({k: 0}), hints=[zeros(0, 0)])
    N, first, last = matrix("N", k + 1, k + 1), vstack(identity(k), zeros(1, k)), vstack(zeros(k, 1), one)
    blocks = {A: first.T @ N @ first, b: first.T @ N @ last, a: last.T @ N @ last}
    more = specialised(_one_column_more(claim), blocks)
    same, along = more.claim.hypothesis.args
    facts = [prove(same, PSD(N)), prove(along, PSD(N), hints=[x @ first.T + y @ last.T])]
    there = prove(more.claim.conclusion, (PSD(N), claim), using=[more, *facts])
    (F2,) = there.claim.variables
    whole = prove(Equal(N, F2 @ F2.T), (PSD(N), there.claim.claim))
    found = prove(Exists(F2, whole.claim), (PSD(N), claim), using=[there, whole])
    step = prove(ForAll(N, Implies(PSD(N), found.claim)), claim, using=[found])
    return by_induction(claim, over=k, base=base, step=step)


@theorem(
    section="2.11",
    source="Horn and Johnson, Matrix Analysis, 2nd ed., section 7.2",
    says=Iff(PSD(G), some_root),
    instances=({G: E @ E.T, F: E},),
)
def psd_is_gram():
    """A form is positive semidefinite exactly when it is a Gram matrix: G = F Fᵀ for some square F."""
    there = specialised(every_form(), {G: G})
    back = prove(PSD(G), some_root, using=[prove(PSD(F @ F.T))])
    return prove(psd_is_gram.says, using=[there, back])


def _through_columns() -> Theorem:
    """From W = L R with P L = L: W is L (M W Mᵀ) Lᵀ, and what is in the middle is positive semidefinite, so F Fᵀ."""
    L, R, P, M = matrix("L", d, k), matrix("R", k, d), matrix("P", d, d), matrix("M", k, d)
    kept, given = projection(P, M, L, k).args, (PSD(W), Equal(W, L @ R))
    once = prove(Equal(P @ W, W), (given[1], kept[2]))
    middle = M @ W @ M.T
    around = (
        calc(W, (*given, *kept))
        .eq(P @ W, by=once)
        .eq(P @ W.T, by="W is symmetric")
        .eq(P @ T(P @ W), by=once)
        .eq(L @ middle @ L.T, by=kept[3])
    )
    less = prove(PSD(middle), PSD(W))
    factor = Exists(F, Equal(middle, F @ F.T))
    root = prove(factor, PSD(W), using=[less, every_form()], hints=[middle])
    made = follows(Equal(W, L @ F @ T(L @ F)), around.theorem(), factor.claim)
    some = specialised(every_factor(), {Q: L})
    tied = Exists(Q, Equal(W, Q @ Q.T))
    there = prove(Exists(Q, tied.claim, (L @ F,)), (*given, *kept, factor.claim), using=[made])
    found = prove(tied, given, using=[some, root, there])
    return prove(tied, (PSD(W), Rank(W) <= k), using=[prove(Exists((L, R), given[1]), Rank(W) <= k), found])


@theorem(
    section="2.11",
    source="Horn and Johnson, Matrix Analysis, 2nd ed., section 7.2",
    says=Iff(And(PSD(W), Rank(W) <= k), Exists(Q, Equal(W, Q @ Q.T))),
    instances=({W: C @ C.T, Q: C},),
)
def psd_is_tied():
    """A form is that of a head with Q = K exactly when it is positive semidefinite and its rank is at most k.

    So a tied head gives up asymmetry and negative scores of a token with itself, and nothing else.
    """
    tied = Exists(Q, Equal(W, Q @ Q.T))
    back = prove(And(PSD(W), Rank(W) <= k), tied, using=[prove(PSD(Q @ Q.T))])
    return prove(psd_is_tied.says, using=[_through_columns(), back])
