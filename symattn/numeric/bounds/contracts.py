"""Contracts.  What an implementation promises about its rounding, and no more.

    eager bfloat16             every step may round to bfloat16, in any order of summation; `bfloat16` is short for it
    fused bfloat16             scores, softmax and sums in float32; the weights round once to bfloat16, and the result,
                               and every tensor between one product and the next
    upcast bfloat16            everything in float32; the result alone rounds to bfloat16
    eager float16/float32      steps may round to float16, but what is added up is added up in float32
    eager float32 lanes:8      sums run in 8 lanes, which are added up at the end: as long as n/8 + 8, not n
    fused bfloat16 blocks:64   sums of blocks of 64, which are added up; an online softmax takes as many blocks

Each promise has one name.  In float32 and float64 there is nothing finer that a kernel would compute in, so `fused
float32` and `upcast float32` are `eager float32`: every step in float32, in any order.

`tolerance` turns a contract into an arithmetic whose balls hold the result of everyone who keeps it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from symattn.errors import UnknownName, layout
from symattn.numeric.bounds.formats import FORMATS, SINGLE, Format, named

Array = Any

SUMMATIONS = "any, pairwise, lanes:N, blocks:N"
MANNERS = ("eager", "fused", "upcast")
_WRITTEN = re.compile(rf"(?:({'|'.join(MANNERS)})\s+)?(\w+)(?:/(\w+))?(?:\s+(\S+))?")


@dataclass(frozen=True)
class Contract:
    """What an implementation promises.

    dtype         the format of what it is given and returns; eager, any step may round to it
    accumulator   the format in which sums are formed, at least as fine as dtype; None is dtype itself
    summation     "any" order at all; "pairwise"; "lanes:N" or "blocks:N" when sums are split like that
    manner        "eager": every step may round to dtype.  "fused": scores, softmax and sums are in float32, but the
                  weights round once to dtype before they meet the values (the sum of a row is that of the rounded ones
                  or of the others), and the result once; so do tensors around attention: queries, keys and values that
                  are computed, what is added or multiplied behind it.  "upcast": the result alone rounds to dtype

    It does not promise an order of the terms of a sum, a bracketing of a product, the number that a softmax subtracts
    before exp (as long as it lies between the least and the largest score, or is 0 and no exponential overflows or all
    vanish), whether weights are stored or normalised before they meet the values, or gradual underflow (float16 aside).
    exp, log and powers are within 4 ulp of the dtype, those of 16-bit numbers within one rounding of float32's.

    >>> sa.numeric.Contract("float16", "float32", "lanes:8")
    contract('eager float16/float32 lanes:8')
    >>> sa.numeric.Contract("float32", manner="fused")
    contract('eager float32')
    >>> sa.numeric.Contract("float32", "float16")
    Traceback (most recent call last):
        ...
    symattn.errors.UnknownName: the accumulator is coarser than the dtype
        dtype       : float32
        accumulator : float16
      an accumulator holds every number of the dtype, as float32 does for float16 and bfloat16

    Raises    UnknownName for a format or a summation that is not known, an accumulator coarser than dtype, or one
              beside "fused" or "upcast", which have their own
    """

    dtype: str = "float32"
    accumulator: str | None = None
    summation: str = "any"
    manner: str = "eager"

    def __post_init__(self) -> None:
        self._need_manner()
        stored, inner = self.stored, self.inner
        if inner.unit > stored.unit or inner.largest < stored.largest:
            pairs = [("dtype", self.dtype), ("accumulator", inner.name)]
            note = "an accumulator holds every number of the dtype, as float32 does for float16 and bfloat16"
            raise UnknownName(layout("the accumulator is coarser than the dtype", pairs, note))
        word, _, number = self.summation.partition(":")
        fits = word in ("any", "pairwise") if not number else word in ("lanes", "blocks") and number.isdecimal()
        if not fits or (number and int(number) < 1):
            raise UnknownName(layout(f"no summation is called {self.summation!r}", note=f"accepted: {SUMMATIONS}"))
        if self.returned.unit <= SINGLE:  # so that equal promises are equal
            object.__setattr__(self, "manner", "eager")
        if self.accumulator == self.dtype:
            object.__setattr__(self, "accumulator", None)

    def _need_manner(self) -> None:
        if self.manner not in MANNERS:
            raise UnknownName(layout(f"no contract is called {self.manner!r}", note=f"accepted: {', '.join(MANNERS)}"))
        if self.manner != "eager" and self.accumulator is not None:
            pairs = [("contract", f"{self.manner} {self.dtype}"), ("accumulator", self.accumulator)]
            raise UnknownName(layout("a contract that computes in float32 has no accumulator to choose", pairs))

    @property
    def returned(self) -> Format:
        """The format of inputs and results."""
        return named(self.dtype)

    @property
    def stored(self) -> Format:
        """The format to which a step may round."""
        return self.returned if self.manner == "eager" else named("float32")

    @property
    def weights(self) -> Format:
        """The format to which the weights of a softmax may round once more before they meet the values."""
        return self.returned if self.manner == "fused" else self.stored

    @property
    def between(self) -> Format:
        """The format of tensors that are kept between one kernel and the next."""
        return self.returned if self.manner == "fused" else self.stored

    @property
    def inner(self) -> Format:
        """The format in which sums are formed."""
        return named(self.accumulator) if self.accumulator else self.stored

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
        inner = "" if self.accumulator is None else f"/{self.accumulator}"
        return f"{self.manner} {self.dtype}{inner}{'' if self.summation == 'any' else f' {self.summation}'}"

    def __repr__(self) -> str:
        return f"contract({str(self)!r})"


def contract(written: str | Contract) -> Contract:
    """A contract from text such as "fused bfloat16 lanes:8"; a contract is returned as it is.

    written    eager DTYPE, eager DTYPE/ACCUMULATOR, fused DTYPE or upcast DTYPE, where eager need not be said; behind
               it how sums are split, any, pairwise, lanes:N or blocks:N, where that is promised

    >>> sa.numeric.contract("fused bfloat16 blocks:64").summation
    'blocks:64'
    >>> sa.numeric.contract("float31")
    Traceback (most recent call last):
        ...
    symattn.errors.UnknownName: no format of numbers is called 'float31'
      accepted: float64, float32, float16, bfloat16

    Raises    UnknownName for text that is none, with what is accepted
    """
    if isinstance(written, Contract):
        return written
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        note = "accepted: eager DTYPE, eager DTYPE/ACCUMULATOR, fused DTYPE, upcast DTYPE, and a summation behind it"
        note = f"{note}\nformats: {', '.join(FORMATS)}\nsummations: {SUMMATIONS}"
        raise UnknownName(layout(f"{written!r} is no contract", note=note))
    return Contract(found[2], found[3], found[4] or "any", found[1] or "eager")
