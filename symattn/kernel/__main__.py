"""`python -m symattn.kernel proof.json`: what a certificate proves, after its proof was replayed from nothing.

Needs Python, this folder and `symattn/errors.py`.  Exit codes: 0 it is proved, 1 it is refused, 2 usage, 3 no answer in
time.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from symattn.kernel.deadline import within

USAGE = 2
SECONDS = 60.0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m symattn.kernel", description="Replays certificates of proofs.")
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="a certificate as JSON")
    parser.add_argument("--timeout", type=float, default=SECONDS, metavar="SECONDS", help="for each (default 60)")
    asked = parser.parse_args(arguments)
    return max(_replayed(file, asked.timeout) for file in asked.files)


def _replayed(file: Path, seconds: float) -> int:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        print(f"{file}: cannot be read: {error}", file=sys.stderr)
        return USAGE
    code, said = within(seconds, content)
    print(f"{file}: {said}" if code else f"{file}: proved\n{said}", file=sys.stderr if code else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main())
