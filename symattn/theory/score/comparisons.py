"""Which comparisons of tokens are forms.

Not every comparison of two vectors is a bilinear form, but on linearly independent tokens every table of scores is one.

    W        d×d   the form
    X        n×d   tokens, one a row;  R  d×n  a right inverse, which shows that they are linearly independent
    T        n×n   scores that one would like to have
    C, B           tokens of rank r are X = C B, n×r times r×d;  L, R  a left inverse of C, a right one of B
    M, N     r×r   what scores of such tokens are made of

Main results
    equality_is_not_bilinear        no form scores 1 exactly when two tokens are equal
    onehot_comparison_universal     on independent tokens a form can score the pairs in any way
    all_scores_iff_independent      and only on these can it
    reachable_scores                tokens of rank r have as many score matrices as there are r×r matrices
"""

from __future__ import annotations

from symattn.language import (
    And,
    Equal,
    Exists,
    ForAll,
    Iff,
    Implies,
    Not,
    Rank,
    hstack,
    identity,
    inverse as inv,
    matrix,
    sizes,
    vstack,
    zeros,
)
from symattn.proof import calc, prove, theorem
from symattn.theory.score.bilinear_form import W, score

n, d, r = sizes("n d r")


@theorem(says=ForAll(W, Not(Equal(score(zeros(1, d), zeros(1, d)), 1))), section="2.2")
def equality_is_not_bilinear():
    """No form scores 1 exactly when two tokens are equal: it scores 0 when both are 0.

    So "an arbitrary comparison of two vectors is a bilinear form" is false; it is true of independent tokens.
    """
    ...


wide = n + r
X_w, R = matrix("X", n, wide), matrix("R", wide, n)
W_w, target = matrix("W", wide, wide), matrix("T", n, n)
block, rest = matrix("A", n, n, invertible=True), matrix("B", n, r)


@theorem(
    says=ForAll(target, Exists(W_w, Equal(X_w @ W_w @ X_w.T, target), (R @ target @ R.T,))),
    given=Equal(X_w @ R, identity(n)),
    instances=({X_w: hstack(block, rest), R: vstack(inv(block), zeros(r, n))},),
    section="2.2",
)
def onehot_comparison_universal():
    """On linearly independent tokens, such as one-hot rows, a form can score all pairs in any way.

    Independent means that X has a right inverse R; the form is W = R T Rᵀ for the scores T.
    """
    ...


@theorem(
    says=Rank(X_w) >= n,
    given=Equal(X_w @ W_w @ X_w.T, identity(n)),
    instances=(
        {X_w: hstack(block, rest), W_w: vstack(hstack(inv(block) @ inv(block).T, zeros(n, r)), zeros(r, wide))},
    ),
    section="2.2",
)
def independent_tokens_needed():
    """A form that scores each token 1 with itself and 0 with the others needs linearly independent tokens."""
    return prove(independent_tokens_needed.says, independent_tokens_needed.given, hints=[identity(n), W_w @ X_w.T])


n_0, d_0, r_0 = sizes("n d r", min=0)
free, more = matrix("A", n_0, n_0, invertible=True), matrix("B", n_0, r_0)
X_0, R_0, W_0, scores = matrix("X", n_0, d_0), matrix("R", d_0, n_0), matrix("W", d_0, d_0), matrix("T", n_0, n_0)


@theorem(
    says=Iff(
        ForAll(scores, Exists(W_0, Equal(X_0 @ W_0 @ X_0.T, scores), (R_0 @ scores @ R_0.T,))),
        Exists(R_0, Equal(X_0 @ R_0, identity(n_0))),
    ),
    instances=({d_0: n_0 + r_0, X_0: hstack(free, more), R_0: vstack(inv(free), zeros(r_0, n_0))},),
    section="2.2",
)
def all_scores_iff_independent():
    """A form can score the pairs of some tokens in every way exactly when the tokens are linearly independent."""
    return prove(all_scores_iff_independent.says, hints=(identity(n_0), W_0 @ X_0.T))


C, L = matrix("C", n_0, r_0), matrix("L", r_0, n_0)
B, R_b = matrix("B", r_0, d_0), matrix("R", d_0, r_0)
M, N = matrix("M", r_0, r_0), matrix("N", r_0, r_0)
of_rank = (Equal(X_0, C @ B), Equal(L @ C, identity(r_0)), Equal(B @ R_b, identity(r_0)))
left, right = matrix("A", r_0, r_0, invertible=True), matrix("D", r_0, r_0, invertible=True)
n_more, d_more = sizes("m p", min=0)
some_tokens = {
    n_0: r_0 + n_more,
    d_0: r_0 + d_more,
    X_0: vstack(left, zeros(n_more, r_0)) @ hstack(right, zeros(r_0, d_more)),
    C: vstack(left, zeros(n_more, r_0)),
    L: hstack(inv(left), zeros(r_0, n_more)),
    B: hstack(right, zeros(r_0, d_more)),
    R_b: vstack(inv(right), zeros(d_more, r_0)),
    scores: vstack(left, zeros(n_more, r_0)) @ M @ vstack(left, zeros(n_more, r_0)).T,
}


@theorem(
    says=And(
        Iff(
            Exists(W_0, Equal(scores, X_0 @ W_0 @ X_0.T), (R_b @ L @ scores @ L.T @ R_b.T,)),
            Exists(M, Equal(scores, C @ M @ C.T), (L @ scores @ L.T,)),
        ),
        Implies(Equal(C @ M @ C.T, C @ N @ C.T), Equal(M, N)),
    ),
    given=of_rank,
    instances=(some_tokens,),
    section="2.2",
)
def reachable_scores():
    """Tokens of rank r can be scored in as many ways as there are r×r matrices: the scores are C M Cᵀ, each for one M.

    Rank r is said by X = C B, where C has a left inverse L and B a right inverse R.
    """
    reached, kept = (side.claim for side in reachable_scores.says.args[0].args)
    same = reachable_scores.says.args[1].hypothesis
    there = (
        calc(scores, (*of_rank, reached))
        .eq(X_0 @ W_0 @ X_0.T, by="the scores are reached")
        .eq(C @ B @ W_0 @ B.T @ C.T, by="X = C B")
        .eq(C @ L @ (C @ B @ W_0 @ B.T @ C.T) @ L.T @ C.T, by="L C = 1")
        .eq(C @ L @ scores @ L.T @ C.T, by="as before")
    )
    back = (
        calc(scores, (*of_rank, kept))
        .eq(C @ L @ (C @ M @ C.T) @ L.T @ C.T, by="L C = 1")
        .eq(C @ L @ scores @ L.T @ C.T, by="the scores are C M Cᵀ")
        .eq(C @ B @ R_b @ L @ scores @ L.T @ R_b.T @ B.T @ C.T, by="B R = 1")
        .eq(X_0 @ R_b @ L @ scores @ L.T @ R_b.T @ X_0.T, by="X = C B")
    )
    only = (
        calc(M, (*of_rank, same))
        .eq(L @ (C @ M @ C.T) @ L.T, by="L C = 1")
        .eq(L @ (C @ N @ C.T) @ L.T, by="the scores are the same")
        .eq(N, by="L C = 1")
    )
    return prove(reachable_scores.says, of_rank, using=[chain.theorem() for chain in (there, back, only)])
