"""What families, sums over heads and derivatives mean.  See rules_algebra for how a rule works."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import numpy as np

from symattn import language
from symattn.errors import LanguageError
from symattn.language import text
from symattn.numeric.arithmetic import Value
from symattn.numeric.evaluation.environment import Heads, Scope, Steps
from symattn.numeric.evaluation.rules_algebra import Rule, one_under_another, side_by_side, transposed


def _zeros(scope: Scope, shape: tuple[Any, Any]) -> Value:
    return scope.arithmetic.lift(np.zeros(tuple(map(scope.size, shape)), dtype=int))


def _head_number(scope: Scope, head: Any, heads: Heads) -> int:
    if isinstance(head, language.Pair):
        g, r = _head_number(scope, head.g, heads), _head_number(scope, head.r, heads)
        return g * scope.size(head.args[3]) + r
    one, steps = language.place_of(head)
    if one is None:
        return scope.size(steps)
    if one not in (bound := dict(heads)):
        raise LanguageError(f"the head {text(one)} is bound by no sum or concatenation")
    return bound[one] + scope.size(steps)


def _member(scope: Scope, node: Any, heads: Heads) -> Value:
    members, number = scope.letter(node.family), _head_number(scope, node.head, heads)
    if number >= len(members):
        raise LanguageError(f"{text(node)}: there is no head {number} when there are {len(members)}")
    return members[number]


def _unit(scope: Scope, node: Any, heads: Heads) -> Value:
    length, place = scope.size(node.shape[1]), _head_number(scope, node.args[1], heads)
    if place >= length:
        raise LanguageError(f"{text(node)} has no place {place} when its length is {length}")
    return scope.arithmetic.lift(np.eye(length, dtype=int)[place : place + 1])


def _every_head(scope: Scope, node: Any, heads: Heads) -> Generator[Any, Value, list[Value]]:
    """The values of the expression under the binder, one for each head."""
    outer = tuple(pair for pair in heads if pair[0] != node.head)
    values = []
    for number in range(scope.size(node.head.size)):
        values.append((yield node.expr, (*outer, (node.head, number))))
    return values


def _head_sum(scope: Scope, node: Any, heads: Heads) -> Steps:
    values = yield from _every_head(scope, node, heads)
    total = _zeros(scope, node.shape if node.is_Matrix else (1, 1))
    for value in values:
        total = scope.arithmetic.add(total, value)
    return total


def _head_blocks(move: Callable[..., Any]) -> Rule:
    def rule(scope: Scope, node: Any, heads: Heads) -> Steps:
        values = yield from _every_head(scope, node, heads)
        return scope.arithmetic.rearrange(move, values) if values else _zeros(scope, node.shape)

    return rule


def _gradient(scope: Scope, node: Any, heads: Heads) -> Value:
    gradient = scope.gradient(node.loss, node.variable, heads)
    return _zeros(scope, node.shape) if gradient is None else gradient


def _partial(scope: Scope, node: Any, heads: Heads) -> Value:
    gradient = scope.gradient(node.loss, node.variable, heads)
    return scope.number(0) if gradient is None else gradient


def _jacobian(scope: Scope, node: Any, heads: Heads) -> Value:
    """The tangents of a row, direction by direction, turned so that (i, j) is df_i/dx_j."""
    dual = scope.tangents(node.function, node.variable, heads)
    if dual.tangent is None:
        return _zeros(scope, node.shape)
    width = scope.arithmetic.shape(dual.value)[-1]
    return scope.arithmetic.rearrange(lambda entries: transposed(entries.reshape(-1, width)), [dual.tangent])


OVER_HEADS: dict[type, Rule] = {
    language.Unit: _unit,
    language.Member: _member,
    language.HeadSum: _head_sum,
    language.ScalarHeadSum: _head_sum,
    language.HeadConcat: _head_blocks(side_by_side),
    language.HeadStack: _head_blocks(one_under_another),
    language.Gradient: _gradient,
    language.Partial: _partial,
    language.Jacobian: _jacobian,
}
