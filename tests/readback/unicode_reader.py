"""Layer views: the Unicode form of claims and expressions, read back.

`read("X Q Kᵀ Xᵀ = S", letters)` gives the SymPy tree that `language.text` writes so, without sharing any code with it:
what is printed says what is meant.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.readback.unicode_builder import Builder
from tests.readback.unicode_grammar import parse

__all__ = ["read"]


def read(text: str, letters: Iterable[Any]) -> Any:
    """The claim or expression, about letters, sizes and heads that are recognised by their names.

    Raises    StatementError where the text cannot be read
    """
    return Builder(letters).build(parse(text))
