"""What kernels get wrong: tails of blocks, rescaling, widths, heads merged without a transpose, tensors exchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from sympy import Integer

from symattn.checks.attention.spec import letters
from symattn.checks.attention.spec.spec import AttentionSpec
from symattn.checks.attention.trials.changes import After
from symattn.checks.attention.trials.problem import Problem
from symattn.checks.attention.trials.reference import plain_value

__all__ = ["slips"]

Array = Any
Slip = tuple[str, Callable[[Problem], Problem | None], After | None, bool]
"""The words, what is computed then, what is done to it in the end, and whether only long samples show it."""

BLOCKS = (16, 32, 64, 128)
WIDTHS = (64, 128)


def slips(spec: AttentionSpec) -> Iterator[Slip]:
    """All that apply to a spec."""
    yield "zeros", _no_values, None, False
    yield "the last key left out", _last_key_lost, None, False
    for by, where in ((1, "before"), (-1, "behind")):
        yield f"each key with the value of the one {where}", _values_of_neighbours(by), None, False
    yield "the last column of queries and keys left out", _last_column_lost, None, False
    for width in BLOCKS:
        yield f"keys behind the last full block of {width} lost", _tail_lost(width), None, True
    for width in BLOCKS:
        yield f"blocks of {width} keys that are not rescaled", _never_rescaled(width), None, True
        words = f"blocks of {width} keys whose values are not rescaled, though their sum is"
        yield words, _sum_alone_rescaled(width), After("out"), True
    for width in BLOCKS:
        zeroed = After("out", move=_rows_zeroed(width))
        yield f"queries behind the last full block of {width} lost", _with_long_rows(width), zeroed, True
    for width in WIDTHS:
        yield f"only the first {width} columns of queries and keys", _narrowed(width), None, True
    if "h" in spec.layout and spec.heads[0] > 1:
        yield "heads merged without a transpose", lambda problem: problem, After("out", move=_merged), False
    if spec.heads[0] == spec.heads[1] and not spec.extras:
        yield "heads and rows of the layout exchanged", _axes_exchanged(1), After("out", move=_turned(1)), False
        if "b" in spec.layout:
            yield "batches and rows of the layout exchanged", _axes_exchanged(0), After("out", move=_turned(0)), False
        yield "queries and keys exchanged", _exchanged("q", "k"), None, False
    yield "keys and values exchanged", _exchanged("k", "v"), None, False


def _last_key_lost(problem: Problem) -> Problem | None:
    keys = problem.shape[3]
    return problem.of_keys(slice(keys - 1)) if keys > 1 else None


def _no_values(problem: Problem) -> Problem:
    return problem.but(v=np.zeros_like(problem.v))


def _values_of_neighbours(by: int) -> Callable[[Problem], Problem | None]:
    return lambda problem: problem.but(v=np.roll(problem.v, by, axis=2)) if problem.shape[3] > 1 else None


def _last_column_lost(problem: Problem) -> Problem | None:
    """A column of zeros: the scale is that of the whole width."""
    if problem.form.prepared or problem.q.shape[-1] == 1:
        return None
    kept = np.arange(problem.q.shape[-1]) < problem.q.shape[-1] - 1
    return problem.but(q=np.where(kept, problem.q, 0.0))


def _tail_lost(width: int) -> Callable[[Problem], Problem | None]:
    def slip(problem: Problem) -> Problem | None:
        keys = problem.shape[3]
        return problem.of_keys(slice(keys - keys % width)) if keys > width and keys % width else None

    return slip


def _never_rescaled(width: int) -> Callable[[Problem], Problem | None]:
    """Weights that keep the largest score of their own time: a bias that takes it away, block by block."""

    def slip(problem: Problem) -> Problem | None:
        keys = problem.shape[3]
        if keys <= width or problem.form.sinks:
            return None
        shown = np.where(problem.seen, plain_value(problem, ("scores",))["scores"], -np.inf)
        tops = [shown[..., start : start + width].max(axis=-1) for start in range(0, keys, width)]
        running = np.maximum.accumulate(np.stack(tops, axis=-1), axis=-1)
        taken = np.repeat(running, width, axis=-1)[..., :keys]
        taken = np.where(np.isfinite(taken), taken, 0.0) - np.where(np.isfinite(taken[..., -1:]), taken[..., -1:], 0.0)
        bias = (0.0 if problem.bias is None else problem.bias) - taken
        return problem.but(form=problem.form.but(biased=True), bias=bias)

    return slip


def _sum_alone_rescaled(width: int) -> Callable[[Problem], Problem | None]:
    """The mixture of `_never_rescaled` is divided by the sum as it should be."""

    def slip(problem: Problem) -> Problem | None:
        kept = _never_rescaled(width)(problem)
        if kept is None:
            return None
        found = (plain_value(each, ("lse",))["lse"] for each in (kept, problem))
        grown, own = (np.where(problem.hidden, 0.0, sums) for sums in found)
        return kept.but(growth=np.exp(grown - own))

    return slip


def _with_long_rows(width: int) -> Callable[[Problem], Problem | None]:
    def slip(problem: Problem) -> Problem | None:
        rows = problem.shape[2]
        return problem if rows > width and rows % width else None

    return slip


def _rows_zeroed(width: int) -> Callable[[Array], Array]:
    def move(entries: Array) -> Array:
        rows = entries.shape[2]
        return np.where((np.arange(rows) < rows - rows % width)[:, None], entries, 0.0)

    return move


def _narrowed(width: int) -> Callable[[Problem], Problem | None]:
    def slip(problem: Problem) -> Problem | None:
        full = problem.q.shape[-1]
        if full <= width or problem.form.prepared:
            return None
        scale = problem.form.scale
        kept = scale.xreplace({letters.k: Integer(full)}) if hasattr(scale, "xreplace") else scale
        return problem.but(q=problem.q[..., :width], k=problem.k[..., :width], form=problem.form.but(scale=kept))

    return slip


def _merged(entries: Array) -> Array:
    """[b, n, h, v] read as [b, h, n, v]."""
    return np.ascontiguousarray(np.swapaxes(entries, 1, 2)).reshape(entries.shape)


def _turned(axis: int) -> Callable[[Array], Array]:
    return lambda entries: np.swapaxes(entries, axis, 2)


def _axes_exchanged(axis: int) -> Callable[[Problem], Problem | None]:
    """Attention over batches or heads, as many as there are rows then."""

    def slip(problem: Problem) -> Problem | None:
        shape = problem.shape
        if shape[2] != shape[3] or problem.form.masked or problem.bias is not None or shape[2] == shape[axis] == 1:
            return None
        turned = {name: np.swapaxes(getattr(problem, name), axis, 2) for name in ("q", "k", "v", "cotangent")}
        batch, heads, rows, _ = turned["q"].shape
        return problem.but(**turned, seen=np.ones((batch, heads, rows, rows), dtype=bool), reads=tuple(range(heads)))

    return slip


def _exchanged(one: str, other: str) -> Callable[[Problem], Problem | None]:
    def slip(problem: Problem) -> Problem | None:
        a, b = getattr(problem, one), getattr(problem, other)
        return problem.but(**{one: b, other: a}) if a.shape == b.shape else None

    return slip
