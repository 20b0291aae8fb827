"""Several values at once: what a stack evaluates to is, for each value, what it evaluates to by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from symattn.language import (
    Gradient,
    Jacobian,
    Rank,
    T,
    bilinear,
    concat_heads,
    cos,
    determinant,
    diag,
    entry,
    exp,
    family,
    hadamard,
    hstack,
    index,
    inverse,
    log,
    matrix,
    matrix_of,
    normsquared,
    reciprocal,
    row,
    rowsum,
    scalar,
    sizes,
    softmax,
    stack_heads,
    sum_heads,
    total,
    trace,
    vstack,
)
from symattn.numeric import Exact, Floats, Intervals, Modular, sample
from symattn.numeric.arithmetic import OneByOne
from symattn.numeric.evaluation.walk import Walk

H, d = sizes("H d")
S, W, M = matrix("S", d, d), matrix("W", d, d), matrix("M", d, d, mask=True)
U = matrix("U", d, d, invertible=True)
x, y, t, s = row("x", d), row("y", d), scalar("t", positive=True), bilinear("s", d)
F, G, h = family("F", H, d, d), family("G", H, d, d), index("h", H)

RING = {
    "sums and products": x @ W @ S + 3 * x - y,
    "scalars": t * W + t**3 * x.T @ y,
    "entry by entry": hadamard(S, W, S) - S,
    "transposes": T(x) @ y + W.T,
    "sums of entries": rowsum(S) @ x + total(S) * W,
    "a trace": trace(S @ W) * S,
    "a determinant": determinant(S) * W,
    "an entry": entry(S, 1, 0) * x,
    "a diagonal": diag(x) @ W + diag(y),
    "blocks": hstack(x, y, x) @ vstack(W, S, W),
    "a power": S**3,
    "a bilinear map": s(x, y) * matrix_of(s),
    "heads": sum_heads(F[h] @ W @ G[h], h) + S,
    "heads side by side": concat_heads(x @ F[h], h),
    "heads one under the other": stack_heads(G[h] @ S, h),
    "what does not move": W @ W.T,
    "a fixed inverse": inverse(U) @ S,
}
EXPONENTIAL = {
    "softmax": softmax(S) @ W,
    "softmax of what does not move": softmax(W, mask=M) @ S,
    "softmax with a mask that moves": softmax(W, mask=hadamard(S, S)),
    "softmax with a fixed mask": softmax(S @ W, mask=M),
}
REAL = EXPONENTIAL | {
    "functions": exp(x) @ cos(S) + log(t) * x,
    "a reciprocal": reciprocal(rowsum(hadamard(S, S))),
    "a root": t ** (-1) * normsquared(x) * S,
}
MOVING = {S: (d, d), x: (d,), t: (), F: (H, d, d), s: (d, d)}
COUNT, AT = 5, {d: 3, H: 2}


def values(letter: Any, rng: np.random.Generator) -> list[Any]:
    shape = {x: (1, 3), t: (), F: (2, 3, 3)}.get(letter, (3, 3))
    return [rng.integers(1, 4, shape) if letter == t else rng.integers(-2, 3, shape) for _ in range(COUNT)]


def both_ways(expr: Any, arithmetic: Any, letters: Any = (S, x, t, F, s)) -> tuple[Any, list[Any]]:
    """The ends of a stack, and those of each of its values by itself."""
    at = sample([expr, *letters], sizes=AT)
    walk, rng = Walk(at, arithmetic), np.random.default_rng(3)
    tried = {letter: values(letter, rng) for letter in letters}
    stacked = walk.inside_stack(tried)
    assert stacked.count == COUNT
    ends = [np.broadcast_to(end, (COUNT, *end.shape[-2:])) for end in arithmetic.enclose(stacked.value(expr))]
    alone = []
    for number in range(COUNT):
        given = {letter: walk.lift(letter, each[number]) for letter, each in tried.items()}
        alone.append(arithmetic.enclose(Walk(at, arithmetic, given).value(expr)))
    return ends, alone


@pytest.mark.parametrize("arithmetic", [Exact(), Modular(101), Intervals()], ids=lambda a: a.name)
@pytest.mark.parametrize("name", RING)
def test_exactly_the_same_where_nothing_is_rounded(name: str, arithmetic: Any) -> None:
    (lower, upper), alone = both_ways(RING[name], arithmetic)
    for number, (low, high) in enumerate(alone):
        assert (lower[number] == low).all()
        assert (upper[number] == high).all()


@pytest.mark.parametrize("name", EXPONENTIAL)
def test_softmax_is_the_same_among_fractions(name: str) -> None:
    (lower, _), alone = both_ways(EXPONENTIAL[name], Exact())
    assert all((lower[number] == low).all() for number, (low, _) in enumerate(alone))


@pytest.mark.parametrize("engine", ["float64", "float32", "float16", "bfloat16"])
@pytest.mark.parametrize("name", RING | REAL)
def test_floats_enclose_the_same_numbers_as_narrowly(name: str, engine: str) -> None:
    (lower, upper), alone = both_ways((RING | REAL)[name], Floats(engine))
    for number, (low, high) in enumerate(alone):
        assert (lower[number] <= high).all()
        assert (low <= upper[number]).all()
        assert np.allclose(upper[number] - lower[number], high - low, rtol=1e-3, atol=1e-300)


@pytest.mark.parametrize("name", REAL)
def test_floats_in_a_stack_enclose_what_intervals_do(name: str) -> None:
    (lower, upper), _ = both_ways(REAL[name], Floats())
    _, certain = both_ways(REAL[name], Intervals())
    for number, (low, high) in enumerate(certain):
        assert (lower[number] <= low).all()
        assert (high <= upper[number]).all()


@pytest.mark.parametrize(
    "expr", [Rank(S), Gradient(total(S @ W), S), Gradient(total(S @ W), W), Jacobian(x @ S, x), inverse(U) @ S], ids=str
)
@pytest.mark.parametrize("arithmetic", [Exact(), Floats()], ids=lambda a: a.name)
def test_what_needs_one_matrix_at_a_time_says_so(expr: Any, arithmetic: Any) -> None:
    walk, rng = Walk(sample([expr, S, U], sizes=AT), arithmetic), np.random.default_rng(0)
    stacked = walk.inside_stack({letter: values(letter, rng) for letter in (S, U)})
    with pytest.raises(OneByOne):
        stacked.value(expr)


def test_a_derivative_without_the_letters_is_that_of_the_walk_around() -> None:
    expr = Gradient(total(W @ y.T), W)
    walk = Walk(sample([expr, S], sizes=AT), Exact())
    stacked = walk.inside_stack({S: values(S, np.random.default_rng(0))})
    assert stacked.value(expr) is walk.value(expr)


@pytest.mark.parametrize("verb", ["rank", "inverse", "positive_semidefinite"])
def test_a_stack_has_no_rank_and_no_inverse(verb: str) -> None:
    walk = Walk(sample([S], sizes=AT), Exact())
    verbs: Callable[[Any], Any] = getattr(walk.inside_stack({S: values(S, np.random.default_rng(0))}).arithmetic, verb)
    with pytest.raises(OneByOne):
        verbs(walk.value(S))
