"""Numeric layer: contracts.  What an implementation promises about its rounding, and no more.

    float32                    every step rounds to float32, in any order of summation
    float16/float32            values are float16; what is added up is added up in float32
    float32 lanes:8            sums run in 8 lanes, which are added up at the end: half as long as n/8 + 8, not n
    bfloat16/float32 blocks:64 sums of blocks of 64, which are added up; an online softmax takes as many blocks

`tolerance` turns a contract into an arithmetic whose balls hold the result of everyone who keeps it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import UnknownName, layout
from .formats import FORMATS, Format, named

Array = Any

SUMMATIONS = "any, pairwise, lanes:N, blocks:N"
_WRITTEN = re.compile(r"(\w+)(?:/(\w+))?(?:\s+(\S+))?")


@dataclass(frozen=True)
class Contract:
    """What an implementation promises.

    dtype         the format in which its values are stored, and in which any step may round
    accumulator   the format in which sums are formed, at least as fine as dtype; None is dtype itself
    summation     "any" order at all; "pairwise"; "lanes:N" or "blocks:N" when sums are split like that

    It does not promise an order of the terms of a sum, a bracketing of a product, the number that a softmax subtracts
    before exp (as long as it lies between the least and the largest score, or is 0 and no exponential overflows or all
    vanish), whether weights are stored or normalised before they meet the values, or gradual underflow (float16 aside).
    exp, log and powers are within 4 ulp of the dtype, those of 16-bit numbers within one rounding of float32's.

    Raises    UnknownName for a format or a summation that is not known, or an accumulator coarser than dtype
    """

    dtype: str = "float32"
    accumulator: str | None = None
    summation: str = "any"

    def __post_init__(self) -> None:
        stored, inner = self.stored, self.inner
        if inner.unit > stored.unit or inner.largest < stored.largest:
            pairs = [("dtype", self.dtype), ("accumulator", inner.name)]
            note = "an accumulator holds every number of the dtype, as float32 does for float16 and bfloat16"
            raise UnknownName(layout("the accumulator is coarser than the dtype", pairs, note))
        word, _, number = self.summation.partition(":")
        fits = word in ("any", "pairwise") if not number else word in ("lanes", "blocks") and number.isdecimal()
        if not fits or (number and int(number) < 1):
            raise UnknownName(layout(f"no summation is called {self.summation!r}", note=f"accepted: {SUMMATIONS}"))

    @property
    def stored(self) -> Format:
        return named(self.dtype)

    @property
    def inner(self) -> Format:
        return named(self.accumulator or self.dtype)

    def length(self, terms: Any) -> Any:
        """How many roundings one product can meet in a sum of so many: the n of γ_n, its own rounding included."""
        count = np.asarray(terms, dtype=np.float64)
        word, _, number = self.summation.partition(":")
        if word == "any":
            return count
        if word == "pairwise":
            return np.minimum(count, np.ceil(np.log2(np.maximum(count, 1))) + 1)
        return np.minimum(count, np.ceil(count / int(number)) + int(number))

    def __str__(self) -> str:
        inner = "" if self.accumulator in (None, self.dtype) else f"/{self.accumulator}"
        return f"{self.dtype}{inner}{'' if self.summation == 'any' else f' {self.summation}'}"

    def __repr__(self) -> str:
        return f"contract({str(self)!r})"


def contract(written: str | Contract) -> Contract:
    """A contract from text such as "float16/float32 lanes:8"; a contract is returned as it is.

    Raises    UnknownName for text that is none, with what is accepted
    """
    if isinstance(written, Contract):
        return written
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        note = f"accepted: DTYPE, DTYPE/ACCUMULATOR, each with a summation behind it\nformats: {', '.join(FORMATS)}"
        raise UnknownName(layout(f"{written!r} is no contract", note=f"{note}\nsummations: {SUMMATIONS}"))
    return Contract(found[1], found[2], found[3] or "any")
