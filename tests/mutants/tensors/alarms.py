"""Right functions of tensors, with options, sizes, seeds and ways to compute drawn at random: no failure may come.

`python -m tests.mutants attention --runs 1000` counts false alarms in each format, and how often a pass is undecided.
Whether a pass tells anything takes ten times as long as whether one is refused, so it is asked in one run of JUDGED.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import numpy as np

from symattn.checks import CheckFailed, CheckUndecided, assert_attention
from symattn.checks.attention import assertion
from symattn.checks.attention.trials.verdict import Power
from tests.mutants.tensors.kernels import Kernel
from tests.mutants.tensors.table import QKV, WAYS

CONTRACTS = ("float64", "float32", "fused float16", "fused bfloat16", "upcast float16", "upcast bfloat16")
SIDES = ("upper-left", "lower-right")
LARGEST = 40
JUDGED = 20
SIZES: dict[str, Any] = {"usual": {}, "real": {"batch": 1, "n": 130, "m": 130, "k": 64, "v": 64}}
SURE = Power((), (), (), 1)


@dataclass(frozen=True)
class Tried:
    """A right function at random sizes: what was said of it."""

    spec: str
    contract: str
    run: int
    refused: bool
    judged: bool
    undecided: bool
    message: str


def tried(contract: str, runs: int, first: int = 0, sizes: str = "random") -> Iterator[Tried]:
    """One after the other; the number of a run is its seed.

    sizes    "random" for one sample at small random sizes, "usual" for those that are chosen where nobody says any,
             "real" for 130 queries and keys in heads 64 wide; elsewhere than at random ones every pass is judged
    """
    for run in range(first, first + runs):
        rng = np.random.default_rng([run, CONTRACTS.index(contract)])
        spec, kernel = _drawn(rng)
        if contract.startswith("upcast"):
            kernel = kernel.but(rounded=False)
        backward = [*QKV, *(["bias"] if "bias=" in spec else []), *(["sinks"] if "sinks" in spec else [])]
        letters = tuple(backward) if rng.random() < 0.3 else ()
        at = {name: _size(rng) for name in ("n", "m", "v")} | {"k": 2 * _size(rng), "batch": 2}
        options: Any = {"contract": contract, "backward": letters, "sizes": SIZES.get(sizes, at), "seed": run}
        judged = sizes in SIZES or run % JUDGED == 0
        options |= {} if sizes in SIZES else {"budget": 0.05}
        refused, undecided, message = _said(kernel, spec, options, judged)
        yield Tried(spec, contract, run, refused, judged, undecided, message)


def _said(kernel: Kernel, spec: str, options: Any, judged: bool) -> tuple[bool, bool, str]:
    """Whether it was refused, whether a pass would say nothing, and what was said."""
    try:
        if judged:
            assert_attention(kernel, spec, **options)
        else:
            with patch.object(assertion, "power", lambda called, tried: SURE):
                assert_attention(kernel, spec, **options)
    except CheckUndecided as undecided:
        return False, True, str(undecided)
    except CheckFailed as failure:
        return True, False, str(failure)
    return False, False, ""


def _size(rng: Any) -> int:
    return int(rng.choice([1, 2, 3, 5, 8, 16, 17, int(rng.integers(1, LARGEST + 1))]))


def _drawn(rng: Any) -> tuple[str, Kernel]:
    """A spec and a kernel that computes it."""
    words, options = [f"heads={rng.choice(['1/1', '2/2', '4/2', '4/1'])}"], dict[str, Any]()
    side = str(rng.choice(SIDES))
    causal = rng.random() < 0.5
    words.append(f"{'causal' if causal else 'alignment'}={side}")
    options |= {"causal": side} if causal else {"aligned": side}
    if rng.random() < 0.25:
        left, right = int(rng.integers(0, 6)), int(rng.integers(0, 4))
        words.append(f"window={left}/{right}")
        options["window"] = (left, right)
    if rng.random() < 0.15:
        options["chunk"] = int(rng.integers(1, 6))
        words.append(f"chunk={options['chunk']}")
    if rng.random() < 0.25:
        options["softcap"] = float(rng.choice([2, 5, 30]))
        words.append(f"softcap={options['softcap']:.0f}")
    if rng.random() < 0.2:
        options["eps"] = 1e-5
        words.append("qk_norm=1e-05")
    if rng.random() < 0.2:
        options["rope"] = str(rng.choice(["halves", "interleaved"]))
        words.append(f"rope={options['rope']}")
    if rng.random() < 0.2:
        options["scale"] = float(rng.choice([0.0625, 0.5, 1.0]))
        words.append(f"scale={options['scale']}")
    words += _given(rng)
    return ", ".join(words), Kernel(**options, **WAYS[str(rng.choice(list(WAYS)))])


def _given(rng: Any) -> Iterator[str]:
    """What a function is given beside queries, keys and values."""
    for word, axes in (("mask", ("b1nm", "nm", "b11m")), ("bias", ("1hnm", "bhnm")), ("float_mask", ("b1nm", "11nm"))):
        if rng.random() < 0.2:
            yield f"{word}={rng.choice(axes)}"
    for word in ("lengths", "sinks"):
        if rng.random() < 0.15:
            yield f"{word}=true"
