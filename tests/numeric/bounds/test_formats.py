"""Formats: their constants are those of the machine, and rounding to them is too."""

from __future__ import annotations

import numpy as np
import pytest

from symattn.errors import UnknownName
from symattn.numeric.bounds.formats import FORMATS, named


@pytest.mark.parametrize("name", ["float64", "float32", "float16"])
def test_the_constants_are_those_of_numpy(name: str) -> None:
    told, found = np.finfo(name), named(name)
    assert found.unit == told.eps / 2
    assert (found.least, found.normal) == (float(told.smallest_subnormal), float(told.smallest_normal))
    assert found.largest == float(told.max)


@pytest.mark.needs("torch")
def test_bfloat16_is_that_of_torch() -> None:
    import torch

    told, found = torch.finfo(torch.bfloat16), FORMATS["bfloat16"]
    assert (2 * found.unit, found.normal, found.largest) == (told.eps, told.tiny, told.max)
    rng = np.random.default_rng(0)
    edges = [0, -0.0, 2.0**-134, 3 * 2.0**-134, 2.0**-133, 1 + 2.0**-8, 1 + 3 * 2.0**-8, 3.39e38, 3.4e38, np.inf]
    drawn = rng.standard_normal(5000) * 10.0 ** rng.integers(-40, 38, 5000)
    values = np.concatenate([drawn, edges]).astype(np.float32).astype(float)  # torch rounds to float32 on the way
    expected = torch.from_numpy(values).to(torch.bfloat16).to(torch.float64).numpy()
    assert np.array_equal(found.nearest(values), expected)


def test_float32_sums_rounded_from_float64_are_those_of_float32() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.standard_normal((2, 5000)).astype(np.float32)
    assert np.array_equal(named("float32").nearest(a.astype(float) * b), (a * b).astype(float))
    assert named("float16").holds([0.1, 0.5, 1e5]).tolist() == [False, True, False]


def test_an_unknown_format_names_those_that_there_are() -> None:
    with pytest.raises(UnknownName, match="float64, float32, float16, bfloat16"):
        named("float8")
