"""Does a function of tensors compute the attention that a spec says, forward and backward?"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from symattn.checks.attention.report import AttentionPassed, failure, undecided
from symattn.checks.attention.spec.reading import read
from symattn.checks.attention.spec.spec import AttentionSpec
from symattn.checks.attention.trials.arguments import need_callable, need_device
from symattn.checks.attention.trials.calls import Called, need_gradients
from symattn.checks.attention.trials.comparing import Trial, trial
from symattn.checks.attention.trials.draws import OWN, inputs_of
from symattn.checks.attention.trials.sizes import HELD, Shape, fixed_sizes, shapes
from symattn.checks.attention.trials.verdict import likely, power
from symattn.checks.harness.failures import CheckFailed, CheckUndecided
from symattn.checks.harness.frameworks import RETRACED, framework_called
from symattn.checks.harness.probes import PROBES
from symattn.errors import LanguageError, UnknownName, layout
from symattn.numeric.bounds.contracts import Contract, contract as contract_of
from symattn.numeric.bounds.formats import SINGLE, named
from symattn.numeric.samples.samples import SEED

__all__ = ["assert_attention"]
__tracebackhide__ = True  # a failure in pytest shows the test and the message

ENOUGH = 4  # failing samples after which no more are tried


def assert_attention(
    fn: Callable[..., Any],
    spec: AttentionSpec | str,
    *,
    framework: str = "torch",
    dtype: str | None = None,
    contract: str | Contract | None = None,
    backward: Sequence[str] = (),
    sizes: Mapping[str, Any] | None = None,
    budget: float = 10.0,
    device: str = "cpu",
    seed: int = SEED,
    probe: str | None = None,
) -> AttentionPassed:
    """Assert that fn(q, k, v, …) is the attention that the spec says, at every sample, and its gradients too.

    |fn(…) - exact| ≤ bound in every entry, with the bound derived from the contract: no tolerance.  q, k, v come by
    place, as tensors in the layout of the spec; behind them what else the spec asks for, such as mask, bias, lengths,
    cos and sin, by name where fn has the names.  Tensors are contiguous, views of transposed ones and slices, in turn.
    Keys that nobody sees have values that are heard when they leak.

    fn           the function that is tested; one with a parameter `spec` is given the spec
    spec         what it should compute: `attention_spec(…)`, or its text, such as "heads=8/2, causal=lower-right"
    framework    whose tensors fn takes: "torch", "jax" or "numpy"
    dtype        their format: "float32", unless the contract says another
    contract     what fn promises of its rounding: "fused bfloat16" (scores, softmax and sums in float32, weights and
                 result rounded once; in a gradient dP and dS too) is what is taken for 16 bits, "eager …", "upcast …"
    backward     letters whose gradients are checked: "q", "k", "v", "bias", "sinks"
    sizes        what fn takes of batch, n, m, k, v: a number, or several to choose from
    budget       seconds after which no other sample is begun
    device       where torch has the tensors, such as "cuda" or "cuda:1"; results are read from there.  The tests of the
                 package run on the CPU and on torch's device without data, and not on a graphics card
    seed         of the samples
    probe        one sample only, of this kind, as a failure names it

    Shapes    fn returns the output in the layout of the queries, as wide as the values, in the dtype; with lse=True a
              pair with log-sum-exp [batch, head, n], in the dtype or in float32
    Assumes   fn rounds as the contract says, and is the same when it is called again; where autograd goes through the
              number that a softmax subtracts, it is the largest score that was met, and keys are met in order

    >>> def attend(q, k, v):
    ...     import numpy as np
    ...     S = np.einsum("bhnd,bhmd->bhnm", q, k)
    ...     w = np.exp(S - S.max(-1, keepdims=True))
    ...     return w / w.sum(-1, keepdims=True) @ v
    >>> sa.checks.assert_attention(attend, sa.checks.attention_spec(), framework="numpy")
    Traceback (most recent call last):
        ...
    symattn.checks.harness.failures.CheckFailed: attend does not compute this attention
        spec        : plain
        computes    : softmax((1/sqrt(k)) Q Kᵀ) V
        ...
      it looks like the scale left out
      ...

    Raises    CheckFailed with the entry, the bound, the mistake that it looks like, and the line that repeats it
              CheckUndecided when something wrong would pass too: zeros, the mean of the values, or the spec with one
              option or one step wrong that differs at these samples; or when no sample shows an option of the spec
              UnknownName, LanguageError or MissingExtra when the question itself makes no sense
    """
    meant = read(spec) if isinstance(spec, str) else spec
    kept = _agreed(contract, dtype)
    called = Called(fn, meant, framework_called(framework, kept.dtype), kept.dtype, device, _letters(backward))
    need_callable(fn, meant)
    need_device(called.framework, device)
    need_gradients(called.framework, called.backward, meant)
    tried, left = _tried(called, kept, _shapes(meant, sizes, probe, framework in RETRACED), budget, seed)
    if any(each.missed for each in tried):
        raise CheckFailed(failure(called, kept, tried, likely(called, kept, tried), seed))
    if not any(each.decides for each in tried):
        raise CheckUndecided(
            layout(f"nothing can be said about {called.name} in {kept.dtype}", [("contract", str(kept))]),
            reason="every bound is infinite" if tried else "no sample has these sizes",
        )
    told = power(called, tried)
    if told.passing or told.needed:
        reason = f"{(told.passing or told.needed)[0]} would pass at every sample too"
        raise CheckUndecided(undecided(called, kept, tried, told, left), reason=reason)
    share = max(each.share for each in tried)
    samples, others = (tuple(map(str, each)) for each in ([t.shape for t in tried], left))
    return AttentionPassed(called.name, str(meant), str(kept), samples, others, told.told, told.unseen, share)


def _letters(backward: Sequence[str]) -> tuple[str, ...]:
    """The letters whose gradients are checked; that of the logits is often called sink."""
    return tuple("sinks" if name == "sink" else name for name in backward)


def _agreed(given: str | Contract | None, dtype: str | None) -> Contract:
    """The contract that is meant.

    Raises    UnknownName when it is none, or one of another dtype
    """
    if given is None:
        chosen = dtype or "float32"
        return Contract(chosen, manner="fused" if named(chosen).unit > SINGLE else "eager")
    made = contract_of(given)
    if dtype is not None and made.dtype != dtype:
        pairs = [("contract", str(made)), ("dtype", dtype)]
        raise UnknownName(layout("the contract is about another dtype", pairs, "the contract alone says the dtype too"))
    return made


def _shapes(spec: AttentionSpec, sizes: Mapping[str, Any] | None, probe: str | None, few: bool) -> list[Shape]:
    """Raises    UnknownName for a probe that there is not; LanguageError for one without the sizes of its sample"""
    fixed = fixed_sizes(sizes)
    if probe is None:
        return shapes(spec, fixed, few=few)
    kind, _, held = probe.partition(" ")
    if kind not in (*PROBES, *OWN) or (held or HELD[0]) not in HELD:
        note = f"there are {', '.join([*PROBES, *OWN])}; behind it {', '.join(HELD)}"
        raise UnknownName(layout(f"no probe is called {probe!r}", note=note))
    if set(fixed) != {"batch", "n", "m", "k", "v"}:
        raise LanguageError(layout("one probe needs its sizes", note="sizes= with batch, n, m, k, v"))
    return [Shape(**{name: numbers[0] for name, numbers in fixed.items()}, probe=kind, held=held or HELD[0])]


def _tried(
    called: Called, kept: Contract, wanted: Sequence[Shape], budget: float, seed: int
) -> tuple[list[Trial], list[Shape]]:
    """The samples in turn until the time is spent or enough of them failed; and those that are left."""
    start = time.monotonic()
    tried: list[Trial] = []
    for place, shape in enumerate(wanted):
        spent = tried and time.monotonic() - start > budget
        if spent or sum(bool(each.missed) for each in tried) >= ENOUGH:
            return tried, list(wanted[place:])
        fitted = replace(shape, held=HELD[0]) if called.framework.name == "jax" else shape
        inputs = inputs_of(called.spec, fitted, seed, kept.dtype)
        if inputs is not None:
            tried.append(trial(called, inputs, fitted, kept, twice=not tried))
    return tried, []
