"""What the operations on matrices and scalars mean, in the verbs of an arithmetic.

A rule asks for the value of a part by yielding (part, heads) and returns the value of the node; a node without parts
returns it at once.  `heads` are the numbers of the heads that are bound around the node.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import sympy
from sympy.matrices.expressions.matexpr import MatrixElement

from symattn import language
from symattn.errors import LanguageError
from symattn.language import text
from symattn.numeric.arithmetic import NotExact, Value
from symattn.numeric.entries import transposed
from symattn.numeric.evaluation.environment import Environment, Heads, Steps

Rule = Callable[..., Any]


def side_by_side(*blocks: Any) -> Any:
    return np.concatenate(blocks, axis=-1)


def one_under_another(*blocks: Any) -> Any:
    return np.concatenate(blocks, axis=-2)


def sum_of_entries(environment: Environment, value: Value) -> Value:
    arithmetic = environment.arithmetic
    return arithmetic.rowsum(arithmetic.rearrange(transposed, [arithmetic.rowsum(value)]))


def _number(environment: Environment, node: Any, heads: Heads) -> Value:
    return environment.number(int(node.p) if node.q == 1 else Fraction(int(node.p), int(node.q)))


def _euler(environment: Environment, node: Any, heads: Heads) -> Value:
    return environment.arithmetic.exp(environment.number(1))


def _letter(environment: Environment, node: Any, heads: Heads) -> Value:
    return environment.letter(node)


def _size(environment: Environment, node: Any, heads: Heads) -> Value:
    return environment.number(environment.size(node))


def _filled(make: Callable[..., Any]) -> Rule:
    """A matrix that its shape determines."""

    def rule(environment: Environment, node: Any, heads: Heads) -> Value:
        return environment.arithmetic.lift(make(environment.size(node.shape[0]), environment.size(node.shape[1])))

    return rule


def _zeros(rows: int, columns: int) -> Any:
    return np.zeros((rows, columns), dtype=int)


def _ones(rows: int, columns: int) -> Any:
    return np.ones((rows, columns), dtype=int)


def _identity(rows: int, columns: int) -> Any:
    return np.eye(rows, columns, dtype=int)


def _order(environment: Environment, node: Any, heads: Heads) -> Value:
    (rows, columns), (a, b) = map(environment.size, node.shape), map(environment.size, node.offsets)
    return environment.arithmetic.lift((np.arange(columns) + a <= np.arange(rows)[:, None] + b).astype(int))


def _shift(environment: Environment, node: Any, heads: Heads) -> Value:
    size, steps = map(environment.size, node.args)
    return environment.arithmetic.lift(np.eye(size, k=-steps, dtype=int))


def _by_formula(environment: Environment, node: Any, heads: Heads) -> Value:
    """A matrix whose entry (i, j) a formula gives, as a rational number, from i, j and the sizes."""
    rows, columns = map(environment.size, node.shape)
    entry = node.lamda.xreplace({size: sympy.Integer(environment.size(size)) for size in language.sizes_of(node.lamda)})
    values = np.zeros((rows, columns), dtype=object)
    for place in np.ndindex(rows, columns):
        value = entry(*map(sympy.Integer, place))
        if not isinstance(value, sympy.Rational):
            raise LanguageError(
                f"the entry {place} of a matrix given by a formula is {text(value)}, no rational number"
            )
        values[place] = Fraction(int(value.p), int(value.q))
    return environment.arithmetic.lift(values)


def _add(environment: Environment, node: Any, heads: Heads) -> Steps:
    value = yield node.args[0], heads
    for part in node.args[1:]:
        value = environment.arithmetic.add(value, (yield part, heads))
    return value


def _multiply(environment: Environment, node: Any, heads: Heads) -> Steps:
    value = yield node.args[0], heads
    for part in node.args[1:]:
        value = environment.arithmetic.multiply(value, (yield part, heads))
    return value


def _matmul(environment: Environment, node: Any, heads: Heads) -> Steps:
    """A product from left to right; scalars among its factors multiply at the end."""
    scale, value = None, None
    for part in node.args:
        factor = yield part, heads
        if part.is_Matrix:
            value = factor if value is None else environment.arithmetic.matmul(value, factor)
        else:
            scale = factor if scale is None else environment.arithmetic.multiply(scale, factor)
    if scale is None or value is None:
        return scale if value is None else value
    return environment.arithmetic.multiply(scale, value)


def _whole_power(multiply: Callable[[Value, Value], Value], value: Value, one: Value, exponent: int) -> Value:
    result = one
    while exponent:
        if exponent & 1:
            result = multiply(result, value)
        exponent >>= 1
        value = multiply(value, value) if exponent else value
    return result


def _power(environment: Environment, node: Any, heads: Heads) -> Steps:
    base, exponent = node.args
    if not isinstance(exponent, sympy.Rational):
        exponent = sympy.Integer(environment.size(exponent))
    value = yield base, heads
    if not isinstance(exponent, sympy.Integer):
        return environment.arithmetic.power(value, Fraction(int(exponent.p), int(exponent.q)))
    value = _whole_power(environment.arithmetic.multiply, value, environment.number(1), abs(int(exponent)))
    return value if exponent >= 0 else environment.arithmetic.reciprocal(value)


def _matrix_power(environment: Environment, node: Any, heads: Heads) -> Steps:
    base, exponent = node.args
    if not isinstance(exponent, sympy.Integer) or exponent < 0:
        raise LanguageError(f"{text(node)}: a power of a matrix must be a whole number ≥ 0")
    value = yield base, heads
    size = environment.size(node.shape[0])
    return _whole_power(
        environment.arithmetic.matmul, value, environment.arithmetic.lift(_identity(size, size)), int(exponent)
    )


def _transpose(environment: Environment, node: Any, heads: Heads) -> Steps:
    return environment.arithmetic.rearrange(transposed, [(yield node.args[0], heads)])


def _inverse(environment: Environment, node: Any, heads: Heads) -> Value:
    turned = isinstance(node.arg, sympy.Transpose | language.T)
    letter = node.arg.args[0] if turned else node.arg
    if not isinstance(letter, language.Matrix):
        raise LanguageError(f"{text(node)}: only a letter declared invertible has an inverse")
    value = environment.inverse(letter)
    return environment.arithmetic.rearrange(transposed, [value]) if turned else value


def _trace(environment: Environment, node: Any, heads: Heads) -> Steps:
    value = yield node.args[0], heads
    rows, columns = environment.arithmetic.shape(value)
    diagonal = environment.arithmetic.lift(_identity(rows, columns))
    return sum_of_entries(environment, environment.arithmetic.multiply(value, diagonal))


def _determinant(environment: Environment, node: Any, heads: Heads) -> Steps:
    """Bird's algorithm, without divisions: A is multiplied by its strict upper part less the sums of what follows on
    its diagonal, once for every further row, with the bounds of the arithmetic's own products."""
    value = yield node.arg, heads
    arithmetic = environment.arithmetic
    rows, _ = arithmetic.shape(value)
    if rows == 0:
        return environment.number(1)
    diagonal = arithmetic.lift(_identity(rows, rows))
    above, after = (arithmetic.lift(sign * np.triu(_ones(rows, rows), 1)) for sign in (1, -1))
    rest = value
    for _ in range(rows - 1):
        sums = arithmetic.matmul(after, arithmetic.rowsum(arithmetic.multiply(rest, diagonal)))
        rest = arithmetic.add(arithmetic.multiply(rest, above), arithmetic.multiply(sums, diagonal))
        rest = arithmetic.matmul(rest, value)
    first = arithmetic.rearrange(lambda entries: entries[..., :1, :1], [rest])
    signed = first if rows % 2 else arithmetic.multiply(environment.number(-1), first)
    factored = getattr(arithmetic, "factored", None)  # what somebody else loses on the way
    return signed if factored is None else factored(signed)


def _entry(environment: Environment, node: Any, heads: Heads) -> Steps:
    if not (isinstance(node.i, sympy.Integer) and isinstance(node.j, sympy.Integer)):
        raise LanguageError(f"{text(node)}: the places of an entry must be whole numbers")
    value, i, j = (yield node.parent, heads), int(node.i), int(node.j)
    rows, columns = environment.arithmetic.shape(value)
    if not (0 <= i < rows and 0 <= j < columns):
        raise LanguageError(f"there is no entry ({i}, {j}) in {text(node.parent)} when it is {rows}×{columns}")
    return environment.arithmetic.rearrange(lambda entries: entries[..., i : i + 1, j : j + 1], [value])


def _exp(environment: Environment, node: Any, heads: Heads) -> Steps:
    return environment.arithmetic.exp((yield node.args[0], heads))


def _cos(environment: Environment, node: Any, heads: Heads) -> Steps:
    return environment.arithmetic.cos((yield node.args[0], heads))


def _sin(environment: Environment, node: Any, heads: Heads) -> Steps:
    return environment.arithmetic.sin((yield node.args[0], heads))


def _log(environment: Environment, node: Any, heads: Heads) -> Steps:
    if len(node.args) != 1:
        raise LanguageError(f"{text(node)}: log takes one argument")
    return environment.arithmetic.log((yield node.args[0], heads))


def _softmax(environment: Environment, node: Any, heads: Heads) -> Steps:
    scores = yield node.scores, heads
    mask = None if node.mask is None else (yield node.mask, heads)
    return environment.arithmetic.softmax(scores, mask)


def _reciprocal(environment: Environment, node: Any, heads: Heads) -> Steps:
    return environment.arithmetic.reciprocal((yield node.arg, heads))


def _diag(environment: Environment, node: Any, heads: Heads) -> Steps:
    """A row times the identity, entry by entry, puts the row on the diagonal; so does a column."""
    value = yield node.arg, heads
    size = environment.size(node.shape[0])
    return environment.arithmetic.multiply(value, environment.arithmetic.lift(_identity(size, size)))


def _rowsum(environment: Environment, node: Any, heads: Heads) -> Steps:
    return environment.arithmetic.rowsum((yield node.arg, heads))


def _total(environment: Environment, node: Any, heads: Heads) -> Steps:
    return sum_of_entries(environment, (yield node.arg, heads))


def _blocks(move: Callable[..., Any]) -> Rule:
    def rule(environment: Environment, node: Any, heads: Heads) -> Steps:
        values = []
        for part in node.args:
            values.append((yield part, heads))
        return environment.arithmetic.rearrange(move, values)

    return rule


def _bilinear(environment: Environment, node: Any, heads: Heads) -> Steps:
    x, y = (yield node.x, heads), (yield node.y, heads)
    arithmetic = environment.arithmetic
    return arithmetic.matmul(arithmetic.matmul(x, environment.letter(node.form)), arithmetic.rearrange(transposed, [y]))


def _matrix_of(environment: Environment, node: Any, heads: Heads) -> Value:
    return environment.letter(node.form)


def _rank(environment: Environment, node: Any, heads: Heads) -> Steps:
    value = yield node.arg, heads
    lowest, highest = environment.arithmetic.rank(value)
    if lowest != highest:
        raise NotExact(f"{text(node)} is between {lowest} and {highest} in {environment.arithmetic.name}")
    return environment.number(lowest)


ALGEBRA: dict[type, Rule] = {
    sympy.Rational: _number,
    sympy.core.numbers.Exp1: _euler,
    sympy.Symbol: _letter,
    sympy.MatrixSymbol: _letter,
    language.Size: _size,
    sympy.Identity: _filled(_identity),
    sympy.ZeroMatrix: _filled(_zeros),
    sympy.OneMatrix: _filled(_ones),
    language.Before: _order,
    language.Shift: _shift,
    sympy.FunctionMatrix: _by_formula,
    sympy.Add: _add,
    sympy.MatAdd: _add,
    sympy.Mul: _multiply,
    sympy.HadamardProduct: _multiply,
    sympy.MatMul: _matmul,
    sympy.Pow: _power,
    sympy.MatPow: _matrix_power,
    sympy.Inverse: _inverse,
    sympy.Transpose: _transpose,
    language.T: _transpose,
    sympy.Trace: _trace,
    language.Determinant: _determinant,
    MatrixElement: _entry,
    sympy.exp: _exp,
    language.ElementwiseExp: _exp,
    **dict.fromkeys((sympy.cos, language.ElementwiseCos), _cos),
    **dict.fromkeys((sympy.sin, language.ElementwiseSin), _sin),
    sympy.log: _log,
    language.ElementwiseLog: _log,
    language.Softmax: _softmax,
    language.Reciprocal: _reciprocal,
    language.Diag: _diag,
    language.RowSum: _rowsum,
    language.Total: _total,
    language.HStack: _blocks(side_by_side),
    language.VStack: _blocks(one_under_another),
    language.Bilinear: _bilinear,
    language.MatrixOf: _matrix_of,
    language.Rank: _rank,
}
