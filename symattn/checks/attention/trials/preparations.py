"""What people get wrong before queries and keys meet: their norms, and their turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from sympy import Rational

from symattn.checks.attention.spec.spec import AttentionSpec
from symattn.checks.attention.trials.changes import Change, Variant, formed, given, said, slipped
from symattn.checks.attention.trials.problem import Inputs, Problem, problem_of
from symattn.checks.attention.trials.turning import Turn, turn_of, width_of

__all__ = ["preparations"]

Array = Any
GAINS = ("q_gain", "k_gain")


def preparations(spec: AttentionSpec) -> Iterator[Variant]:
    if spec.qk_norm:
        yield from _norms(spec)
    if spec.rope:
        yield from _turns(spec)


def _norms(spec: AttentionSpec) -> Iterator[Variant]:
    yield Variant("the norms of queries and keys left out", formed(eps=None), must=True)
    for factor, words in ((10, "ten times as large"), (Rational(1, 10), "a tenth of what it is")):
        yield Variant(f"the e of the norms {words}", _with_eps(factor))
    yield Variant("the e of the norms added behind the root", formed(wrong="eps behind"))
    yield Variant("1 added to the gains of the norms", given(lambda s, e: {n: e[n] + 1 for n in GAINS}))
    yield Variant("the gains of the norms left out", given(lambda s, e: {n: np.ones_like(e[n]) for n in GAINS}))
    yield Variant("norms of the sum of squares, not of their mean", slipped(_by_sums))
    yield Variant("means subtracted before the norms", slipped(_centred))
    if spec.rope:  # without a turn between them it does not matter whose gain is whose
        exchanged = dict(zip(GAINS, reversed(GAINS), strict=True))
        words = "the gains of queries and keys exchanged"
        yield Variant(words, given(lambda s, e: {one: e[other] for one, other in exchanged.items()}))
        yield Variant("the norms behind the turn", formed(wrong="norm last"))


def _with_eps(factor: Any) -> Change:
    def slip(problem: Problem) -> Problem:
        return problem.but(form=problem.form.but(eps=factor * problem.form.eps))

    return slipped(slip)


def _by_sums(problem: Problem) -> Problem:
    """x / sqrt(‖x‖² + e) is x / (sqrt(k) sqrt(‖x‖²/k + e/k))."""
    width = problem.q.shape[-1]
    gains = tuple(gain / width**0.5 for gain in problem.gains or ())
    return problem.but(form=problem.form.but(eps=problem.form.eps / width), gains=gains)


def _centred(problem: Problem) -> Problem:
    q, k = (rows - rows.mean(-1, keepdims=True) for rows in (problem.q, problem.k))
    return problem.but(q=q, k=k)


def _turns(spec: AttentionSpec) -> Iterator[Variant]:
    other = "halves" if spec.rope == "interleaved" else "interleaved"
    yield Variant("the turns left out", formed(turned=False), must=True)
    yield Variant(f"columns turned in pairs as {other}, not as {spec.rope}", said(rope=other))
    yield Variant("queries and keys turned the other way", _turned(lambda turn: turn.but(pairs=-turn.pairs)))
    yield Variant("the turn of the queries left out", _turned(lambda turn: turn.but(queries=_still(turn.queries))))
    yield Variant("the turn of the keys left out", _turned(lambda turn: turn.but(keys=_still(turn.keys))))
    yield Variant("half of the columns turned that should be", _narrower)
    if spec.aligned == "lower-right":
        yield Variant("queries turned by their row, not by their place", _by_rows)
    for by, words in ((1, "on"), (-1, "back")):
        yield Variant(f"queries turned one place further {words}", _turned_by(by))


def _still(tables: tuple[Array, Array]) -> tuple[Array, Array]:
    cos, sin = tables
    return np.ones_like(cos), np.zeros_like(sin)


def _turned(move: Callable[[Turn], Turn]) -> Change:
    def slip(problem: Problem) -> Problem | None:
        return None if problem.turn is None else problem.but(turn=move(problem.turn))

    return slipped(slip)


def _narrower(spec: AttentionSpec, inputs: Inputs) -> Problem | None:
    half = width_of(spec, inputs.q.shape[-1]) // 2
    return None if half < 2 else _as_if(spec, inputs, spec.but(rope_width=half - half % 2))


def _by_rows(spec: AttentionSpec, inputs: Inputs) -> Problem:
    return _as_if(spec, inputs, spec.but(causal=None, alignment="upper-left"))


def _turned_by(by: int) -> Change:
    return lambda spec, inputs: _as_if(spec, inputs, spec, by)


def _as_if(spec: AttentionSpec, inputs: Inputs, other: AttentionSpec, shift: int = 0) -> Problem:
    """The spec, turned as another one says."""
    turn = turn_of(other, inputs.extras, inputs.q.shape, inputs.k.shape[2], inputs.lengths, shift)
    return problem_of(spec, inputs).but(turn=turn)
