"""`python -m benchmarks growth`: how the time of each family grows with depth or length, against what is stated.

Processor seconds from the finished statement to the theorem, new letters each time; the exponent is the slope of their
logarithm over the logarithm of the size.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Iterator
from dataclasses import dataclass
from math import log
from statistics import linear_regression
from time import process_time

LIMIT = 60.0
"""Seconds by the clock for one size, unless another number is given."""
NOTHING = 0.005
"""Seconds that count as none: what takes less is not seen to grow."""


@dataclass(frozen=True)
class Growth:
    """The seconds at each size of a family, the exponent that fits them, and why it does not hold, if so."""

    name: str
    seconds: dict[int, float]
    stated: float
    failure: str = ""

    @property
    def exponent(self) -> float:
        """The slope; 0 where there are not two sizes."""
        if len(self.seconds) < 2:
            return 0.0
        times = [log(max(seconds, NOTHING)) for seconds in self.seconds.values()]
        return linear_regression([log(size) for size in self.seconds], times).slope

    @property
    def holds(self) -> bool:
        return not self.failure and self.exponent <= self.stated

    def __str__(self) -> str:
        times = "  ".join(f"{size}: {seconds:.3f}" for size, seconds in self.seconds.items())
        said = self.failure or f"exponent {self.exponent:.2f}, at most {self.stated:g} is stated"
        return f"{'ok  ' if self.holds else 'FAIL'}  {self.name:<42}  {times}   {said}"


def measured(name: str, *, sizes: tuple[int, ...] = (), limit: float = LIMIT) -> Growth:
    """One family at its sizes, or at these, smallest first; after a failure no larger size is tried."""
    from benchmarks.families import FAMILIES
    from symattn.errors import SymattnError
    from symattn.proof.limit import time_limit

    family = FAMILIES[name]
    seconds: dict[int, float] = {}
    for at, size in enumerate(sorted(sizes or family.sizes)):
        action = family.make(f"_{list(FAMILIES).index(name)}_{at}", size)
        gc.collect()  # a pass over all that other sizes left is not this one's
        start = process_time()
        try:
            with time_limit(limit):
                action()
        except SymattnError as error:
            said = str(error).strip().splitlines()
            return Growth(name, seconds, family.exponent, f"{size}: {said[-1].strip() if said else error!r}")
        seconds[size] = process_time() - start
    return Growth(name, seconds, family.exponent)


def main(arguments: list[str] | None = None) -> int:
    """0 when every family is proved at every size and grows no faster than stated, else 1."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks growth", description=__doc__)
    parser.add_argument("--only", nargs="+", default=(), metavar="WORD", help="families whose name has one of these")
    parser.add_argument("--sizes", nargs="+", type=int, default=(), metavar="N", help="instead of those of the family")
    parser.add_argument("--limit", type=float, default=LIMIT, metavar="S", help=f"seconds for one size ({LIMIT:g})")
    asked = parser.parse_args(arguments)
    failed = 0
    for found in _all(tuple(asked.only), tuple(asked.sizes), asked.limit):
        print(found, flush=True)
        failed += not found.holds
    return 1 if failed else 0


def _all(only: tuple[str, ...], sizes: tuple[int, ...], limit: float) -> Iterator[Growth]:
    from benchmarks.families import FAMILIES

    FAMILIES["gradient in X, residual layers"].make("_first", 1)()  # what is imported when it is first needed
    for name in FAMILIES:
        if not only or any(word in name for word in only):
            yield measured(name, sizes=sizes, limit=limit)
