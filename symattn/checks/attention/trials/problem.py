"""The inputs of a sample as the arrays that the formula takes: [batch, head, n, k], and what is seen, as booleans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from symattn.checks.attention.spec import letters
from symattn.checks.attention.spec.formula import Form
from symattn.checks.attention.spec.layouts import broadcast
from symattn.checks.attention.spec.masks import alibi_bias, places, seen_by_rule
from symattn.checks.attention.spec.spec import AttentionSpec, form_of
from symattn.checks.attention.trials.turning import Turn, turn_of
from symattn.numeric.samples.samples import Sample

__all__ = ["Inputs", "Problem", "places_of", "problem_of"]

Array = Any


@dataclass(frozen=True, eq=False)
class Inputs:
    """What a function is given, as float64 and booleans: q, k, v as [batch, head, rows, width], extras as laid out."""

    q: Array
    k: Array
    v: Array
    extras: Mapping[str, Array]
    cotangent: Array

    @property
    def lengths(self) -> Array:
        """How many keys each batch has."""
        return self.extras.get("lengths", np.full(len(self.k), self.k.shape[2]))

    def but(self, **changes: Any) -> Inputs:
        return replace(self, **changes)

    def with_extras(self, **extras: Array) -> Inputs:
        return replace(self, extras={**self.extras, **extras})


@dataclass(frozen=True, eq=False)
class Problem:
    """What is to be computed: arrays for every batch and query head, and which expression of them.

    reads        the key head of each query head
    bias_axes    of the bias that the function is given
    gains        of the norms of queries and keys
    growth       what a mistake multiplies the output by, one number a row
    """

    form: Form
    q: Array
    k: Array
    v: Array
    seen: Array
    bias: Array | None
    sinks: Array | None
    reads: tuple[int, ...]
    cotangent: Array
    hidden_rows: str
    bias_axes: str = ""
    gains: tuple[Array, Array] | None = None
    turn: Turn | None = None
    growth: Array | None = None

    def but(self, **changes: Any) -> Problem:
        return replace(self, **changes)

    def of_keys(self, kept: slice) -> Problem:
        """With some of the keys alone."""
        return self.but(
            k=self.k[:, :, kept],
            v=self.v[:, :, kept],
            seen=self.seen[..., kept],
            bias=None if self.bias is None else self.bias[..., kept],
            turn=None if self.turn is None else self.turn.of_keys(kept),
        )

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """batch, heads, n, m"""
        return (*self.q.shape[:3], self.k.shape[2])

    @property
    def hidden(self) -> Array:
        """[batch, head, n]: the queries that see no key."""
        return ~self.seen.any(axis=-1)

    def places(self) -> Iterator[tuple[int, int]]:
        return iter(np.ndindex(self.shape[:2]))

    def sample(self, batch: int, head: int, rows: slice = slice(None)) -> Sample:
        """The letters of the formula for one batch and one head, and for some of the queries."""
        key = self.reads[head]
        seen = self.seen[batch, head, rows]
        values: dict[Any, Any] = {
            letters.Q: self.q[batch, head, rows],
            letters.K: _finite(self.k[batch, key]),
            letters.V: _finite(self.v[batch, key]),
            letters.G: self.cotangent[batch, head, rows],
            letters.M: seen.astype(np.float64),
        }
        if self.form.mean:
            some = seen.any(axis=-1, keepdims=True)
            values[letters.M] = (seen | ~some).astype(np.float64)
            values[letters.R] = np.broadcast_to(some, seen.shape).astype(np.float64)
        if self.bias is not None:
            values[letters.B] = self.bias[batch, head, rows]
        if self.gains is not None:
            values |= {letters.g: self.gains[0][None], letters.h: self.gains[1][None]}
        if self.turn is not None:
            values |= self.turn.letters(batch, rows)
        if self.sinks is not None:
            values[letters.sink] = np.asarray(self.sinks[head])
        numbers = (*seen.shape, self.q.shape[-1], self.v.shape[-1])
        sizes = dict(zip((letters.n, letters.m, letters.k, letters.v), numbers, strict=True))
        return Sample(sizes, values, 0, f"batch {batch}, head {head}")


def _finite(rows: Array) -> Array:
    """Keys and values that nobody sees may be anything; here they are 0."""
    return np.where(np.isfinite(rows), rows, 0.0)


def places_of(spec: AttentionSpec, inputs: Inputs) -> Array:
    """[batch, n]: where each query stands among the keys."""
    return places(spec, inputs.q.shape[2], inputs.lengths)


def problem_of(spec: AttentionSpec, inputs: Inputs, *, shift: int = 0) -> Problem:
    """What the spec says is to be computed of the inputs; with `shift`, queries stand so many places further on.

    Raises    IndexError for a query that stands at no place of the tables
    """
    (batch, heads, n, _), m = inputs.q.shape, inputs.k.shape[2]
    full = (batch, heads, n, m)
    lengths = inputs.lengths if spec.lengths else np.full(batch, m)
    seen = np.broadcast_to(seen_by_rule(spec, n, m, lengths, shift=shift), full)
    bias = np.zeros(full)
    if spec.mask:
        given = broadcast(inputs.extras["mask"], spec.mask)
        seen = seen & (given if spec.mask_true == "seen" else ~given)
    if spec.bias:
        bias = bias + broadcast(inputs.extras["bias"], spec.bias)
    if spec.float_mask:
        added = broadcast(inputs.extras["float_mask"], spec.float_mask)
        seen = seen & (added > -np.inf)
        bias = bias + np.where(added > -np.inf, added, 0.0)
    if spec.alibi:
        bias = bias + alibi_bias(spec, n, m, lengths)
    form = form_of(spec)
    return Problem(
        form=form,
        q=inputs.q,
        k=inputs.k,
        v=inputs.v,
        seen=seen,
        bias=bias if form.biased else None,
        sinks=inputs.extras["sinks"] if spec.sinks else None,
        reads=tuple(h // (spec.heads[0] // spec.heads[1]) for h in range(heads)),
        cotangent=inputs.cotangent,
        hidden_rows=spec.hidden_rows,
        bias_axes=spec.bias or "",
        gains=(inputs.extras["q_gain"], inputs.extras["k_gain"]) if spec.qk_norm else None,
        turn=turn_of(spec, inputs.extras, inputs.q.shape, m, lengths, shift) if spec.rope else None,
    )
