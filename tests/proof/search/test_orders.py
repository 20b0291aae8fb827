"""What is proved of causal masks, windows, positions and shifts, for all sizes; and what is nearly so and refuted."""

from __future__ import annotations

from typing import Any

import pytest

from symattn import (
    PSD,
    AtMost,
    Equal,
    Gradient,
    Positive,
    Rank,
    T,
    causal,
    column,
    decide,
    determinant,
    diag,
    family,
    hadamard,
    hstack,
    identity,
    index,
    inner,
    matrix,
    ones,
    order,
    positions,
    prove,
    reciprocal,
    rowsum,
    scalar,
    shift,
    sizes,
    softmax,
    sum_heads,
    tril,
    triu,
    unit,
    vstack,
    window,
    zeros,
)
from symattn.kernel import replay

n, a, b, d, r, v, w, q = sizes("n a b d r v w q")
N = n + 1
A, S, L = matrix("A", n, d), matrix("S", n, n), causal(n)
EARLIER, LATER = hstack(identity(n), zeros(n, 1)), hstack(zeros(n, 1), identity(n))
MOVED = vstack(zeros(1, N), hstack(identity(n), zeros(n, 1)))
DISTANCES = positions(N) @ ones(1, N) + ones(N, 1) @ positions(N).T - 2 * causal(N) @ causal(N).T
Q, K, V, G = matrix("Q", n, r), matrix("K", n, r), matrix("V", n, v), matrix("G", n, v)
tau, POSITIVE = scalar("tau"), matrix("E", n, n, positive=True)
P = softmax(tau * Q @ K.T, mask=L)
dP = G @ V.T
dS = hadamard(P, dP - rowsum(hadamard(P, dP)) @ ones(1, n))
X, Y, W = matrix("X", a, d), matrix("Y", b, d), matrix("W", d, d)
BOTH = vstack(X, Y)
STATES, MORE, l = family("X", w + 1, n, d), family("Y", w + 2, n, d), index("l", w)
phi, psi, vs = matrix("phi", N, r), matrix("psi", N, r), matrix("values", N, v)
f1, f2, q1, q2 = matrix("f1", a, r), matrix("f2", b, r), matrix("q1", a, r), matrix("q2", b, r)
v1, v2 = matrix("v1", a, v), matrix("v2", b, v)

TRUE: dict[str, Any] = {
    "a window of two tokens holds that of one": Equal(hadamard(window(n, 2), window(n, 1)), window(n, 1)),
    "a wider window holds a narrower one": Equal(hadamard(window(n, w + 1), window(n, w)), window(n, w)),
    "what is just before comes before": Equal(hadamard(shift(n), L), shift(n)),
    "what is just after does not": Equal(hadamard(shift(n).T, L), zeros(n, n)),
    "what comes w later does not come before": Equal(hadamard(order(n, n, w, 0), L.T), zeros(n, n)),
    "rows of causal softmax": Equal(rowsum(softmax(S, mask=L)), ones(n, 1)),
    "rows of a window": Equal(rowsum(softmax(S, mask=window(n, w))), ones(n, 1)),
    "rows of a window of 3": Equal(rowsum(softmax(S, mask=window(n, 3))), ones(n, 1)),
    "rows of a window on both sides": Equal(rowsum(softmax(S, mask=window(n, w, q))), ones(n, 1)),
    "rows after kept keys": Equal(
        rowsum(softmax(matrix("R", n, n + a), mask=causal(n, n + a, "lower-right"))), ones(n, 1)
    ),
    "rows aligned at the first": Equal(rowsum(softmax(matrix("R", n, a), mask=causal(n, a, "upper-left"))), ones(n, 1)),
    "a mask is its own square": Equal(hadamard(L, L), L),
    "tril of tril": Equal(tril(tril(S)), tril(S)),
    "tril of a product": Equal(tril(tril(S) @ tril(matrix("R", n, n))), tril(S) @ tril(matrix("R", n, n))),
    "transitive": Equal(hadamard(L, L @ L), L @ L),
    "what is between": Equal(L @ L, hadamard(positions(n) @ ones(1, n) - ones(n, 1) @ positions(n).T + ones(n, n), L)),
    "total": Equal(L + L.T, ones(n, n) + identity(n)),
    "total under a sum": Equal(L @ A + L.T @ A, ones(n, n) @ A + A),
    "both ways": Equal(hadamard(L, L.T), identity(n)),
    "total, as a bound": AtMost(L, ones(n, n) + identity(n) - L.T),
    "at most 1": AtMost(L, ones(n, n)),
    "a part of what is positive": AtMost(tril(POSITIVE), POSITIVE),
    "sums of a part": AtMost(rowsum(tril(POSITIVE)), rowsum(POSITIVE)),
    "positions are at most n": AtMost(positions(n), n * ones(n, 1)),
    "positions are at least 1": AtMost(ones(n, 1), positions(n)),
    "ways are at most n": AtMost(L @ L, n * ones(n, n)),
    "weights are at most 1": AtMost(softmax(S, mask=L), ones(n, n)),
    "sums of differences": Equal((identity(n) - shift(n)) @ L, identity(n)),
    "differences of sums": Equal(L @ (identity(n) - shift(n)), identity(n)),
    "a shift is made of blocks": Equal(shift(N), MOVED),
    "sums of differences by blocks": Equal((identity(N) - MOVED) @ causal(N), identity(N)),
    "differences of sums by blocks": Equal(causal(N) @ (identity(N) - MOVED), identity(N)),
    "steps of positions": Equal(positions(n) - shift(n) @ positions(n), ones(n, 1)),
    "positions count": Equal(LATER @ positions(N), EARLIER @ positions(N) + ones(n, 1)),
    "the first position": Equal(unit(N, 0) @ positions(N), identity(1)),
    "the last position": Equal(hstack(zeros(1, n), identity(1)) @ positions(N), N * identity(1)),
    "a window is its own square": Equal(hadamard(window(n, w), window(n, w)), window(n, w)),
    "a window in a wider one": Equal(hadamard(window(n, w), window(n, w + q)), window(n, w)),
    "windows after each other": Equal(
        hadamard(window(n, w) @ window(n, q), window(n, w + q)), window(n, w) @ window(n, q)
    ),
    "a causal mask in blocks": Equal(
        causal(a + b), vstack(hstack(causal(a), zeros(a, b)), hstack(ones(b, a), causal(b)))
    ),
    "averages": Equal(
        softmax(zeros(N, N), mask=causal(N)) @ vstack(identity(1), zeros(n, 1)), reciprocal(positions(N))
    ),
    "distances": Equal((LATER - EARLIER) @ DISTANCES @ T(LATER - EARLIER), -2 * identity(n)),
    "a recurrence": Equal(
        LATER @ (hadamard(psi @ phi.T, causal(N)) @ vs),
        hadamard((LATER @ psi) @ phi.T, EARLIER @ causal(N)) @ vs
        + diag(rowsum(hadamard(LATER @ psi, LATER @ phi))) @ LATER @ vs,
    ),
    "chunks": Equal(
        hadamard(vstack(q1, q2) @ T(vstack(f1, f2)), causal(a + b)) @ vstack(v1, v2),
        vstack(hadamard(q1 @ f1.T, causal(a)) @ v1, q2 @ (f1.T @ v1) + hadamard(q2 @ f2.T, causal(b)) @ v2),
    ),
    "a prefix": Equal(
        hstack(identity(a), zeros(a, b)) @ softmax(BOTH @ W @ T(BOTH), mask=causal(a + b)) @ BOTH,
        softmax(X @ W @ X.T, mask=causal(a)) @ X,
    ),
    "three shifts": Equal(shift(n) @ shift(n) @ shift(n), shift(n, 3)),
    "a shift after another": Equal(shift(n, w) @ shift(n, 2), shift(n, w + 2)),
    "shifts the other way": Equal(shift(n).T @ shift(n).T, shift(n, 2).T),
    "a shift and back": Equal(shift(n) @ shift(n).T, diag(order(n, 1, 1, 0))),
    "what telescopes": Equal(sum_heads(STATES[l + 1], l) + STATES[0], sum_heads(STATES[l], l) + STATES[w]),
    "squares that telescope": Equal(
        sum_heads(STATES[l + 1] @ STATES[l + 1].T - STATES[l] @ STATES[l].T, l),
        STATES[w] @ STATES[w].T - STATES[0] @ STATES[0].T,
    ),
    "differences of differences": Equal(
        sum_heads(MORE[l + 2] - 2 * MORE[l + 1] + MORE[l], l), MORE[w + 1] - MORE[w] - MORE[1] + MORE[0]
    ),
    "rows that telescope": Equal(
        ones(1, n) @ LATER @ matrix("x", N, d) + unit(N, 0) @ matrix("x", N, d),
        ones(1, n) @ EARLIER @ matrix("x", N, d) + hstack(zeros(1, n), identity(1)) @ matrix("x", N, d),
    ),
    "dV": Equal(Gradient(inner(G, P @ V), V), P.T @ G),
    "dQ": Equal(Gradient(inner(G, P @ V), Q), tau * dS @ K),
    "dK": Equal(Gradient(inner(G, P @ V), K), tau * dS.T @ Q),
}
STRICT = order(n, n, 1, 0)
FALSE: dict[str, Any] = {
    "a narrower window holds a wider one": Equal(hadamard(window(n, w + 1), window(n, w)), window(n, w + 1)),
    "what is just after is seen": Equal(hadamard(shift(n).T, L), shift(n).T),
    "a part of what has any sign": AtMost(tril(S), S),
    "at least 1": AtMost(ones(n, n), L),
    "later is at most earlier": AtMost(L.T, L),
    "one more is at most as many": AtMost(order(n, n, 0, 1), L),
    "another part of what is positive": AtMost(tril(POSITIVE), triu(POSITIVE)),
    "positions are at least n": AtMost(n * ones(n, 1), positions(n)),
    "ways are fewer than n": AtMost(L @ L, n * L - identity(n)),
    "rows before only": Equal(rowsum(softmax(S, mask=STRICT)), ones(n, 1)),
    "rows less the diagonal": Equal(rowsum(softmax(S, mask=L - identity(n))), ones(n, 1)),
    "rows with fewer keys": Equal(
        rowsum(softmax(matrix("R", n + a, n), mask=causal(n + a, n, "lower-right"))), ones(n + a, 1)
    ),
    "rows aligned at the last": Equal(rowsum(softmax(matrix("R", n, a), mask=causal(n, a, "lower-right"))), ones(n, 1)),
    "a prefix that sees what comes": Equal(
        hstack(identity(a), zeros(a, b)) @ softmax(BOTH @ W @ T(BOTH), mask=T(causal(a + b))) @ BOTH,
        softmax(X @ W @ X.T, mask=T(causal(a))) @ X,
    ),
    "idempotent": Equal(L @ L, L),
    "idempotent before": Equal(STRICT @ STRICT, STRICT),
    "transitive before, with one between": Equal(hadamard(STRICT, STRICT @ STRICT), STRICT @ STRICT @ STRICT),
    "nothing is three before": Equal(STRICT @ STRICT @ STRICT, zeros(n, n)),
    "symmetric": Equal(L, L.T),
    "total before": Equal(STRICT + STRICT.T, ones(n, n)),
    "earlier and later": Equal(EARLIER @ causal(N) @ LATER.T, L),
    "one place up and one to the left": Equal(shift(N).T @ causal(N) @ shift(N), causal(N)),
    "later and earlier": Equal(LATER @ causal(N) @ EARLIER.T, L),
    "total without the diagonal": Equal(L + L.T, ones(n, n)),
    "positive": Positive(L),
    "positive before": Positive(rowsum(STRICT)),
    "positive with fewer keys": Positive(rowsum(causal(N, n, "lower-right"))),
    "positive with more keys": Positive(rowsum(order(n, N, 1, 0))),
    "semidefinite": PSD(L + L.T - ones(n, n) - 2 * identity(n)),
    "rank before": Rank(STRICT) >= n,
    "rank of a shift": Rank(shift(n)) >= n,
    "the determinant of what is after": Equal(
        determinant(hadamard(S, ones(n, n) - L)), determinant(hadamard(S, identity(n)))
    ),
    "the determinant of what is before": Equal(determinant(hadamard(S, STRICT)), determinant(hadamard(S, identity(n)))),
    "the determinant of what is not before": Equal(determinant(S - hadamard(S, STRICT)), 0),
    "the determinant of a part": Equal(determinant(tril(S)), determinant(S)),
    "the inverse of 1 and what is before": Equal(
        (identity(n) + hadamard(S, STRICT)) @ (identity(n) - hadamard(S, STRICT)), identity(n)
    ),
    "positions are all the last": Equal(positions(n), n * ones(n, 1)),
    "positions without one's own": Equal(rowsum(STRICT), positions(n)),
    "positions from the end": Equal(rowsum(L.T), positions(n)),
    "positions are constant": Equal(LATER @ positions(N), EARLIER @ positions(N)),
    "windows of different widths": Equal(hadamard(window(n, w), window(n, q)), window(n, w)),
    "windows meet": Equal(window(n, w) @ window(n, w), window(n, w + w)),
    "a window is causal": Equal(window(n, w), L),
    "a shift goes back": Equal(shift(n) @ shift(n).T, identity(n)),
    "a shift twice": Equal(shift(n) @ shift(n), zeros(n, n)),
    "three shifts are two": Equal(shift(n) @ shift(n) @ shift(n), shift(n, 2)),
    "shifts of two lengths": Equal(shift(n, w) @ shift(n, 2), shift(n, w + 1)),
    "a shift and back is nothing": Equal(shift(n).T @ shift(n), identity(n)),
    "what telescopes the other way": Equal(
        sum_heads(STATES[l + 1], l) + STATES[w], sum_heads(STATES[l], l) + STATES[0]
    ),
    "what telescopes without its ends": Equal(sum_heads(STATES[l + 1], l), sum_heads(STATES[l], l)),
    "what is two steps apart": Equal(sum_heads(MORE[l + 2], l) + MORE[0], sum_heads(MORE[l], l) + MORE[w + 1]),
    "a sum from the other end": Equal((identity(n) - shift(n)) @ L.T, identity(n)),
    "windows count paths": Equal(window(n, w) @ window(n, q), window(n, w + q)),
    "softmax of what is before": Equal(hadamard(softmax(S, mask=L), STRICT), softmax(S, mask=STRICT)),
    "softmax without the mask": Equal(softmax(S, mask=L), softmax(S)),
    "a mask that is added": Equal(softmax(S + tau * L), softmax(S, mask=L)),
    "rows of a mask that is causal": Equal(
        rowsum(softmax(S, mask=hadamard(matrix("M", n, n, mask=True), L))), ones(n, 1)
    ),
    "dV without a transpose": Equal(Gradient(inner(G, P @ V), V), P @ G),
    "dQ without the mask": Equal(Gradient(inner(G, P @ V), Q), tau * (dP - rowsum(hadamard(P, dP)) @ ones(1, n)) @ K),
    "two alignments": Equal(order(n, a), order(n, a, n, a)),
    "tril goes inside": Equal(tril(S) @ tril(S), tril(S @ S)),
}


@pytest.mark.parametrize("what", TRUE)
def test_what_follows_from_the_order_is_proved_and_replays(what: str) -> None:
    theorem = prove(TRUE[what])
    assert replay(theorem.kernel).conclusion == theorem.kernel.conclusion
    assert theorem.given == ()


@pytest.mark.parametrize("what", FALSE)
def test_what_is_nearly_so_is_refuted(what: str) -> None:
    assert decide(FALSE[what]).status == "refuted"


def test_distances_have_full_rank_whatever_is_added_to_a_row() -> None:
    c = column("c", N)
    step = LATER - EARLIER
    whole = Rank(DISTANCES + c @ ones(1, N))
    assert decide(whole >= n, hints=[step / -2, T(step)]).status == "proved"
    assert decide(whole >= N, hints=[step / -2, T(step)]).status != "proved"


@pytest.mark.parametrize(
    "statement",
    [
        "S:n*n |- rowsum(softmax(S, mask=causal(n))) == 1",
        "A:n*d |- (identity(n) - shift(n)) @ causal(n) @ A == A",
        "A:n*n w>=1 |- hadamard(window(n, w, 2), window(n, w, 2), A) == hadamard(window(n, w, 2), A)",
        "S:n*n |- tril(S.T) == triu(S).T",
        "n>=1 |- positions(n) - shift(n) @ positions(n) == ones(n, 1)",
    ],
)
def test_masks_are_read_from_text(statement: str) -> None:
    assert decide(statement).status == "proved"


def test_a_strict_mask_is_read_from_text_and_refuted() -> None:
    assert decide("S:n*n |- rowsum(softmax(S, mask=order(n, n, 1, 0))) == 1").status == "refuted"


def _after_the_first(column: Any) -> Any:
    return hstack(zeros(n, 1), identity(n)) @ column


def test_a_bound_holds_for_all_tokens_when_it_holds_for_the_first_and_for_the_rest() -> None:
    p, q = matrix("p", n + 1, 1), matrix("q", n + 1, 1)
    scored = hadamard(shift(n + 1) @ p, q)
    rest = AtMost(zeros(n, 1), _after_the_first(scored))
    assert prove(AtMost(zeros(n + 1, 1), scored), [rest]).over == "the real numbers"  # the first has none before it


def test_a_bound_for_the_rest_says_nothing_of_the_first() -> None:
    p = matrix("p", n + 1, 1)
    assert decide(AtMost(zeros(n + 1, 1), p), [AtMost(zeros(n, 1), _after_the_first(p))]).status == "refuted"
