"""Where the parts of attention occur in a claim, so that somebody's function can stand in their place.

softmax, exp, log                    nodes of the language; found in every place, also under a quantifier
form, scores, attention, head        products of letters, outside of quantifiers over these letters
logsumexp                            log of the row sums of exp
softmax(scores) V                    what an attention kernel computes from the tensors that it is given
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sympy
from sympy import MatMul, Symbol, Transpose

from symattn.language import ElementwiseExp, ElementwiseLog, Gradient, Jacobian, Matrix, Partial, RowSum, Softmax, T
from symattn.language.walk import nodes_of

__all__ = ["NODES", "PRODUCTS", "Found", "is_attention", "occurring", "replaced"]

NODES: Mapping[str, tuple[type, ...]] = {
    "softmax": (Softmax,),
    "exp": (ElementwiseExp, sympy.exp),
    "log": (ElementwiseLog, sympy.log),
}


@dataclass(frozen=True)
class Found:
    """A part of a claim: the letter that stands for it, what it says, and the arguments by name."""

    letter: Matrix
    expr: Any
    arguments: Mapping[str, Any]


Part = tuple[slice, dict[str, Any]]


def _turned(node: Any) -> Any:
    """A for Aᵀ, else None."""
    return node.args[0] if isinstance(node, Transpose | T) else None


def _scores_at(factors: list[Any], i: int) -> dict[str, Any] | None:
    if len(factors) < i + 4:
        return None
    X, Q, K, again = factors[i], factors[i + 1], _turned(factors[i + 2]), _turned(factors[i + 3])
    return {"X": X, "Q": Q, "K": K} if K is not None and again == X and Q.shape == K.shape else None


def _form(factors: list[Any]) -> Iterator[Part]:
    for i in range(len(factors) - 1):
        Q, K = factors[i], _turned(factors[i + 1])
        if K is not None and Q.shape == K.shape and all(isinstance(a, Matrix) for a in (Q, K)):
            yield slice(i, i + 2), {"Q": Q, "K": K}


def _scores(factors: list[Any]) -> Iterator[Part]:
    for i in range(len(factors)):
        if (found := _scores_at(factors, i)) is not None:
            yield slice(i, i + 4), found


def _attention(factors: list[Any], *, length: int = 3) -> Iterator[Part]:
    names = ("V", "O")[: length - 2]
    for i in range(len(factors) - length + 1):
        weights = factors[i]
        if not isinstance(weights, Softmax) or weights.mask is not None:
            continue
        scale, inner = weights.scores.as_coeff_matrices() if isinstance(weights.scores, MatMul) else (1, [])
        found = _scores_at(list(inner), 0)
        if found is None or len(inner) != 4 or factors[i + 1] != found["X"]:
            continue
        found |= {} if scale == 1 else {"scale": scale}
        yield slice(i, i + length), found | dict(zip(names, factors[i + 2 : i + length], strict=True))


def _head(factors: list[Any]) -> Iterator[Part]:
    return _attention(factors, length=4)


PRODUCTS: Mapping[str, Callable[[list[Any]], Iterator[Part]]] = {
    "form": _form,
    "scores": _scores,
    "attention": _attention,
    "head": _head,
}


def replaced(claim: Any, name: str) -> tuple[Any, list[Found]]:
    """The claim with letters in place of the parts of this name, and what they stand for.

    A derivative stays as it is: a function that is only known by its values has none.
    """
    derivatives = nodes_of(claim, kinds=Gradient | Partial | Jacobian)
    hidden = {node: _placeholder(node, number) for number, node in enumerate(derivatives)}
    shown = {letter: node for node, letter in hidden.items()}
    changed, found = _replaced(claim.xreplace(hidden), name)
    told = [
        Found(part.letter, part.expr.xreplace(shown), {a: e.xreplace(shown) for a, e in part.arguments.items()})
        for part in found
    ]
    return changed.xreplace(shown), told


def _placeholder(node: Any, number: int) -> Any:
    name = f"derivative {number}"
    return Matrix(name, *node.shape) if node.is_Matrix else Symbol(name, real=True)


def _replaced(claim: Any, name: str) -> tuple[Any, list[Found]]:
    found: list[Found] = []
    for node in nodes_of(claim):
        whole = _logsumexp(node, name)
        parts = [whole] if whole is not None else _windows(node, name)
        for window, arguments in parts[:1]:
            letter, expr, new = _cut(node, window, f"{name} {len(found) + 1}")
            changed = claim.xreplace({node: new})
            if changed != claim:
                claim, found = changed, [*found, Found(letter, expr, arguments)]
    return claim, found


def _windows(node: Any, name: str) -> list[Part]:
    if name not in PRODUCTS or not isinstance(node, MatMul):
        return []
    return list(PRODUCTS[name](list(node.as_coeff_matrices()[1])))


def _logsumexp(node: Any, name: str) -> Part | None:
    shaped = (
        isinstance(node, ElementwiseLog) and isinstance(node.arg, RowSum) and isinstance(node.arg.arg, ElementwiseExp)
    )
    return (slice(None), {"S": node.arg.arg.arg}) if name == "logsumexp" and shaped else None


def _cut(node: Any, window: slice, name: str) -> tuple[Matrix, Any, Any]:
    """A letter for the factors in the window, these factors, and the node with the letter in their place."""
    if not isinstance(node, MatMul):
        letter = Matrix(name, *node.shape)
        return letter, node, letter
    scale, factors = node.as_coeff_matrices()
    part = MatMul(*factors[window])
    letter = Matrix(name, *part.shape)
    rest = [*factors[: window.start], letter, *factors[window.stop :]]
    new = MatMul(*rest) if len(rest) > 1 else letter
    return letter, part, new if scale == 1 else scale * new


def occurring(claim: Any) -> list[str]:
    """The names of all parts that occur in the claim."""
    present = [name for name, kinds in NODES.items() if any(isinstance(node, kinds) for node in nodes_of(claim))]
    return present + [name for name in (*PRODUCTS, "logsumexp") if replaced(claim, name)[1]]


def is_attention(expr: Any) -> bool:
    """Whether weights of a softmax meet values somewhere, which kernels fuse, alone or inside of a layer.

    A derivative does not count: how its steps are fused differs from kernel to kernel.
    """
    if any(nodes_of(expr, kinds=Gradient | Partial | Jacobian)):
        return False
    products = (node.as_coeff_matrices()[1] for node in nodes_of(expr, kinds=MatMul))
    return any(isinstance(part, Softmax) for factors in products for part in factors[:-1])
