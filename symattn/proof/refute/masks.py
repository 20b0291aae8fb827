"""Masks of which hypotheses say in which case each entry is: random ones would seldom fulfil them.

0 ≤ Z ∘ x                         Z is 1 where x > 0
x ≤ total(P ∘ x), or rowsum       P is 1 at one greatest entry, or at one of each row
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import sympy

from symattn import language as lang

__all__ = ["fitted", "of_cases"]


def of_cases(hypotheses: Iterable[Any]) -> dict[Any, tuple[Any, str]]:
    """Such masks, each with what it is about and where it is 1: by the sign, or at the greatest of all or each row."""
    found: dict[Any, tuple[Any, str]] = {}
    for claim in hypotheses:
        if isinstance(claim, lang.AtMost):
            left, right = claim.args
            for mask, x, how in _by_sign(right) if _is_zero(left) else _by_size(left, right):
                if mask not in {*found, *lang.letters_of(x)}:
                    found[mask] = x, how
    return found


def fitted(x: Any, how: str) -> Any:
    """The mask of values."""
    x = np.asarray(x)
    if how == "sign":
        return (x > 0).astype(int)
    mask = np.zeros(x.shape, dtype=int)
    if how == "rows":
        for row, values in enumerate(x):
            mask[row, int(np.argmax(values))] = 1
    else:
        mask[np.unravel_index(int(np.argmax(x)), x.shape)] = 1
    return mask


def _is_zero(expr: Any) -> bool:
    return expr == 0 or isinstance(expr, sympy.ZeroMatrix)


def _by_sign(product: Any) -> Iterable[tuple[Any, Any, str]]:
    if isinstance(product, sympy.HadamardProduct):
        for mask in filter(_is_mask, product.args):
            yield mask, lang.hadamard(*(part for part in product.args if part != mask)), "sign"
    elif isinstance(product, sympy.Mul):
        for entry in product.args:
            if isinstance(entry, lang.Entry) and _is_mask(entry.parent) and tuple(entry.parent.shape) == (1, 1):
                yield entry.parent, sympy.Mul(*(part for part in product.args if part != entry), evaluate=False), "sign"


def _by_size(x: Any, bound: Any) -> Iterable[tuple[Any, Any, str]]:
    for kind, how in ((lang.RowSum, "rows"), (lang.Total, "all")):
        for node in bound.atoms(kind):
            parts = node.args[0].args if isinstance(node.args[0], sympy.HadamardProduct) else ()
            if len(parts) == 2 and x in parts:
                (mask,) = (part for part in parts if part != x)
                if _is_mask(mask):
                    yield mask, x, how


def _is_mask(expr: Any) -> bool:
    return isinstance(expr, lang.Matrix) and expr.facts == {"mask"}
