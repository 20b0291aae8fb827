"""`python -m tests.mutants --runs 1000`: false alarms over so many correct runs for each dtype, and the matrix.

`python -m tests.mutants attention --runs 1000` is the same for `assert_attention`, on tensors of torch.
"""

from __future__ import annotations

import argparse
import time

from tests.mutants.alarms import alarms
from tests.mutants.matrix import rows
from tests.mutants.right import ALL
from tests.mutants.tensors.alarms import CONTRACTS, SIZES, tried
from tests.mutants.tensors.matrix import rows as attention_rows


def main() -> int:
    """0 when every mutant was killed and no right function refused, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("which", nargs="?", choices=("all", "attention"), default="all", help="the matrix (all)")
    parser.add_argument("--runs", type=int, default=1000, metavar="N", help="correct runs for each dtype (1000)")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="the number of the first run, its seed (0)")
    words = "of attention: random small ones, the usual ones, or real ones, 130 by 64 (random)"
    parser.add_argument("--sizes", choices=("random", *SIZES), default="random", help=words)
    parser.add_argument("--dtypes", nargs="+", default=ALL, choices=ALL)
    asked = parser.parse_args()
    if asked.which == "attention":
        return _attention(asked.runs, asked.first, asked.sizes)
    table = list(rows(frameworks=True))
    print(*table, sep="\n", flush=True)
    bad = sum(not row.right for row in table)
    for dtype in asked.dtypes:
        start = time.process_time()
        found = list(alarms(dtype, asked.runs, frameworks=True, first=asked.first))
        bad += len(found)
        print(
            f"{dtype}: {len(found)} false alarms in {asked.runs} runs, {time.process_time() - start:.0f} s", flush=True
        )
        for alarm in found[:5]:
            print(alarm.variant, alarm.message, sep="\n")
    return 1 if bad else 0


def _attention(runs: int, first: int, sizes: str) -> int:
    start, bad = time.process_time(), 0
    for row in attention_rows():
        bad += not row.right
        print(row, flush=True)
    print(f"{bad} wrong rows, {time.process_time() - start:.0f} s", flush=True)
    for contract in CONTRACTS:
        start, found = time.process_time(), list(tried(contract, runs, first, sizes))
        refused, undecided = ([each for each in found if getattr(each, kind)] for kind in ("refused", "undecided"))
        bad += len(refused)
        judged = sum(each.judged for each in found)
        counted = f"{contract}: {len(refused)} false alarms in {runs} runs, {len(undecided)} of {judged} undecided"
        print(f"{counted}, {time.process_time() - start:.0f} s", *(each.message for each in refused[:5]), sep="\n")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
