"""Roots and norms of what the hypotheses say is positive: `norm(x)` where `norm(x) > 0` is given.

A root is read where what it is of is seen to be positive.  Where that is only said, x^½ is exp(log(x)/2), which is the
same for positive x.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy
from sympy import Rational

from symattn import language
from symattn.language.shapes.signs import sign
from symattn.language.trees.unevaluated import multiply

__all__ = ["said_positive", "with_roots"]


def said_positive(hypotheses: Iterable[Any]) -> set[Any]:
    """The numbers that are said to be positive, and are not seen to be."""
    found: set[Any] = set()
    for claim in hypotheses:
        if isinstance(claim, language.And):
            found |= said_positive(claim.args)
        elif isinstance(claim, language.Positive) and not claim.args[0].is_Matrix and sign(claim.args[0]) < 1:
            found.add(claim.args[0])
    return found


def with_roots(claim: Any, positive: set[Any]) -> Any:
    """The claim with the powers of these numbers that are not whole written by exp and log."""
    powers = [node for node in sympy.preorder_traversal(claim) if isinstance(node, sympy.Pow) and node.base in positive]
    new = {
        node: language.exp(multiply(node.exp, language.log(node.base)))
        for node in powers
        if isinstance(node.exp, Rational) and node.exp.q != 1
    }
    return claim.xreplace(new) if new else claim
