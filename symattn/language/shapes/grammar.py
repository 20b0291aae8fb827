"""The grammar.  For every node, which parts of it are expressions and what shape their shapes give.

`SHAPES` is the whole list: a node that is not in it is not in the language.  shapes.py walks a tree with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from symattn.errors import LanguageError, layout
from symattn.language.bilinear import Bilinear, MatrixOf
from symattn.language.blocks import HStack, VStack
from symattn.language.calculus import Gradient, Jacobian, Partial
from symattn.language.claims.ranks import Rank
from symattn.language.entrywise import ElementwiseCos, ElementwiseExp, ElementwiseLog, ElementwiseSin, Reciprocal
from symattn.language.heads import HeadIndex, Member, Pair, place_of
from symattn.language.matrices import Matrix, T, has_inverse
from symattn.language.nodes import Before, Diag, Shift, Softmax, Unit
from symattn.language.over_heads import HeadConcat, HeadStack, HeadSum, ScalarHeadSum
from symattn.language.shapes.refusals import cannot_multiply, dimensions, disagree, excerpt, needs_minimum, unknown_node
from symattn.language.shapes.signs import sign
from symattn.language.sizes import Size, is_size, lower_bound, same_size
from symattn.language.sums import Determinant, RowSum, Total
from symattn.language.trees.base import UndeclaredInverse

__all__ = ["SHAPES", "Shape", "fits"]

Shape = tuple[Any, ...]
Shapes = Sequence[Shape]


def fits(left: Shape, right: Shape) -> bool:
    """Whether two shapes are the same."""
    return len(left) == len(right) and all(map(same_size, left, right))


def _reject(node: Any, what: str, note: str = "") -> LanguageError:
    return LanguageError(layout(what, [(excerpt(node), type(node).__name__)], note))


def _number(node: Any, _: Shapes) -> Shape:
    if not isinstance(node, sp.Rational) and node is not sp.E:
        raise unknown_node(node)
    return ()


def _symbol(node: Any, _: Shapes) -> Shape:
    if isinstance(node, HeadIndex):
        raise _reject(node, "a head is an index, not a number", "it may stand in brackets only: Q[h]")
    if not node.is_commutative:
        raise _reject(node, "a scalar must be commutative", 'declare scalar("t") or matrix("A", m, n)')
    return ()


def _letter(node: Any, _: Shapes) -> Shape:
    for side in node.shape:
        if stray := [s for s in side.free_symbols if not isinstance(s, Size)]:
            raise _reject(node, f"{stray[0]} is not a size", f'declare sizes("{stray[0]}")')
    return node.shape


def _scalars(node: Any, shapes: Shapes) -> Shape:
    for part, shape in zip(node.args, shapes, strict=False):
        if shape:
            raise disagree("a matrix where a scalar is needed", [(part, shape)], "total(A) makes a scalar of it")
    return ()


def _power(node: Any, shapes: Shapes) -> Shape:
    base, exponent = node.args
    if not isinstance(exponent, sp.Rational):
        if not is_size(exponent):
            note = "write exp(t * log(a)) for a positive a"
            raise _reject(node, "an exponent must be a rational number or a size", note)
        return _scalars(node, shapes)
    if not exponent.is_Integer and sign(base) < 1:
        note = 'declare scalar("t", positive=True), or add what is positive: normsquared(x) + e'
        if sign(base) == 0:
            note = "it may be 0: add what is positive, normsquared(x) + e, or write it in a text without quantifiers"
        raise _reject(node, "a root needs something that is seen to be positive", note)
    return _scalars(node, shapes)


def _sum(node: Any, shapes: Shapes) -> Shape:
    return _alike("cannot add", node, shapes)


def _hadamard(node: Any, shapes: Shapes) -> Shape:
    return _alike("cannot multiply entry by entry", node, shapes)


def _alike(what: str, node: Any, shapes: Shapes) -> Shape:
    first = shapes[0]
    for part, shape in zip(node.args, shapes, strict=True):
        if not fits(first, shape):
            meant = f"  Did you mean {excerpt(part.T)}?" if shape and fits(first, shape[::-1]) else ""
            note = f"the shapes differ: {dimensions(first)} ≠ {dimensions(shape)}.{meant}"
            raise disagree(what, [(node.args[0], first), (part, shape)], note)
    return first


def _product(node: Any, shapes: Shapes) -> Shape:
    matrices = [(part, shape) for part, shape in zip(node.args, shapes, strict=True) if shape]
    factors, sides = zip(*matrices, strict=True)
    for place in range(1, len(sides)):
        if not same_size(sides[place - 1][1], sides[place][0]):
            raise cannot_multiply(factors, sides, place)
    return sides[0][0], sides[-1][1]


def _square(node: Any, shapes: Shapes) -> Shape:
    (shape,) = shapes
    if not same_size(*shape):
        raise disagree(f"{type(node).__name__} needs a square matrix", [(node.args[0], shape)])
    return shape


def _matrix_power(node: Any, shapes: Shapes) -> Shape:
    if not node.exp.is_Integer or node.exp < 0:
        raise _reject(node, "a matrix has powers 0, 1, 2, …", "write inverse(M) for a letter declared invertible")
    return _square(node, shapes)


def _inverse(node: Any, shapes: Shapes) -> Shape:
    if not has_inverse(node.arg) or node.args[1] != -1:
        raise UndeclaredInverse(node.arg)
    return _square(node, shapes)


def _trace(node: Any, shapes: Shapes) -> Shape:
    _square(node, shapes)
    return ()


def _transpose(node: Any, shapes: Shapes) -> Shape:
    return shapes[0][::-1]


def _same(node: Any, shapes: Shapes) -> Shape:
    return shapes[0]


def _scalar(node: Any, shapes: Shapes) -> Shape:
    return ()


def _in_range(what: str, node: Any, place: Any, size: Any) -> None:
    if not place.is_Integer or place < 0:
        raise _reject(node, f"{what} takes places 0, 1, 2, …")
    least = lower_bound(size)
    if least is None or least <= place:
        raise needs_minimum(f"{what} is out of range", node, size, int(place) + 1)


def _entry(node: Any, shapes: Shapes) -> Shape:
    for place, size in zip((node.i, node.j), shapes[0], strict=True):
        _in_range("an entry", node, place, size)
    return ()


def _unit(node: Any, _: Shapes) -> Shape:
    length, place = node.args
    if not isinstance(place, HeadIndex):
        _in_range("unit", node, place, length)
    elif not same_size(place.size, length):
        raise disagree("the index of unit ranges over another size", [(place, (place.size,)), (node, (length,))])
    return _letter(node, ())


def _softmax(node: Any, shapes: Shapes) -> Shape:
    if (lower_bound(shapes[0][1]) or 0) < 1:
        raise needs_minimum("softmax over a size that may be 0", node, shapes[0][1], 1)
    return _alike("cannot mask", node, shapes)


def _diag(node: Any, shapes: Shapes) -> Shape:
    rows, cols = shapes[0]
    if rows != 1 and cols != 1:
        raise disagree("diag needs one row or one column", [(node.arg, shapes[0])])
    return (cols, cols) if rows == 1 else (rows, rows)


def _row_sum(node: Any, shapes: Shapes) -> Shape:
    return shapes[0][0], sp.S.One


def _side_by_side(node: Any, shapes: Shapes) -> Shape:
    for part, shape in zip(node.args, shapes, strict=True):
        if not same_size(shapes[0][0], shape[0]):
            raise disagree("cannot put side by side", [(node.args[0], shapes[0]), (part, shape)], "the rows differ")
    return shapes[0][0], sp.Add(*(shape[1] for shape in shapes))


def _one_under_other(node: Any, shapes: Shapes) -> Shape:
    for part, shape in zip(node.args, shapes, strict=True):
        if not same_size(shapes[0][1], shape[1]):
            raise disagree(
                "cannot put one under the other", [(node.args[0], shapes[0]), (part, shape)], "the columns differ"
            )
    return sp.Add(*(shape[0] for shape in shapes)), shapes[0][1]


def _member(node: Any, _: Shapes) -> Shape:
    heads, head = node.args[1], node.head
    one, steps = place_of(head)
    if head.is_Integer:
        _in_range(f"a head of {node.name}", node, head, heads)
    elif not (same_size(one.size, heads) if isinstance(one, Pair) else _leaves_room(heads, one, steps)):
        needed = steps + (1 if one is None else one.size)
        raise disagree("the head ranges over another size", [(head, (needed,)), (node.family, (heads,))])
    return _letter(node, ())


def _leaves_room(heads: Any, head: Any, steps: Any) -> bool:
    """Whether all those places are seen to be there: what comes after them is a size too."""
    after = sp.expand(heads - steps - (1 if head is None else head.size))
    return all(coefficient >= 0 for coefficient in after.as_coefficients_dict().values())


def _concat(node: Any, shapes: Shapes) -> Shape:
    return shapes[0][0], node.head.size * shapes[0][1]


def _stack(node: Any, shapes: Shapes) -> Shape:
    return node.head.size * shapes[0][0], shapes[0][1]


OPEN = frozenset({"invertible", "positive"})
"""What is declared of a letter whose entries still vary freely."""


def _bare(node: Any) -> None:
    if facts := frozenset(getattr(node.variable, "facts", ())) - OPEN:
        note = "its entries do not vary freely; take the derivative in a letter that is free, invertible or positive"
        raise _reject(node, f"{excerpt(node.variable)} is declared {', '.join(sorted(facts))}", note)


def _gradient(node: Any, shapes: Shapes) -> Shape:
    _bare(node)
    if shapes[0] and not fits(shapes[0], (1, 1)):
        raise disagree("Gradient needs a scalar", [(node.loss, shapes[0])], "total(A) makes a scalar of a matrix")
    return shapes[1]


def _partial(node: Any, shapes: Shapes) -> Shape:
    if isinstance(node.variable, Size | HeadIndex):
        raise _reject(node, f"{excerpt(node.variable)} is a whole number: nothing is differentiated in it")
    return _scalars(node, shapes)


def _jacobian(node: Any, shapes: Shapes) -> Shape:
    _bare(node)
    for part, shape in zip(node.args, shapes, strict=True):
        if shape[0] != 1:
            raise disagree("Jacobian is of a row in a row", [(part, shape)])
    return shapes[0][1], shapes[1][1]


def _bilinear(node: Any, shapes: Shapes) -> Shape:
    for part, shape, width in zip(node.args[1:], shapes, node.form.shape, strict=True):
        if not fits(shape, (1, width)):
            note = f"it takes rows 1×{excerpt(node.form.shape[0])} and 1×{excerpt(node.form.shape[1])}"
            raise disagree(f"{node.form.name} cannot take this", [(part, shape)], note)
    return ()


def _none(node: Any) -> Sequence[Any]:
    return ()


def _all(node: Any) -> Sequence[Any]:
    return node.args


def _first(node: Any) -> Sequence[Any]:
    return node.args[:1]


def _rest(node: Any) -> Sequence[Any]:
    return node.args[1:]


SHAPES: dict[type, tuple[Callable[[Any], Sequence[Any]], Callable[[Any, Shapes], Shape]]] = {
    sp.Number: (_none, _number),
    sp.NumberSymbol: (_none, _number),
    sp.Symbol: (_none, _symbol),
    **dict.fromkeys((sp.MatrixSymbol, Matrix, sp.Identity, sp.ZeroMatrix, sp.OneMatrix, MatrixOf), (_none, _letter)),
    **dict.fromkeys((sp.Add, sp.Mul, sp.exp, sp.log, sp.cos, sp.sin), (_all, _scalars)),
    sp.Pow: (_all, _power),
    sp.MatAdd: (_all, _sum),
    sp.MatMul: (_all, _product),
    sp.MatPow: (_first, _matrix_power),
    sp.Inverse: (_first, _inverse),
    sp.HadamardProduct: (_all, _hadamard),
    **dict.fromkeys((sp.Transpose, T), (_first, _transpose)),
    **dict.fromkeys((sp.Trace, Determinant), (_first, _trace)),
    MatrixElement: (_first, _entry),
    **dict.fromkeys((ElementwiseExp, ElementwiseLog, ElementwiseCos, ElementwiseSin), (_first, _same)),
    **dict.fromkeys((Reciprocal, HeadSum), (_first, _same)),
    **dict.fromkeys((Total, Rank), (_first, _scalar)),
    Softmax: (_all, _softmax),
    Diag: (_first, _diag),
    Unit: (_none, _unit),
    **dict.fromkeys((Before, Shift), (_none, _letter)),
    RowSum: (_first, _row_sum),
    HStack: (_all, _side_by_side),
    VStack: (_all, _one_under_other),
    Member: (_none, _member),
    ScalarHeadSum: (_first, _scalars),
    HeadConcat: (_first, _concat),
    HeadStack: (_first, _stack),
    Gradient: (_all, _gradient),
    Partial: (_all, _partial),
    Jacobian: (_all, _jacobian),
    Bilinear: (_rest, _bilinear),
}
