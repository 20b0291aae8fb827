"""Variants of specs: each has words of its own, each option that is set has one without it, each shows."""

from __future__ import annotations

import numpy as np
import pytest

from symattn.checks.attention.spec.reading import read
from symattn.checks.attention.spec.spec import AttentionSpec
from symattn.checks.attention.trials.draws import inputs_of
from symattn.checks.attention.trials.problem import Inputs, problem_of
from symattn.checks.attention.trials.reference import plain_value
from symattn.checks.attention.trials.sizes import Shape
from symattn.checks.attention.trials.variants import Variant, variants

QKV = ("q", "k", "v")
TEXTS = {
    "plain": set(),
    "softcap=3, bias=bhnm": {"the softcap left out", "the bias left out"},
    "window=3/1, alignment=lower-right": {"the window left out"},
    "chunk=4, causal=lower-right": {"the chunks left out", "the causal mask left out"},
    "mask=bhnm, lengths=true": {"the mask left out", "the lengths left out"},
    "sinks=true, scale=0.5": {"the sinks left out", "1/sqrt(k) in place of the scale"},
    "alibi=distance, causal=upper-left": {"the ALiBi biases left out", "the causal mask left out"},
    "qk_norm=1e-05, rope=halves, alignment=lower-right": {
        "the norms of queries and keys left out",
        "the turns left out",
    },
}


@pytest.mark.parametrize("text", TEXTS)
def test_what_an_option_does_has_to_be_shown(text: str) -> None:
    found = list(variants(read(text), QKV))
    assert len({each.words for each in found}) == len(found)
    assert {each.words for each in found if each.must} == TEXTS[text]


@pytest.mark.parametrize("text", TEXTS)
def test_a_variant_of_the_output_differs_from_the_spec_at_some_sample(text: str) -> None:
    spec = read(text)
    shapes = [
        Shape(2, 5, 7, 8, 6),
        Shape(2, 23, 23, 8, 8, "rising"),
        Shape(1, 7, 5, 8, 8),
        Shape(2, 9, 9, 8, 8, "hidden"),
    ]
    hides = spec.mask or spec.float_mask or spec.lengths
    inputs = [inputs_of(spec, shape, 0, "float64") for shape in shapes[: 4 if hides else 3]]
    alike = []
    for variant in variants(spec):
        if variant.parts == ("out",) and variant.after is None and not _differs(spec, variant, inputs):
            alike.append(variant.words)
    assert [words for words in alike if not words.startswith(ONLY_AT_OTHER_SIZES)] == []


ONLY_AT_OTHER_SIZES = (
    *("keys behind the last full block of", "blocks of", "only the first"),
    *("the mean of all values in rows", "NaN in rows"),
    "the last column of queries and keys",
)


def _differs(spec: AttentionSpec, variant: Variant, inputs: list[Inputs | None]) -> bool:
    for each in inputs:
        if each is None:
            continue
        try:
            problem = variant.change(spec, each)
        except IndexError:
            continue
        if problem is None:
            continue
        values = [plain_value(one, ("out",))["out"] for one in (problem, problem_of(spec, each))]
        if values[0].shape != values[1].shape or not np.allclose(*values, rtol=0, atol=1e-12, equal_nan=True):
            return True
    return False
