"""Chapter 2, the parts of a form: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

from symattn.language import And, Equal, Gradient, Iff, Rank, T, hstack, inner, normsquared, vstack
from symattn.theory.score import symmetry as ch
from tests.theory.chapter import chapter_tests

x, y, X, W, Q, K, score = ch.x, ch.y, ch.X, ch.W, ch.Q, ch.K, ch.score
QK = ch.QK
skew_scores = X @ ch.skew_part @ X.T
free_update = Gradient(inner(ch.G, ch.tau * X @ W @ X.T), W)

NOT_DECIDED = {"score_takes_both_signs"}
"""Not proved, but no counterexample is found either."""

NEAR_MISSES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "sym_skew_split": (
        Iff(
            And(Equal(W, ch.S + ch.F), Equal(ch.S, ch.S.T)),
            And(Equal(ch.S, ch.symmetric_part), Equal(ch.F, ch.skew_part)),
        ),
        (),
    ),
    "skew_part_unseen": (Equal(score(x, x), score(x, x, ch.skew_part)), ()),
    "asymmetry_is_skew": (Equal(score(x, y) - score(y, x), score(x, y, ch.skew_part)), ()),
    "split_is_orthogonal": (Equal(normsquared(W), normsquared(ch.symmetric_part) + normsquared(W - W.T)), ()),
    "both_parts_factored": (
        Equal(Q @ K.T - K @ Q.T, QK @ vstack(hstack(ch.O_k, ch.I_k), hstack(ch.I_k, ch.O_k)) @ T(QK)),
        (),
    ),
    "skew_rank_inertia": (Rank(Q @ K.T - K @ Q.T) <= ch.k, ()),
    "symmetric_part_signature": (Equal(2 * Q @ K.T, (Q + K) @ T(Q + K) - (Q - K) @ T(Q - K)), ()),
    "score_takes_both_signs": (ch.score_takes_both_signs.says, ch.score_takes_both_signs.given[:3]),
    "score_matrix_symmetric_iff": (Iff(Equal(X @ W @ X.T, T(X @ W @ X.T)), Equal(W, W.T)), ()),
    "enough_tokens_decide_symmetry": (ch.enough_tokens_decide_symmetry.says, ()),
    "two_tokens_symmetric_iff": (
        Iff(Equal(ch.two @ W @ T(ch.two), T(ch.two @ W @ T(ch.two))), Equal(score(x, y), 0)),
        (),
    ),
    "form_gradient": (Equal(free_update, ch.tau * X.T @ ch.G.T @ X), ()),
    "symmetric_updates": (Equal(free_update, T(free_update)), ()),
    "pair_update_rank": (Rank(Gradient(ch.factor * score(x, y), W)) <= 0, ()),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES, NOT_DECIDED)
