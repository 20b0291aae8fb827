"""The exact values of a problem are those of its definition, and its bounds hold what rounds as the contract says."""

from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pytest

from symattn.checks.attention.spec.reading import read
from symattn.checks.attention.trials import reference
from symattn.checks.attention.trials.draws import inputs_of
from symattn.checks.attention.trials.problem import problem_of
from symattn.checks.attention.trials.reference import expected
from symattn.checks.attention.trials.sizes import Shape, fixed_sizes, shapes
from symattn.numeric.bounds.contracts import Contract

SHAPE = Shape(2, 5, 7, 8, 6)
QKV = ("q", "k", "v")


def by_loops(spec: Any, inputs: Any) -> tuple[Any, Any]:
    """Output and log-sum-exp, entry by entry, of causal attention with a bias."""
    heads, groups = spec.heads
    out, sums = np.zeros((2, heads, 5, 6)), np.full((2, heads, 5), -np.inf)
    for b, h, i in np.ndindex(2, heads, 5):
        g = h // (heads // groups)
        seen = [j for j in range(7) if j <= i + 2]
        S = [inputs.q[b, h, i] @ inputs.k[b, g, j] / 8**0.5 + inputs.extras["bias"][h, i, j] for j in seen]
        w = np.exp(S)
        out[b, h, i] = w @ inputs.v[b, g][seen] / w.sum()
        sums[b, h, i] = np.log(w.sum())
    return out, sums


def test_values_are_those_of_the_definition() -> None:
    spec = read("heads=4/2, causal=lower-right, bias=hnm, lse=true")
    inputs = inputs_of(spec, SHAPE, 0, "float64")
    assert inputs is not None
    found = expected(problem_of(spec, inputs), Contract("float64"), ("out", "lse"))
    for name, value in zip(("out", "lse"), by_loops(spec, inputs), strict=True):
        assert found[name].holds(value)
        assert found[name].misses(value * (1 + 1e-9)).any()


@pytest.mark.needs("torch")
@pytest.mark.parametrize(
    "text",
    [
        "softcap=3, bias=bhnm",
        "mask=b1nm",
        "sinks=true, heads=4/2",
        "mask=b1nm, hidden_rows=mean",
        "qk_norm=0.01, heads=4/2",
        "rope=interleaved, rope_width=4, alignment=upper-left",
        "qk_norm=0.001, rope=halves, causal=lower-right, sinks=true, softcap=3",
    ],
)
def test_gradients_are_those_of_autograd(text: str) -> None:
    import torch

    from tests.mutants.tensors.kernels import Kernel

    spec = read(text)
    inputs = inputs_of(spec, SHAPE, 1, "float64")
    assert inputs is not None
    kernel = Kernel(
        causal=spec.causal or "",
        aligned=spec.alignment or "",
        softcap=spec.softcap or 0.0,
        hidden=spec.hidden_rows,
        eps=spec.qk_norm or 0.0,
        rope=spec.rope or "",
    )
    extras = {name: torch.tensor(value) for name, value in inputs.extras.items()}
    letters = (*QKV, *(["sinks"] if spec.sinks else []))
    leaves = [torch.tensor(getattr(inputs, name), requires_grad=True) for name in QKV]
    leaves += [extras["sinks"].requires_grad_()] if spec.sinks else []
    kernel(*leaves[:3], **extras).backward(torch.tensor(inputs.cotangent))
    found = expected(problem_of(spec, inputs), Contract("float64"), letters)
    for name, leaf in zip(letters, leaves, strict=True):
        assert found[name].holds(leaf.grad.numpy())
        assert found[name].misses(leaf.grad.numpy() * (1 + 1e-7)).any()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("heads=4/2, rope=halves, qk_norm=1e-05, causal=lower-right, lse=true", ("out", "lse", *QKV)),
        ("sinks=true, bias=bhnm, softcap=3", ("out", *QKV, "bias", "sinks")),
        ("mask=b1nm, hidden_rows=mean", ("out", *QKV)),
    ],
)
@pytest.mark.parametrize("contract", [Contract("bfloat16", manner="fused"), Contract("float32")])
def test_rows_are_the_same_however_many_are_worked_out_together(
    text: str, wanted: tuple[str, ...], contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = read(text)
    inputs = inputs_of(spec, SHAPE, 0, contract.dtype)
    assert inputs is not None
    whole = expected(problem_of(spec, inputs), contract, wanted)
    monkeypatch.setattr(reference, "ROWS", 2)
    monkeypatch.setattr(reference, "BACK", 3)
    parts = expected(problem_of(spec, inputs), contract, wanted)
    for name, found in whole.items():
        np.testing.assert_allclose(found.exact, parts[name].exact, rtol=0, atol=1e-14)
        # of a sum that picks the column of the sink out of fewer columns less can be lost
        np.testing.assert_allclose(found.bound, parts[name].bound, rtol=0.1 if name == "sinks" else 1e-6)


@pytest.mark.parametrize("wanted", [("out", "lse"), ("out", *QKV)])
def test_at_most_ten_arrays_of_scores_are_held_at_once(wanted: tuple[str, ...]) -> None:
    spec, count = read("heads=1, causal=lower-right, lse=true"), 512
    inputs = inputs_of(spec, Shape(1, count, count, 64, 64), 0, "bfloat16")
    assert inputs is not None
    problem = problem_of(spec, inputs)
    tracemalloc.start()
    expected(problem, Contract("bfloat16", manner="fused"), wanted)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10 * 8 * count**2


def test_rows_that_see_nothing_are_what_the_spec_says() -> None:
    for kind in ("zero", "nan", "mean"):
        spec = read(f"mask=b1nm, hidden_rows={kind}")
        inputs = inputs_of(spec, Shape(2, 5, 7, 8, 8, "hidden"), 0, "float32")
        assert inputs is not None
        row = expected(problem_of(spec, inputs), Contract("float32"), ("out",))["out"].exact[0, 0, 0]
        wanted = {"zero": np.zeros(8), "nan": np.full(8, np.nan), "mean": inputs.v[0, 0].mean(axis=0)}[kind]
        np.testing.assert_allclose(row, wanted, rtol=1e-12)


def test_samples_cross_the_edges_of_blocks_and_windows() -> None:
    found = shapes(read("window=20/0, causal=lower-right"), fixed_sizes(None))
    assert {15, 16, 17, 63, 64, 65, 127, 128, 130} <= {shape.n for shape in found} | {shape.m for shape in found}
    assert {64, 128, 256} <= {shape.k for shape in found}
    assert any(shape.m > 24 and shape.n < shape.m for shape in found)
    assert {shape.held for shape in found} == {"contiguous", "transposed", "sliced"}
    assert {shape.k for shape in shapes(read("plain"), fixed_sizes({"k": (64, 128)}))} == {64, 128}


@pytest.mark.needs("torch")
@pytest.mark.parametrize("text", ["causal=lower-right", "sinks=true"])
def test_what_autograd_leaves_of_a_shift_is_allowed_for(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from symattn.checks import CheckFailed, assert_attention
    from tests.mutants.tensors.kernels import Kernel

    kernel = Kernel(causal="lower-right" if "causal" in text else "", block=16, through=True)
    assert assert_attention(kernel, text, contract="fused bfloat16", backward=QKV, budget=60, seed=1).share < 1
    if "causal" in text:  # it is needed
        monkeypatch.setattr(reference, "left_over", lambda *each, **options: 0.0)
        with pytest.raises(CheckFailed, match="gradient of k"):
            assert_attention(kernel, text, contract="fused bfloat16", backward=QKV, budget=60, seed=1)
