"""The rows as text, or as JSON."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict

from benchmarks.rows import Row

HEADINGS = ("for all sizes", "symattn", "against", "takes", "ratio")


def text(rows: list[Row]) -> str:
    cells = [HEADINGS, *map(_cells, rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEADINGS))]
    lines = []
    previous = ""
    for number, row in enumerate(cells):
        name = "" if row[0] == previous else row[0]
        previous = row[0]
        numbers = f"{row[1]:>{widths[1]}}  {row[2]:<{widths[2]}}  {row[3]:>{widths[3]}}  {row[4]}"
        lines.append(f"{name:<{widths[0]}}  {numbers}".rstrip())
        if number == 0:
            lines.append("  ".join("─" * width for width in widths))
    return "\n".join(lines)


def _cells(row: Row) -> tuple[str, ...]:
    return row.name.replace("_", " "), _time(row.seconds), row.against, _time(row.takes), _ratio(row)


def _time(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{1e3 * seconds:.3g} ms"


def _ratio(row: Row) -> str:
    if row.ratio is None:
        return row.note
    if row.kind == "growth":
        return f"{row.ratio:.2f} {row.note}"
    if row.kind == "slowest":
        return f"{row.ratio:.0%} of it"
    if row.kind in ("start", "finding"):
        return f"{row.ratio:.2f} × as long"
    times, word = (row.ratio, "faster") if row.ratio >= 1 else (1 / row.ratio, "slower")
    said = f"{times:,.0f} × {word}" if times >= 100 else f"{times:.2g} × {word}"
    return f"{said}, {row.note}" if row.note else said


def as_json(rows: list[Row]) -> str:
    machine = {"python": platform.python_version(), "machine": platform.machine(), "cores": os.cpu_count()}
    return json.dumps({"schema": 1, **machine, "rows": [asdict(row) for row in rows]}, indent=1, ensure_ascii=False)
