"""`dim=` and `axis=`: weights, sums and means of rows (1) or of columns (0).  The axis stays, with length 1."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from symattn import language
from symattn.language.trees.sides import is_one_entry
from symattn.language.trees.unevaluated import Transpose, multiply
from symattn.proof.text.source import Source

AXES, KEPT = ("dim", "axis"), ("keepdim", "keepdims")
"""What torch and NumPy call them."""
OVER_ROWS = ("softmax", "log_softmax", "logsumexp")
OF_ALL = ("total", "mean")


def axis(piece: Source, node: ast.expr) -> int:
    said = piece.quote(node)
    if said not in ("0", "1", "-1", "-2"):
        raise piece.refuse(f"{said!r} is no axis", node, accepted="Rows are 0 or -2, columns 1 or -1.")
    return int(said)


def along(piece: Source, node: ast.expr, name: str, matrix: Any, named: dict[str, Any]) -> Any:
    """The function of every row, as it is here, or of every column, which is that of the transpose."""
    if False in (named.pop(word, True) for word in KEPT):
        raise piece.refuse("an axis is not dropped", node, accepted="Every value here is a matrix: leave keepdim out.")
    dims = [named.pop(word) for word in AXES if word in named]
    if len(dims) != 1:
        raise piece.refuse(f"{name} is along one axis", node, accepted="Write dim=0 of columns, dim=1 of rows.")
    (dim,) = dims
    if matrix.shape[dim] == 1 and not is_one_entry(matrix):
        raise piece.refuse(f"the axis {dim} has length 1, and {_told(name)}", node, accepted=_hint(piece, node, name))
    if dim in (1, -1):
        return _of_rows(name, matrix, named)
    if "mask" in named:
        named["mask"] = Transpose(named["mask"])
    return Transpose(_of_rows(name, Transpose(matrix), named))


def _of_rows(name: str, matrix: Any, named: Mapping[str, Any]) -> Any:
    if name not in OF_ALL:
        return getattr(language, name)(matrix, **named)
    sums = language.rowsum(matrix)
    return sums if name == "total" else multiply(1 / matrix.shape[1], sums)


def _told(name: str) -> str:
    return "nothing would be added" if name in OF_ALL else "every weight would be 1"


def _hint(piece: Source, node: ast.expr, name: str) -> str:
    if name in OF_ALL:
        return f"Without an axis it is of all entries: {piece.quote(node).split(',')[0]})."
    return "Along the other axis it needs no dim for a row; a column x is read as softmax(x.T).T."


def refuse_column(piece: Source, node: ast.Call, name: str, scores: Any, named: Mapping[str, Any]) -> None:
    """What acts on rows does nothing to a column, where people who have columns mean all of its entries."""
    if scores.shape[1] == 1 and not is_one_entry(scores) and not {*AXES} & named.keys():
        inside = piece.quote(node.args[0])
        raise piece.refuse(f"{name} acts on rows, and this is a column", node, accepted=f"Write {name}(T({inside})).")
