"""The mistakes that people make with attention, as rewrites of an expression.

Each is what somebody computes who gets one thing wrong, with the words for it.  The sizes may not fit: a transpose that
is dropped shows only where two sizes agree, so the caller puts numbers in and looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise, permutations
from typing import Any

from sympy import HadamardProduct, MatAdd, MatMul, MatrixSymbol, Pow, Rational, Symbol, Transpose, sqrt

from symattn.errors import SymattnError
from symattn.language import (
    Family,
    HeadConcat,
    HeadStack,
    HeadSum,
    Matrix,
    Size,
    Softmax,
    T,
    exp,
    hadamard,
    letters_of,
    ones,
    reciprocal,
    rowsum,
    sizes_of,
    text,
    total,
    zeros,
)
from symattn.language.walk import nodes_of

__all__ = ["Mistake", "but_last", "causal", "mistakes", "opposite"]

Mistake = tuple[str, Any]
"""The words for a mistake, and what is computed then."""


def mistakes(expr: Any) -> Iterator[Mistake]:
    """Every mistake that applies, the ones that are made most often first."""
    for rule in (
        _swapped,
        _scales,
        _missing_scale,
        _axis,
        _masks,
        _causal,
        _lost,
        _transposes,
        _order,
        _terms,
        _heads,
        _normalisation,
        _uniform,
    ):
        for words, wrong in rule(expr):
            if wrong != expr:
                yield words, wrong


def _with(expr: Any, node: Any, new: Any) -> Any:
    """The expression with a node replaced, also one over which a head is bound."""
    try:
        return _rebuilt(expr, node, new)
    except (SymattnError, TypeError, ValueError):
        return expr


def _rebuilt(expr: Any, node: Any, new: Any) -> Any:
    if expr == node:
        return new
    args = [_rebuilt(part, node, new) for part in expr.args]
    return expr if args == list(expr.args) else expr.func(*args)


def _put(expr: Any, rule: dict[Any, Any]) -> Any:
    """The expression after a replacement, or as it was where its nodes refuse it, as a gradient refuses Qᵀ."""
    try:
        return expr.xreplace(rule)
    except (SymattnError, TypeError, ValueError):
        return expr


def _shape(letter: Any) -> Any:
    if isinstance(letter, Symbol):
        return ()
    return (letter.heads, *letter.shape) if isinstance(letter, Family) else tuple(letter.shape)


def _swapped(expr: Any) -> Iterator[Mistake]:
    for one, other in combinations(letters_of(expr), 2):
        if _shape(one) == _shape(other):
            yield f"{text(one)} and {text(other)} exchanged", _put(expr, {one: other, other: one})
    for one, other in permutations(letters_of(expr), 2):
        if _shape(one) == _shape(other) and not isinstance(one, Symbol):
            yield f"{text(one)} in place of {text(other)}", _put(expr, {other: one})


def _scales(expr: Any) -> Iterator[Mistake]:
    """A scale left out, applied twice, by another width, or without the root."""
    for node in nodes_of(expr, kinds=MatMul):
        scale, factors = node.as_coeff_matrices()
        if scale == 1:
            continue
        rest = MatMul(*factors)
        yield f"the scale {text(scale)} left out", _with(expr, node, rest)
        yield f"the scale {text(scale)} applied twice", _with(expr, node, scale**2 * rest)
        yield f"divided by the scale {text(scale)} in place of multiplied", _with(expr, node, rest / scale)
        roots = [p for p in scale.atoms(Pow) if isinstance(p.base, Size) and isinstance(p.exp, Rational)]
        for root in roots:
            for size in sizes_of(expr):
                wrong = _with(expr, node, scale.xreplace({root: Pow(size, root.exp)}) * rest)
                yield f"the scale taken from {text(size)} in place of {text(root.base)}", wrong
            plain = _with(expr, node, scale.xreplace({root: Pow(root.base, 2 * root.exp)}) * rest)
            yield f"the root left out of the scale {text(scale)}", plain


def _missing_scale(expr: Any) -> Iterator[Mistake]:
    """A scale where there is none."""
    places = [node.scores for node in nodes_of(expr, kinds=Softmax)] or [expr]
    for scores in places:
        if not scores.is_Matrix or (isinstance(scores, MatMul) and scores.as_coeff_matrices()[0] != 1):
            continue
        for size in sizes_of(expr):
            yield f"a scale 1/√{text(size)} that is not in the formula", _with(expr, scores, scores / sqrt(size))


def _axis(expr: Any) -> Iterator[Mistake]:
    for node in nodes_of(expr, kinds=Softmax):
        masked = [] if node.mask is None else [T(node.mask)]
        yield "the softmax over the wrong axis", _with(expr, node, T(Softmax(T(node.scores), *masked)))
        weights = exp(node.scores) if node.mask is None else hadamard(node.mask, exp(node.scores))
        yield "the softmax over all entries at once", _with(expr, node, total(weights) ** -1 * weights)


def _masks(expr: Any) -> Iterator[Mistake]:
    for node in nodes_of(expr, kinds=Softmax):
        if node.mask is None:
            continue
        mask, plain = node.mask, Softmax(node.scores)
        yield f"the mask {text(mask)} left out", _with(expr, node, plain)
        yield f"the mask {text(mask)} inverted", _with(expr, node, Softmax(node.scores, opposite(mask)))
        yield f"the mask {text(mask)} transposed", _with(expr, node, Softmax(node.scores, T(mask)))
        yield f"the mask {text(mask)} applied after the softmax", _with(expr, node, hadamard(mask, plain))
        yield f"scores that {text(mask)} hides set to 0", _with(expr, node, Softmax(hadamard(mask, node.scores)))


def opposite(mask: Any) -> Any:
    """The letter for 1 - M, whose value the caller knows: computed, it would not be a mask without error."""
    return Matrix(f"not {text(mask)}", *mask.shape, "mask")


def causal(rows: Any, columns: Any) -> Any:
    """The letter for the mask that shows the places j ≤ i."""
    return Matrix("causal mask", rows, columns, "mask")


def but_last(rows: Any, columns: Any) -> Any:
    """The letter for the mask that hides the last column."""
    return Matrix("all but the last key", rows, columns, "mask")


def _lost(expr: Any) -> Iterator[Mistake]:
    for node in nodes_of(expr, kinds=Softmax):
        if node.mask is None:
            yield "the last key left out", _with(expr, node, Softmax(node.scores, but_last(*node.shape)))


def _causal(expr: Any) -> Iterator[Mistake]:
    for node in nodes_of(expr, kinds=Softmax):
        if node.mask is None:
            rows, columns = node.shape
            shown = {"": causal(rows, columns), " the wrong way round": T(causal(columns, rows))}
            for how, mask in shown.items():
                yield f"a causal mask{how} that is not in the formula", _with(expr, node, Softmax(node.scores, mask))


def _transposes(expr: Any) -> Iterator[Mistake]:
    for node in nodes_of(expr, kinds=Transpose | T):
        yield f"the transpose of {text(node.args[0])} dropped", _with(expr, node, node.args[0])
    for letter in letters_of(expr):
        if isinstance(letter, Matrix) and letter.shape[0] != 1 != letter.shape[1]:
            yield f"{text(letter)} transposed", _put(expr, {letter: Transpose(letter)})
    if expr.is_Matrix:
        yield "the result transposed", T(expr)


def _order(expr: Any) -> Iterator[Mistake]:
    for node in nodes_of(expr, kinds=MatMul):
        scale, factors = node.as_coeff_matrices()
        for i in range(len(factors) - 1):
            moved = [*factors[:i], factors[i + 1], factors[i], *factors[i + 2 :]]
            if any(left.cols != right.rows for left, right in pairwise(moved)):
                continue
            wrong = _with(expr, node, scale * MatMul(*moved))
            yield f"{text(factors[i])} and {text(factors[i + 1])} multiplied in the other order", wrong


def _terms(expr: Any) -> Iterator[Mistake]:
    for node in nodes_of(expr, kinds=MatAdd):
        for term in node.args:
            rest = MatAdd(*(other for other in node.args if other != term)).doit(deep=False)
            yield f"the term {text(term)} left out", _with(expr, node, rest)
            yield f"the term {text(term)} with the other sign", _with(expr, node, MatAdd(rest, -1 * term))
    for letter in letters_of(expr) if expr.is_Matrix else ():
        if isinstance(letter, MatrixSymbol) and _shape(letter) == tuple(expr.shape):
            yield f"{text(letter)} added, a residual connection that is not in the formula", expr + letter
    for node in nodes_of(expr, kinds=HadamardProduct):
        for factor in node.args:
            rest = [other for other in node.args if other != factor]
            yield f"the factor {text(factor)} left out", _with(expr, node, hadamard(*rest) if rest else node)


def _heads(expr: Any) -> Iterator[Mistake]:
    for node in nodes_of(expr, kinds=HeadSum):
        yield "the mean of the heads in place of their sum", _with(expr, node, node / node.head.size)
    for node in nodes_of(expr, kinds=HeadSum | HeadConcat | HeadStack):
        for family in [letter for letter in letters_of(node) if isinstance(letter, Family)]:
            first = node.func(node.expr.xreplace({family[node.head]: family[0]}), node.head)
            yield f"{text(family)} of the first head used by every head", _with(expr, node, first)


def _normalisation(expr: Any) -> Iterator[Mistake]:
    for node in nodes_of(expr, kinds=Softmax):
        weights = exp(node.scores) if node.mask is None else hadamard(node.mask, exp(node.scores))
        yield "the softmax not divided by the sum of its row", _with(expr, node, weights)
        yield "the softmax left out", _with(expr, node, node.scores)
        share = reciprocal(rowsum(node.scores)) @ ones(1, node.shape[1])
        yield "scores divided by their sum without exp", _with(expr, node, hadamard(node.scores, share))


def _uniform(expr: Any) -> Iterator[Mistake]:
    """The mean of the values in place of their mixture."""
    for node in nodes_of(expr, kinds=Softmax):
        rows, columns = node.shape
        level = ones(rows, columns) / columns
        yield "the mean of all values, whatever the scores", _with(expr, node, level)
        if node.mask is not None:
            shown = Softmax(zeros(rows, columns), node.mask)
            yield f"the mean of the values that {text(node.mask)} shows, whatever the scores", _with(expr, node, shown)
