"""Rank: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Implies, Rank, identity, sum_heads, trace
from symattn.theory.rank import low_rank as ch
from tests.theory.chapter import chapter_tests

Q, K, W, k = ch.Q, ch.K, ch.W, ch.k

NEAR_MISSES: dict[str, Any] = {
    "rank_bound": Rank(Q) <= Rank(Q @ K.T),
    "full_rank_iff": Implies(Rank(Q) >= k, Equal(ch.L @ Q, ch.one)),
    "rank_full": Rank(Q @ K.T) >= k,
    "rank_sylvester": ch.rank_sylvester.says,
    "rank_generic": Rank(ch.Qt @ ch.Qt.T) >= k + 1,
    "rank_factorization_exists": Implies(Rank(W) <= k, Equal(W, ch.F @ ch.G)),
    "rank_factorization_wide": Equal(W, ch.Qwide @ (2 * ch.Kwide).T),
    "minors_vanish": Equal(ch.P_ @ Q @ K.T @ ch.R_, identity(k + ch.q)),
    "spectrum_swap": Equal(trace(Q @ K.T @ Q @ K.T), trace(Q.T @ Q @ K.T @ K)),
    "score_matrix_rank": Rank(Q @ K.T) <= Rank(ch.X @ Q @ K.T @ ch.X.T),
    "multihead_rank": Rank(sum_heads(ch.Qh[ch.h] @ ch.Kh[ch.h].T, ch.h)) <= k,
}

test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
