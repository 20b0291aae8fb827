"""`python -m benchmarks`: one table, every ratio in it taken in this run on this machine.

Each statement is proved in a fresh process, several times with new letters each time, so that no cache helps; the
median counts.  Proofs are timed in processor seconds from the finished statement to the verdict, on every side without
the writing of the statement.  SymPy checks one explicit size: the largest that it finishes within the budget.
What the engine needs to find steps and the kernel to check them is told apart for the whole catalogue, whose ten
slowest proofs are named.
`python -m benchmarks numbers` audits the error bounds instead, `bounds` says what they cost beside attention itself,
`restating` asks how many theorems are recognised in other letters, `growth` how times grow with depth and length, and
`against CHECKOUT` how long `verify` takes beside another version.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from benchmarks.children import Options, with_tensorgrad
from benchmarks.rows import LENGTHS, NAMES, Row, finding, growth, means, proofs, start_up
from benchmarks.table import as_json, text

PARTS = (*NAMES, *LENGTHS, "finding", "start-up")


def main(arguments: list[str] | None = None) -> int:
    """0 when everything was proved, else 1."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["numbers"]:
        from benchmarks.numbers import main as numbers

        return numbers(given[1:])
    if given[:1] == ["bounds"]:
        from benchmarks.bounds import main as bounds

        return bounds(given[1:])
    if given[:1] == ["restating"]:
        from benchmarks.restating import main as restating

        return restating(given[1:])
    if given[:1] == ["growth"]:
        from benchmarks.growth import main as growing

        return growing(given[1:])
    if given[:1] == ["against"]:
        from benchmarks.against import main as against

        return against(given[1:])
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--budget", type=float, default=30.0, metavar="S", help="seconds for SymPy at one size (30)")
    parser.add_argument("--repeats", type=int, default=15, metavar="N", help="proofs of each statement (15)")
    parser.add_argument("--tensorgrad", metavar="PYTHON", help="an interpreter that has tensorgrad (this one)")
    parser.add_argument("--only", nargs="+", default=(), choices=PARTS, metavar="ROW", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.parse_args(given)
    options = Options(asked.budget, asked.repeats, with_tensorgrad(asked.tensorgrad), tuple(asked.only))
    rows = list(_shown(_rows(options)))
    print(as_json(rows) if asked.json else text(rows))
    return 1 if any(row.note in ("NOT PROVED", "WRONG") for row in rows) else 0


def _rows(options: Options) -> Iterator[Row]:
    proved: list[Row] = []
    for name in filter(options.wants, NAMES):
        for row in proofs(name, options):
            proved.append(row)
            yield row
    yield from means(proved)
    for name in filter(options.wants, LENGTHS):
        yield growth(name, options)
    if options.wants("finding"):
        yield from finding()
    if options.wants("start-up"):
        yield from start_up(options)


def _shown(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows, each named on the terminal as it comes in."""
    for row in rows:
        if sys.stderr.isatty():
            print(f"\r\x1b[2K{row.name} {row.against}", end="", file=sys.stderr, flush=True)
        yield row
    if sys.stderr.isatty():
        print("\r\x1b[2K", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
