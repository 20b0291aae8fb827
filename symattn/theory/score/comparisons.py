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

from typing import Any

from symattn.language import (
    And,
    Equal,
    Exists,
    ForAll,
    Iff,
    Implies,
    Not,
    Rank,
    T,
    hstack,
    identity,
    inverse as inv,
    matrix,
    sizes,
    vstack,
    zeros,
)
from symattn.proof import Chain, argument, calc, prove, theorem
from symattn.theory.score.bilinear_form import W, score

n, d, r = sizes("n d r")


@theorem(
    says=ForAll(W, Not(Equal(score(zeros(1, d), zeros(1, d)), 1))),
    section="2.2",
    source="textbook linear algebra",
    sketch="The token 0 scores 0 with itself, whatever W is.",
)
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
    source="textbook linear algebra",
)
def onehot_comparison_universal():
    """On linearly independent tokens, such as one-hot rows, a form can score all pairs in any way.

    Independent means that X has a right inverse R; the form is W = R T Rᵀ for the scores T.
    """
    with argument(*onehot_comparison_universal.given) as a:
        reached = a.have(
            "the form R T Rᵀ makes the scores T",
            calc(X_w @ (R @ target @ R.T) @ X_w.T, onehot_comparison_universal.given)
            .eq((X_w @ R) @ target @ T(X_w @ R), by="transpose reverses a product")
            .eq(target, by="X R = 1"),
        )
        a.show(onehot_comparison_universal.says, by=reached)
    return a


@theorem(
    says=Rank(X_w) >= n,
    given=Equal(X_w @ W_w @ X_w.T, identity(n)),
    instances=(
        {X_w: hstack(block, rest), W_w: vstack(hstack(inv(block) @ inv(block).T, zeros(n, r)), zeros(r, wide))},
    ),
    section="2.2",
    source="textbook linear algebra",
    sketch="The identity is X times W Xᵀ, so its rank n is at most that of X.",
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
    source="not found stated elsewhere",
    sketch=(
        "When X R = 1, the form R T Rᵀ makes the scores T.  Back, the form W that makes the scores 1 shows "
        "that W Xᵀ is a right inverse of X."
    ),
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


def _made_of_few(reached: Any) -> Chain:
    return (
        calc(scores, (*of_rank, reached))
        .eq(X_0 @ W_0 @ X_0.T, by="the scores are reached")
        .eq(C @ B @ W_0 @ B.T @ C.T, by="X = C B")
        .eq(C @ L @ (C @ B @ W_0 @ B.T @ C.T) @ L.T @ C.T, by="L C = 1")
        .eq(C @ L @ scores @ L.T @ C.T, by="as before")
    )


def _reached(kept: Any) -> Chain:
    return (
        calc(scores, (*of_rank, kept))
        .eq(C @ L @ (C @ M @ C.T) @ L.T @ C.T, by="L C = 1")
        .eq(C @ L @ scores @ L.T @ C.T, by="the scores are C M Cᵀ")
        .eq(C @ B @ R_b @ L @ scores @ L.T @ R_b.T @ B.T @ C.T, by="B R = 1")
        .eq(X_0 @ R_b @ L @ scores @ L.T @ R_b.T @ X_0.T, by="X = C B")
    )


def _unique(same: Any) -> Chain:
    return (
        calc(M, (*of_rank, same))
        .eq(L @ (C @ M @ C.T) @ L.T, by="L C = 1")
        .eq(L @ (C @ N @ C.T) @ L.T, by="the scores are the same")
        .eq(N, by="L C = 1")
    )


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
    source="not found stated elsewhere",
)
def reachable_scores():
    """Tokens of rank r can be scored in as many ways as there are r×r matrices: the scores are C M Cᵀ, each for one M.

    Rank r is said by X = C B, where C has a left inverse L and B a right inverse R.
    """
    with argument(*of_rank) as a:
        reached, kept = (side.claim for side in reachable_scores.says.args[0].args)
        there = a.have("scores that are reached are C (L T Lᵀ) Cᵀ", _made_of_few(reached))
        back = a.have("scores C M Cᵀ are reached, by R L T Lᵀ Rᵀ", _reached(kept))
        only = a.have("and M is unique", _unique(reachable_scores.says.args[1].hypothesis))
        a.show(reachable_scores.says, by=(there, back, only))
    return a
