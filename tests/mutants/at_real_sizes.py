"""Attention at the sizes that people run: sixteen wrong functions and the right ones, in float32, float16 and bfloat16.

    python -m tests.mutants.at_real_sizes                       killed and refused at 130×64 and 512×64
    python -m tests.mutants.at_real_sizes --sizes 64 --only bfloat16

Functions are emulated by NumPy: steps in float32, rounded to the format where the function rounds.  Those of torch are
real.  Each is judged as `assert_computes` judges it, at its samples and probes, which all functions share here.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from time import process_time
from typing import Any

import numpy as np

from symattn.checks.harness.impostors import untold
from symattn.checks.harness.reference import agreed, target
from symattn.checks.harness.samples import Wanted, cases
from symattn.checks.harness.trials import Trial
from symattn.language.mistakes import mistakes
from symattn.numeric.bounds.formats import FORMATS
from tests.mutants.subjects import ATTENTION, k, m, n, v

Array = Any
Function = Callable[[Array, Array, Array, str], Array]

DTYPES = ("float32", "float16", "bfloat16")
SIZES = (130, 512)
WIDTH = 64  # of a head, and of a block of keys


def near(array: Array, dtype: str) -> Array:
    return FORMATS[dtype].nearest(array).astype(np.float32)


def _scores(q: Array, k: Array) -> Array:
    return (q @ k.T) * np.float32(k.shape[1] ** -0.5)


def _softmax(S: Array, axis: Any = -1) -> Array:
    w = np.exp(S - S.max(axis, keepdims=True))
    return w / w.sum(axis, keepdims=True)


def _shown(q: Array, k: Array, v: Array, mask: Array) -> Array:
    some = mask.any(-1, keepdims=True)
    w = np.where(mask, _scores(q, k), -np.inf)
    w = np.exp(w - np.where(some, w.max(-1, keepdims=True, initial=-1e30), 0))
    return w / np.maximum(w.sum(-1, keepdims=True), 1e-30) @ v


def online(q: Array, k: Array, v: Array, dtype: str, *, width: int = WIDTH, rescaled: bool = True) -> Array:
    """Blocks of keys, whose exponentials are rounded before they meet the values."""
    top = np.full((len(q), 1), -np.inf, np.float32)
    total, out = np.zeros((len(q), 1), np.float32), np.zeros((len(q), v.shape[1]), np.float32)
    for start in range(0, len(k), width):
        S = _scores(q, k[start : start + width])
        higher = np.maximum(top, S.max(-1, keepdims=True))
        keep, w = np.exp(top - higher) if rescaled else np.float32(1), np.exp(S - higher)
        total, top = total * keep + w.sum(-1, keepdims=True), higher
        out = out * keep + near(w, dtype) @ v[start : start + width]
    return out / total


def eager(q: Array, k: Array, v: Array, dtype: str) -> Array:
    """Every step rounds to the format."""
    S = near(near(q @ k.T, dtype) * near(np.array(k.shape[1] ** -0.5), dtype), dtype)
    w = near(np.exp(near(S - S.max(-1, keepdims=True), dtype)), dtype)
    return near(w / near(w.sum(-1, keepdims=True), dtype), dtype) @ v


RIGHT: dict[str, Function] = {
    "upcast": lambda q, k, v, dtype: _softmax(_scores(q, k)) @ v,
    "weights rounded once": lambda q, k, v, dtype: near(_softmax(_scores(q, k)), dtype) @ v,
    "online softmax": online,
    "blocks of 16": lambda q, k, v, dtype: online(q, k, v, dtype, width=16),
}


def _but_last(count: int, k: Array, v: Array) -> tuple[Array, Array]:
    kept = max(1, len(k) - count)
    return k[:kept], v[:kept]


def _last_key_lost(q: Array, k: Array, v: Array, dtype: str) -> Array:
    return RIGHT["upcast"](q, *_but_last(1, k, v), dtype)


def _tail_lost(q: Array, k: Array, v: Array, dtype: str) -> Array:
    """What does not fill a block of keys; of whole blocks the last one."""
    return RIGHT["upcast"](q, *_but_last((len(k) - 1) % WIDTH + 1, k, v), dtype)


def _last_key_missing_in_the_sum(q: Array, k: Array, v: Array, dtype: str) -> Array:
    S = _scores(q, k)
    w = np.exp(S - S.max(-1, keepdims=True))
    return w @ v / np.maximum(w[:, : max(1, len(k) - 1)].sum(-1, keepdims=True), 1e-30)


def _values_shifted(q: Array, k: Array, v: Array, dtype: str) -> Array:
    return _softmax(_scores(q, k)) @ np.roll(v, 1, axis=0)


def _base_two(q: Array, k: Array, v: Array, dtype: str) -> Array:
    return _softmax(_scores(q, k) * np.float32(np.log(2))) @ v


WRONG: dict[str, Function] = {
    "zeros": lambda q, k, v, dtype: np.zeros((len(q), v.shape[1]), np.float32),
    "the mean of the values": lambda q, k, v, dtype: np.tile(v.mean(0), (len(q), 1)),
    "no scale": lambda q, k, v, dtype: _softmax(q @ k.T) @ v,
    "scaled without the root": lambda q, k, v, dtype: _softmax(_scores(q, k) * np.float32(k.shape[1] ** -0.5)) @ v,
    "scaled by the number of keys": lambda q, k, v, dtype: _softmax(q @ k.T * np.float32(len(k) ** -0.5)) @ v,
    "softmax over the queries": lambda q, k, v, dtype: _softmax(_scores(q, k), 0) @ v,
    "softmax over all entries": lambda q, k, v, dtype: _softmax(_scores(q, k), (0, 1)) @ v,
    "softmax in base 2": _base_two,
    "a causal mask": lambda q, k, v, dtype: _shown(q, k, v, np.tri(len(q), len(k), dtype=bool)),
    "the own key hidden": lambda q, k, v, dtype: _shown(q, k, v, ~np.eye(len(q), len(k), dtype=bool)),
    "the last key lost": _last_key_lost,
    "the last key missing in the sum": _last_key_missing_in_the_sum,
    "the tail of a block lost": _tail_lost,
    "blocks that are not rescaled": lambda q, k, v, dtype: online(q, k, v, dtype, rescaled=False),
    "the last feature of the keys lost": lambda q, k, v, dtype: (
        _softmax(q[:, :-1] @ k[:, :-1].T * np.float32(k.shape[1] ** -0.5)) @ v
    ),
    "values of the key before": _values_shifted,
}


def of_torch() -> dict[str, Callable[[Any, Any, Any], Any]]:
    """scaled_dot_product_attention by each of its ways on a CPU, on tensors."""
    from torch.nn.attention import SDPBackend, sdpa_kernel
    from torch.nn.functional import scaled_dot_product_attention

    def attend(q: Any, k: Any, v: Any) -> Any:
        return scaled_dot_product_attention(q[None, None], k[None, None], v[None, None])[0, 0]

    def by(backend: str) -> Callable[[Any, Any, Any], Any]:
        def run(q: Any, k: Any, v: Any) -> Any:
            with sdpa_kernel([getattr(SDPBackend, backend), SDPBackend.MATH]):
                return attend(q, k, v)

        return run

    return {"torch MATH": by("MATH"), "torch FLASH": by("FLASH_ATTENTION"), "torch, its own choice": attend}


def on_tensors(dtype: str, fn: Function) -> Callable[[Any, Any, Any], Any]:
    """An emulated function as one of tensors, which torch makes and reads."""

    def run(q: Any, k: Any, v: Any) -> Any:
        import torch

        given = [each.float().numpy() for each in (q, k, v)]
        with np.errstate(all="ignore"):
            return torch.from_numpy(np.ascontiguousarray(fn(*given, dtype))).to(q.dtype)

    return run


@cache
def tried(dtype: str, size: int, contract: str | None) -> tuple[Trial, ...]:
    """The samples of `assert_computes` at this size, with what the contract allows."""
    wanted = Wanted({n: size, m: size, k: WIDTH, v: WIDTH}, {}, 0, 1, None)
    kept = agreed(contract, dtype, ATTENTION)
    drawn = [(case, target(ATTENTION, case.at, kept)) for case in cases(ATTENTION, wanted, dtype)]
    return tuple(Trial(case, found.value, found) for case, found in drawn)


def missed(fn: Callable[[Any, Any, Any], Any], dtype: str, size: int, contract: str | None = None) -> list[str]:
    """The probes at which a function of tensors is refused."""
    import torch

    found = []
    for trial in tried(dtype, size, contract):
        given = {a: torch.tensor(value, dtype=getattr(torch, dtype)) for a, value in trial.case.named().items()}
        if trial.target.misses(fn(**given).double().numpy()).any():
            found.append(trial.case.probe)
    return found


@dataclass(frozen=True)
class Measured:
    """How many of the wrong functions die, which live, and which right ones are refused, in one dtype at one size."""

    dtype: str
    size: int
    killed: int
    alive: tuple[str, ...]
    refused: tuple[str, ...]
    undecided: tuple[str, ...]
    seconds: float

    @property
    def good(self) -> bool:
        """At most one wrong function lives, every right one does, and a pass is decided."""
        return len(self.alive) <= 1 and not self.refused and not self.undecided

    def __str__(self) -> str:
        notes = [f"alive: {', '.join(self.alive)}"] if self.alive else []
        notes += [f"refused: {', '.join(self.refused)}"] if self.refused else []
        notes += [f"would pass too: {'; '.join(self.undecided)}"] if self.undecided else []
        shown = f"{self.dtype:<9} {self.size:>4}×{WIDTH}  killed {self.killed} of {len(WRONG)}"
        return "   ".join([f"{shown}  refused {len(self.refused)}  {self.seconds:.1f} s", *notes])


def measured(dtype: str, size: int) -> Measured:
    start = process_time()
    alive = [name for name, fn in WRONG.items() if not missed(on_tensors(dtype, fn), dtype, size)]
    return Measured(
        dtype,
        size,
        len(WRONG) - len(alive),
        tuple(alive),
        tuple(_refused(dtype, size)),
        tuple(words for words, _ in untold(ATTENTION, tried(dtype, size, None), _impostors())),
        process_time() - start,
    )


def _refused(dtype: str, size: int) -> Iterator[str]:
    right = {name: on_tensors(dtype, fn) for name, fn in RIGHT.items()} | of_torch()
    kept = [(name, fn, None) for name, fn in right.items()]
    kept += [("upcast", right["upcast"], f"upcast {dtype}"), ("eager", on_tensors(dtype, eager), f"eager {dtype}")]
    for name, fn, contract in kept:
        if probes := missed(fn, dtype, size, contract):
            yield f"{name}{f' under {contract}' if contract else ''} at {', '.join(probes)}"


def _impostors() -> list[tuple[str, Any]]:
    return [("zeros", None), *mistakes(ATTENTION)]


def main(arguments: list[str] | None = None) -> int:
    """0 when at most one wrong function lives in each case and no right one is refused, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants.at_real_sizes", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, metavar="N", help="queries and keys (130 512)")
    parser.add_argument("--only", nargs="+", default=DTYPES, choices=DTYPES, metavar="DTYPE")
    asked = parser.parse_args(arguments)
    bad = 0
    for size in asked.sizes:
        for dtype in asked.only:
            print(row := measured(dtype, size), flush=True)
            bad += not row.good
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
