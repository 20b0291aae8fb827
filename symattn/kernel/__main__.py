"""`python -m symattn.kernel proof.json`: what a certificate proves, after its proof was replayed from nothing.

Needs Python, this folder and `symattn/errors.py`.  Each replay is a process of its own, which is ended when its time is
up.  Exit codes: 0 it is proved, 1 it is refused, 2 usage, 3 no answer in time.
"""

from __future__ import annotations

import argparse
import json
import sys
from multiprocessing import TimeoutError, get_context
from pathlib import Path
from typing import Any

from symattn.kernel.certificate import replayed

USAGE, UNDECIDED = 2, 3
SECONDS = 60.0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m symattn.kernel", description="Replays certificates of proofs.")
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="a certificate as JSON")
    parser.add_argument("--timeout", type=float, default=SECONDS, metavar="SECONDS", help="for each (default 60)")
    asked = parser.parse_args(arguments)
    return max(_answered(file, asked.timeout) for file in asked.files)


def _answered(file: Path, seconds: float) -> int:
    try:
        code, said = within(seconds, json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError) as error:
        code, said = USAGE, f"cannot be read: {error}"
    print(f"{file}: {said}", file=sys.stderr if code else sys.stdout)
    return code


def within(seconds: float, content: Any) -> tuple[int, str]:
    """Exit code and text: 0 and the theorem, 1 and why the certificate is refused, or 3."""
    with get_context("spawn").Pool(1) as worker:  # which is ended on the way out
        try:
            return worker.apply_async(replayed, [content]).get(seconds)
        except TimeoutError:
            return UNDECIDED, f"no answer within {seconds:g} s"


if __name__ == "__main__":
    sys.exit(main())
