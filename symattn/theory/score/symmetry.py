"""The symmetric and the skew part of a form.

Every form is a symmetric one plus a skew one.  The skew part is what makes a score differ one way and the other; a
token scored with itself does not show it.  This says how large the two parts of a head are, when a sequence sees them,
and when training makes no skew part.

    x, y     1×d   tokens;  X  n×d  tokens, one a row
    Q, K     d×k   queries and keys
    W        d×d   the form;  (W + Wᵀ)/2 its symmetric part, (W - Wᵀ)/2 its skew part
    L        d×n   a left inverse of X: it shows that the columns are linearly independent
    A, B     k×d   rows that pick queries and keys apart: [A; B] [Q K] = 1
    G        n×n   the gradient of a loss with respect to the scores
    tau            the scale of the scores

Main results
    sym_skew_split                    W is in exactly one way a symmetric plus a skew form
    asymmetry_is_skew                 score(x, y) - score(y, x) is twice the score under the skew part
    skew_rank_inertia                 both parts have rank at most 2k
    score_takes_both_signs            with 2k independent directions, tokens score with themselves 1 and -1
    score_matrix_symmetric_iff        the scores of X are symmetric exactly when X does not see the skew part
    symmetric_updates                 symmetric gradients for the scores make symmetric updates of W
"""

from __future__ import annotations

from sympy import Rational

from symattn.language import (
    And,
    Equal,
    Exists,
    Gradient,
    Iff,
    Rank,
    T,
    hstack,
    identity,
    inner,
    inverse,
    matrix,
    normsquared,
    row,
    scalar,
    sizes,
    total,
    unit,
    vstack,
    zeros,
)
from symattn.proof import argument, calc, prove, theorem
from symattn.theory.score.bilinear_form import score

n, d, k, r = sizes("n d k r")
d_one, k_one = sizes("d", min=1), sizes("k", min=1)
half = Rational(1, 2)
x, y = row("x", d), row("y", d)
X, W = matrix("X", n, d), matrix("W", d, d)
Q, K = matrix("Q", d, k), matrix("K", d, k)
factor, tau = scalar("a"), scalar("tau", positive=True)
symmetric_part, skew_part = half * (W + W.T), half * (W - W.T)


S, F = matrix("S", d, d), matrix("F", d, d)


@theorem(
    says=Iff(And(Equal(W, S + F), Equal(S, S.T), Equal(F, -F.T)), And(Equal(S, symmetric_part), Equal(F, skew_part))),
    section="2.8",
    source="textbook linear algebra",
    sketch=(
        "From W = S + F comes Wᵀ = S - F; half the sum of the two is S, and half their difference is F.  "
        "Back, (W + Wᵀ)/2 is symmetric, (W - Wᵀ)/2 is skew, and their sum is W."
    ),
)
def sym_skew_split():
    """Every form is a symmetric plus a skew form in exactly one way, (W + Wᵀ)/2 plus (W - Wᵀ)/2."""
    ...


@theorem(says=Equal(score(x, x), score(x, x, symmetric_part)), section="2.8", source="textbook linear algebra")
def skew_part_unseen():
    """What a token scores with itself does not show the skew part."""
    return (
        calc(score(x, x))
        .eq(half * score(x, x) + half * total(T(x @ W @ x.T)), by="a number is its own transpose")
        .eq(half * score(x, x) + half * score(x, x, W.T), by="transpose reverses a product")
        .eq(score(x, x, symmetric_part), by="the score is linear in the form")
    )


@theorem(
    says=Equal(score(x, y) - score(y, x), 2 * score(x, y, skew_part)), section="2.8", source="textbook linear algebra"
)
def asymmetry_is_skew():
    """How much a pair scores differently one way and the other is twice its score under the skew part."""
    return (
        calc(score(x, y) - score(y, x))
        .eq(score(x, y) - score(x, y, W.T), by="a number is its own transpose")
        .eq(2 * score(x, y, skew_part), by="the score is linear in the form")
    )


@theorem(
    says=Equal(normsquared(W), normsquared(symmetric_part) + normsquared(skew_part)),
    section="2.8",
    source="textbook linear algebra",
)
def split_is_orthogonal():
    """The squared norm of a form is that of its symmetric part plus that of its skew part."""
    return (
        calc(normsquared(W))
        .eq(
            normsquared(symmetric_part) + normsquared(skew_part) + 2 * inner(symmetric_part, skew_part),
            by="W is the sum of its parts",
        )
        .eq(normsquared(symmetric_part) + normsquared(skew_part), by="a symmetric and a skew matrix are orthogonal")
    )


I_k, O_k = identity(k), zeros(k, k)
QK = hstack(Q, K)


@theorem(
    says=And(
        Equal(Q @ K.T - K @ Q.T, QK @ vstack(hstack(O_k, I_k), hstack(-I_k, O_k)) @ T(QK)),
        Equal(Q @ K.T + K @ Q.T, QK @ vstack(hstack(O_k, I_k), hstack(I_k, O_k)) @ T(QK)),
    ),
    section="2.9",
    source="not found stated elsewhere",
    sketch="Multiply by blocks: [Q K] times [K -Q]ᵀ is Q Kᵀ - K Qᵀ, and [Q K] times [K Q]ᵀ is Q Kᵀ + K Qᵀ.",
    where={
        matrix("J", 2 * k, 2 * k): vstack(hstack(O_k, I_k), hstack(-I_k, O_k)),
        matrix("J'", 2 * k, 2 * k): vstack(hstack(O_k, I_k), hstack(I_k, O_k)),
    },
)
def both_parts_factored():
    """Twice the skew part of Q Kᵀ is [Q K] [0 1; -1 0] [Q K]ᵀ, twice the symmetric part [Q K] [0 1; 1 0] [Q K]ᵀ."""
    ...


@theorem(
    says=And(Rank(Q @ K.T - K @ Q.T) <= 2 * k, Rank(Q @ K.T + K @ Q.T) <= 2 * k),
    section="2.9",
    source="not found stated elsewhere",
    sketch="Both parts are products with 2k in the middle: [Q K] times [K -Q]ᵀ, and [Q K] times [K Q]ᵀ.",
)
def skew_rank_inertia():
    """Both parts of a head of width k have rank at most 2k."""
    return prove(skew_rank_inertia.says, hints=[QK, vstack(K.T, -Q.T), vstack(K.T, Q.T)])


@theorem(
    says=Equal(2 * (Q @ K.T + K @ Q.T), (Q + K) @ T(Q + K) - (Q - K) @ T(Q - K)),
    section="2.9",
    source="not found stated elsewhere",
    sketch="In the difference of the two squares Q Qᵀ and K Kᵀ cancel, and Q Kᵀ and K Qᵀ are left twice.",
)
def symmetric_part_signature():
    """The symmetric part is the difference of two Gram matrices of width k, Q + K and Q - K.

    So it is positive and negative on at most k dimensions each.
    """
    ...


spread, f_0 = 2 * k_one + r, unit(k_one, 0)
x_2, y_2 = row("x", spread), row("y", spread)
Q_2, K_2 = matrix("Q", spread, k_one), matrix("K", spread, k_one)
A, B = matrix("A", k_one, spread), matrix("B", k_one, spread)
I_1, O_1, O_r = identity(k_one), zeros(k_one, k_one), zeros(k_one, r)
C, D = matrix("C", r, k_one), matrix("D", r, k_one)


@theorem(
    says=Exists(
        (x_2, y_2),
        And(Equal(score(x_2, x_2, Q_2 @ K_2.T), 1), Equal(score(y_2, y_2, Q_2 @ K_2.T), -1)),
        (f_0 @ (A + B), f_0 @ (A - B)),
    ),
    given=(Equal(A @ Q_2, I_1), Equal(A @ K_2, O_1), Equal(B @ Q_2, O_1), Equal(B @ K_2, I_1)),
    instances=(
        {Q_2: vstack(I_1, O_1, C), K_2: vstack(O_1, I_1, D), A: hstack(I_1, O_1, O_r), B: hstack(O_1, I_1, O_r)},
    ),
    section="2.9",
    source="not found stated elsewhere",
    sketch=(
        "For x = e_0 (A + B) both x Q and x K are e_0, so the score is 1.  For y = e_0 (A - B) they are e_0"
        " and -e_0, so it is -1."
    ),
)
def score_takes_both_signs():
    """A head whose queries and keys are 2k independent directions scores some token with itself 1, and some -1.

    So its symmetric part is never semidefinite.  Independent means that [A; B] [Q K] = 1 for some A and B.
    """
    ...


skew_seen = X @ skew_part @ X.T


@theorem(
    says=Iff(Equal(X @ W @ X.T, T(X @ W @ X.T)), Equal(skew_seen, zeros(n, n))),
    section="2.17",
    source="not found stated elsewhere",
    sketch="The scores minus their transpose are X (W - Wᵀ) Xᵀ, twice what X sees of the skew part.",
)
def score_matrix_symmetric_iff():
    """The scores of a sequence are symmetric exactly when its tokens do not see the skew part of the form."""
    ...


tall = d + r
X_t, L = matrix("X", tall, d), matrix("L", d, tall)
inside, under = matrix("A", d, d, invertible=True), matrix("B", r, d)


@theorem(
    says=Iff(Equal(X_t @ W @ X_t.T, T(X_t @ W @ X_t.T)), Equal(W, W.T)),
    given=Equal(L @ X_t, identity(d)),
    instances=({X_t: vstack(inside, under), L: hstack(inverse(inside), zeros(d, r))},),
    section="2.17",
    source="not found stated elsewhere",
)
def enough_tokens_decide_symmetry():
    """With d independent tokens among them, the scores are symmetric exactly when the form is."""
    symmetric = enough_tokens_decide_symmetry.says.left
    with argument(*enough_tokens_decide_symmetry.given) as a:
        alike = a.suppose("the scores are symmetric", symmetric)
        there = a.have(
            "so the form is symmetric",
            calc(W, given=(*enough_tokens_decide_symmetry.given, symmetric))
            .eq(L @ (X_t @ W @ X_t.T) @ L.T, by="L X = 1")
            .eq(L @ T(X_t @ W @ X_t.T) @ L.T, by=alike)
            .eq(W.T, by="L X = 1"),
        )
        a.show(enough_tokens_decide_symmetry.says, by=there, words="back, transpose the product")
    return a


two = vstack(x, y)


@theorem(
    says=Iff(Equal(two @ W @ T(two), T(two @ W @ T(two))), Equal(score(x, y, skew_part), 0)),
    section="2.17",
    source="not found stated elsewhere",
    sketch=(
        "A 2×2 matrix is symmetric when its two mixed entries agree, and here these differ by twice the "
        "score under the skew part."
    ),
)
def two_tokens_symmetric_iff():
    """The scores of two tokens are symmetric exactly when their score under the skew part is 0.

    One token alone always has a symmetric score matrix.
    """
    ...


G = matrix("G", n, n)
loss = inner(G, tau * X @ W @ X.T)


@theorem(
    says=Equal(Gradient(loss, W), tau * X.T @ G @ X),
    section="2.18",
    source="textbook calculus",
    sketch="The loss is linear in W: the inner product of G and τ X W Xᵀ is that of τ Xᵀ G X and W.",
)
def form_gradient():
    """The gradient for the form is τ Xᵀ G X, when G is the gradient for the scores."""
    ...


G_s = matrix("G", n, n, symmetric=True)
update = Gradient(inner(G_s, tau * X @ W @ X.T), W)


@theorem(
    says=Equal(update, T(update)),
    section="2.18",
    source=("the algebra behind Saponati et al., The underlying structures of self-attention, arXiv:2502.10927"),
)
def symmetric_updates():
    """Symmetric gradients for the scores make symmetric updates of the form."""
    return (
        calc(update)
        .eq(tau * X.T @ G_s @ X, by="the loss is linear in W")
        .eq(tau * T(X.T @ G_s @ X), by="G is symmetric")
        .eq(T(update), by="the first line, transposed")
    )


@theorem(says=Rank(Gradient(factor * score(x, y), W)) <= 1, section="2.18", source="textbook linear algebra")
def pair_update_rank():
    """One pair of tokens changes the form by a multiple of xᵀ y, of rank at most 1."""
    with argument() as a:
        step = a.have("the score is linear in the form", calc(Gradient(factor * score(x, y), W)).eq(factor * x.T @ y))
        a.show(pair_update_rank.says, by=step, words="a product of a column and a row")
    return a
