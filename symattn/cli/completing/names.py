"""Names of theorems and chapters, read from the text of the theory: nothing of it is imported, so that this is fast."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import symattn
from symattn.theory.chapters import chapters


def theorems() -> list[str]:
    """The names of all theorems."""
    folder = Path(symattn.__file__).parent / "theory"
    return sorted(name for file in folder.rglob("*.py") for name in _stated(file))


def _stated(file: Path) -> Iterator[str]:
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and any(_is_theorem(decorator) for decorator in node.decorator_list):
            yield node.name


def _is_theorem(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "theorem"


def selectors() -> list[str]:
    """Whatever asks for theorems in one word: their names, and the names of chapters."""
    return [*theorems(), *(chapter.name for chapter in chapters().values())]
