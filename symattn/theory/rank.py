"""Chapter 3.  What a low-rank score can be, and what it saves.

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

from symattn.language import (
    And,
    Equal,
    Exists,
    Iff,
    Implies,
    Not,
    Rank,
    T,
    concat_heads,
    family,
    hstack,
    identity,
    index,
    matrix,
    sizes,
    sum_heads,
    trace,
    vstack,
    zeros,
)
from symattn.proof import cancel_identity, prove, theorem

n, d, k = sizes("n d k", min=0)
X = matrix("X", n, d)
Q, K = matrix("Q", d, k), matrix("K", d, k)
W = matrix("W", d, d)
L, M = matrix("L", k, d), matrix("M", k, d)
one = identity(k)


@theorem(
    card="3.1",
    says=And(
        Rank(Q @ K.T) <= Rank(Q),
        Rank(Q @ K.T) <= Rank(K),
        Rank(Q) <= k,
        Rank(Q) <= d,
        Rank(Q @ K.T) <= k,
        Rank(X @ Q @ K.T @ X.T) <= k,
    ),
)
def rank_bound():
    """A form made of two factors has at most the rank of either, and so at most the width of the head."""
    ...


@theorem(card="3.2", says=Iff(Rank(Q) >= k, Exists(L, Equal(L @ Q, one))))
def full_rank_iff():
    """A factor has full column rank exactly when it has a left inverse."""
    ...


t, a, b = sizes("t a b", min=0)
A, B = matrix("A", t + a, t + a + b), matrix("B", t + a + b, t + b)
R, S = matrix("R", t + a + b, t + a), matrix("S", t + b, t + a + b)


@theorem(
    card="3.2",
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
)
def rank_sylvester():
    """Factors of ranks t + a and t + b that meet in width t + a + b make a product of rank at least t.

    This is rank A + rank B - width ≤ rank A B; A has a right inverse R and B a left inverse S.
    """
    width = t + a + b
    padded = vstack(hstack(identity(width), zeros(width, t + b)), hstack(zeros(t + a, width), A @ B))
    left = vstack(hstack(A, identity(t + a)), hstack(S - S @ R @ A, -S @ R))
    right = vstack(hstack(R, B), hstack(zeros(t + b, t + a), -identity(t + b)))
    return cancel_identity(prove(Rank(padded) >= width + t, rank_sylvester.given, hints=(left, right)), width, t)
