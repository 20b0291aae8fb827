"""Axes of tensors.  Inside, queries are [batch, head, n, k]; outside they are laid out as the spec says.

A layout is the letters b, h, n, d, each once, such as "bhnd", "bnhd", "nhd", "nd"; keys and values have m for n.  What
is broadcast, such as a bias, has the letters b, h, n, m with 1 for an axis of length 1: "b1nm", "nm", "bm".
"""

from __future__ import annotations

from typing import Any

import numpy as np

from symattn.errors import LanguageError, layout as laid_out

__all__ = ["broadcast", "collected", "inside", "inside_lse", "need_broadcast", "need_layout", "outside", "outside_lse"]

Array = Any
FULL = "bhnm"
LAYOUTS = ("bhnd", "bnhd", "hnd", "nhd", "nd")


def need_layout(given: str) -> None:
    """Raises    LanguageError for a layout that is none"""
    if given not in LAYOUTS:
        pairs = [("given", repr(given)), ("accepted", ", ".join(LAYOUTS))]
        raise LanguageError(laid_out("no layout of queries is called like that", pairs))


def need_broadcast(what: str, given: str, spec_layout: str) -> None:
    """Raises    LanguageError for axes that are not among b, h, n, m, or that the layout of the queries lacks"""
    fits = set(given) <= set(FULL + "1") and given and len(_axes(given)) == len(given)
    if not fits:
        note = "the letters b, h, n, m in this order, with 1 for an axis of length 1: b1nm, 11nm, hnm, nm, bm"
        raise LanguageError(laid_out(f"{what} has no such axes", [("given", repr(given))], f"accepted: {note}"))
    lacking = [axis for axis in _axes(given) if axis in "bh" and axis in given and axis not in spec_layout]
    if lacking:
        pairs = [(what, repr(given)), ("layout", repr(spec_layout))]
        raise LanguageError(laid_out(f"{what} has the axis {lacking[0]}, which the queries do not have", pairs))


def _axes(given: str) -> str:
    """For each place the axis that it is: a 1 stands for the axis of its place, counted from the right."""
    if "1" in given:
        named = FULL[len(FULL) - len(given) :] if len(given) <= len(FULL) else ""
        return named if all(a in ("1", b) for a, b in zip(given, named, strict=False)) else ""
    return given if [*given] == sorted(set(given), key=FULL.index) else ""


def outside(tensor: Array, wanted: str) -> Array:
    """[batch, head, n, d] as it is laid out; an axis that the layout lacks has length 1."""
    kept = tensor[tuple(slice(None) if axis in wanted else 0 for axis in "bhnd")]
    own = [axis for axis in "bhnd" if axis in wanted]
    return np.transpose(kept, [own.index(axis) for axis in wanted])


def inside(tensor: Array, given: str) -> Array:
    """The other way round."""
    own = [axis for axis in "bhnd" if axis in given]
    turned = np.transpose(tensor, [given.index(axis) for axis in own])
    return turned[tuple(slice(None) if axis in given else None for axis in "bhnd")]


def outside_lse(rows: Array, wanted: str) -> Array:
    """[batch, head, n] without the axes that the layout lacks; heads come before rows in every layout."""
    return rows[tuple(slice(None) if axis in wanted else 0 for axis in "bhn")]


def inside_lse(rows: Array, given: str) -> Array:
    return rows[tuple(slice(None) if axis in given else None for axis in "bhn")]


def collected(full: Array, wanted: str) -> Array:
    """The entries of a [b, h, n, m] array along the axes that are wanted, the first of every other axis."""
    axes = _axes(wanted)
    kept = full[tuple(slice(None) if axis in axes and _long(wanted, axes, axis) else slice(0, 1) for axis in FULL)]
    return kept.reshape([kept.shape[FULL.index(axis)] for axis in axes])


def broadcast(part: Array, given: str) -> Array:
    """An array with these axes as one of [b, h, n, m], of length 1 where an axis is missing."""
    axes = _axes(given)
    shape = [part.shape[axes.index(axis)] if axis in axes else 1 for axis in FULL]
    return part.reshape(shape)


def _long(wanted: str, axes: str, axis: str) -> bool:
    return wanted[axes.index(axis)] != "1"
