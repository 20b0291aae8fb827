"""What grows: statements of any depth or length, each made of new letters, which carry a tag."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy

import symattn as sa
from benchmarks.statements import chain, cycle, online_softmax
from symattn.errors import Undecided

Action = Callable[[], Any]


@dataclass(frozen=True)
class Family:
    """`make(tag, size)` writes a statement and gives what proves it; time grows as size to at most this exponent."""

    make: Callable[[str, int], Action]
    sizes: tuple[int, ...]
    exponent: float


def _proved(claim: Any) -> Action:
    return lambda: sa.prove(claim)


def _refuted(claim: Any) -> Action:
    def action() -> None:
        verdict = sa.decide(claim)
        if verdict.status != "refuted":
            raise Undecided(f"{verdict.status}: a false statement is to be refuted")

    return action


def _layers(t: str, depth: int, inputs: Any, *, residual: bool = True, causal: bool = False) -> tuple[Any, list[Any]]:
    """Attention layers on top of each other, each perhaps added to what it reads; and the queries of each."""
    k, d = sa.sizes(f"k{t} d{t}")
    mask = sa.causal(inputs.shape[0]) if causal else None
    queries, here = [], inputs
    for layer in range(depth):
        Q, K, M = (sa.matrix(f"{name}{t}_{layer}", d, size) for name, size in zip("QKM", (k, k, d), strict=True))
        attended = sa.softmax(here @ Q @ K.T @ here.T, mask=mask) @ here @ M
        here = here + attended if residual else attended
        queries.append(Q)
    return here, queries


def _stream(t: str) -> Any:
    return sa.matrix(f"X{t}", *sa.sizes(f"n{t} d{t}"))


def _loss(t: str, outputs: Any) -> Any:
    return sa.inner(sa.matrix(f"G{t}", *outputs.shape), outputs)


def _gradient(t: str, depth: int, *, layer: int = 0, residual: bool = True, causal: bool = False) -> Action:
    outputs, queries = _layers(t, depth, _stream(t), residual=residual, causal=causal)
    return lambda: sa.gradient(_loss(t, outputs), queries[layer])


def _gradient_of_stream(t: str, depth: int, *, residual: bool = True) -> Action:
    X = _stream(t)
    outputs, _ = _layers(t, depth, X, residual=residual)
    return lambda: sa.gradient(_loss(t, outputs), X)


def _equivariance(t: str, depth: int, *, residual: bool = True) -> Action:
    X = _stream(t)
    moved = sa.matrix(f"Pi{t}", *X.shape[:1] * 2, permutation=True)
    after, before = (_layers(t, depth, inputs, residual=residual)[0] for inputs in (moved @ X, X))
    return _proved(sa.Equal(after, moved @ before))


def _perceptron(t: str, depth: int) -> Action:
    """The gradient in the first weights of exp(… exp(X W₀) …)."""
    here, weights = _stream(t), []
    for layer in range(depth):
        weights.append(sa.matrix(f"W{t}_{layer}", *here.shape[1:] * 2))
        here = sa.exp(here @ weights[-1])
    return lambda: sa.gradient(_loss(t, here), weights[0])


def _power(t: str, exponent: int) -> Action:
    """(A + B)^p, bracketed from the left and from the right."""
    n = sa.sizes(f"n{t}")
    both = sa.matrix(f"A{t}", n, n) + sa.matrix(f"B{t}", n, n)
    left = right = both
    for _ in range(exponent - 1):
        left, right = (sympy.MatMul(*pair, evaluate=False) for pair in ((left, both), (both, right)))
    return _proved(sa.Equal(left, right))


def _power_itself(t: str, exponent: int) -> Action:
    """(A + B)^p C, and that of (B + A)^p."""
    n = sa.sizes(f"n{t}")
    A, B, C = (sa.matrix(f"{name}{t}", n, n) for name in "ABC")
    left, right = (sympy.MatMul(sympy.MatPow(both, exponent, evaluate=False), C) for both in (A + B, B + A))
    return _proved(sa.Equal(left, right))


def _power_of_numbers(t: str, exponent: int) -> Action:
    """(a + b)^p, and what it is written out."""
    a, b = (sa.scalar(f"{name}{t}") for name in "ab")
    terms = (sympy.binomial(exponent, k) * a**k * b ** (exponent - k) for k in range(exponent + 1))
    return _proved(sa.Equal((a + b) ** exponent, sum(terms, sympy.S.Zero)))


def _symmetrised(t: str, factors: int) -> Action:
    """tr((A + Aᵀ)^p), and that of its transpose."""
    n = sa.sizes(f"n{t}")
    A = sa.matrix(f"A{t}", n, n)
    product = sympy.MatMul(*[A + A.T] * factors, evaluate=False)
    return _proved(sa.Equal(sa.trace(product), sa.trace(sa.T(product))))


def _tree(t: str, depth: int) -> Action:
    """A sum over the leaves of a binary tree of equal letters."""
    n = sa.sizes(f"n{t}")
    A, here = sa.matrix(f"A{t}", n, n), sa.column(f"v{t}", n)
    for _ in range(depth):
        here = sa.hadamard(A @ here, A @ here)
    return _proved(sa.Equal(here, sa.T(sa.T(here))))


def _fractions(t: str, summands: int) -> Action:
    """1/(x + y) - 1/(x + z) = (z - y)/(x + y)/(x + z), for as many y and z."""
    x, left, right = sa.scalar(f"x{t}", positive=True), sympy.S.Zero, sympy.S.Zero
    for place in range(summands):
        y, z = (sa.scalar(f"{name}{t}_{place}", positive=True) for name in "yz")
        left = left + 1 / (x + y) - 1 / (x + z)
        right = right + (z - y) / (x + y) / (x + z)
    return _proved(sa.Equal(left, right))


def _roots(t: str, depth: int) -> Action:
    x, y = (sa.scalar(f"{name}{t}", positive=True) for name in "xy")
    left = right = x
    for _ in range(depth):
        left, right = sa.sqrt(left + y), sa.sqrt(y + right)
    return _proved(sa.Equal(2 * left, right + right))


def _logarithms(t: str, depth: int) -> Action:
    left = right = sa.scalar(f"x{t}", positive=True)
    for _ in range(depth):
        left, right = sa.log(1 + sa.exp(left)), sa.log(sa.exp(right) + 1)
    return _proved(sa.Equal(left, right))


def _norms(t: str, depth: int) -> Action:
    """The gradient of the norm of exp(… exp(x) …)."""
    x = here = sa.row(f"x{t}", sa.sizes(f"n{t}"))
    for _ in range(depth):
        here = sa.exp(here)
    return lambda: sa.gradient(sa.norm(here), x)


def _tower(t: str, depth: int) -> Action:
    x, y = (sa.scalar(f"{name}{t}") for name in "xy")
    left, right = x + y, y + x
    for _ in range(depth):
        left, right = sa.exp(left), sa.exp(right)
    return _proved(sa.Equal(left, right))


def _heads(t: str, heads: int) -> Action:
    """Heads side by side times their outputs on top of each other are a sum over heads."""
    n, k, d = sa.sizes(f"n{t} k{t} d{t}")
    Z = [sa.matrix(f"Z{t}_{head}", n, k) for head in range(heads)]
    O = [sa.matrix(f"O{t}_{head}", k, d) for head in range(heads)]
    total = Z[0] @ O[0]
    for z, o in zip(Z[1:], O[1:], strict=True):
        total = total + z @ o
    return _proved(sa.Equal(sa.hstack(*Z) @ sa.vstack(*O), total))


def _wrong_layer(t: str, depth: int) -> Action:
    """A stack of layers against one that lacks what its last layer reads."""
    outputs, _ = _layers(t, depth, _stream(t))
    return _refuted(sa.Equal(outputs, outputs - _stream(t)))


FAMILIES: dict[str, Family] = {
    "product chain, factors": Family(lambda t, p: _proved(chain(t, p)), (16, 32, 64), 2.2),
    "trace of (Q Kᵀ)^m, turns": Family(lambda t, p: _proved(cycle(t, p)), (16, 32, 64), 2.2),
    "heads side by side": Family(_heads, (8, 16, 32), 2.2),
    "tower of exp, depth": Family(_tower, (32, 64, 128), 2.0),
    "online softmax, blocks": Family(lambda t, p: _proved(online_softmax(t, p)), (4, 8, 16), 2.2),
    "gradient in the first Q, residual layers": Family(_gradient, (2, 4, 8), 2.0),
    "gradient in the first Q, causal layers": Family(lambda t, p: _gradient(t, p, causal=True), (2, 4, 8), 2.0),
    "gradient in the last Q, residual layers": Family(lambda t, p: _gradient(t, p, layer=-1), (2, 4, 8), 2.0),
    "gradient in X, residual layers": Family(_gradient_of_stream, (2, 4, 8), 2.0),
    "gradient in the first Q, layers": Family(lambda t, p: _gradient(t, p, residual=False), (2, 4, 8), 2.0),
    "gradient in the last Q, layers": Family(lambda t, p: _gradient(t, p, layer=-1, residual=False), (2, 4, 8), 2.0),
    "gradient in X, layers": Family(lambda t, p: _gradient_of_stream(t, p, residual=False), (2, 4, 8), 2.0),
    "equivariance, residual layers": Family(_equivariance, (3, 6, 12), 2.0),
    "equivariance, layers": Family(lambda t, p: _equivariance(t, p, residual=False), (3, 6, 12), 2.0),
    "false of residual layers, refuted": Family(_wrong_layer, (2, 4, 8), 2.0),
    "gradient of an MLP with exp, layers": Family(_perceptron, (2, 4, 8), 2.0),
    "(A + B)^p, bracketed, exponent": Family(_power, (16, 32, 64), 2.5),
    "(A + B)^p, exponent": Family(_power_itself, (16, 32, 64), 1.0),
    "(a + b)^p written out, exponent": Family(_power_of_numbers, (16, 32, 64), 2.0),
    "tr((A + Aᵀ)^p), factors": Family(_symmetrised, (4, 6, 8), 4.0),
    "tree of sums, depth": Family(_tree, (4, 8, 12), 2.0),
    "sum of fractions, summands": Family(_fractions, (16, 32, 64), 2.0),
    "nested roots, depth": Family(_roots, (16, 32, 64), 2.0),
    "nested logarithms, depth": Family(_logarithms, (16, 32, 64), 2.0),
    "gradient of a norm of exps, depth": Family(_norms, (1, 2, 4), 2.0),
}
