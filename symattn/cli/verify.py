"""`symattn verify [NAME...]`, the main job."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from typing import Any

from symattn.cli.certificates import keep_all
from symattn.cli.executors import opened
from symattn.cli.screen.progress import progress
from symattn.cli.screen.tables import table
from symattn.cli.trained import read
from symattn.cli.wording import as_json, exit_code, milliseconds, word
from symattn.models.notes import merged
from symattn.models.reports import HeadReport, head_report
from symattn.models.trained import Head
from symattn.theory import select
from symattn.verify import Finding, Plan, Row, together, verify
from symattn.views.screen.width import fitted

HEADINGS = {"kernel": "kernel", "exact": "exact", "trained": "trained heads", "rocq": "Rocq"}


def run(arguments: argparse.Namespace) -> int:
    """Checks the theorems and prints a table or JSON; returns 0 all hold, 1 one fails, 3 one is undecided."""
    start = time.perf_counter()
    heads = read(arguments)
    rows = _rows(arguments, heads)
    if arguments.certificates:
        keep_all((row.name for row in rows if row.witnesses["kernel"].holds), arguments.certificates)
    if arguments.rocq:
        from symattn.cli.audited import audited

        rows = audited(rows)
    reports = [head_report(head) for head in heads]
    seconds = time.perf_counter() - start
    print(_json(arguments, rows, reports, seconds) if arguments.json else _text(rows, reports, seconds))
    return exit_code(together(row.holds for row in rows))


def _rows(arguments: argparse.Namespace, heads: Sequence[Head]) -> list[Row]:
    # workers of dask are threads, which nothing can interrupt
    seconds = None if arguments.executor == "dask" else arguments.timeout
    plan = Plan(arguments.arith, dict(arguments.sizes), arguments.seed, arguments.trials, seconds, heads)
    names = [statement.name for statement in select(arguments.names)]
    rows: list[Row] = []
    with opened(arguments.executor) as executor, progress(len(names), quiet=arguments.quiet) as report:
        report(0, names[0] if names else "", "")
        for row in verify(names, plan=plan, executor=executor):
            rows.append(row)
            report(len(rows), row.name, word(row.holds))
    return rows


def _text(rows: Sequence[Row], reports: Sequence[HeadReport], seconds: float) -> str:
    parts = [_theorems(rows), *([_heads(reports), *map(fitted, _notes(reports))] if reports else [])]
    complaints = [
        f"{row.name}: {name} {word(finding.holds)}: {finding.detail}"
        for row in rows
        for name, finding in row.witnesses.items()
        if not finding.holds
    ]
    counts = _counts(rows)
    numbers = f"{counts['holds']} hold, {counts['fails']} fail, {counts['undecided']} undecided"
    summary = f"{len(rows)} theorem{'s' * (len(rows) != 1)}: {numbers} ({seconds:.1f} s)"
    also = _moduli(rows)
    words = [*(["\n".join(complaints)] if complaints else []), *([also] if also else []), summary]
    return "\n\n".join([*parts, *map(fitted, words)])


def _moduli(rows: Sequence[Row]) -> str:
    """What the exact witness says beyond the rational numbers."""
    moduli = [finding.moduli for row in rows if (finding := row.asked["exact"]) and finding.moduli]
    primes = sorted({prime for found in moduli for prime in found})
    if not primes:
        return ""
    return f"exact: {len(moduli)} of the theorems hold modulo primes too, of {', '.join(map(str, primes))}"


def _theorems(rows: Sequence[Row]) -> str:
    names = list(rows[0].asked) if rows else []
    # one arithmetic has room to say what its numbers are
    note = ": residual ≤ bound" * (len(set(names) - HEADINGS.keys()) == 1)
    heading = ["theorem", "for all sizes, over", *(HEADINGS.get(name, name + note) for name in names)]
    lines = [[row.name, row.over or "-", *(_cell(name, row.asked[name]) for name in names)] for row in rows]
    return table(heading, lines)


def _cell(name: str, finding: Finding | None) -> str:
    return _proof(finding) if finding and name in ("kernel", "rocq") else _residual(finding)


def _proof(finding: Finding) -> str:
    return milliseconds(finding.seconds) if finding.holds else word(finding.holds)


def _residual(finding: Finding | None) -> str:
    """The residual with its bound, or a word where there is none; then at how many of the samples, if not at all."""
    if finding is None:
        return "-"
    if not finding.holds or finding.residual is None or finding.bound is None:
        cell = word(finding.holds)
    elif finding.bound == 0:
        cell = f"{finding.residual:.2g}"
    else:
        cell = f"{finding.residual:.1e} ≤ {finding.bound:.1e}"
    silent = finding.undecided if finding.holds else 0
    return f"{cell} at {finding.samples - silent}/{finding.samples}" if silent else cell


def _heads(reports: Sequence[HeadReport]) -> str:
    heading = ["head", "d", "k", "rank W", "tr(W W)/‖W‖²"]
    return table(heading, [[one.name, str(one.d), str(one.k), _rank(one), _share(one)] for one in reports])


def _notes(reports: Sequence[HeadReport]) -> list[str]:
    """What the numbers of the heads leave out, and what was assumed."""
    found = merged(note for report in reports for note in report.notes)
    return ["\n".join(f"{'warning' if note.warns else 'assumed'}: {note}" for note in found)] if found else []


def _rank(report: HeadReport) -> str:
    """The rank of W, and where it falls short of k, which factor lacks it."""
    if report.rank_form.exact == report.k:
        return f"{report.k} = k"
    return f"{report.rank_form} < k (rank Q = {report.rank_query}, rank K = {report.rank_key})"


def _share(report: HeadReport) -> str:
    return "W = 0" if report.symmetric_share is None else f"{report.symmetric_share:+.4f}"


def _counts(rows: Sequence[Row]) -> dict[str, int]:
    words = [word(row.holds) for row in rows]
    return {name: words.count(name) for name in ("holds", "fails", "undecided")}


def _json(arguments: argparse.Namespace, rows: Sequence[Row], reports: Sequence[HeadReport], seconds: float) -> str:
    content: dict[str, Any] = {
        "seed": arguments.seed,
        "theorems": [_row_data(row) for row in rows],
        "summary": _counts(rows),
        "seconds": seconds,
    }
    if reports:
        content["heads"] = [_head_data(report) for report in reports]
    return as_json(**content)


def _row_data(row: Row) -> dict[str, Any]:
    witnesses = {name: _finding_data(finding) for name, finding in row.witnesses.items()}
    about = {"name": row.name, "section": row.section, "title": row.title, "over": row.over}
    return {**about, "status": word(row.holds), "witnesses": witnesses}


def _finding_data(finding: Finding) -> dict[str, Any]:
    return {
        "status": word(finding.holds),
        "seconds": finding.seconds,
        "residual": finding.residual,
        "bound": finding.bound,
        "arithmetic": finding.arithmetic,
        "samples": finding.samples,
        "undecided_samples": finding.undecided,
        "moduli": list(finding.moduli),
        "detail": finding.detail,
    }


def _head_data(report: HeadReport) -> dict[str, Any]:
    ranks = {"W": report.rank_form, "Q": report.rank_query, "K": report.rank_key}
    return {
        "name": report.name,
        "d": report.d,
        "k": report.k,
        "rank": {name: [found.least, found.most] for name, found in ranks.items()},
        "symmetric_share": report.symmetric_share,
        "symmetric_share_error": report.share_error,
        "singular_values": list(report.singular_values),
        "singular_value_error": report.singular_error,
        "least_inertia": list(report.least_inertia),
        "notes": [{"says": note.says, "tensors": list(note.tensors), "warns": note.warns} for note in report.notes],
    }
