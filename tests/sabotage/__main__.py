"""`python -m tests.sabotage`: prints every change after which something false is proved, and a summary."""

from __future__ import annotations

import argparse
import sys

from tests.sabotage.run import sabotage


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.sabotage", description=__doc__)
    parser.add_argument("--lines", type=int, default=200, help="how many changes (default 200)")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    bad = unended = 0
    for number, change in enumerate(sabotage(asked.lines, asked.seed), 1):
        bad, unended = bad + bool(change.proved), unended + (not change.ended)
        if change.proved:
            print(f"{change.file}:{change.line}\n    {change.before}\n    {change.after}", flush=True)
            print("".join(f"  proves  {text}\n" for text in change.proved), flush=True)
        if number % 20 == 0:
            print(f"{number} changes: {bad} make something false proved, {unended} do not end", flush=True)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
