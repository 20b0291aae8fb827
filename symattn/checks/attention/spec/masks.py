"""Which keys a query sees by rule, and the biases of ALiBi, at numbers: the expressions of `rules`, evaluated."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from symattn.checks.attention.spec import letters
from symattn.checks.attention.spec.spec import AttentionSpec
from symattn.numeric.arithmetics.floats import FLOAT64
from symattn.numeric.evaluation.walk import Walk
from symattn.numeric.samples.samples import Sample

__all__ = ["alibi_bias", "places", "seen_by_rule", "slopes"]

Array = Any
KEPT = 64  # masks at sizes that the variants of a spec ask for again


def places(spec: AttentionSpec, n: int, lengths: Array, *, shift: int = 0) -> Array:
    """[batch, n]: where each query stands among the keys; with `shift`, so many places further on."""
    offset = lengths - n if spec.aligned == "lower-right" else np.zeros_like(lengths)
    return np.arange(n)[None, :] + offset[:, None] + shift


def seen_by_rule(spec: AttentionSpec, n: int, m: int, lengths: Array, *, shift: int = 0) -> Array:
    """[batch, 1, n, m] of booleans, for one length of keys in each batch; with `shift`, queries stand further on."""
    mask = replace(spec.rules, shift=shift).mask
    seen = np.ones((len(lengths), n, m), dtype=bool)
    if mask is not None:
        seen = np.stack([_entries(mask, n, m, int(length)) == 1 for length in lengths])
    if spec.chunk:
        seen = seen & (places(spec, n, lengths, shift=shift)[:, :, None] // spec.chunk == np.arange(m) // spec.chunk)
    return seen[:, None]


def slopes(heads: int) -> Array:
    """2^(-8 (h + 1) / H), those of the paper."""
    return 2.0 ** (-8.0 * (np.arange(heads) + 1) / heads)


def alibi_bias(spec: AttentionSpec, n: int, m: int, lengths: Array) -> Array:
    """[batch, head, n, m]: what ALiBi adds to the scores."""
    away = np.stack([_entries(spec.rules.distance, n, m, int(length)) for length in lengths])
    return -slopes(spec.heads[0])[None, :, None, None] * away[:, None]


@lru_cache(KEPT)
def _entries(expr: Any, n: int, m: int, length: int) -> Array:
    """An expression of whole numbers at these sizes; float64 holds them."""
    sizes = {letters.n: n, letters.m: m, letters.L: length}
    value = np.asarray(Walk(Sample(sizes, {}, 0, "a rule"), FLOAT64).value(expr).value, dtype=np.float64)
    value.setflags(write=False)
    return value
