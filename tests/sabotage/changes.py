"""What can be done to a line of Python so that it still compiles and means something else."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator

SWAPS = (
    (" + ", " - "),
    (" - ", " + "),
    (" * ", " + "),
    (" == ", " != "),
    (" != ", " == "),
    (" < ", " >= "),
    (" > ", " <= "),
    (" <= ", " < "),
    (" >= ", " > "),
    (" and ", " or "),
    (" or ", " and "),
    (" not in ", " in "),
    (" in ", " not in "),
    (" is not ", " is "),
    ("not ", ""),
    ("True", "False"),
    ("False", "True"),
    ("min(", "max("),
    ("max(", "min("),
    ("all(", "any("),
    ("any(", "all("),
    ("left", "right"),
    ("right", "left"),
    ("[0]", "[-1]"),
    ("[::-1]", ""),
    ("[1:]", ""),
    ("sorted(", "list("),
)


def changed(source: str, number: int, rng: random.Random) -> str | None:
    """The source with that line changed in one way, or None when there is no way that compiles."""
    lines = source.splitlines()
    ways = list(_ways(lines[number]))
    rng.shuffle(ways)
    for way in ways:
        whole = "\n".join([*lines[:number], way, *lines[number + 1 :]]) + "\n"
        if _means_something_else(whole, source):
            return whole
    return None


def _ways(line: str) -> Iterator[str]:
    for old, new in SWAPS:
        for match in re.finditer(re.escape(old), line):
            yield line[: match.start()] + new + line[match.end() :]
    for match in re.finditer(r"(?<![\w.])\d+(?![\w.])", line):
        yield f"{line[: match.start()]}{int(match[0]) + 1}{line[match.end() :]}"
    indent = line[: len(line) - len(line.lstrip())]
    statement = line.strip()
    if statement.startswith("return "):
        yield f"{indent}return None"
    elif re.match(r"[\w.\[\], ]+ (=|\+=|-=) |raise |continue$|need\(", statement):
        yield f"{indent}pass"


def _means_something_else(whole: str, source: str) -> bool:
    """Whether it compiles, and is more than another comment."""
    try:
        return ast.dump(ast.parse(whole)) != ast.dump(ast.parse(source))
    except SyntaxError:
        return False


def places(source: str) -> list[int]:
    """The lines with code in functions: neither imports nor docstrings nor headings."""
    found: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            for statement in node.body:
                text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
                if not text and not isinstance(statement, ast.FunctionDef):
                    found |= set(range(statement.lineno - 1, statement.end_lineno or statement.lineno))
    return sorted(found)
