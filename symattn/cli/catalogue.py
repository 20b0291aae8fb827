"""`symattn list`."""

from __future__ import annotations

import argparse
import json
from typing import Any

from symattn.cli.wording import SCHEMA, table
from symattn.theory import select


def run(arguments: argparse.Namespace) -> int:
    """Prints one line for each theorem."""
    statements = select()
    if arguments.json:
        theorems = [_data(statement) for statement in statements]
        print(json.dumps({"schema": SCHEMA, "theorems": theorems}, ensure_ascii=False))
    else:
        rows = [[statement.section or "", statement.name, statement.title] for statement in statements]
        print(table(["section", "theorem", "in words"], rows))
    return 0


def _data(statement: Any) -> dict[str, Any]:
    return {"name": statement.name, "section": statement.section, "title": statement.title, "says": str(statement.says)}
