"""What witnesses say, as plain data.  `witnesses` fills it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What one witness says: `holds` is None when it is undecided, and `detail` says why.

    `samples` is at how many sizes, entries or heads it looked, and `undecided` how many of these say nothing.
    `residual` is the difference that came nearest to its `bound`, or passed it.  `moduli` are the primes modulo which
    the statement holds as well.
    """

    holds: bool | None
    detail: str = ""
    seconds: float = 0.0
    arithmetic: str = ""
    residual: float | None = None
    bound: float | None = None
    samples: int = 0
    undecided: int = 0
    moduli: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One theorem and what each witness says of it, by name; None stands for one that it is no question for."""

    name: str
    section: str
    title: str
    over: str
    asked: Mapping[str, Finding | None]

    @property
    def witnesses(self) -> dict[str, Finding]:
        """Every witness that was heard, by name."""
        return {name: finding for name, finding in self.asked.items() if finding is not None}

    @property
    def holds(self) -> bool | None:
        """False when one witness fails; None when none fails and one is undecided."""
        return together(finding.holds for finding in self.witnesses.values())


def together(answers: Iterable[bool | None]) -> bool | None:
    """All of several answers: one False decides, else one None does."""
    known = set(answers)
    return False if False in known else None if None in known else True
