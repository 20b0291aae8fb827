"""Tensors for a sample: numbers that the dtype holds, masks with rows that see nothing, and hidden keys that show."""

from __future__ import annotations

from typing import Any

import numpy as np

from symattn.checks.attention.spec.layouts import broadcast, collected
from symattn.checks.attention.spec.masks import seen_by_rule
from symattn.checks.attention.spec.spec import AttentionSpec
from symattn.checks.attention.trials.problem import Inputs, problem_of
from symattn.checks.attention.trials.sizes import Shape
from symattn.checks.attention.trials.turning import width_of
from symattn.checks.harness.arrays import rounded
from symattn.checks.harness.probes import PROBES, Roles

__all__ = ["OWN", "inputs_of"]

Array = Any
Generator = np.random.Generator
OWN = ("hidden", "tail", "faint", "sharp")
"""Probes of attention alone: no query of the first batch sees a key; the values of the last two keys are loud; queries
and keys are so small that the e of their norms counts; few keys have most of the weight, the last two among them, so
that there are not too many for 16 bits to tell one from another."""
SHARP = 3.0  # the deviation of scores then
LATE = 3.0  # how far above the others those of the last two keys are then, in deviations
SHOWN = 0.7  # the share of keys that a random mask shows
BASE = 10000.0  # of the angles in tables of cos and sin
FURTHER = 2  # places in the tables behind the last query and key, as callers have them
LOUD = 64.0  # what hidden values are: nobody overlooks them, and every dtype holds them


def inputs_of(spec: AttentionSpec, shape: Shape, seed: int, dtype: str) -> Inputs | None:
    """The inputs; None where the sizes hide a row and the spec says that none is hidden, or where nothing can turn."""
    rng = np.random.default_rng([seed, shape.batch, shape.n, shape.m, shape.k, shape.v])
    heads, groups = spec.heads
    wanted = {
        "q": (shape.batch, heads, shape.n, shape.k),
        "k": (shape.batch, groups, shape.m, shape.k),
        "v": (shape.batch, groups, shape.m, shape.v),
    }
    roles = Roles(("q", "k"), ("v",), large=_large(spec, dtype))
    probe = "retrieval" if shape.probe == "faint" else "normal" if shape.probe in OWN else shape.probe
    drawn = {name: rounded(value, dtype) for name, value in PROBES[probe](wanted, roles, rng).items()}
    if shape.probe == "tail":
        drawn["k"], drawn["v"] = rounded(drawn["k"] / 4, dtype), drawn["v"] * _loud_tail(shape.m)
    if shape.probe == "sharp":
        drawn |= {name: rounded(value, dtype) for name, value in _sharp(spec, drawn["q"], drawn["k"]).items()}
    if shape.probe == "faint":
        small = 2.0 ** np.round(np.log2(spec.qk_norm or 1.0) / 2)
        drawn |= {name: rounded(small * drawn[name], dtype) for name in ("q", "k")}
    cotangent = rounded(rng.standard_normal((shape.batch, heads, shape.n, shape.v)), dtype)
    if spec.rope and (shape.k % 2 or (spec.rope_width or 0) > shape.k):
        return None
    inputs = Inputs(drawn["q"], drawn["k"], drawn["v"], _extras(spec, shape, rng, dtype), cotangent)
    if shape.probe == "hidden":
        inputs = _all_hidden(spec, inputs)
    if spec.rope and spec.aligned == "lower-right" and inputs.lengths.min() < shape.n:
        return None  # a query before the first place has no row in the tables
    if spec.hidden_rows == "never":
        inputs = _nowhere_hidden(spec, inputs)
        if problem_of(spec, inputs).hidden.any():
            return None
    return _loud(spec, inputs)


def _sharp(spec: AttentionSpec, q: Array, k: Array) -> dict[str, Array]:
    """Queries lean to one side, and so do the last two keys."""
    width, keys = q.shape[-1], k.shape[2]
    deviation = width**0.5 * (width**-0.5 if spec.scale is None else spec.scale)
    side = LATE**0.5 / width**0.25
    late = np.where(np.arange(keys) < keys - 2, 0.0, side)[:, None]
    return {"q": SHARP / deviation * (q + side), "k": k + late}


def _loud_tail(keys: int) -> Array:
    """Powers of two, so that rounded values stay rounded."""
    return np.where(np.arange(keys) < keys - 2, 1.0, 16.0)[:, None]


def _large(spec: AttentionSpec, dtype: str) -> float:
    """Scores at which exp overflows without a shift; under a softcap they saturate first."""
    large = 768.0 if dtype == "float64" else 48.0
    return large if spec.softcap is None else min(large, 10 * float(spec.softcap))


def _extras(spec: AttentionSpec, shape: Shape, rng: Generator, dtype: str) -> dict[str, Array]:
    full = np.empty((shape.batch, spec.heads[0], shape.n, shape.m))
    found: dict[str, Array] = {}
    if spec.mask:
        seen = rng.random(collected(full, spec.mask).shape) < SHOWN
        found["mask"] = seen if spec.mask_true == "seen" else ~seen
    if spec.bias:
        found["bias"] = rounded(rng.standard_normal(collected(full, spec.bias).shape), dtype)
    if spec.float_mask:
        numbers = rounded(rng.standard_normal(collected(full, spec.float_mask).shape), dtype)
        numbers = np.where(rng.random(numbers.shape) < SHOWN, numbers, 0.0)
        found["float_mask"] = np.where(rng.random(numbers.shape) < SHOWN, numbers, -np.inf)
    if spec.lengths:
        least = 1 if spec.aligned != "lower-right" else min(shape.n, shape.m)
        found["lengths"] = rng.integers(least, shape.m + 1, shape.batch)
        found["lengths"][0] = max(least, shape.m - 2)
    if spec.sinks:
        found["sinks"] = rounded(rng.standard_normal(spec.heads[0]) + np.log(shape.m), dtype)  # as heavy as the keys
    if spec.qk_norm:
        for name in ("q_gain", "k_gain"):
            found[name] = rounded(rng.uniform(0.5, 1.5, shape.k), dtype)
    if spec.rope:
        half, rows = width_of(spec, shape.k) // 2, max(shape.n, shape.m) + FURTHER
        angles = np.outer(np.arange(rows), BASE ** (-np.arange(half) / half))
        found["cos"], found["sin"] = rounded(np.cos(angles), dtype), rounded(np.sin(angles), dtype)
    return found


def _all_hidden(spec: AttentionSpec, inputs: Inputs) -> Inputs:
    """No query of the first batch sees a key."""
    extras = {name: np.array(value, copy=True) for name, value in inputs.extras.items()}
    if spec.mask:
        extras["mask"][_first(spec.mask)] = spec.mask_true == "hidden"
    elif spec.float_mask:
        extras["float_mask"][_first(spec.float_mask)] = -np.inf
    else:
        extras["lengths"][0] = 0  # where queries turn, none stands at a place then, and there is no such sample
    return inputs.but(extras=extras)


def _first(axes: str) -> Any:
    return 0 if axes.startswith("b") else slice(None)


def _nowhere_hidden(spec: AttentionSpec, inputs: Inputs) -> Inputs:
    """Masks that show every hidden row the last key that its rule allows."""
    problem = problem_of(spec, inputs)
    (_, _, n, m), hidden = problem.shape, problem.hidden
    lengths = inputs.lengths
    allowed = np.broadcast_to(seen_by_rule(spec, n, m, lengths), problem.shape)
    last = m - 1 - np.argmax(allowed[..., ::-1], axis=-1)
    needed = hidden[..., None] & (np.arange(m) == last[..., None])
    for name in ("mask", "float_mask"):
        axes = getattr(spec, name)
        if not axes:
            continue
        given = broadcast(inputs.extras[name], axes)
        where = needed
        for axis in range(4):
            where = where.any(axis=axis, keepdims=True) if given.shape[axis] == 1 else where
        shown = {"mask": spec.mask_true == "seen", "float_mask": 0.0}[name]
        opened = np.where(where, shown, given).astype(given.dtype)
        inputs = inputs.with_extras(**{name: collected(opened, axes)})
    return inputs


def _loud(spec: AttentionSpec, inputs: Inputs) -> Inputs:
    """Keys that no query sees get values that are heard wherever they leak in; NaN where that is promised."""
    problem = problem_of(spec, inputs)
    seen = np.zeros(inputs.k.shape[:3], dtype=bool)
    for head, key in enumerate(problem.reads):
        seen[:, key] |= problem.seen[:, head].any(axis=-2)
    lost = ~seen[..., None]
    loud = (np.nan, np.inf) if spec.hidden_keys == "anything" else (LOUD, 8.0)
    if not problem.form.masked or spec.hidden_rows == "mean":
        return inputs
    return inputs.but(v=np.where(lost, loud[0], inputs.v), k=np.where(lost, loud[1], inputs.k))
