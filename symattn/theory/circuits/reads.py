"""How often a head has to read the stream: twice is enough, and how wide each read must be.

A head reads a token as a query, as a key and as a value.  The last two can be one read R, of which keys and values are
made, as wide as the rank of [Wᵀ | M]; with a core between its two ends a single read does everything.

    Q, K, V, O  d×k, d×k, d×v, v×d   a head;  W = Q Kᵀ and M = V O  d×d  what it compares and writes
    R           d×k   one read of the stream, from which more than one thing is made
    A           k×d   what is made of it for the output
    C           k×k   the core of a score x R C Rᵀ yᵀ between two tokens that are both read by R
    P, G        the projection on the columns of R, P = R G, or on its rows
    F, D        a×p, p×a  and  b×q, q×b   how keys read positions, and how values read words

Main results
    two_reads_always               queries and one read [K | V] lose nothing
    two_reads_suffice              keys that are values at once, of width k, do exactly when rank [Wᵀ | M] ≤ k
    one_read_with_a_core           one read of width k does everything exactly when rank [W | Wᵀ | M] ≤ k
    one_read_without_a_core        with Q = K = R it does so exactly when W is semidefinite and M = W N
    one_read_with_signs            a core of signs is enough exactly for symmetric W
    reads_of_two_subspaces_add_up  keys that read positions and values that read words save no width together
"""

from symattn.language import (
    PSD,
    And,
    Equal,
    Exists,
    Iff,
    Implies,
    Rank,
    T,
    head,
    hstack,
    identity,
    matrix,
    scalar,
    sizes,
    softmax,
    vstack,
    zeros,
)
from symattn.proof import Argument, argument, at_sizes, calc, specialised, theorem
from symattn.theory.rank import projections
from symattn.theory.score import tied_forms

n = sizes("n", min=1)
d, k, v, r = sizes("d k v r", min=0)
X, tau = matrix("X", n, d), scalar("tau", positive=True)
Q, K, V, O = matrix("Q", d, k), matrix("K", d, k), matrix("V", d, v), matrix("O", v, d)
W, M = matrix("W", d, d), matrix("M", d, d)
R, A, C, B = matrix("R", d, k), matrix("A", k, d), matrix("C", k, k), matrix("B", k, d)
# a head that does it, to test with
F1, F2, F3, core, mix = (*(matrix(f"F_{i}", d, k) for i in (1, 2, 3)), matrix("C'", k, k), matrix("N'", d, d))

source = X @ hstack(K, V)
keys, values = source @ vstack(identity(k), zeros(v, k)), source @ vstack(zeros(k, v), identity(v))


@theorem(
    section="8.4",
    says=Equal(head(X, Q, K, V, O, tau), softmax(tau * X @ Q @ T(keys)) @ values @ O),
    source="textbook linear algebra",
    sketch="Block by block, [K | V] times [1; 0] is K, and times [0; 1] it is V.",
)
def two_reads_always():
    """A head needs two reads, not three: queries, and the read [K | V], of which keys and values are parts."""
    ...


shared = And(Equal(W, Q @ R.T), Equal(M, R @ A))
sides = hstack(W.T, M)


@theorem(
    section="8.4",
    says=Iff(Exists((Q, R, A), shared), Rank(sides) <= k),
    instances=({W: F1 @ F2.T, M: F2 @ F3.T, Q: F1, R: F2, A: F3.T},),
    source="not found stated elsewhere",
)
def two_reads_suffice():
    """Keys can be values at once: W = Q Rᵀ and M = R A with one R of width k, exactly when rank [Wᵀ | M] ≤ k.

    So this rank is the least width of a read from which the keys and the values can be made.  The least width of the
    queries is rank W, by rank_factorization_exists.
    """
    whole = matrix("B", k, 2 * d)
    split = Exists((R, whole), Equal(sides, R @ whole))
    left, right = whole @ vstack(identity(d), zeros(d, d)), whole @ vstack(zeros(d, d), identity(d))
    both = hstack(Q.T, A)
    with argument() as proof:
        thin = proof.have("rank at most k is a factorisation", Implies(Rank(sides) <= k, split))
        words = "its first part is Qᵀ, its second A"
        parts = proof.have(words, Implies(split, Exists((Q, R, A), shared)), hints=[left.T, R, right])
        made = proof.have("back, [Wᵀ | M] is R times [Qᵀ | A]", Equal(sides, R @ both), by=shared.args)
        low = Implies(Exists((Q, R, A), shared), Rank(sides) <= k)
        low = proof.have("which passes through width k", low, by=made, hints=[R, both])
        proof.show(two_reads_suffice.says, by=(thin, parts, low))
    return proof


cored = And(Equal(W, R @ C @ R.T), Equal(M, R @ A))
some_core, threefold = Exists((R, C, A), cored), hstack(W, W.T, M)
P, G = matrix("P", d, d), matrix("G", k, d)


@theorem(
    section="8.4",
    says=Iff(some_core, Rank(threefold) <= k),
    instances=({W: F1 @ core @ F1.T, M: F1 @ F2.T, R: F1, C: core, A: F2.T},),
    source="not found stated elsewhere",
)
def one_read_with_a_core():
    """One read R of width k makes everything, W = R C Rᵀ and M = R A, exactly when rank [W | Wᵀ | M] ≤ k.

    With k = d it always does: R = 1.
    """
    whole, one, none = matrix("B", k, 3 * d), identity(d), zeros(d, d)
    split, kept = Equal(threefold, R @ whole), projections.projection(P, G, R, k)
    first, second, third = (whole @ vstack(*(one if at == place else none for at in range(3))) for place in range(3))
    across = hstack(C @ R.T, C.T @ R.T, A)
    with argument() as proof:
        low = Rank(threefold) <= k
        thin = proof.have("rank at most k is a factorisation", Implies(low, Exists((R, whole), split)))
        factors = proof.suppose("these are its factors", split)
        of_W = proof.have("the first part of it is W", Equal(W, R @ first), by=factors)
        of_T = proof.have("the second Wᵀ", Equal(W.T, R @ second), by=factors)
        of_M = proof.have("and the third M", Equal(M, R @ third), by=factors)
        known = specialised(projections.every_factor(), {projections.Q: R})
        some_P = proof.have("the columns of R have a projection", Exists((P, G), kept), by=known)
        keeps = proof.suppose("P = R G is that projection", kept)
        columns = proof.have("it keeps the columns of W", Equal(P @ W, W), by=(of_W, keeps))
        rows = proof.have("and its rows", Equal(P @ W.T, W.T), by=(of_T, keeps))
        lines = calc(W, (split, kept)).eq(P @ W, by=columns).eq(P @ T(P @ W.T), by=rows)
        around = proof.have("so W has a core", lines.eq(R @ (G @ W @ G.T) @ R.T, by=kept))
        found = proof.have("G W Gᵀ", some_core, by=(around, of_M), hints=[R, G @ W @ G.T, third])
        found = proof.have("whatever P and G", some_core, by=(some_P, found), under=split)
        made = proof.have("back, R is a factor of all three", Equal(threefold, R @ across), by=cored.args)
        back = proof.have("so they pass through width k", Implies(some_core, low), by=made, hints=[R, across])
        proof.show(one_read_with_a_core.says, by=(thin, found, back))
    return proof


N, H = matrix("N", d, d), matrix("H", d, k)
tied = And(Equal(W, R @ R.T), Equal(M, R @ A))
reads_enough = Exists(N, Equal(M, W @ N))
P_k = matrix("P", k, k)


def _rows_of_the_read() -> Argument:
    """R = W H for the projection H on the rows of R, so that M = W (H A)."""
    swapped = at_sizes(projections.every_factor(), {d: r})
    swapped = at_sizes(at_sizes(swapped, {k: d}), {r: k})
    kept = projections.projection(P_k, H, R.T, d)
    with argument(tied) as proof:
        known = specialised(swapped, {projections.Q.xreplace({d: k, k: d}): R.T})
        some_P = proof.have("the rows of R have a projection", Exists((P_k, H), kept), by=known)
        keeps = proof.suppose("P = Rᵀ H is that projection", kept)
        whole = proof.have("it is symmetric and keeps them", Equal(R @ P_k, R), by=keeps)
        around = proof.have("so R = R Rᵀ H", Equal(R @ R.T @ H, R @ P_k), by=Equal(P_k, R.T @ H))
        lines = proof.have("so M is made of W", Equal(M, W @ (H @ A)), by=(tied, around, whole))
        found = proof.have("", Exists(N, Equal(M, W @ N), (H @ A,)), by=lines)
        proof.show(reads_enough, by=(some_P, found), words="whatever P and H")
    return proof


@theorem(
    section="8.4",
    says=Iff(Exists((R, A), tied), And(PSD(W), Rank(W) <= k, reads_enough)),
    instances=({W: F1 @ F1.T, M: F1 @ F1.T @ mix, R: F1, A: F1.T @ mix, N: mix},),
    source="not found stated elsewhere",
)
def one_read_without_a_core():
    """One read of width k makes queries, keys and values exactly when W is semidefinite, of rank ≤ k, and M = W N.

    That is W = R Rᵀ and M = R A.
    """
    whole = one_read_without_a_core.says.right
    root, through = Equal(W, R @ R.T), Equal(M, W @ N)
    with argument() as proof:
        form, low = proof.have("R Rᵀ is semidefinite", PSD(R @ R.T)), proof.have("of rank ≤ k", Rank(R @ R.T) <= k)
        form = proof.have("so W is semidefinite", PSD(W), by=(form, root))
        low = proof.have("and of rank ≤ k", Rank(W) <= k, by=(low, root))
        made = proof.have("", _rows_of_the_read())
        there = proof.have("all three", Implies(Exists((R, A), tied), whole), by=(form, low, made), under=())
        forms = proof.suppose("W is semidefinite and of rank ≤ k", And(PSD(W), Rank(W) <= k))
        some = proof.have("so W = R Rᵀ for some R", Exists(R, root), by=(tied_forms.psd_is_tied, forms))
        values = proof.have("if M = W N, then M = R (Rᵀ N)", Equal(M, R @ (R.T @ N)), by=(root, through))
        found = proof.have("A is Rᵀ N", Exists((R, A), tied, (R, R.T @ N)), by=(root, values))
        found = proof.have("whatever N", found.claim, by=(reads_enough, found), under=root)
        found = proof.have("whatever R", found.claim, by=(some, found), under=(forms.claim, reads_enough))
        proof.show(one_read_without_a_core.says, by=(there, found))
    return proof


signs = vstack(hstack(identity(d), zeros(d, d)), hstack(zeros(d, d), -identity(d)))
S, U = matrix("S", d, d), matrix("U", d, d)
read = hstack(S, U)


@theorem(
    section="8.4",
    says=Iff(
        Exists((S, U), Equal(W, read @ signs @ read.T), (W / 2 + identity(d) / 2, W / 2 - identity(d) / 2)),
        Equal(W, W.T),
    ),
    instances=({W: N + N.T},),
    source="textbook linear algebra",
    sketch="A core of signs is symmetric. Back, W = ((W + 1)/2)² - ((W - 1)/2)², and these are symmetric with W.",
)
def one_read_with_signs():
    """A form is R D Rᵀ with a diagonal core D of signs exactly when it is symmetric; R = [W + 1 | W - 1]/2 does it."""
    ...


a, b, p, q = sizes("a b p q", min=0)
F, D = matrix("F", a, p), matrix("D", b, q)
F_left, F_right, D_left, D_right = matrix("F'", k, a), matrix("J", p, k), matrix("D'", r, b), matrix("L", q, r)
apart = hstack(vstack(F, zeros(b, p)), vstack(zeros(a, q), D))
OWN = Equal(F_left @ F @ F_right, identity(k)), Equal(D_left @ D @ D_right, identity(r))


@theorem(
    section="8.4",
    says=Rank(apart) >= k + r,
    given=OWN,
    instances=(
        {
            a: k,
            p: k,
            b: r,
            q: r,
            F: identity(k),
            F_left: identity(k),
            F_right: identity(k),
            D: identity(r),
            D_left: identity(r),
            D_right: identity(r),
        },
    ),
    source="textbook linear algebra",
)
def reads_of_two_subspaces_add_up():
    """Keys that read one subspace and values that read another need the sum of both widths as one read.

    For [Wᵀ | M] = [F 0; 0 D] with F of rank k and D of rank r the rank is k + r.  So a head that finds the token before
    by positions, and copies words, saves a matrix by two_reads_suffice, and no width.
    """
    left = vstack(hstack(F_left, zeros(k, b)), hstack(zeros(r, a), D_left))
    right = vstack(hstack(F_right, zeros(p, r)), hstack(zeros(q, k), D_right))
    with argument(*OWN) as proof:
        one = Equal(left @ apart @ right, identity(k + r))
        one = proof.have("block by block", one, by=OWN)
        proof.show(reads_of_two_subspaces_add_up.says, by=one, hints=[left, right], words="which has that rank")
    return proof
