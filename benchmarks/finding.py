"""Finding and checking apart: what the engine needs to find the steps of a proof, and the kernel to check them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time
from typing import Any


@contextmanager
def _apart() -> Iterator[dict[str, float]]:
    """The seconds spent at both while this lasts."""
    from symattn.engine import derived, rules
    from symattn.kernel.rules import logic

    spent = {"find": 0.0, "check": 0.0}
    before: list[tuple[Any, str, Any]] = []

    def timed(kind: str, action: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*arguments: Any) -> Any:
            start = process_time()
            try:
                return action(*arguments)
            finally:
                spent[kind] += process_time() - start

        return measured

    wanted = [(rules, "find", "find"), (rules, "is_zero", "find"), (derived, "find", "find")]
    wanted += [(derived, "rational_value", "find"), (logic, "holds", "check")]
    for module, name, kind in wanted:
        before.append((module, name, getattr(module, name)))
        setattr(module, name, timed(kind, getattr(module, name)))
    try:
        yield spent
    finally:
        for module, name, action in before:
            setattr(module, name, action)


def _measured(name: str, action: Callable[[], Any]) -> dict[str, Any]:
    with _apart() as spent:
        start = process_time()
        action()
        return {"name": name, "whole": process_time() - start, **spent}


def theorems() -> Iterator[dict[str, Any]]:
    """Every theorem of the catalogue, one after the other."""
    import symattn

    for name, statement in symattn.catalogue().items():
        yield _measured(name, statement.prove)


def gradients() -> Iterator[dict[str, Any]]:
    """The gradients through two layers of attention with residual connections, in Q of the first and in X."""
    import symattn as sa

    n, d, k = sa.sizes("n d k")
    X, G = sa.matrix("X", n, d), sa.matrix("G", n, d)
    Q = [sa.matrix(f"Q{number}", d, k) for number in (1, 2)]

    def layer(inside: Any, number: int) -> Any:
        K, M = sa.matrix(f"K{number}", d, k), sa.matrix(f"M{number}", d, d)
        return inside + sa.softmax(inside @ Q[number - 1] @ K.T @ inside.T) @ inside @ M

    loss = sa.inner(G, layer(layer(X, 1), 2))
    for name, by in (("dQ of two layers", Q[0]), ("dX of two layers", X)):
        yield _measured(name, lambda by=by: sa.gradient(loss, by))  # type: ignore[misc]
