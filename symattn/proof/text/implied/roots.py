"""Roots and norms of what may be 0, and of what the hypotheses say is positive.

A root is read where what it is of is seen to be positive.  Where that is only said, as by `norm(x) > 0`, x^½ is
exp(log(x)/2), which is the same for positive x.  Where it is seen to be at least 0, as under `norm(x)`, the root is a
number r of which hypotheses say that r² = x and r ≥ 0.  There is one such r for every x, so a claim about norm(x) holds
for an x exactly when it holds for that r; under quantifiers and derivatives, where x varies, it is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy
from sympy import Rational

from symattn import language
from symattn.language.shapes.signs import sign
from symattn.language.trees.unevaluated import multiply, raise_to
from symattn.language.walk import nodes_of
from symattn.proof.text.scope import Scope

__all__ = ["definitions", "said_positive", "short", "with_letters", "with_roots", "words"]

_VARYING = (language.ForAll, language.Exists, language.Gradient, language.Partial, language.Jacobian)
_BOUND = (language.Member, language.HeadIndex, language.HeadSum)


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
    new = {
        node: language.exp(multiply(node.exp, language.log(node.base)))
        for node in _roots(claim)
        if node.base in positive
    }
    return claim.xreplace(new) if new else claim


def with_letters(scope: Scope, claim: Any) -> Any:
    """The claim with letters for the roots of what is seen to be at least 0 and may be 0, inner ones first."""
    if any(True for _ in nodes_of(claim, kinds=_VARYING)):
        return claim
    while True:
        node = next((root for root in _roots(claim) if _may_be_zero(root.base)), None)
        if node is None:
            return claim
        claim = claim.xreplace({node: raise_to(_letter(scope, node.base, node.exp.q), node.exp.p)})


def definitions(scope: Scope) -> tuple[Any, ...]:
    """The hypotheses that say what the roots are."""
    return tuple(
        claim
        for (base, degree), root in scope.roots.items()
        for claim in (language.Equal(raise_to(root, degree), base), language.at_most(0, root))
    )


def words(scope: Scope) -> list[str]:
    """The same in words."""
    names = {2: "root", 3: "cube root"}
    return [
        f"{root.name} is the {names.get(degree, f'{degree}th root')} of {language.text(short(scope, base))}"
        for (base, degree), root in scope.roots.items()
    ]


def short(scope: Scope, expr: Any) -> Any:
    """The expression with roots as they were written."""
    for (base, degree), root in reversed(scope.roots.items()):
        expr = expr.xreplace({root: raise_to(base, Rational(1, degree))})
    return expr


def _roots(claim: Any) -> list[Any]:
    powers = [node for node in sympy.postorder_traversal(claim) if isinstance(node, sympy.Pow)]
    return [node for node in powers if isinstance(node.exp, Rational) and node.exp.q != 1]


def _may_be_zero(base: Any) -> bool:
    return not base.is_Matrix and sign(base) == 0 and not base.has(*_BOUND)


def _letter(scope: Scope, base: Any, degree: int) -> Any:
    """The root of what stands there, the same wherever it stands again."""
    if (base, degree) not in scope.roots:
        taken = {*scope.names(), *(root.name for root in scope.roots.values())}
        name = next(n for k in range(len(taken) + 1) if (n := f"root{k or ''}") not in taken)
        scope.roots[base, degree] = language.scalar(name)
    return scope.roots[base, degree]
