"""The rotary position embedding, by its definition: pairs of columns turned by the angle position times frequency."""

from __future__ import annotations

from typing import Any

from sympy import Expr, MatrixExpr

from symattn.errors import LanguageError, ShapeError, layout as message
from symattn.language.blocks import HStack, hstack, vstack
from symattn.language.entrywise import cos, hadamard, sin
from symattn.language.nodes import identity, unit, zeros
from symattn.language.printing.text import text
from symattn.language.sizes import lower_bound, same_size
from symattn.language.trees.base import as_matrix, as_sympy, whole
from symattn.language.trees.sides import is_one_entry
from symattn.language.trees.unevaluated import as_number

__all__ = ["rope"]


def rope(A: MatrixExpr, t: Expr | int, theta: MatrixExpr, *, layout: MatrixExpr | str = "halves") -> MatrixExpr:
    """Every row turned by its position: in plane j by the angle t_i θ_j, as RoFormer turns queries and keys.

    rope(A, t, θ) = [A₁∘C - A₂∘S | A₁∘S + A₂∘C], with C = cos(t θ), S = sin(t θ) and A = [A₁ | A₂].

    A         the queries or keys, n×2p; what it has in further columns, n×(2p + r), stays as it is
    t         the positions, a column n×1 of any real numbers, or one number for all rows
    theta     the frequencies of the p planes, a row 1×p
    layout    which columns are a plane: "halves" j and p + j; "interleaved" 2j and 2j + 1, where p is a whole number;
              or P, a permutation 2p×2p: the planes of A P are its halves, and P turns the result back

    >>> n, p = sizes("n p")
    >>> A, B = matrix("A", n, 2 * p), matrix("B", n, 2 * p)
    >>> t, theta, c = column("t", n), row("theta", p), scalar("c")
    >>> later = t + c * ones(n, 1)
    >>> moved = rope(A, later, theta) @ rope(B, later, theta).T
    >>> prove(Equal(moved, rope(A, t, theta) @ rope(B, t, theta).T)).over
    'the real numbers'

    Raises    ShapeError for fewer than 2p columns, or for a number of columns that need not be 2p or more;
              LanguageError for another layout, or frequencies that are no row
    Source    Su et al.: RoFormer, arXiv:2104.09864, section 3.2
    """
    A, theta = as_matrix(A, "rope"), as_matrix(theta, "rope")
    if theta.shape[0] != 1:
        raise LanguageError(
            message("the frequencies of rope are a row", [(text(theta), "×".join(map(str, theta.shape)))])
        )
    first, second, rest = _cut(A, theta.shape[1], layout)
    t = as_sympy(t)
    angles = as_number(t) * theta if not t.is_Matrix or is_one_entry(t) else t @ theta
    C, S = cos(angles), sin(angles)
    turned = hadamard(first, C) - hadamard(second, S), hadamard(first, S) + hadamard(second, C)
    order = _order(theta.shape[1], layout)
    return hstack(*turned, *rest) if order is None else hstack(hstack(*turned) @ order.T, *rest)


def _cut(A: Any, p: Any, layout: Any) -> tuple[Any, Any, list[Any]]:
    """Both halves of what is turned, and what is not."""
    order = _order(p, layout)
    if order is None and isinstance(A, HStack) and len(A.args) > 1:
        first, second, *rest = A.args
        if same_size(first.shape[1], p) and same_size(second.shape[1], p):
            return first, second, rest
    left = (A.shape[1] - 2 * p).expand()
    if left != 0 and ((lower_bound(left) or 0) < 0 or left.could_extract_minus_sign()):
        pairs = [(text(A), A.shape[1]), ("frequencies", p)]
        raise ShapeError(message("rope turns pairs of columns", pairs, f"accepted: {2 * p} columns, or {2 * p} + r"))
    below = [zeros(left, p)] if left != 0 else []
    halves = [vstack(*blocks) for blocks in ((identity(p), zeros(p, p)), (zeros(p, p), identity(p)))]
    halves = [vstack(half if order is None else order @ half, *below) for half in halves]
    tail = [A @ vstack(zeros(2 * p, left), identity(left))] if left != 0 else []
    return A @ halves[0], A @ halves[1], tail


def _order(p: Any, layout: Any) -> Any:
    """The permutation that brings the planes to halves; None where they are."""
    if isinstance(layout, MatrixExpr):
        return layout
    if layout == "halves":
        return None
    if layout == "interleaved" and whole(p):
        return vstack(*(unit(2 * p, half * p + j) for j in range(int(p)) for half in (0, 1)))
    pairs = [("layout", str(layout)), ("planes", p)]
    note = (
        'accepted: "halves"; "interleaved" for a whole number of planes; or a permutation of the columns, as in '
        'layout=matrix("P", 2 * p, 2 * p, permutation=True)'
    )
    raise LanguageError(message("rope has no such layout", pairs, note))
