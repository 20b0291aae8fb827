"""`python -m benchmarks bounds`: what a bound on attention costs, as ratios to attention itself in float64.

bound        what a contract allows at one sample, against softmax(q kᵀ/√k) v by NumPy at the same numbers
exact        the exact value that a message shows, in double-double numbers
assertion    assert_computes for a right function at every probe, with what tells that nothing else would pass
rank         assert_rank_at_most of n×n scores of width 64 with their factors
memory       the peak of the first row, in arrays of n×n

Processor seconds, the least of a few runs.  Nothing is judged.
"""

from __future__ import annotations

import argparse
import json
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from time import process_time
from typing import Any

Array = Any
CONTRACTS = ("float64", "float32", "fused bfloat16", "eager bfloat16", "fused float16")
WIDTH = 64


@dataclass(frozen=True)
class Cost:
    """One measurement at n queries and keys: its processor seconds, those of attention, and the arrays at the peak."""

    what: str
    n: int
    seconds: float
    attention: float
    arrays: float | None = None

    @property
    def ratio(self) -> float:
        return self.seconds / self.attention


def attention(q: Array, k: Array, v: Array) -> Array:
    import numpy as np

    S = q @ k.T * q.dtype.type(k.shape[1] ** -0.5)
    w = np.exp(S - S.max(axis=-1, keepdims=True))
    return w / w.sum(axis=-1, keepdims=True) @ v


def seconds(work: Callable[[], Any], repeats: int) -> float:
    def once() -> float:
        start = process_time()
        work()
        return process_time() - start

    return min(once() for _ in range(repeats))


def costs(n: int, repeats: int) -> Iterator[Cost]:
    """Every row at one number of queries and keys."""
    import numpy as np

    from symattn import matrix, sizes, softmax, sqrt
    from symattn.checks import assert_computes, assert_rank_at_most
    from symattn.checks.harness.reference import target
    from symattn.numeric import DoubleDouble, contract, evaluate, sample

    rows, width = sizes("n k")
    q, k, v = (matrix(name, rows, width) for name in "qkv")
    expr, chosen = softmax(q @ k.T / sqrt(width)) @ v, {rows: n, width: WIDTH}
    held = dict(zip((q, k, v), np.random.default_rng(0).integers(-64, 64, (3, n, WIDTH)) / 32, strict=True))
    at = sample(expr, values=held, sizes=chosen)
    target(expr, at, contract(CONTRACTS[0]))  # so that the memory is there for both
    base = seconds(lambda: attention(*held.values()), 5 * repeats)

    def row(what: str, work: Callable[[], Any], runs: int, arrays: float | None = None) -> Cost:
        return Cost(what, n, seconds(work, runs), base, arrays)

    for promise in CONTRACTS:
        kept = contract(promise)
        bound = partial(target, expr, at, kept)
        yield row(f"bound {kept}", bound, repeats, _peak(bound) / (8 * n * n))
    yield row("exact", lambda: evaluate(expr, at, DoubleDouble()), 1)
    for dtype in ("float64", "float32"):
        given = {size.name: number for size, number in chosen.items()}
        yield row(f"assertion {dtype}", partial(assert_computes, attention, expr, dtype=dtype, sizes=given), 1)
    yield row("rank", lambda: assert_rank_at_most(held[q] @ held[k].T, WIDTH, factors=(held[q], held[k])), 1)


def _peak(work: Callable[[], Any]) -> float:
    work()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def text(rows: list[Cost]) -> str:
    lines = [f"{'':<24} {'n':>5} {'seconds':>9} {'attention':>10} {'ratio':>8}  arrays at the peak", "─" * 80]
    for row in rows:
        peak = "" if row.arrays is None else f"{row.arrays:.1f}"
        numbers = f"{row.seconds:>9.3f} {1e3 * row.attention:>7.2f} ms {row.ratio:>8.0f}"
        lines.append(f"{row.what:<24} {row.n:>5} {numbers}  {peak}".rstrip())
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks bounds", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=(64, 256, 512), metavar="N", help="(64 256 512)")
    parser.add_argument("--repeats", type=int, default=5, metavar="N", help="runs of each bound (5)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.parse_args(arguments)
    rows = [row for n in asked.sizes for row in costs(n, asked.repeats)]
    if asked.json:
        print(json.dumps({"schema": 1, "rows": [asdict(row) | {"ratio": row.ratio} for row in rows]}, indent=1))
    else:
        print(text(rows))
    return 0
