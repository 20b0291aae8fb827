"""Rocq as one more witness of the rows of `symattn verify --rocq`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from symattn.rocq import Result, audit
from symattn.theory import select
from symattn.verify import Finding, Row


def audited(rows: Sequence[Row]) -> list[Row]:
    """The rows with what Rocq says of each theorem; one that has no proof there yet is undecided.

    Raises: MissingExtra without coqc.
    """
    results = audit(select([row.name for row in rows]))
    return [
        replace(row, asked={**row.asked, "rocq": _finding(result)}) for row, result in zip(rows, results, strict=True)
    ]


def _finding(result: Result) -> Finding:
    holds = {"proved": True, "failed": False}.get(result.status)
    return Finding(holds, "" if holds else result.message or result.status, result.seconds)
