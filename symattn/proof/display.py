"""What a notebook shows of these objects.  How is the business of the views, which are found when one asks."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Shown:
    """An object that notebooks set as mathematics."""

    def _repr_latex_(self) -> str:
        return str(_views().latex_of(self))

    def _repr_markdown_(self) -> str:
        return str(_views().markdown_of(self))


def _views() -> Any:
    return import_module("symattn.views.paper.notebook")
