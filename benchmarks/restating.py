"""`python -m benchmarks restating`: every theorem of the catalogue stated anew, in other letters and at other sizes.

How many does `decide` settle, by its own search or by naming the theorem, and how long does it take?  One in six is
asked, another one in six with `--from 2` and so on, and all with `--all`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from time import process_time
from typing import Any


def anew(claim: Any) -> Any:
    """The claim with sizes z0, z1, … and letters L0, L1, … of the same kinds; what is bound keeps its name."""
    import symattn as sa
    from symattn.language import letters_of, sizes_of

    sizes = {size: sa.sizes(f"z{at}", min=size.minimum) for at, size in enumerate(sizes_of(claim))}
    resized = claim.xreplace(sizes)
    letters = [letter for letter in letters_of(resized, bound_too=True) if hasattr(letter, "renamed")]
    return resized.xreplace({letter: letter.renamed(f"L{at}") for at, letter in enumerate(letters)})


SAMPLE = 6
"""One theorem in so many is asked when not all are."""


def sample(first: int, names: Iterable[str]) -> tuple[str, ...]:
    """One in `SAMPLE` of the names, as they stand in the catalogue, from the first, second, … on."""
    return tuple(names)[(first - 1) % SAMPLE :: SAMPLE]


def answers(seconds: float, names: tuple[str, ...] = ()) -> Iterator[tuple[str, str, float]]:
    """Theorem, how its restatement was settled, and the seconds of processor time."""
    import symattn as sa

    for name, theorem in sa.catalogue().items():
        if not names or name in names:
            claim = anew(theorem.whole)
            start = process_time()
            verdict = sa.decide(claim, timeout=seconds)
            how = f"by {verdict.by}" if verdict.by else "by search" if verdict.status == "proved" else verdict.status
            yield name, how, process_time() - start


def main(arguments: list[str]) -> int:
    """0 when at least nine in ten are settled, and by no other theorem than the one that was restated."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks restating", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="for each, twice: search, then comparison (10)")
    parser.add_argument("--all", action="store_true", help="the whole catalogue, which takes ten minutes")
    parser.add_argument("--from", type=int, default=1, dest="first", metavar="K", help="one in six from the Kth on (1)")
    asked = parser.parse_args(arguments)
    import symattn as sa

    names = () if asked.all else sample(asked.first, sa.catalogue())
    found: Counter[str] = Counter()
    slow: list[tuple[float, str]] = []
    for name, how, seconds in answers(asked.seconds, names):
        found["by name" if how.startswith("by ") and how != "by search" else how] += 1
        slow.append((seconds, name))
        if how not in ("by search", f"by {name}"):
            print(f"{name}: {how}", flush=True)
    settled, whole = found["by search"] + found["by name"], sum(found.values())
    told = ", ".join(f"{number} {how}" for how, number in found.most_common())
    print(f"{settled} of {whole} settled, {settled / whole:.0%}: {told}")
    print("slowest:", ", ".join(f"{name} {seconds:.1f} s" for seconds, name in sorted(slow, reverse=True)[:10]))
    return int(settled < 0.9 * whole)
