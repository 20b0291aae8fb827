"""Hints given as text, in the letters of the statement."""

from __future__ import annotations

from typing import Any

from symattn import language
from symattn.errors import SymattnError
from symattn.proof.text.parse import Goal
from symattn.proof.text.reader import Reader
from symattn.proof.text.source import read, source

WHAT = "the hint"


def hint(goal: Goal, text: str) -> Any:
    """The expression that the text stands for.

    Raises: StatementError, which points at the column, for text that is no expression; ShapeError and LanguageError.
    """
    piece = source(text)
    tree = read(piece, WHAT)
    try:
        value = Reader(goal.scope, piece).value(tree)
        if isinstance(value, language.Claim):
            raise piece.refuse(f"{WHAT} is a claim, and not an expression", accepted="Put a claim under --given.")
        language.check(value)
        return value
    except SymattnError:
        raise
    except (TypeError, ValueError, AttributeError, ArithmeticError, IndexError) as error:
        # SymPy's own complaints about operands that the checks of Reader let through
        raise piece.refuse(f"{WHAT} makes no sense to SymPy: {error}") from error
