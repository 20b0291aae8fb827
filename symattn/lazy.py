"""Names of a package that are looked up when they are first used, so that importing it is cheap (PEP 562).

A package lists its names once, as imports under `if TYPE_CHECKING:`, where type checkers and editors see them.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

Lookup = tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]


def attached(package: str, spellings: str = "") -> Lookup:
    """The `__getattr__`, `__dir__` and `__all__` of a package that names its contents under `if TYPE_CHECKING:`.

    The module `spellings` is only loaded to say what to write instead of a name that is not there.
    """
    module = sys.modules[package]
    where = dict(_listed(module))

    def get(name: str) -> Any:
        if name not in where:
            hint = import_module(spellings).instead(name, where) if spellings and not name.startswith("_") else ""
            raise AttributeError(f"module {package!r} has no attribute {name!r}" + (f".  {hint}" if hint else ""))
        if where[name] == package:
            return import_module(f"{package}.{name}")
        value = getattr(import_module(where[name]), name)
        setattr(module, name, value)
        return value

    return get, lambda: sorted({*vars(module), *where}), sorted(where)


def _listed(module: ModuleType) -> Iterator[tuple[str, str]]:
    """Each name, and the module that has it."""
    read: Any = module.__spec__ and module.__spec__.loader
    for node in ast.parse(read.get_source(module.__name__)).body:
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            for line in node.body:
                if isinstance(line, ast.ImportFrom) and line.module:
                    yield from ((name.name, line.module) for name in line.names)
