"""Contracts: from text and back, hashable, and refused with what is accepted."""

from __future__ import annotations

import numpy as np
import pytest

from symattn.errors import UnknownName
from symattn.numeric import Contract, contract

WRITTEN = (
    "eager float64",
    "eager float32",
    "eager float16",
    "eager bfloat16",
    "eager float16/float32",
    "eager bfloat16/float32 lanes:8",
    "eager float32 blocks:64",
    "eager float32 pairwise",
    "fused bfloat16",
    "fused float16",
    "upcast bfloat16",
    "upcast float16 lanes:8",
)


@pytest.mark.parametrize("text", WRITTEN)
def test_a_contract_is_what_its_text_says(text: str) -> None:
    made = contract(text)
    assert str(made) == text
    assert repr(made) == f"contract({text!r})"
    assert contract(str(made)) == made
    assert len({made, contract(text)}) == 1
    assert contract(made) is made


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("bfloat16", "eager bfloat16"),
        ("float16/float32 lanes:8", "eager float16/float32 lanes:8"),
        ("eager float32/float32", "eager float32"),
        ("fused float32", "eager float32"),
        ("upcast float64 pairwise", "eager float64 pairwise"),
        (" fused   bfloat16 any", "fused bfloat16"),
    ],
)
def test_one_promise_has_one_name(text: str, name: str) -> None:
    assert str(contract(text)) == name
    assert contract(text) == contract(name)


def test_promises_that_differ_have_names_that_differ() -> None:
    made = [contract(text) for text in WRITTEN]
    assert len(set(made)) == len(set(map(str, made))) == len(WRITTEN)


def test_the_parts_are_the_fields() -> None:
    assert contract("bfloat16/float32 lanes:8") == Contract("bfloat16", "float32", "lanes:8")
    assert contract("float32").inner.name == "float32"
    assert Contract("float32", "float32") == contract("float32") == Contract()


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("float8", "bfloat16"),
        ("float16/float8", "bfloat16"),
        ("float32 tree", "pairwise"),
        ("float32 lanes:0", "lanes:N"),
        ("float32 lanes", "lanes:N"),
        ("float32 any:3", "lanes:N"),
        ("float32, float64", "DTYPE/ACCUMULATOR"),
        ("", "DTYPE/ACCUMULATOR"),
        ("fused bfloat16/float32", "fused bfloat16"),
    ],
)
def test_what_is_no_contract_is_refused_with_what_is_accepted(text: str, accepted: str) -> None:
    with pytest.raises(UnknownName, match=accepted):
        contract(text)


@pytest.mark.parametrize("text", ["float32/float16", "float32/bfloat16", "bfloat16/float16", "float16/bfloat16"])
def test_an_accumulator_that_is_coarser_or_narrower_is_refused(text: str) -> None:
    with pytest.raises(UnknownName, match="coarser"):
        contract(text)


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("float32", [0, 1, 7, 64, 1000]),
        ("float32 pairwise", [0, 1, 4, 7, 11]),
        ("float32 lanes:8", [0, 1, 7, 16, 133]),
        ("float32 blocks:64", [0, 1, 7, 64, 80]),
    ],
)
def test_a_summation_says_how_many_roundings_a_term_meets(text: str, lengths: list[int]) -> None:
    assert contract(text).length(np.array([0, 1, 7, 64, 1000])).tolist() == lengths


@pytest.mark.parametrize(
    ("text", "formats"),
    [
        ("eager bfloat16", ["bfloat16"] * 4),
        ("bfloat16/float32", ["bfloat16", "bfloat16", "float32", "bfloat16"]),
        ("fused bfloat16", ["bfloat16", "float32", "float32", "bfloat16"]),
        ("upcast bfloat16", ["bfloat16", "float32", "float32", "float32"]),
        ("fused float64", ["float64"] * 4),
        ("fused float32", ["float32"] * 4),
        ("upcast float16", ["float16", "float32", "float32", "float32"]),
    ],
)
def test_a_contract_says_what_is_rounded_to_which_format(text: str, formats: list[str]) -> None:
    made = contract(text)
    assert [each.name for each in (made.returned, made.stored, made.inner, made.weights)] == formats


def test_a_manner_that_is_none_is_refused() -> None:
    with pytest.raises(UnknownName, match="eager, fused, upcast"):
        Contract("bfloat16", manner="melted")
