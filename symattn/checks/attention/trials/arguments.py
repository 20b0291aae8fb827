"""Tensors of a framework as a function takes them: laid out, held in memory in different ways, by place or by name."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import numpy as np

from symattn.checks.attention.spec.layouts import outside
from symattn.checks.attention.spec.spec import AttentionSpec
from symattn.checks.attention.trials.problem import Inputs
from symattn.checks.harness.calls import name_of
from symattn.checks.harness.frameworks import Framework
from symattn.errors import LanguageError, layout

__all__ = ["laid_out", "need_callable", "need_device", "placed", "tensor"]

Array = Any


def laid_out(spec: AttentionSpec, inputs: Inputs) -> dict[str, Array]:
    """Every input as the function gets it, in the order in which it does."""
    found = {name: outside(getattr(inputs, name), spec.layout) for name in ("q", "k", "v")}
    return found | {name: inputs.extras[name] for name in spec.extras}


def tensor(framework: Framework, value: Array, dtype: str, held: str, device: str) -> Any:
    """The array in the framework: contiguous, as the view of a transposed one, or cut out of a wider one."""
    if value.dtype == np.bool_ or np.issubdtype(value.dtype, np.integer):
        return _moved(framework.make(value, "bool" if value.dtype == np.bool_ else "int32"), device)
    if value.ndim < 2 or held == "contiguous":
        return _moved(framework.make(value, dtype), device)
    if held == "transposed":
        turned = _moved(framework.make(np.ascontiguousarray(np.swapaxes(value, 0, -2)), dtype), device)
        return turned.swapaxes(0, -2)
    wide = np.concatenate([value, np.full((*value.shape[:-1], 3), 7.0)], axis=-1)
    return _moved(framework.make(wide, dtype), device)[..., : value.shape[-1]]


def _moved(made: Any, device: str) -> Any:
    return made if device == "cpu" or not hasattr(made, "to") else made.to(device)


def need_device(framework: Framework, device: str) -> None:
    """Raises    LanguageError for a device that the framework has not here, or that it does not take from its caller"""
    if device == "cpu":
        return
    if framework.name != "torch":
        note = "pass framework='torch', or let JAX choose: jax.default_device(…)"
        raise LanguageError(layout(f"device={device!r} is for torch", [("framework", framework.name)], note))
    torch = import_module("torch")
    try:
        torch.zeros(1, device=device).cpu()
    except (RuntimeError, AssertionError, NotImplementedError) as reason:
        pairs = [("torch says", str(reason).partition("\n")[0])]
        raise LanguageError(layout(f"torch has no tensors on {device!r} here", pairs)) from reason


def need_callable(fn: Callable[..., Any], spec: AttentionSpec) -> None:
    """Raises    LanguageError for what is no function, or takes neither these names nor so many arguments"""
    if not callable(fn):
        raise LanguageError(f"{fn!r} is not a function")
    placed(fn, spec, dict.fromkeys(("q", "k", "v", *spec.extras)))


def placed(fn: Callable[..., Any], spec: AttentionSpec, given: Mapping[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """Queries, keys and values by place; the rest by name where the function has the names, else by place too.

    A function with a parameter called `spec` is given the spec.
    """
    three, extras = [given[name] for name in ("q", "k", "v")], {name: given[name] for name in spec.extras}
    named = {spec.called(name): value for name, value in extras.items()}
    try:
        signature = inspect.signature(fn)
    except (TypeError, ValueError):
        return three, named  # written in C: calling it will tell
    told = {"spec": spec} if "spec" in signature.parameters else {}
    for places, names in ((three, {**named, **told}), ([*three, *extras.values()], told)):
        try:
            signature.bind(*places, **names)
        except TypeError:
            continue
        return places, names
    pairs = [("parameters", str(signature)), ("given", ", ".join(["q", "k", "v", *named]))]
    note = (
        "q, k, v are passed by place, the rest by name, or by place in this order; names={'mask': 'attn_mask'} renames"
    )
    raise LanguageError(layout(f"{name_of(fn)} cannot be called like this", pairs, note))
