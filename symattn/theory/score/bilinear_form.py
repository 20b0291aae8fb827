"""The score as a bilinear form.

score(x, y) = x Q Kᵀ yᵀ compares two tokens.  This chapter says what kind of comparison that is, what it can tell apart,
when it is symmetric, and why it need not be.  `symmetry` takes forms apart into a symmetric and a skew one, and
`symmetric_attention` says what symmetric scores make attention do.

    x, y, z  1×d   tokens;  u another row, which shows that x is not 0 by x uᵀ = 1
    s              any bilinear map of two tokens
    Q, K     d×k   queries and keys
    W        d×d   the form itself, such as Q Kᵀ
    X        n×d   tokens, one a row;  R  d×n  a right inverse, which shows that they are linearly independent
    T        n×n   scores that one would like to have

Main results
    bilinear_representation         every bilinear score is x W yᵀ for exactly one W
    onehot_comparison_universal     on independent tokens a form can score the pairs in any way
    all_scores_iff_independent      and only on these can it
    reachable_scores                tokens of rank r have as many score matrices as there are r×r matrices
    score_symmetric_iff             the score is symmetric exactly when W is
    asymmetry_witness               for every d ≥ 2 and k ≥ 1 some head is not symmetric; for all other widths none is
    pair_asymmetry_iff              all forms score a pair alike both ways exactly when xᵀ y is symmetric,
    pair_dependent_iff              which is when one token is a multiple of the other
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
    bilinear,
    hstack,
    identity,
    inverse as inv,
    matrix,
    matrix_of,
    row,
    scalar,
    sizes,
    total,
    unit,
    vstack,
    zeros,
)
from symattn.proof import calc, prove, theorem

n, d, k, r = sizes("n d k r")
x, y, z, u = row("x", d), row("y", d), row("z", d), row("u", d)
a, b = scalar("a"), scalar("b")
W = matrix("W", d, d)
Q, K = matrix("Q", d, k), matrix("K", d, k)
s = bilinear("s", d)


def score(x: Any, y: Any, form: Any = W) -> Any:
    """The number x W yᵀ."""
    return total(x @ form @ y.T)


@theorem(says=Iff(ForAll((x, y), Equal(s(x, y), score(x, y))), Equal(W, matrix_of(s))), section="2.1")
def bilinear_representation():
    """Every bilinear score of two tokens is x W yᵀ for exactly one W, whose entries are the scores of one-hot rows."""
    ...


@theorem(
    says=And(
        Equal(score(a * x + b * y, z), a * score(x, z) + b * score(y, z)),
        Equal(score(z, a * x + b * y), a * score(z, x) + b * score(z, y)),
    ),
    section="2.1",
)
def every_form_is_bilinear():
    """The score x W yᵀ is linear in each of the two tokens, for every W."""
    ...


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


@theorem(says=Iff(ForAll((x, y), Equal(score(x, y), score(y, x))), Equal(W, W.T)), section="2.3")
def score_symmetric_iff():
    """The score is symmetric exactly when its form is."""
    ...


@theorem(
    says=Iff(ForAll((x, y), Equal(score(x, y, Q @ K.T), score(y, x, Q @ K.T))), Equal(Q @ K.T, K @ Q.T)), section="2.3"
)
def head_symmetric_iff():
    """A head scores all pairs alike both ways exactly when Q Kᵀ = K Qᵀ."""
    ...


@theorem(says=Equal(score(x, y, identity(d)), score(y, x, identity(d))), section="2.3")
def dot_product_symmetric():
    """The dot product, the score with W = 1, is symmetric."""
    ...


def both_ways(width: Any, head_width: Any) -> Any:
    """Two tokens and a head of these widths, and the claim that it scores them alike both ways."""
    x, y = row("x", width), row("y", width)
    Q, K = matrix("Q", width, head_width), matrix("K", width, head_width)
    return (x, y, Q, K), Equal(score(x, y, Q @ K.T), score(y, x, Q @ K.T))


d_two, d_one, k_one = sizes("d", min=2), sizes("d", min=1), sizes("k", min=1)
letters, alike = both_ways(d_two, k_one)
e_0, e_1, f_0 = unit(d_two, 0), unit(d_two, 1), unit(k_one, 0)


@theorem(says=Exists(letters, Not(alike), (e_0, e_1, e_0.T @ f_0, e_1.T @ f_0)), section="2.4")
def asymmetry_witness():
    """For every width d ≥ 2 and head width k ≥ 1 some head scores two tokens differently one way and the other.

    Q = E₁₁ and K = E₂₁ make Q Kᵀ = E₁₂, so the first one-hot row scores 1 with the second, and 0 the other way.
    """
    ...


@theorem(says=both_ways(1, k)[1], section="2.4")
def width_one_is_symmetric():
    """Tokens of width 1 are scored alike both ways by every head."""
    ...


@theorem(says=both_ways(0, k)[1], section="2.4")
def width_zero_is_symmetric():
    """Tokens of width 0 are scored alike both ways by every head: every score is 0."""
    ...


@theorem(says=both_ways(d, 0)[1], section="2.4")
def no_head_width_is_symmetric():
    """Tokens of any width are scored alike both ways by a head of width 0: every score is 0."""
    ...


every_form = ForAll(W, Equal(score(x, y), score(y, x)))


@theorem(says=Iff(every_form, Equal(x.T @ y, y.T @ x)), section="2.5")
def pair_asymmetry_iff():
    """Two tokens are scored alike both ways by every form exactly when xᵀ y is symmetric.

    The difference of the two scores is the sum of the entries of W times those of xᵀ y - yᵀ x.
    """
    ...


x_1, y_1, u_1 = (row(name, d_one) for name in "xyu")
W_1 = matrix("W", d_one, d_one)
start = unit(d_one, 0)


@theorem(
    says=Iff(ForAll(W_1, Equal(score(x_1, y_1, W_1), score(y_1, x_1, W_1))), Rank(vstack(x_1, y_1)) <= 1),
    given=Equal(total(x_1 @ u_1.T), 1),
    instances=({x_1: start, u_1: start + u_1 - u_1 @ start.T @ start},),
    section="2.5",
)
def pair_dependent_iff():
    """A token x other than 0 is scored alike both ways with y by every form exactly when y is a multiple of x.

    Other than 0 means that x uᵀ = 1 for some u; then y = (y uᵀ) x.
    """
    factors = [vstack(identity(1), y_1 @ u_1.T), x_1]
    return prove(pair_dependent_iff.says, pair_dependent_iff.given, hints=factors)


Q_1, K_1 = matrix("Q", d, k_one), matrix("K", d, k_one)
every_head = ForAll((Q_1, K_1), Equal(score(x, y, Q_1 @ K_1.T), score(y, x, Q_1 @ K_1.T)))


@theorem(says=Iff(every_head, Equal(x.T @ y, y.T @ x)), section="2.5")
def pair_asymmetry_of_heads():
    """Two tokens are scored alike both ways by every head of some width k ≥ 1 exactly when xᵀ y is symmetric.

    So heads tell as much as all forms.  Already Q = zᵀ e₀ and K = uᵀ e₀ give every form zᵀ u.
    """
    rank_one = ForAll((z, u), Equal(total(x @ z.T) * total(u @ y.T), total(y @ z.T) * total(u @ x.T)))
    columns = prove(rank_one, every_head, hints=[z.T @ f_0, u.T @ f_0])
    there = prove(Equal(x.T @ y, y.T @ x), every_head, using=[columns])
    return prove(pair_asymmetry_of_heads.says, using=[there])
