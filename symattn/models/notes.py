"""What was assumed when heads were read, and what the numbers about them leave out.

A note says one thing of one or many tensors.  `heads` warns of those that can make a number mean something else than
the reader thinks; the others, such as where the number of heads comes from, stand in the report only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from warnings import warn

from symattn.errors import WeightsWarning

SHOWN = 2  # tensors that a note names; it counts the rest


@dataclass(frozen=True)
class Note:
    """`says` one thing of these tensors; `warns` where a number could be misread without it."""

    says: str
    tensors: tuple[str, ...] = ()
    warns: bool = True

    def __str__(self) -> str:
        if not self.tensors:
            return self.says
        more = len(self.tensors) - SHOWN
        return f"{self.says}: {', '.join(self.tensors[:SHOWN])}{f' and {more} more' if more > 0 else ''}"


def merged(notes: Iterable[Note]) -> list[Note]:
    """Each thing said once, of all the tensors that it is said of; warnings first."""
    tensors: dict[tuple[str, bool], dict[str, None]] = {}
    for note in notes:
        tensors.setdefault((note.says, note.warns), {}).update(dict.fromkeys(note.tensors))
    found = [Note(says, tuple(names), warns) for (says, warns), names in tensors.items()]
    return sorted(found, key=lambda note: not note.warns)


def warn_of(notes: Iterable[Note], level: int) -> None:
    """Python's warning for each note that warns, at the caller `level` frames up."""
    for note in merged(notes):
        if note.warns:
            warn(str(note), WeightsWarning, stacklevel=level + 1)
