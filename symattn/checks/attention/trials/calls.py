"""Calling a function on its own tensors, forward and backward, and what is wrong with what it returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import Any

import numpy as np

from symattn.checks.attention.spec.layouts import inside, inside_lse, outside
from symattn.checks.attention.spec.spec import AttentionSpec
from symattn.checks.attention.trials.arguments import laid_out, placed, tensor
from symattn.checks.attention.trials.problem import Inputs
from symattn.checks.attention.trials.sizes import Shape
from symattn.checks.harness.calls import name_of, undisturbed
from symattn.checks.harness.failures import failed
from symattn.checks.harness.frameworks import Framework
from symattn.errors import LanguageError, layout

__all__ = ["Called", "Got"]
__tracebackhide__ = True  # a failure in pytest shows the test and the message

Array = Any


@dataclass(frozen=True, eq=False)
class Got:
    """What a function returned, as float64 in the inner layout, and the dtype of each part."""

    parts: Mapping[str, Array]
    dtypes: Mapping[str, str]


@dataclass(frozen=True)
class Called:
    """A function with the framework, dtype and device that it is tested in."""

    fn: Callable[..., Any]
    spec: AttentionSpec
    framework: Framework
    dtype: str
    device: str = "cpu"
    backward: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        return name_of(self.fn)

    def at(self, inputs: Inputs, shape: Shape, *, twice: bool = False) -> Got:
        """What it returns, and its gradients.

        Raises    CheckFailed when it raises, changes its inputs, is not the same when it is called again, returns
                  something of another kind, shape or dtype, or has no gradient
        """
        with self.framework.session(self.dtype):
            got = _Call(self, inputs, shape).got()
            again = _Call(self, inputs, shape).got() if twice else got
        for name, part in got.parts.items():
            if not np.array_equal(part, again.parts[name], equal_nan=True):
                note = "nothing can be said of a function with dropout or another random part: switch it off"
                raise failed(
                    f"{self.name} returns another {name} when it is called again", [("sizes", str(shape))], note
                )
        return got


class _Call:
    """One call."""

    def __init__(self, called: Called, inputs: Inputs, shape: Shape) -> None:
        self.called, self.inputs, self.shape = called, inputs, shape
        self.spec, self.framework = called.spec, called.framework
        self.values = laid_out(called.spec, inputs)
        self.tensors = {
            name: tensor(self.framework, value, called.dtype, shape.held, called.device)
            for name, value in self.values.items()
        }

    def got(self) -> Got:
        backward = self.called.backward
        names = [name for name in backward if name in self.tensors]
        result, gradients = self._raising(lambda: self._run(names))
        for name, made in self.tensors.items():
            if not np.array_equal(self._read(made), self._as_given(name), equal_nan=True):
                note = "a function under test may not change its arguments: what it changes would be lost on the caller"
                raise failed(f"{self.called.name} changes its input {name}", [("sizes", str(self.shape))], note)
        parts, dtypes = self._results(result)
        for name, gradient in zip(names, gradients, strict=True):
            parts[name], dtypes[name] = self._gradient(name, gradient)
        return Got(parts, dtypes)

    def _raising(self, run: Callable[[], Any]) -> Any:
        try:
            with undisturbed():
                return run()
        except LanguageError:
            raise
        except Exception as reason:
            given = ", ".join(f"{name} {'×'.join(map(str, np.shape(value)))}" for name, value in self.values.items())
            pairs = [(type(reason).__name__, str(reason).partition("\n")[0]), ("given", given)]
            pairs += [("sizes", str(self.shape))]
            note = "sizes={'k': 64} or v='same' where it takes some sizes only" if "size" in str(reason) else ""
            raise failed(f"{self.called.name} raises {type(reason).__name__}", pairs, note) from reason

    def _forward(self, tensors: Mapping[str, Any]) -> Any:
        places, names = placed(self.called.fn, self.spec, tensors)
        return self.called.fn(*places, **names)

    def _run(self, names: Sequence[str]) -> tuple[Any, list[Any]]:
        if not names:
            return self._forward(self.tensors), []
        if self.framework.name == "torch":
            return self._run_torch(names)
        return self._run_jax(names)

    @cached_property
    def _cotangent(self) -> Any:
        value = outside(self.inputs.cotangent, self.spec.layout)
        return tensor(self.framework, value, self.called.dtype, "contiguous", self.called.device)

    def _run_torch(self, names: Sequence[str]) -> tuple[Any, list[Any]]:
        torch = import_module("torch")
        leaves = [self.tensors[name].detach().requires_grad_() for name in names]
        result = self._forward({**self.tensors, **dict(zip(names, leaves, strict=True))})
        out = _first(result)
        if not getattr(out, "requires_grad", False):
            return result, [None] * len(leaves)
        return result, list(torch.autograd.grad(out, leaves, self._cotangent.to(out.dtype), allow_unused=True))

    def _run_jax(self, names: Sequence[str]) -> tuple[Any, list[Any]]:
        jax = import_module("jax")

        def of(*leaves: Any) -> tuple[Any, Any]:
            result = self._forward({**self.tensors, **dict(zip(names, leaves, strict=True))})
            return _first(result), result

        _, pull, result = jax.vjp(of, *(self.tensors[name] for name in names), has_aux=True)
        return result, list(pull(self._cotangent))

    def _read(self, made: Any) -> Array:
        return self.framework.read(made)

    def _as_given(self, name: str) -> Array:
        return np.asarray(self.values[name], dtype=np.float64)

    def _results(self, result: Any) -> tuple[dict[str, Array], dict[str, str]]:
        wanted = ("out", "lse") if self.spec.lse else ("out",)
        many = isinstance(result, tuple | list)
        if self.spec.lse and (not many or len(result) < 2):
            pairs = [("returned", type(result).__name__), ("needed", "(output, log-sum-exp)")]
            raise failed(f"{self.called.name} returns no log-sum-exp", pairs, "spec.but(lse=False) asks for none")
        parts, dtypes = {}, {}
        for name, part in zip(wanted, result if many else (result,), strict=False):
            parts[name] = self._part(name, part)
            dtypes[name] = self.framework.dtype_of(part)
        return parts, dtypes

    def _part(self, name: str, part: Any) -> Array:
        what = {"out": "output", "lse": "log-sum-exp"}[name]
        if not isinstance(part, self.framework.kind):
            pairs = [("returned", f"{type(part).__module__}.{type(part).__qualname__}")]
            pairs += [("needed", f"an array of {self.framework.name}")]
            raise failed(f"{self.called.name} does not return an array as {what}", pairs)
        wanted, array = self._shape_of(name), part
        returned = tuple(map(int, array.shape))  # type: ignore[attr-defined]
        if returned != wanted:
            pairs = [("returned", "×".join(map(str, returned))), ("needed", "×".join(map(str, wanted)))]
            pairs += [("layout", self.spec.layout), ("sizes", str(self.shape))]
            raise failed(f"{self.called.name} returns the {what} in another shape", pairs)
        dtype = self.framework.dtype_of(part)
        accepted = [self.called.dtype] + (["float32"] if name == "lse" and self.called.dtype != "float64" else [])
        if dtype not in accepted:
            pairs = [("returned", dtype), ("needed", " or ".join(dict.fromkeys(accepted)))]
            raise failed(f"{self.called.name} returns the {what} in another dtype than it is given", pairs)
        numbers = self._read(part)
        return inside_lse(numbers, self.spec.layout) if name == "lse" else inside(numbers, self.spec.layout)

    def _shape_of(self, name: str) -> tuple[int, ...]:
        sizes = {"b": self.shape.batch, "h": self.spec.heads[0], "n": self.shape.n, "d": self.shape.v}
        axes = self.spec.layout if name == "out" else [axis for axis in "bhn" if axis in self.spec.layout]
        return tuple(sizes[axis] for axis in axes)

    def _gradient(self, name: str, gradient: Any) -> tuple[Array, str]:
        if gradient is None:
            note = "autograd does not reach it: something on the way is detached, or done outside of the framework"
            raise failed(f"{self.called.name} has no gradient in {name}", [("sizes", str(self.shape))], note)
        wanted = tuple(np.shape(self.values[name]))
        returned = tuple(map(int, gradient.shape))
        if returned != wanted:
            pairs = [("returned", "×".join(map(str, returned))), ("needed", "×".join(map(str, wanted)))]
            raise failed(f"the gradient of {self.called.name} in {name} has another shape", pairs)
        numbers = self._read(gradient)
        read = numbers if name not in ("q", "k", "v") else inside(numbers, self.spec.layout)
        return read, self.framework.dtype_of(gradient)


def _first(result: Any) -> Any:
    return result[0] if isinstance(result, tuple | list) else result


def need_gradients(framework: Framework, backward: Sequence[str], spec: AttentionSpec) -> None:
    """Raises    LanguageError when the framework has no gradients, or the function is not given such a letter"""
    if backward and framework.name == "numpy":
        raise LanguageError(layout("NumPy has no gradients", note="pass framework='torch' or 'jax', or backward=()"))
    accepted = ["q", "k", "v", *(name for name in ("bias", "sinks") if getattr(spec, name))]
    for name in backward:
        if name not in accepted:
            pairs = [("given", repr(name)), ("accepted", ", ".join(accepted))]
            raise LanguageError(layout("no gradient is known in that", pairs))
