"""The program coqc, and the library compiled by it once and kept."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from symattn.errors import MissingExtra
from symattn.rocq.library import RocqError, ban, sources, stamp

__all__ = ["INSTALL", "Output", "cache_folder", "compiled_library", "coqc", "run", "version"]

TRIED = "8.16"
LOGICAL = "SymAttn"
SECONDS = 600.0
PACKAGES = "coq libcoq-mathcomp-ssreflect libcoq-mathcomp-algebra libcoq-mathcomp-algebra-tactics"
INSTALL = f"apt-get install -y --no-install-recommends {PACKAGES}"


@dataclass(frozen=True)
class Output:
    """What one run of Rocq said."""

    ok: bool
    out: str
    err: str


def coqc(program: str = "coqc") -> str:
    """Where the program is.

    Raises    MissingExtra with the line that installs it
    """
    found = shutil.which(program)
    if found is None:
        raise MissingExtra(f"{program} is not installed: {INSTALL}")
    return found


@cache
def version() -> str:
    """The version of coqc; another one than 8.16 is tried with a warning.

    Raises    MissingExtra without coqc
    """
    said = subprocess.run([coqc(), "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    found = re.search(r"version (\d+\.\d+(?:\.\d+)?)", said)
    number = found[1] if found else "unknown"
    if number.rpartition(".")[0] != TRIED and number != TRIED:
        warnings.warn(f"the proofs were written for Coq {TRIED}, not {number}: they may not compile", stacklevel=2)
    return number


def cache_folder() -> Path:
    """Where compiled libraries and results are kept: symattn/rocq in the user's cache."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "symattn" / "rocq"


def run(folder: Path, file: str, *, library: Path, program: str = "coqc", timing: bool = False) -> Output:
    """Compile one file of a folder against the library, or feed it to coqtop.

    Raises    RocqError after ten minutes; MissingExtra without the program
    """
    command = [coqc(program), *(["-time"] if timing else []), "-w", "-all", "-Q", str(library), LOGICAL]
    given = None
    if program == "coqc":
        command.append(file)
    else:
        given = (folder / file).read_text(encoding="utf-8")
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=folder, input=given, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise RocqError(f"{program} did not finish {folder / file} in {SECONDS:.0f} s") from None
    return Output(done.returncode == 0, done.stdout, done.stderr)


def compiled_library() -> Path:
    """The folder of the compiled library, compiled now unless it was before.

    Raises    RocqError when it does not compile or uses a banned word; MissingExtra without coqc
    """
    ready = cache_folder() / f"{stamp()}-{version()}"
    if ready.is_dir():
        return ready
    ready.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=ready.parent, prefix="library-"))
    for name, text in sources().items():
        ban(text, f"{name}.v")
        (made / f"{name}.v").write_text(text, encoding="utf-8")
        done = run(made, f"{name}.v", library=made)
        if not done.ok:
            raise RocqError(f"the library file {made / f'{name}.v'} does not compile:\n{done.err.strip()}")
    try:
        made.rename(ready)
    except OSError:  # another process was faster
        shutil.rmtree(made, ignore_errors=True)
    return ready
