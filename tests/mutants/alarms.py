"""Correct functions, run at random: every failure here is a false alarm of `assert_computes`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from symattn.checks import CheckFailed, CheckUndecided, assert_computes
from symattn.checks.harness.probes import probes_of
from symattn.language import sizes_of
from tests.mutants.right import NUMPY, Variant, jax_variants, torch_variants
from tests.mutants.subjects import SUBJECTS

LARGEST = 12


@dataclass(frozen=True)
class Alarm:
    """A correct function that was refused."""

    variant: str
    dtype: str
    seed: int
    message: str


def variants(dtype: str, *, frameworks: bool) -> list[Variant]:
    """The correct functions of a dtype, those of torch and JAX too when they are asked for."""
    found = [*NUMPY, *(torch_variants() if frameworks else ()), *(jax_variants() if frameworks else ())]
    return [variant for variant in found if dtype in variant.dtypes]


def alarms(dtype: str, runs: int, *, frameworks: bool, first: int = 0) -> Iterator[Alarm]:
    """One function after the other, at other sizes, another probe and another seed each time."""
    known = variants(dtype, frameworks=frameworks)
    for run in range(first, first + runs):
        variant = known[run % len(known)]
        expr = SUBJECTS[variant.subject]
        rng = np.random.default_rng(run)
        sizes = {
            size: int(number) for size, number in zip(sizes_of(expr), rng.integers(1, LARGEST + 1, 9), strict=False)
        }
        probe = str(rng.choice(["normal", *probes_of(expr)]))
        try:
            assert_computes(
                variant.fn,
                expr,
                dtype=dtype,
                framework=variant.framework,
                contract=variant.contract(dtype),
                sizes=sizes,
                probe=probe,
                seed=run,
                trials=1,
            )
        except CheckUndecided:
            continue
        except CheckFailed as failure:
            yield Alarm(variant.name, dtype, run, str(failure))
