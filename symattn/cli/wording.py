"""How answers are put into words and exit codes."""

from __future__ import annotations

import json
from typing import Any

from symattn.views.screen.spelling import spelled_data

SCHEMA = 1  # of every JSON object that the command line prints


def exit_code(holds: bool | None) -> int:
    """0 holds, 1 does not, 3 undecided."""
    return {True: 0, False: 1, None: 3}[holds]


def word(holds: bool | None) -> str:
    return {True: "holds", False: "fails", None: "undecided"}[holds]


def milliseconds(seconds: float) -> str:
    """A time with two digits: 0.42 ms, 4.2 ms, 42 ms, 4200 ms."""
    value = 1000 * seconds
    # 99.7 has two digits only as 1e+02
    return f"{value:.2g} ms" if value < 99.5 else f"{value:.0f} ms"


def as_json(**content: Any) -> str:
    """One JSON object; where Unicode cannot be shown its strings are in ASCII too."""
    return json.dumps(spelled_data({"schema": SCHEMA, **content}), ensure_ascii=False)
