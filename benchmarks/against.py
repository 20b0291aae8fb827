"""`python -m benchmarks against CHECKOUT`: this version and another one, in turns, and the ratio of their times.

Both hold the same theorems, those that both have, to every witness of `verify`: a whole process each, in seconds of the
processor.  A first round of each, which nobody counts, writes the compiled files.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median

from benchmarks.children import ROOT


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "symattn", *words]


def environment(checkout: Path) -> dict[str, str]:
    """What is set for a process that imports the package of this checkout, and keeps what it has compiled."""
    told = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**told, "PYTHONPATH": str(checkout), "OMP_NUM_THREADS": "1"}


def names_in(checkout: Path) -> list[str]:
    """The theorems of a checkout, in its order.

    Raises    CalledProcessError when its command line fails
    """
    listed = subprocess.run(
        command("list", "--json"), cwd=checkout, env=environment(checkout), check=True, stdout=subprocess.PIPE
    )
    return [theorem["name"] for theorem in json.loads(listed.stdout)["theorems"]]


def processor_seconds(checkout: Path, names: Iterable[str]) -> float:
    """What `verify` of these theorems takes there, as a whole process.

    Raises    CalledProcessError when a theorem does not hold
    """
    before = os.times()
    subprocess.run(
        command("verify", "--quiet", *names),
        cwd=checkout,
        env=environment(checkout),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def told(here: Sequence[float], there: Sequence[float]) -> str:
    """The medians, and how many times as long as the other version this one takes."""
    mine, other = median(here), median(there)
    return f"this version {mine:.1f} s, the other {other:.1f} s: {mine / other:.2f} times as long"


def main(arguments: list[str]) -> int:
    """0 when both versions hold their theorems to be true, however long they take."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks against", description=__doc__)
    parser.add_argument("checkout", type=Path, help="a directory with another version of the package")
    parser.add_argument("names", nargs="*", metavar="NAME", help="theorems (those that both have)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="runs of each that count (3)")
    asked = parser.parse_args(arguments)
    if not (asked.checkout / "symattn").is_dir():
        parser.error(f"{asked.checkout} has no directory symattn: name a checkout of another version")
    if asked.rounds < 1:
        parser.error(f"{asked.rounds} rounds: at least 1 is needed")
    versions = ROOT, asked.checkout.resolve()
    there = set(names_in(versions[1]))
    here = names_in(versions[0])
    if strangers := [name for name in asked.names if name not in there.intersection(here)]:
        parser.error(f"not theorems of both versions: {', '.join(strangers)}")
    names = asked.names or [name for name in here if name in there]
    print(f"{len(names)} theorems, which both versions have")
    try:
        rounds = [[processor_seconds(version, names) for version in versions] for _ in range(asked.rounds + 1)][1:]
    except subprocess.CalledProcessError as error:
        print(f"a theorem does not hold: {' '.join(error.cmd[:5])} ... ends with {error.returncode}", file=sys.stderr)
        return 1
    for mine, other in rounds:
        print(f"    {mine:.1f} s, {other:.1f} s")
    print(told(*zip(*rounds, strict=True)))
    return 0
