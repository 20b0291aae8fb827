"""What somebody computes who gets one thing of a spec wrong: one option read otherwise, or one step done otherwise.

A variant names a mistake only when the result agrees with it at every sample; and a pass counts only when every one
of them that differs from the spec lies outside of the bounds at some sample.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from sympy import S, log, sqrt

from symattn.checks.attention.spec import letters
from symattn.checks.attention.spec.spec import AttentionSpec, form_of
from symattn.checks.attention.trials.changes import After, Change, Variant, formed, given, said, slipped
from symattn.checks.attention.trials.hiding import masks, own_keys, places, rows
from symattn.checks.attention.trials.preparations import preparations
from symattn.checks.attention.trials.problem import Inputs, Problem, problem_of
from symattn.checks.attention.trials.reference import plain_value
from symattn.checks.attention.trials.slips import slips

__all__ = ["Variant", "variants"]

Array = Any

NOTHING_HIDDEN = {"causal": None, "window": None, "chunk": None, "mask": None, "float_mask": None, "lengths": False}


def variants(spec: AttentionSpec, backward: tuple[str, ...] = ()) -> Iterator[Variant]:
    """All that apply to a spec, what is mistaken most often first."""
    yield from _scales(spec)
    yield from _options(spec)
    yield from places(spec)
    yield from own_keys(spec)
    yield from masks(spec)
    yield from preparations(spec)
    yield from _biases(spec)
    yield from rows(spec)
    yield from _groups(spec)
    yield from _steps(spec)
    yield from (Variant(words, slipped(slip), after, long=long) for words, slip, after, long in slips(spec))
    yield from _sums(spec)
    yield from _gradients(spec, backward)


def _scales(spec: AttentionSpec) -> Iterator[Variant]:
    k, root = letters.k, letters.ROOT
    if spec.scale is not None:
        yield Variant("1/sqrt(k) in place of the scale", formed(scale=root), must=True)
    for words, scale in (
        ("the scale left out", S.One),
        ("the scale applied twice", form_of(spec).scale ** 2),
        ("the root left out of the scale 1/sqrt(k)", 1 / k),
        ("multiplied by sqrt(k) in place of divided", sqrt(k)),
        ("the scale from the number of keys", 1 / sqrt(letters.m)),
        ("the scale from the number of heads", 1 / sqrt(S.One) / sqrt(spec.heads[0])),
        ("the scale from the width of all heads together", 1 / sqrt(spec.heads[0] * k)),
        ("the scale from the width of the values", 1 / sqrt(letters.v)),
    ):
        if scale != form_of(spec).scale:
            yield Variant(words, formed(scale=scale))


def _options(spec: AttentionSpec) -> Iterator[Variant]:
    """Each option left out."""
    for option, words in (
        ("softcap", "the softcap left out"),
        ("bias", "the bias left out"),
        ("mask", "the mask left out"),
        ("float_mask", "the mask left out"),
        ("alibi", "the ALiBi biases left out"),
        ("chunk", "the chunks left out"),
        ("window", "the window left out"),
    ):
        if getattr(spec, option):
            yield Variant(words, said(**{option: None}), must=True, long=option in ("window", "chunk"))
    for option, words in (("lengths", "the lengths left out"), ("sinks", "the sinks left out")):
        if getattr(spec, option):
            yield Variant(words, said(**{option: False}), must=True)
    if spec.causal:
        alone = spec.window is None or spec.window[1] != 0  # a window without keys behind the query is causal itself
        yield Variant("the causal mask left out", said(causal=None, alignment=spec.causal), must=alone)
    elif not spec.window:
        aligned = spec.alignment or "upper-left"
        yield Variant("a causal mask that is not in the spec", said(causal=aligned, alignment=aligned))
    if len([option for option in NOTHING_HIDDEN if getattr(spec, option)]) > 1:
        yield Variant("all masks left out", said(**NOTHING_HIDDEN, alignment=spec.aligned))


def _biases(spec: AttentionSpec) -> Iterator[Variant]:
    form = form_of(spec)
    if form.biased and not (spec.sinks or form.mean):
        if spec.softcap:
            yield Variant("the bias added before the softcap", formed(wrong="bias first"))
        else:
            yield Variant("the bias multiplied by the scale", formed(wrong="bias scaled"))
    if spec.alibi:
        yield Variant("ALiBi with the other sign", _with_bias(lambda bias: -bias))
        yield Variant("ALiBi with the slopes of the next head", _with_bias(lambda bias: np.roll(bias, -1, axis=1)))
    if spec.sinks:
        yield Variant("a sink of logit 0", given(lambda s, e: {"sinks": 0 * e["sinks"]}))


def _with_bias(move: Callable[[Array], Array]) -> Change:
    def change(spec: AttentionSpec, inputs: Inputs) -> Problem:
        problem = problem_of(spec.but(bias=None, float_mask=None), inputs)
        whole = problem_of(spec, inputs)
        own = np.asarray(problem.bias)
        return whole.but(bias=np.asarray(whole.bias) - own + move(own))

    return change


def _groups(spec: AttentionSpec) -> Iterator[Variant]:
    heads, groups = spec.heads
    if groups < heads:
        tiled = tuple(h % groups for h in range(heads))
        yield Variant("groups of key heads tiled, not repeated", _reading(tiled), must=groups > 1)
    if groups > 1:
        yield Variant("the first key head for all", _reading((0,) * heads))


def _reading(reads: tuple[int, ...]) -> Change:
    return lambda spec, inputs: problem_of(spec, inputs).but(reads=reads)


def _steps(spec: AttentionSpec) -> Iterator[Variant]:
    for words, wrong in (
        ("the softmax over queries, not keys", "queries"),
        ("the softmax over all entries at once", "everything"),
        ("the softmax not divided by its sum", "undivided"),
        ("the softmax left out", "no softmax"),
    ):
        if not spec.sinks:
            yield Variant(words, formed(wrong=wrong))
    if not spec.sinks:
        yield Variant("the last key left out of the sum that divides", formed(wrong="short sum"))
    yield Variant("the weights all alike", formed(scale=S.Zero, softcap=None, biased=False))
    yield Variant("exp to base 2, not e", formed(scale=form_of(spec).scale * log(2)))


def _sums(spec: AttentionSpec) -> Iterator[Variant]:
    """Log-sum-exp in another base, or as people forget to finish it."""
    if not spec.lse:
        return
    same: Change = problem_of
    yield Variant("log-sum-exp in base 2", same, After("lse", factor=1 / float(np.log(2))), ("lse",))
    yield Variant("log-sum-exp without the largest score added again", same, After("lse", shift=_top), ("lse",))
    if form_of(spec).masked:
        for value, words in ((0.0, "0"), (np.inf, "inf")):
            filled = After("lse", move=_in_hidden_rows(value))
            yield Variant(f"log-sum-exp {words} in rows that see no key", same, filled, ("lse",))
    yield Variant("log-sum-exp negated", same, After("lse", factor=-1.0), ("lse",))


def _in_hidden_rows(value: float) -> Callable[[Array], Array]:
    return lambda entries: np.where(np.isneginf(entries), value, entries)


def _top(problem: Problem) -> Array:
    top = np.where(problem.seen, plain_value(problem, ("scores",))["scores"], -np.inf).max(axis=-1)
    return np.where(np.isfinite(top), top, 0.0)


def _gradients(spec: AttentionSpec, backward: tuple[str, ...]) -> Iterator[Variant]:
    moved = tuple(name for name in ("q", "k") if name in backward)
    if moved:
        yield Variant("dS without subtracting D = rowsum(dO ∘ O)", formed(backward="D"), parts=moved)
        yield Variant("a gradient without the scale", formed(backward="scale"), parts=moved)
        if spec.softcap:
            yield Variant("a gradient without the derivative of the softcap", formed(backward="softcap"), parts=moved)
    for name in backward:
        yield Variant(f"a gradient of {name} that is 0", problem_of, After(name, factor=0.0), (name,))
    if spec.causal and backward:
        yield Variant("a gradient without the causal mask", said(causal=None, alignment=spec.causal), parts=backward)
    heads, groups = spec.heads
    if "sinks" in backward:
        yield Variant("the gradient of the sinks negated", problem_of, After("sinks", factor=-1.0), ("sinks",))
    for name in ("k", "v"):
        if name in backward and groups < heads:
            share = After(name, factor=groups / heads)
            yield Variant(f"the gradient of {name} averaged, not added up, over its group", problem_of, share, (name,))
