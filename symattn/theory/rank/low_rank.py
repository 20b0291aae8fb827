"""What a low-rank score can be, and what it saves.

A head does not store its form W: it stores two thin factors.  This chapter says what W can then be, what the scores
inherit, and when factors pay.  All of it holds over any field; sizes may be 0.

    Q, K   d×k    queries and keys
    W      d×d    the form Q Kᵀ
    X      n×d    tokens
    S      n×n    scores X Q Kᵀ Xᵀ
    L, M   k×d    left inverses of Q and of K

Main results
    rank_bound                  rank Q Kᵀ ≤ rank Q, rank K and k
    full_rank_iff               Q has rank k exactly when some L has L Q = 1
    rank_sylvester              rank Q + rank K - k ≤ rank Q Kᵀ
    rank_factorization_exists   W = Q Kᵀ for some Q, K of width k exactly when rank W ≤ k
    minors_vanish               no k + r rows and columns of Q Kᵀ make an invertible matrix
    score_matrix_rank           rank S ≤ k, d and n, and what is attained
    multihead_rank              H heads side by side have rank at most H k
    param_breakeven             2 d k < d² exactly when 2 k < d
    flop_breakeven              when factors need fewer multiplications
"""

from sympy import sympify

from symattn.language import (
    And,
    Equal,
    Exists,
    Iff,
    Implies,
    Not,
    Rank,
    T,
    column,
    concat_heads,
    family,
    hstack,
    identity,
    index,
    inverse,
    matrix,
    scalar,
    sizes,
    sum_heads,
    trace,
    vstack,
    zeros,
)
from symattn.proof import argument, cancel_identity, prove, theorem

n, d, k = sizes("n d k", min=0)
X = matrix("X", n, d)
Q, K = matrix("Q", d, k), matrix("K", d, k)
W = matrix("W", d, d)
L, M = matrix("L", k, d), matrix("M", k, d)
one = identity(k)

r = sizes("r", min=0)
C, E = matrix("C", k, k, invertible=True), matrix("E", r, k)
F, G = matrix("F", d, k), matrix("G", k, d)


@theorem(
    section="3.1",
    says=And(
        Rank(Q @ K.T) <= Rank(Q),
        Rank(Q @ K.T) <= Rank(K),
        Rank(Q) <= k,
        Rank(Q) <= d,
        Rank(Q @ K.T) <= k,
        Rank(X @ Q @ K.T @ X.T) <= k,
    ),
    source="Horn and Johnson, Matrix Analysis, 2nd ed., section 0.4.5",
    sketch=(
        "The columns of Q Kᵀ are combinations of those of Q, and its rows of those of Kᵀ; and what passes through "
        "width k has rank at most k."
    ),
)
def rank_bound():
    """A form made of two factors has at most the rank of either, and so at most the width of the head."""
    ...


@theorem(
    section="3.2",
    says=Iff(Rank(Q) >= k, Exists(L, Equal(L @ Q, one))),
    source="textbook linear algebra",
    sketch=(
        "If L Q = 1, then k = rank 1 ≤ rank Q. If rank Q ≥ k, then A Q B = 1 for some A and B; B is square, so it "
        "is undone on both sides, and B A is a left inverse of Q."
    ),
)
def full_rank_iff():
    """A factor has full column rank exactly when it has a left inverse."""
    ...


@theorem(
    section="3.2",
    says=Implies(And(Exists(L, Equal(L @ Q, one)), Exists(M, Equal(M @ K, one))), Rank(Q @ K.T) >= k),
    instances=(
        {
            d: k + r,
            Q: vstack(C, E),
            K: vstack(C, E),
            L: hstack(inverse(C), zeros(k, r)),
            M: hstack(inverse(C), zeros(k, r)),
        },
    ),
    source="textbook linear algebra",
)
def rank_full():
    """Two factors of full column rank k make a form of rank exactly k."""
    of_Q, of_K = Equal(L @ Q, one), Equal(M @ K, one)
    with argument() as a:
        undone = a.have("left inverses undo both factors", Equal(L @ Q @ K.T @ M.T, one), by=(of_Q, of_K))
        high = a.have("so the rank is at least that of the identity", Rank(Q @ K.T) >= k, by=undone, hints=(L, M.T))
        a.show(rank_full.says, by=high)
    return a


t, a, b = sizes("t a b", min=0)
A, B = matrix("A", t + a, t + a + b), matrix("B", t + a + b, t + b)
R, S = matrix("R", t + a + b, t + a), matrix("S", t + b, t + a + b)


@theorem(
    section="3.2",
    says=Rank(A @ B) >= t,
    given=(Equal(A @ R, identity(t + a)), Equal(S @ B, identity(t + b))),
    instances=(
        {
            A: hstack(identity(t + a), zeros(t + a, b)),
            R: vstack(identity(t + a), zeros(b, t + a)),
            B: vstack(zeros(a, t + b), identity(t + b)),
            S: hstack(zeros(t + b, a), identity(t + b)),
        },
    ),
    source="Horn and Johnson, Matrix Analysis, 2nd ed., section 0.4.5",
)
def rank_sylvester():
    """Factors of ranks t + a and t + b that meet in width t + a + b make a product of rank at least t.

    This is rank A + rank B - width ≤ rank A B; A has a right inverse R and B a left inverse S.
    """
    width = t + a + b
    padded = vstack(hstack(identity(width), zeros(width, t + b)), hstack(zeros(t + a, width), A @ B))
    left = vstack(hstack(A, identity(t + a)), hstack(S - S @ R @ A, -S @ R))
    right = vstack(hstack(R, B), hstack(zeros(t + b, t + a), -identity(t + b)))
    with argument(*rank_sylvester.given) as proof:
        high = proof.have(
            "[A 1; S - S R A, -S R] diag(1, A B) [R B; 0 -1] is an identity, whose rank is its size",
            Rank(padded) >= width + t,
            by=rank_sylvester.given,
            hints=(left, right),
        )
        alone = cancel_identity(high, width, t)
        proof.show(alone, by=high, words="the 1 beside A B has the rank of its size t + a + b")
    return proof


Qt = vstack(one, zeros(r, k))
Qb = hstack(identity(d), zeros(d, r))


@theorem(
    section="3.3",
    says=And(Equal(Qt.T @ Qt, one), Rank(Qt @ Qt.T) >= k, Rank(Qb @ Qb.T) >= d),
    source="textbook linear algebra",
    sketch=(
        "With [1; 0] in both factors Qᵀ (Q Kᵀ) Q is the identity of size k, so Q Kᵀ has rank k; with [1 0] in both "
        "Q Kᵀ is itself the identity of size d."
    ),
    where={matrix("P", k + r, k): Qt, matrix("R", d, d + r): Qb},
)
def rank_generic():
    """For every d and k some head has rank min(d, k): [1 0; 0 0] in both factors, for d = k + r and for k = d + r.

    The minors of that size are polynomials in the entries, so they vanish together only on a proper algebraic subset.
    """
    return prove(rank_generic.says, hints=(Qt.T, Qt, Qb.T, Qb, identity(d)))


@theorem(
    section="3.4",
    says=Iff(Exists((Q, K), Equal(W, Q @ K.T)), Rank(W) <= k),
    instances=({W: F @ G, Q: F, K: G.T},),
    source="textbook linear algebra",
    sketch=(
        "A product through width k has rank at most k; and rank W ≤ k means just that W is a d×k matrix times a "
        "k×d one: call these Q and Kᵀ."
    ),
)
def rank_factorization_exists():
    """A form is made of two factors of width k exactly when its rank is at most k."""
    ...


Qwide, Kwide = hstack(W, zeros(d, r)), hstack(identity(d), zeros(d, r))


@theorem(
    section="3.4", says=Equal(W, Qwide @ Kwide.T), source="textbook linear algebra", sketch="Block by block: W 1 + 0 0."
)
def rank_factorization_wide():
    """From width d on every form can be made: W = [W 0] [1 0]ᵀ."""
    ...


q = sizes("q", min=1)
P_, R_ = matrix("P", k + q, d), matrix("R", d, k + q)


@theorem(
    section="3.8",
    says=Not(Equal(P_ @ Q @ K.T @ R_, identity(k + q))),
    source="textbook linear algebra",
    sketch="P Q Kᵀ R passes through width k, so its rank is at most k; the identity of size k + q has rank k + q > k.",
)
def minors_vanish():
    """No combinations P, R of rows and columns turn Q Kᵀ into an identity larger than the width of the head.

    So every square piece of Q Kᵀ with more than k rows is singular.
    """
    ...


lam = scalar("lambda")
u = column("u", d)


@theorem(
    section="3.9",
    says=And(
        Equal(trace(Q @ K.T), trace(K.T @ Q)),
        Equal(trace(Q @ K.T @ Q @ K.T), trace(K.T @ Q @ K.T @ Q)),
        Implies(Equal(Q @ K.T @ u, lam * u), Equal(K.T @ Q @ (K.T @ u), lam * (K.T @ u))),
    ),
    instances=({Q: zeros(d, k), lam: sympify(0)},),
    source="Horn and Johnson, Matrix Analysis, 2nd ed., section 1.3",
    sketch="A trace is cyclic. If Q Kᵀ u = λ u, then Kᵀ Q (Kᵀ u) = Kᵀ (Q Kᵀ u) = λ Kᵀ u.",
)
def spectrum_swap():
    """Q Kᵀ and the small Kᵀ Q share traces of powers, and Kᵀ turns eigenvectors of the one into those of the other."""
    ...


@theorem(
    section="3.15",
    says=And(
        Rank(X @ Q @ K.T @ X.T) <= Rank(X),
        Rank(X @ Q @ K.T @ X.T) <= Rank(Q @ K.T),
        Rank(X @ Q @ K.T @ X.T) <= k,
        Rank(X @ Q @ K.T @ X.T) <= d,
        Rank(X @ Q @ K.T @ X.T) <= n,
        Rank(Qt @ Qt.T @ Qt @ Qt.T) >= k,
    ),
    source="textbook linear algebra",
    sketch=(
        "X Q Kᵀ Xᵀ passes through the widths k, d and n, and X and Q Kᵀ are factors of it. With [1; 0] for X, Q "
        "and K it is [1 0; 0 0], of rank k."
    ),
    where={matrix("S", n, n): X @ Q @ K.T @ X.T, matrix("P", k + r, k): Qt},
)
def score_matrix_rank():
    """The scores have at most the rank of the tokens and of the form, so at most k, d and n; tokens [1; 0] attain k."""
    return prove(score_matrix_rank.says, hints=(Qt.T, Qt))


H = sizes("H", min=0)
h = index("h", H)
Qh, Kh = family("Q", H, d, k), family("K", H, d, k)


@theorem(
    section="3.18",
    says=And(
        Equal(sum_heads(Qh[h] @ Kh[h].T, h), concat_heads(Qh[h], h) @ T(concat_heads(Kh[h], h))),
        Rank(sum_heads(Qh[h] @ Kh[h].T, h)) <= H * k,
    ),
    source="textbook linear algebra",
    sketch=(
        "Blocks that stand side by side, times blocks that stand one below the other, are the sum of the products; "
        "and the H blocks of width k make a width H k."
    ),
)
def multihead_rank():
    """The sum of the forms of H heads is one form of width H k, and has at most that rank."""
    return prove(multihead_rank.says, hints=(concat_heads(Qh[h], h), T(concat_heads(Kh[h], h))))
