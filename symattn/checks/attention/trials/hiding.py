"""What people get wrong about which keys a query sees: places, windows, masks, lengths, rows that see nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from symattn.checks.attention.spec.layouts import broadcast
from symattn.checks.attention.spec.spec import AttentionSpec, form_of
from symattn.checks.attention.trials.changes import Change, Read, Variant, formed, given, said
from symattn.checks.attention.trials.problem import Inputs, Problem, places_of, problem_of

__all__ = ["masks", "own_keys", "places", "rows"]

Array = Any


def places(spec: AttentionSpec) -> Iterator[Variant]:
    """Where queries stand among the keys, and how far they see."""
    if spec.aligned is None:
        return
    other = "lower-right" if spec.aligned == "upper-left" else "upper-left"
    turned = {"causal": other if spec.causal else None, "alignment": other}
    yield Variant(f"{other} in place of {spec.aligned}", said(**turned))
    if spec.causal or spec.window:
        for shift, words in ((1, "further on"), (-1, "further back")):
            yield Variant(f"queries one place {words} than they are", _shifted(shift))
    if spec.causal and not spec.window:
        backwards = {"causal": None, "alignment": spec.causal, "window": (0, None)}
        yield Variant("the causal mask the wrong way round", said(**backwards))
    left, right = spec.window or (None, None)
    for words, window in (
        ("a window of one key more before the query", (_more(left, 1), right)),
        ("a window of one key less before the query", (_more(left, -1), right)),
        ("a window of one key more behind the query", (left, _more(right, 1))),
        ("a window of one key less behind the query", (left, _more(right, -1))),
        ("the two sides of the window exchanged", (right, left)),
    ):
        if spec.window and window != spec.window and None not in (_least(window[0]), _least(window[1])):
            yield Variant(words, said(window=window), long=True)
    if spec.chunk:
        yield from _chunks(spec, spec.chunk)


def _chunks(spec: AttentionSpec, size: int) -> Iterator[Variant]:
    for words, options in (
        ("chunks of one place more", {"chunk": size + 1}),
        ("chunks of one place less", {"chunk": size - 1}),
        ("a window as long as a chunk in its place", {"chunk": None, "window": (size - 1, size - 1)}),
    ):
        if options["chunk"] != 0 and not (spec.window and "window" in options):
            yield Variant(words, said(**options), long=True)
    yield Variant("chunks one place further on", _chunks_from(size - 1, size - 1), long=True)
    yield Variant("chunks one place further back", _chunks_from(1, 1), long=True)
    for by, words in ((1, "behind"), (-1, "before")):
        yield Variant(f"keys in the chunk of the place {words} theirs", _chunks_from(0, by), long=True)
    if spec.aligned == "lower-right":
        yield Variant("queries in the chunk of their row, not of their place", _chunks_of_rows, long=True)


def _chunks_from(queries: int, keys: int) -> Change:
    """Blocks of what is so many places further on."""

    def change(spec: AttentionSpec, inputs: Inputs) -> Problem:
        where = places_of(spec, inputs)
        return _in_blocks(spec, inputs, where + queries, np.arange(inputs.k.shape[2]) + keys)

    return change


def _chunks_of_rows(spec: AttentionSpec, inputs: Inputs) -> Problem:
    rows = np.broadcast_to(np.arange(inputs.q.shape[2]), (len(inputs.q), inputs.q.shape[2]))
    return _in_blocks(spec, inputs, rows, np.arange(inputs.k.shape[2]))


def _in_blocks(spec: AttentionSpec, inputs: Inputs, queries: Array, keys: Array) -> Problem:
    """The spec with other numbers for the places that blocks are counted by."""
    problem, size = problem_of(spec.but(chunk=None), inputs), spec.chunk or 1
    same = queries[:, :, None] // size == keys // size
    return problem.but(form=problem.form.but(masked=True), seen=problem.seen & same[:, None])


def _shifted(by: int) -> Change:
    return lambda spec, inputs: problem_of(spec, inputs, shift=by)


def _more(side: int | None, by: int) -> int | None:
    return None if side is None else side + by


def _least(side: int | None) -> int | None:
    """The side where it is none that cannot be: a negative one is None."""
    return 0 if side is None else side if side >= 0 else None


def own_keys(spec: AttentionSpec) -> Iterator[Variant]:
    """A causal mask of j < i for j ≤ i."""
    if not (spec.window or spec.chunk or form_of(spec).mean):
        yield Variant("the query's own key hidden", _own_hidden)


def _own_hidden(spec: AttentionSpec, inputs: Inputs) -> Problem:
    problem = problem_of(spec, inputs)
    own = places_of(spec, inputs)[:, :, None] == np.arange(inputs.k.shape[2])
    return problem.but(form=problem.form.but(masked=True), seen=problem.seen & ~own[:, None])


def masks(spec: AttentionSpec) -> Iterator[Variant]:
    if spec.mask:
        other = "hidden" if spec.mask_true == "seen" else "seen"
        yield Variant("the mask inverted", said(mask_true=other))
        yield Variant("booleans of the mask added to the scores as 0 and 1", _mask_added)
    if spec.float_mask:
        for words, seen in (("nonzero entries seen", True), ("nonzero entries hidden", False)):
            yield Variant(f"the float mask read as booleans, {words}", given(_as_booleans(seen)))
        yield Variant("only -inf read from the float mask, its numbers left out", given(_without_numbers))
    for option in ("mask", "float_mask", "bias"):
        axes = getattr(spec, option) or ""
        for letter, what in (("h", "head"), ("b", "batch")):
            if letter in axes:
                words = f"the {option.replace('_', ' ')} of the first {what} for all"
                yield Variant(words, given(_first(option, letter)))
    if spec.lengths:
        yield Variant("one key more than the lengths say", given(lambda s, e: {"lengths": e["lengths"] + 1}))
        yield Variant(
            "the lengths of the first batch for all",
            given(lambda s, e: {"lengths": 0 * e["lengths"] + e["lengths"][0]}),
        )
    if form_of(spec).masked and not spec.sinks:
        yield Variant("the mask applied after the softmax", formed(wrong="mask after"))
        yield Variant("hidden scores set to 0, not to -inf", formed(wrong="mask zeroes"))
        if spec.softcap:
            yield Variant("the mask applied before the softcap", formed(wrong="mask first"))


def _mask_added(spec: AttentionSpec, inputs: Inputs) -> Problem:
    problem, without = problem_of(spec, inputs), problem_of(spec.but(mask=None), inputs)
    added = _mask_as_numbers(spec, inputs) + (0.0 if without.bias is None else without.bias)
    full = np.broadcast_to(added, problem.seen.shape)
    return without.but(form=without.form.but(biased=True), bias=full)


def _mask_as_numbers(spec: AttentionSpec, inputs: Inputs) -> Array:
    """The booleans of the mask as they are given, as 0 and 1 on [b, h, n, m]."""
    return broadcast(inputs.extras["mask"], spec.mask or "").astype(np.float64)


def _as_booleans(seen: bool) -> Read:
    return lambda spec, extras: {"float_mask": np.where((extras["float_mask"] != 0) == seen, 0.0, -np.inf)}


def _without_numbers(spec: AttentionSpec, extras: dict[str, Array]) -> dict[str, Array]:
    return {"float_mask": np.where(extras["float_mask"] > -np.inf, 0.0, -np.inf)}


def _first(option: str, letter: str) -> Read:
    def read(spec: AttentionSpec, extras: dict[str, Array]) -> dict[str, Array]:
        axis = getattr(spec, option).index(letter)
        whole = extras[option]
        return {option: np.broadcast_to(np.take(whole, [0], axis=axis), whole.shape)}

    return read


def rows(spec: AttentionSpec) -> Iterator[Variant]:
    """Another convention for rows that see nothing."""
    words = {
        "zero": "0 in rows that see no key",
        "mean": "the mean of all values in rows that see no key",
        "nan": "NaN in rows that see no key",
    }
    for kind, told in words.items():
        if form_of(spec).masked and kind != spec.hidden_rows and not (kind == "mean" and spec.lse):
            yield Variant(told, said(hidden_rows=kind))
