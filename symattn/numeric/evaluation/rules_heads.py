"""What families, sums over heads and derivatives mean.  See rules_algebra for how a rule works."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import lru_cache
from operator import attrgetter
from typing import Any

import numpy as np

from symattn import language
from symattn.errors import LanguageError
from symattn.language import text
from symattn.numeric.arithmetic import Value
from symattn.numeric.evaluation.environment import Environment, Heads, Steps
from symattn.numeric.evaluation.rules_algebra import Rule, one_under_another, side_by_side, transposed


def _zeros(environment: Environment, shape: tuple[Any, Any]) -> Value:
    return environment.arithmetic.lift(np.zeros(tuple(map(environment.size, shape)), dtype=int))


def _head_number(environment: Environment, head: Any, heads: Heads) -> int:
    if isinstance(head, language.Pair):
        g, r = _head_number(environment, head.g, heads), _head_number(environment, head.r, heads)
        return g * environment.size(head.args[3]) + r
    one, steps = language.place_of(head)
    if one is None:
        return environment.size(steps)
    if one not in (bound := dict(heads)):
        raise LanguageError(f"the head {text(one)} is bound by no sum or concatenation")
    return bound[one] + environment.size(steps)


family_of = lru_cache(maxsize=1024)(attrgetter("family"))  # a member makes its family anew whenever it is asked


def _member(environment: Environment, node: Any, heads: Heads) -> Value:
    members, number = environment.letter(family_of(node)), _head_number(environment, node.head, heads)
    if number >= len(members):
        raise LanguageError(f"{text(node)}: there is no head {number} when there are {len(members)}")
    return members[number]


def _unit(environment: Environment, node: Any, heads: Heads) -> Value:
    length, place = environment.size(node.shape[1]), _head_number(environment, node.args[1], heads)
    if place >= length:
        raise LanguageError(f"{text(node)} has no place {place} when its length is {length}")
    return environment.arithmetic.lift(np.eye(length, dtype=int)[place : place + 1])


def _every_head(environment: Environment, node: Any, heads: Heads) -> Generator[Any, Value, list[Value]]:
    """The values of the expression under the binder, one for each head."""
    outer = tuple(pair for pair in heads if pair[0] != node.head)
    values = []
    for number in range(environment.size(node.head.size)):
        values.append((yield node.expr, (*outer, (node.head, number))))
    return values


def _head_sum(environment: Environment, node: Any, heads: Heads) -> Steps:
    values = yield from _every_head(environment, node, heads)
    total = _zeros(environment, node.shape if node.is_Matrix else (1, 1))
    for value in values:
        total = environment.arithmetic.add(total, value)
    return total


def _head_blocks(move: Callable[..., Any]) -> Rule:
    def rule(environment: Environment, node: Any, heads: Heads) -> Steps:
        values = yield from _every_head(environment, node, heads)
        return environment.arithmetic.rearrange(move, values) if values else _zeros(environment, node.shape)

    return rule


def _gradient(environment: Environment, node: Any, heads: Heads) -> Value:
    gradient = environment.gradient(node.loss, node.variable, heads)
    return _zeros(environment, node.shape) if gradient is None else gradient


def _partial(environment: Environment, node: Any, heads: Heads) -> Value:
    gradient = environment.gradient(node.loss, node.variable, heads)
    return environment.number(0) if gradient is None else gradient


def _jacobian(environment: Environment, node: Any, heads: Heads) -> Value:
    """The tangents of a row, direction by direction, turned so that (i, j) is df_i/dx_j."""
    dual = environment.tangents(node.function, node.variable, heads)
    if dual.tangent is None:
        return _zeros(environment, node.shape)
    width = environment.arithmetic.shape(dual.value)[-1]
    return environment.arithmetic.rearrange(lambda entries: transposed(entries.reshape(-1, width)), [dual.tangent])


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
