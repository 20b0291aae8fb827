"""Which sizes are tried: the edges of blocks, what the caller fixes, and what an option needs."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.checks.attention.spec.reading import read
from symattn.checks.attention.trials.sizes import Shape, fixed_sizes, shapes
from symattn.errors import LanguageError


def of(text: str, **sizes: Any) -> list[Shape]:
    return shapes(read(text), fixed_sizes(sizes))


def test_one_query_one_key_and_every_probe_are_among_them() -> None:
    found = of("mask=b1nm")
    assert any(shape.n == 1 and shape.m > 1 for shape in found)
    assert any(shape.m == 1 and shape.n > 1 for shape in found)
    assert {"large", "hidden", "tail", "rising", "uniform", "retrieval", "negative"} <= {s.probe for s in found}
    assert not any(shape.probe in ("hidden", "faint") for shape in of("plain"))
    assert any(shape.probe == "faint" for shape in of("qk_norm=1e-06"))


def test_a_size_that_is_fixed_is_kept_and_no_sample_comes_twice() -> None:
    found = of("plain", n=4, k=(8, 16))
    assert {shape.n for shape in found} == {4}
    assert {shape.k for shape in found} == {8, 16}
    assert len(set(found)) == len(found)


def test_values_are_as_wide_as_keys_where_the_spec_says_so() -> None:
    assert all(shape.v == shape.k for shape in of("widths=same"))
    assert all(shape.batch == 1 for shape in of("layout=hnd"))


def test_queries_have_keys_on_both_sides_of_their_window() -> None:
    assert any(shape.n > 40 and shape.m > 40 for shape in of("window=30/5, alignment=upper-left")[:5])


@pytest.mark.parametrize("text", ["plain", "mask=b1nm", "qk_norm=1e-06", "window=20/0, causal=lower-right"])
def test_few_sizes_have_the_same_edges_widths_and_probes(text: str) -> None:
    few, many = shapes(read(text), {}, few=True), of(text)
    edges = {1, 15, 16, 17, 33, 63, 64, 65, 127, 128, 130}
    assert edges <= {shape.n for shape in few}
    assert {shape.m for shape in many} & edges <= {shape.m for shape in few}
    for name in ("k", "probe"):
        assert {getattr(shape, name) for shape in few} == {getattr(shape, name) for shape in many}
    sizes = {(shape.batch, shape.n, shape.m, shape.k, shape.v) for shape in few}
    assert len(sizes) <= 14
    assert {shape.n < shape.m for shape in few[:3]} == {True, False}


@pytest.mark.parametrize("given", [{"d": 3}, {"n": 0}, {"n": "three"}, {"n": True}, {"n": ()}])
def test_what_is_no_size_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(LanguageError, match="no such size"):
        fixed_sizes(given)
