"""What a console and a notebook show of these objects.  How formulas look is the business of the views."""

from __future__ import annotations

from importlib import import_module
from textwrap import shorten
from typing import Any

WIDEST = 160


class Shown:
    """An object that notebooks set as mathematics, and a console shows on one line."""

    @property
    def headline(self) -> str:
        """What is said of it on one line."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return shorten(f"<{type(self).__name__} {self.headline}>", WIDEST, placeholder=" …>")

    def _repr_latex_(self) -> str:
        return str(_views().latex_of(self))

    def _repr_markdown_(self) -> str:
        return str(_views().markdown_of(self))


def _views() -> Any:
    return import_module("symattn.views.paper.notebook")
