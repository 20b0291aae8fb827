"""Functions of a number as they were written: SymPy would make a of log(exp(a)), and a number of cos(0)."""

from __future__ import annotations

from typing import Any

import sympy
from sympy import S

from symattn.language.trees.unevaluated import NumberNode

__all__ = ["cos", "exp", "log", "sin"]


class exp(NumberNode, sympy.exp):  # noqa: N801
    """exp of a number."""

    def as_base_exp(self) -> tuple[Any, Any]:
        return self, S.One  # SymPy would go on with E**x, and come back to exp


class log(NumberNode, sympy.log):  # noqa: N801
    """log of a number."""


class cos(NumberNode, sympy.cos):  # noqa: N801
    """cos of a number."""


class sin(NumberNode, sympy.sin):  # noqa: N801
    """sin of a number."""
