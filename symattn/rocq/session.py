"""A conversation with coqtop, sentence by sentence, so that a script can stop at its first error."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import IO

from symattn.rocq.chapters import HEADER
from symattn.rocq.coq import LOGICAL, coqc
from symattn.rocq.library import RocqError

__all__ = ["Session", "session"]

_ERROR = re.compile(r"^Error:", re.M)


@dataclass
class Session:
    """A running coqtop."""

    inputs: IO[str]
    outputs: IO[str]
    asked: Iterator[int] = field(default_factory=count)

    def say(self, sentence: str) -> str:
        """Have Rocq do the sentence; gives its error, or nothing when there is none.

        Raises    RocqError when coqtop has ended
        """
        # an unknown name is looked for and not found, which marks the end of the answer
        mark = f"answer_{next(self.asked)}_ends"
        try:
            self.inputs.write(f"{sentence}\nLocate {mark}.\n")
            self.inputs.flush()
        except OSError:
            raise RocqError(f"coqtop ended before {sentence}") from None
        lines: list[str] = []
        for line in self.outputs:
            if mark in line and "No object" in line:
                said = "".join(lines)
                found = _ERROR.search(said)
                return said[found.start() :].strip() if found else ""
            lines.append(line)
        raise RocqError(f"coqtop ended at {sentence}\n{''.join(lines)}")

    def limit(self, seconds: int) -> None:
        """From now on a sentence that takes longer ends with the error `Timeout!`."""
        self.say(f"Set Default Timeout {seconds}.")


@contextmanager
def session(library: Path) -> Iterator[Session]:
    """coqtop with the library and the header of every chapter, ended afterwards.

    Raises    MissingExtra without coqtop; RocqError when the header is refused
    """
    command = [coqc("coqtop"), "-q", "-w", "-all", "-Q", str(library), LOGICAL]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True) as program:  # noqa: S603
        try:
            if program.stdin is None or program.stdout is None:
                raise RocqError("coqtop has no pipes")
            talk = Session(program.stdin, program.stdout)
            refused = talk.say(f"{HEADER}Set Silent.")
            if refused:
                raise RocqError(f"coqtop refuses the library: {refused}")
            yield talk
        finally:
            program.kill()
