"""The rows of the table: proofs against SymPy and tensorgrad, growth with length, and start-up."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, log
from statistics import fmean, linear_regression, median
from typing import Any

from benchmarks.children import Options, answers, seconds_of

NAMES = (
    "transposed_scores",
    "score_is_its_transpose",
    "bracketing",
    "gauge",
    "skew_form",
    "trace_of_a_product",
    "trace_of_a_square",
    "rank_of_the_form",
    "rank_of_the_scores",
    "symmetric_iff",
    "some_score_is_asymmetric",
    "none_for_one_dimension",
    "softmax_rows_sum_to_one",
    "softmax_shift",
    "softmax_jacobian",
    "jacobian_kills_ones",
    "jacobian_is_psd",
    "logsumexp_gradient",
    "dQ",
    "dK",
    "dV",
    "dX",
    "dtau",
    "D",
    "merge_is_associative",
    "fold_of_three_blocks",
    "permutation_equivariance",
    "heads_side_by_side",
    "two_layer_gradient",
)
PEER = frozenset({"transposed_scores", "softmax_jacobian", "dQ", "dK", "dV", "D", "skew_form"})
LENGTHS = ("product chain, factors", "trace of (Q Kᵀ)^m, turns", "online softmax, blocks")
COMMANDS = {
    "import symattn": ["-c", "import symattn"],
    "symattn --help": ["-m", "symattn", "--help"],
    "import sympy": ["-c", "import sympy"],
}


@dataclass(frozen=True)
class Row:
    """One comparison; `ratio` is how many times as long the other takes; at start-up, how many times as long we do."""

    kind: str
    name: str
    seconds: float | None = None
    against: str = ""
    takes: float | None = None
    ratio: float | None = None
    note: str = ""


def proofs(name: str, options: Options) -> Iterator[Row]:
    """A statement for all sizes, and what the others need for it."""
    loaded, *runs = answers("symattn", name, options.repeats)
    if not runs or not all(run["proved"] for run in runs):
        yield Row("proof", name, note="NOT PROVED")
        return
    ours = median(run["prove"] for run in runs)
    yield _explicitly(name, ours, options)
    if name in PEER and options.tensorgrad:
        runs = answers("tensorgrad", name, options.repeats, python=options.tensorgrad)
        if not runs or not all(run["proved"] for run in runs):
            yield Row("proof", name, ours, "tensorgrad", note="cannot show it")
        else:
            theirs = median(run["prove"] for run in runs)
            yield Row("proof", name, ours, f"tensorgrad {runs[0]['version']}", theirs, theirs / ours)
    if name == "two_layer_gradient":
        load = loaded["sympy"]
        yield Row("start", name, ours, "import sympy, same process", load, ours / load)


def _explicitly(name: str, ours: float, options: Options) -> Row:
    sizes = answers("sympy", name, 0, patience=options.budget)
    done = [size for size in sizes if size["prove"] <= options.budget]
    if not done or not all(size["proved"] for size in done):
        return Row("proof", name, ours, "SymPy", note="WRONG" if done else f"no size within {options.budget:g} s")
    size, took = done[-1]["size"], done[-1]["prove"]
    return Row("proof", name, ours, f"SymPy {done[-1]['version']} at size {size}", took, took / ours)


def means(rows: list[Row]) -> Iterator[Row]:
    """The geometric mean of the ratios to each of the others."""
    for other in ("SymPy", "tensorgrad"):
        ratios = [row.ratio for row in rows if row.kind == "proof" and row.ratio and row.against.startswith(other)]
        if ratios:
            note = f"{len(ratios)} statements"
            yield Row("mean", "geometric mean", against=other, ratio=exp(fmean(map(log, ratios))), note=note)


def growth(name: str, options: Options) -> Row:
    """How the time grows with the length: the slope of its logarithm over the logarithm of the length."""
    runs: dict[int, list[float]] = {}
    for line in answers("length", name, options.repeats):
        if "length" in line:
            runs[line["length"]] = []
        elif not line["proved"]:
            return Row("growth", name, note="NOT PROVED")
        else:
            runs[max(runs)].append(line["prove"])
    times = {length: median(found) for length, found in runs.items()}
    points: list[Any] = [[log(value) for value in values] for values in (times, times.values())]
    slope = linear_regression(*points).slope
    last = linear_regression(*[side[-2:] for side in points]).slope
    ends = f"{min(times)} to {max(times)}: {1e3 * times[min(times)]:.1f} to {1e3 * times[max(times)]:.1f} ms"
    return Row("growth", f"{name} {ends}", ratio=slope, note=f"slope; {last:.2f} at the end; at most 2 is wanted")


def finding(slowest: int = 10) -> Iterator[Row]:
    """What the engine needs to find steps, and the kernel to check them, in all; and the slowest proofs as a whole."""
    theorems = answers("finding", "theorems", 1)
    every = {part: sum(one[part] for one in theorems) for part in ("find", "check")}
    yield _apart({"name": f"finding for {len(theorems)} theorems", **every})
    for one in answers("finding", "gradients", 1):
        yield _apart(one)
    for one in sorted(theorems, key=lambda one: -one["whole"])[:slowest]:
        steps = one["find"] + one["check"]
        yield Row("slowest", one["name"], one["whole"], "its steps, found and checked", steps, steps / one["whole"])


def _apart(found: dict[str, Any]) -> Row:
    find, check = found["find"], found["check"]
    return Row("finding", found["name"], find, "checking", check, check / find if find else None)


def start_up(options: Options) -> Iterator[Row]:
    """Whole processes, one of each kind in every round."""
    rounds: dict[str, list[float]] = {name: [] for name in ("bare", *COMMANDS)}
    for _ in range(2 * options.repeats + 1):
        for name, times in rounds.items():
            times.append(seconds_of([sys.executable, *COMMANDS.get(name, ["-c", "pass"])]))
    bare = median(rounds.pop("bare"))
    for name, times in rounds.items():
        yield Row("start", name, median(times), "bare interpreter", bare, median(times) / bare)
