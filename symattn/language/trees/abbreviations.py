"""Parts of an expression under letters of their own, as papers have them: P for softmax(τ X Q Kᵀ Xᵀ).

`folded` writes the letter wherever the part occurs, or its transpose; `unfolded` writes the part for the letter.  A
part of a product or of a sum is a run of its factors or terms.  Nothing is evaluated on the way, so what was folded
unfolds to what it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import sympy

from symattn.language.trees.base import Binder
from symattn.language.trees.unevaluated import Transpose, add, multiply

__all__ = ["Pairs", "folded", "unfolded"]

Pairs = Sequence[tuple[Any, Any]]
"""Letters, each with the part that it stands for."""

_RUNS = (sympy.MatMul, sympy.MatAdd)


def folded(expr: Any, pairs: Pairs, bound: Collection[str] = ()) -> Any:
    """The expression or claim with each part written as its letter, the largest parts first.

    expr     what is written shorter
    pairs    letters, each with the part that it stands for, in which no other of these letters occurs; the transpose of
             a letter stands for another way to write the transpose of its part
    bound    names of letters of the parts that are bound in the expression: a part is written there as its letter, too

    >>> n = sizes("n", min=1)
    >>> S, P = matrix("S", n, n), matrix("P", n, n)
    >>> folded(Equal(rowsum(softmax(S)), ones(n, 1)), [(P, softmax(S))])
    rowsum(P) = ones(n, 1)
    """
    sizes: dict[Any, int] = {}
    for letter, part in sorted(pairs, key=lambda pair: -_size(pair[1], sizes)):
        expr = _Folding(letter, part, bound)(expr)
    return expr


def unfolded(expr: Any, pairs: Pairs) -> Any:
    """The expression or claim with each letter written as its part; a part may have letters from before it.

    expr     what is written in full
    pairs    letters, each with the part that it stands for

    >>> n = sizes("n", min=1)
    >>> S, P = matrix("S", n, n), matrix("P", n, n)
    >>> unfolded(P.T @ S, [(P, S @ S)])
    Sᵀ Sᵀ S
    """
    for letter, part in reversed(pairs):
        expr = _written(expr, letter, part, {})
    return expr


def _size(expr: Any, known: dict[Any, int]) -> int:
    """How many nodes there are in its tree; what is used again is counted again, but not walked through again."""
    if expr not in known:
        known[expr] = 1 + sum(_size(arg, known) for arg in expr.args)
    return known[expr]


def _written(expr: Any, letter: Any, part: Any, known: dict[Any, Any]) -> Any:
    """The part in the place of the letter, as if it had been written there."""
    if expr not in known:
        known[expr] = _with(expr, letter, part, known)
    return known[expr]


def _with(expr: Any, letter: Any, part: Any, known: dict[Any, Any]) -> Any:
    if expr == letter:
        return part
    args = [_written(arg, letter, part, known) for arg in expr.args]
    if args == list(expr.args):
        return expr
    if isinstance(expr, sympy.Transpose):
        return args[0].T
    if isinstance(expr, sympy.MatMul | sympy.Mul):
        return multiply(*args)
    return add(*args) if isinstance(expr, sympy.MatAdd | sympy.Add) else expr.func(*args)


def _free(expr: Any, known: dict[Any, frozenset[Any]]) -> frozenset[Any]:
    """The free symbols; what is used again is not walked through again, as it is by SymPy."""
    if expr not in known:
        own = type(expr).free_symbols is not sympy.Basic.free_symbols
        found = expr.free_symbols if own else {symbol for arg in expr.args for symbol in _free(arg, known)}
        known[expr] = frozenset(found)
    return known[expr]


class _Folding:
    """One letter for one part, wherever no binder stands between them that changes what the part means."""

    def __init__(self, letter: Any, part: Any, bound: Collection[str]) -> None:
        self.names = [(part, letter)]
        if getattr(part, "is_Matrix", False) and part != part.T:
            self.names.append((part.T, letter.arg if isinstance(letter, sympy.Transpose) else Transpose(letter)))
        self.meant = {symbol for symbol in _free(part, {}) - letter.free_symbols if symbol.name not in bound}
        self.known: dict[Any, Any] = {}

    def __call__(self, expr: Any) -> Any:
        if expr not in self.known:
            self.known[expr] = self._found(expr)
        return self.known[expr]

    def _found(self, expr: Any) -> Any:
        for part, letter in self.names:
            if expr == part:
                return letter
        if not expr.args or (isinstance(expr, Binder) and self.meant & set(expr._bound())):
            return expr
        args = [self(arg) for arg in expr.args]
        changed = expr if args == list(expr.args) else expr.func(*args)
        return self._in_a_run(changed) if isinstance(expr, _RUNS) else changed

    def _in_a_run(self, expr: Any) -> Any:
        for part, letter in self.names:
            if isinstance(expr, sympy.MatMul):
                expr = _in_product(expr, part, letter)
            elif isinstance(expr, sympy.MatAdd) and isinstance(part, sympy.MatAdd):
                found = _replaced(list(expr.args), list(part.args), letter)
                expr = expr if found is None else expr.func(*found)
        return expr


def _in_product(expr: Any, part: Any, letter: Any) -> Any:
    """The product with a run of its matrices, and the numbers before them, written as the letter."""
    if not isinstance(part, sympy.MatMul):
        return expr
    numbers, matrices = _factors(expr)
    less, run = _factors(part)
    # numbers stand in front of the whole product: they are those of one run only
    found = _replaced(matrices, run, letter, once=bool(less))
    if found is None or any(numbers.count(number) < less.count(number) for number in less):
        return expr
    for number in less:
        numbers.remove(number)
    return multiply(*numbers, *found)


def _factors(product: Any) -> tuple[list[Any], list[Any]]:
    numbers = [part for factor in product.args if not factor.is_Matrix for part in _parts(factor, sympy.Mul)]
    return numbers, [part for factor in product.args if factor.is_Matrix for part in _parts(factor, sympy.MatMul)]


def _parts(factor: Any, kind: Any) -> Iterator[Any]:
    yield from factor.args if isinstance(factor, kind) else [factor]


def _replaced(parts: list[Any], run: list[Any], letter: Any, *, once: bool = False) -> list[Any] | None:
    """The list with every run, or the first one, written as the letter; nothing when there is none."""
    found: list[Any] = []
    place = 0
    while place < len(parts):
        here = parts[place : place + len(run)] == run and not (once and letter in found)
        found.append(letter if here else parts[place])
        place += len(run) if here else 1
    return found if letter in found else None
