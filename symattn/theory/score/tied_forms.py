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
    Argument,
    Theorem,
    argument,
    by_induction,
    calc,
    each_vanishes,
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


factor, root = Equal(left_over, F @ F.T), Equal(s @ s, a)


def _nothing_beyond() -> Argument:
    """Where a is 0 so is b: b r a = b.  Else the form would be negative along (-w u bᵀ, (q + 1) u)."""
    u, w, q = (matrix(name, 1, 1) for name in "uwq")
    names = Equal(u, one - r @ a), Equal(w, b.T @ b), Equal(q, b.T @ A @ b)
    with argument(form, *inverse) as proof:
        left, length = proof.suppose("u is what r a leaves of 1", names[0]), proof.suppose("w is |b|²", names[1])
        score = proof.suppose("q is the score of b", names[2])
        idle = proof.have("r inverts a, so u does away with a", Equal(u @ a, zero), by=(left, inverse[0]))
        twice = proof.have("and is its own square", Equal(u @ u, u), by=(left, inverse[1]))
        along = specialised(prove(form, form), {x: -w @ u @ b.T, y: (q + one) @ u})
        along = proof.have("the row (-w u bᵀ, (q + 1) u) scores no less than 0", along, by=form)
        value = Equal(along.claim.args[1], -u @ w @ (q + 2 * one) @ w)
        value = proof.have("namely this", value, by=(idle, twice, length, score))
        below = proof.have("so this is at most 0", AtMost(u @ w @ (q + 2 * one) @ w, zero), by=(along, value))
        size = proof.have("while q is at least 0", AtMost(zero, q), by=(form, score), hints=[b.T, zero])
        square = proof.have("so the square of u w is 0", AtMost(normsquared(u @ w), 0), by=(below, twice, size))
        none = proof.have("and u w itself", each_vanishes(square, Equal(u @ w, zero)), by=square)
        gone = proof.have("so |b u|² is 0", Equal(normsquared(b @ u), 0), by=(none, length))
        gone = proof.have("and b u itself", each_vanishes(gone, Equal(b @ u, zeros(k, 1))), by=gone)
        kept = proof.have("b u is b - b r a", Equal(b @ r @ a, b), by=(gone, left))
        values = (one - r @ a, b.T @ b, b.T @ A @ b)
        there = proof.have("such u, w and q there are", Exists((u, w, q), And(*names), values))
        proof.show(kept.claim, by=(there, kept), words="so r a leaves nothing of b")
    return proof


def _rest_is_semidefinite() -> Argument:
    """What b and a leave of A, A - b r bᵀ, is positive semidefinite when the form of A, b and a is."""
    with argument(mirrored, form, *inverse) as proof:
        along = specialised(prove(form, form), {x: x, y: -x @ b @ r})
        along = proof.have("the row (x, -x b r) scores no less than 0", along, by=form)
        below = AtMost(zero, x @ left_over @ x.T)
        below = proof.have("which is what x scores under A - b r bᵀ", below, by=(along, inverse[1]))
        below = proof.have("and that for every x", ForAll(x, below.claim), by=below, under=below.given)
        proof.show(PSD(left_over), by=(mirrored, below), words="so A - b r bᵀ is positive semidefinite")
    return proof


def _factor_of_the_whole(proof: Argument, kept: Theorem) -> Theorem:
    """[F  b r s; 0  s], from a factor F of what is left and a root s of a."""
    whole, new = vstack(hstack(A, b), hstack(b.T, a)), vstack(hstack(F, b @ r @ s), hstack(zeros(1, k), s))
    rest, square = proof.suppose("F is a factor of what is left", factor), proof.suppose("s is a root of a", root)
    corner = Equal(A, F @ F.T + b @ r @ a @ r @ b.T)
    corner = proof.have("put back what was taken away", corner, by=(rest, kept))
    middle = vstack(hstack(F @ F.T + b @ r @ a @ r @ b.T, b @ r @ a), hstack(a @ r @ b.T, a))
    squared = proof.have("as s² is a", Equal(middle, new @ new.T), by=square)
    lines = (
        calc(whole, (form, *inverse, factor, root))
        .eq(vstack(hstack(A, b @ r @ a), hstack(a @ r @ b.T, a)), by=kept)
        .eq(middle, by=corner)
        .eq(new @ new.T, by=squared)
    )
    made = proof.have("so [F b r s; 0 s] is a factor of [A b; bᵀ a]", lines)
    F2 = matrix("F'", k + 1, k + 1)
    return proof.have("and there is one", Exists(F2, Equal(whole, F2 @ F2.T), (new,)), by=made)


def _one_column_more(claim: ForAll) -> Argument:
    """Under the claim for k, the form of blocks A, b, a has a factor."""
    with argument(claim) as proof:
        same = proof.suppose("A is symmetric", mirrored)
        form_ = proof.suppose("the form [A b; bᵀ a] scores no row (x, y) below 0", form)
        for law, words in zip(inverse, ("r is one over a, unless a is 0", "r is 0 when a is"), strict=True):
            proof.suppose(words, law)
        kept = proof.have("", _nothing_beyond())
        less = proof.have("", _rest_is_semidefinite())
        some_F = proof.have("so it has a factor", Exists(F, factor), by=(claim, less), hints=[left_over])
        some_s = has_square_root(prove(AtMost(zero, a), form, hints=[zeros(1, k), one]), Exists(s, root))
        some_s = proof.have("and a is not negative, so it has a root", some_s, by=form_)
        made = _factor_of_the_whole(proof, kept)
        given = (claim, same.claim, form, *inverse)
        found = proof.have("so it has a factor, whatever F and s", made.claim, by=(some_F, some_s, made), under=given)
        divided = [prove(law.xreplace({r: reciprocal(a)})) for law in inverse]
        some_r = proof.have("some r is like that", Exists(r, And(*inverse), (reciprocal(a),)), by=divided)
        found = proof.have("and whatever r", found.claim, by=(some_r, found), under=(claim, same.claim, form))
        more = ForAll((A, b, a), Implies(And(mirrored, form), found.claim))
        proof.show(more, by=found, words="so every form of blocks has a factor")
    return proof


@cache
def _every_form() -> Argument:
    """For all G, when G is positive semidefinite there is such a factor: by induction over the size k."""
    claim = ForAll(G, Implies(PSD(G), some_root))
    N, first, last = matrix("N", k + 1, k + 1), vstack(identity(k), zeros(1, k)), vstack(zeros(k, 1), one)
    with argument() as proof:
        base = proof.have("the form of size 0 has a factor", prove(claim.xreplace({k: 0}), hints=[zeros(0, 0)]))
        proof.suppose("forms of size k have factors", claim)
        every = proof.have("", _one_column_more(claim))
        more = specialised(every, {A: first.T @ N @ first, b: first.T @ N @ last, a: last.T @ N @ last})
        facts = [prove(more.claim.hypothesis.args[0], PSD(N))]
        facts.append(prove(more.claim.hypothesis.args[1], PSD(N), hints=[x @ first.T + y @ last.T]))
        there = prove(more.claim.conclusion, (PSD(N), claim), using=[more, *facts])
        (F2,) = there.claim.variables
        whole = prove(Equal(N, F2 @ F2.T), (PSD(N), there.claim.claim))
        found = prove(Exists(F2, whole.claim), (PSD(N), claim), using=[there, whole])
        step = prove(ForAll(N, Implies(PSD(N), found.claim)), claim, using=[found])
        step = proof.have("every form N of size k + 1 is one of blocks", step, by=every)
        done = by_induction(claim, over=k, base=base, step=step)
        proof.show(done, by=(base, step), words="so, by induction over k, every form has a factor")
    return proof


def every_form() -> Theorem:
    """For all G, when G is positive semidefinite it is F Fᵀ for some F."""
    return _every_form().theorem()


@theorem(
    section="2.11",
    source="Horn and Johnson, Matrix Analysis, 2nd ed., section 7.2",
    says=Iff(PSD(G), some_root),
    instances=({G: E @ E.T, F: E},),
)
def psd_is_gram():
    """A form is positive semidefinite exactly when it is a Gram matrix: G = F Fᵀ for some square F."""
    with argument() as proof:
        every = proof.have("", _every_form())
        there = proof.have("so G has one", specialised(every, {G: G}), by=every)
        back = proof.have("back, F Fᵀ is positive semidefinite", PSD(F @ F.T))
        back = proof.have("so G is", PSD(G), by=(back, Equal(G, F @ F.T)))
        back = proof.have("whatever F", Implies(some_root, PSD(G)), by=back, under=())
        proof.show(psd_is_gram.says, by=(there, back))
    return proof


L, R, P, M = matrix("L", d, k), matrix("R", k, d), matrix("P", d, d), matrix("M", k, d)
low, factors, tied = Rank(W) <= k, Equal(W, L @ R), Exists(Q, Equal(W, Q @ Q.T))


def _through_columns() -> Argument:
    """From W = L R with P L = L: W is L (M W Mᵀ) Lᵀ, and what is in the middle is positive semidefinite, so F Fᵀ."""
    kept, middle = projection(P, M, L, k), M @ W @ M.T
    with argument(PSD(W), low) as proof:
        form_, thin = proof.suppose("W is positive semidefinite", PSD(W)), proof.suppose("its rank is at most k", low)
        some_factors = proof.have("so it has factors with k in the middle", Exists((L, R), factors), by=thin)
        split = proof.suppose("these are L and R", factors)
        some_P = proof.have("the columns of L have a projection", specialised(every_factor(), {Q: L}))
        keeps = proof.suppose("P = L M is that projection", kept)
        once = proof.have("it keeps W, too", Equal(P @ W, W), by=(split, keeps))
        around = (
            calc(W, (form_.claim, split.claim, kept))
            .eq(P @ W, by=once)
            .eq(P @ W.T, by="W is symmetric")
            .eq(P @ T(P @ W), by=once)
            .eq(L @ middle @ L.T, by=keeps)
        )
        made = proof.have("so W is made of the columns of L", around)
        less = proof.have("what is in the middle is positive semidefinite, too", PSD(middle), by=form_)
        some_F = Exists(F, Equal(middle, F @ F.T))
        some_F = proof.have("so it is F Fᵀ, by psd_is_gram", some_F, by=(less, every_form()), hints=[middle])
        root = proof.suppose("F is that factor", some_F.claim.claim)
        made = proof.have("so W = Q Qᵀ with Q = L F", Equal(W, L @ F @ T(L @ F)), by=(made, root))
        there = proof.have("and there is such a Q", Exists(Q, tied.claim, (L @ F,)), by=made)
        found = proof.have("whatever P, M and F", tied, by=(some_P, some_F, there), under=(PSD(W), factors))
        proof.show(tied, by=(some_factors, found), words="and whatever L and R")
    return proof


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
    with argument() as proof:
        there = proof.have("", _through_columns())
        back = proof.have("back, Q Qᵀ is positive semidefinite", PSD(Q @ Q.T))
        back = proof.have("so W is", PSD(W), by=(back, tied.claim))
        less = proof.have("and of rank at most k", low, by=tied.claim)
        back = proof.have("whatever Q", Implies(tied, And(PSD(W), low)), by=(back, less), under=())
        there = proof.have("and the other way round", Implies(And(PSD(W), low), tied), by=there, under=())
        proof.show(psd_is_tied.says, by=(there, back))
    return proof
