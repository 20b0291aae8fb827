"""The audit.  Every statement is printed, proved by Rocq, and asked what it assumes.

A theorem counts as proved when its printed statement compiles with its script and `Print Assumptions` says that it is
closed: no axiom, no admitted goal.  Results are kept by a hash of the statement, the script and the library.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from symattn.errors import ExportError
from symattn.rocq.chapters import Chapter, Entry, assumptions, chapter, seconds
from symattn.rocq.coq import cache_folder, compiled_library, run, version
from symattn.rocq.library import RocqError, script, stamp
from symattn.views import files

__all__ = ["Result", "audit", "entry", "printed", "rocq_witness", "write"]

PROVED, UNPROVED, FAILED = "proved", "no proof yet", "failed"


@dataclass(frozen=True)
class Result:
    """What Rocq says of one theorem: `proved`, `no proof yet` or `failed`, with the reason."""

    name: str
    status: str
    message: str = ""
    seconds: float = 0.0
    cached: bool = False


def entry(statement: Any) -> Entry | Result:
    """The theorem as printed with its script; a Result when it has no form or no script.

    Raises    RocqError when its script is not made of tactics
    """
    from symattn.rocq.printing.claims import rocq

    try:
        printed = rocq(statement).text
    except ExportError as error:
        return Result(statement.name, UNPROVED, str(error))
    proof = script(statement.name)
    return Result(statement.name, UNPROVED) if proof is None else Entry(statement.name, printed, proof)


def printed(statement: Any) -> str:
    """The statement as Rocq reads it, with its proof when it has one.

    Raises    ExportError where something in it has no form in Rocq
    """
    from symattn.rocq.printing.claims import rocq

    proof = script(statement.name)
    return rocq(statement).text + (f"\nProof.\n{proof}\nQed." if proof else "\n(* no proof yet *)")


def rocq_witness(statement: Any) -> Result:
    """What Rocq says of one theorem.

    Raises    MissingExtra without coqc
    """
    return audit([statement], jobs=1)[0]


def audit(
    statements: Iterable[Any], *, out: Path | None = None, jobs: int = 2, cached: bool = True
) -> tuple[Result, ...]:
    """What Rocq says of each theorem, in the order given; the files stay in `out`.

    Raises    MissingExtra without coqc; RocqError when the library does not compile or an audit is short
    """
    version()
    statements = list(statements)
    found: dict[str, Result] = {}
    chapters: dict[int, list[Entry]] = {}
    for statement in statements:
        made = entry(statement)
        kept = _kept(made) if cached and isinstance(made, Entry) else None
        if isinstance(made, Result):
            found[made.name] = made
        elif kept is not None:
            found[made.name] = kept
        else:
            chapters.setdefault(statement.chapter, []).append(made)
    folder = Path(out) if out else Path(tempfile.mkdtemp(prefix="symattn-rocq-"))
    files.folder(folder)
    library = compiled_library() if chapters else folder
    with ThreadPoolExecutor(jobs) as pool:
        works = [pool.submit(_compile, number, entries, folder, library) for number, entries in chapters.items()]
        for work in works:
            found |= {result.name: result for result in work.result()}
    return tuple(found[statement.name] for statement in statements)


def write(statements: Iterable[Any], out: Path) -> tuple[Path, ...]:
    """Write the chapters' files, with those theorems that have a script.

    Raises    ExportError when a file cannot be written
    """
    chapters: dict[int, list[Entry]] = {}
    for statement in statements:
        made = entry(statement)
        if isinstance(made, Entry):
            chapters.setdefault(statement.chapter, []).append(made)
    texts = {out / f"chapter{number}.v": chapter(entries).text for number, entries in sorted(chapters.items())}
    files.write(texts)
    return tuple(texts)


def _compile(number: int, entries: Sequence[Entry], folder: Path, library: Path) -> list[Result]:
    """Compile a chapter; a theorem that fails is noted, its file kept, and the rest compiled without it."""
    results: list[Result] = []
    left = list(entries)
    while left:
        made = chapter(left)
        path = folder / f"chapter{number}.v"
        path.write_text(made.text, encoding="utf-8")
        done = run(folder, path.name, library=library, timing=True)
        if done.ok:
            return results + [_keep(result, e) for result, e in zip(_audited(left, made, done.out), left, strict=True)]
        broken = _broken(made, done.err)
        entry_ = next((e for e in left if e.name == broken), None)
        if entry_ is None:
            raise RocqError(f"{path} does not compile:\n{done.err.strip()}")
        results.append(_failed(entry_, done.err, folder))
        left = [e for e in left if e.name != broken]
    return results


def _broken(made: Chapter, err: str) -> str | None:
    line = re.search(r"^File .*, line (\d+)", err, re.M)
    return made.at_line(int(line[1])) if line else None


def _failed(entry_: Entry, err: str, folder: Path) -> Result:
    kept = folder / f"failed_{entry_.name}.v"
    kept.write_text(chapter([entry_]).text, encoding="utf-8")
    said = err[err.find("Error") :].strip()
    return Result(entry_.name, FAILED, f"{entry_.name} does not compile\n{entry_.statement}\n{said}\nkept: {kept}")


def _audited(entries: Sequence[Entry], made: Chapter, out: str) -> list[Result]:
    """What each theorem assumes must be nothing, and each must have been asked."""
    axioms = assumptions(out, [e.name for e in entries])
    if axioms is None:
        raise RocqError(f"fewer than the {len(entries)} theorems of a chapter were audited")
    spent = seconds(out, made.places)
    return [
        Result(e.name, FAILED, f"{e.name} assumes {', '.join(axioms[e.name])}", spent[e.name])
        if axioms[e.name]
        else Result(e.name, PROVED, "", spent[e.name])
        for e in entries
    ]


def _key(made: Entry) -> str:
    whole = "\n".join([made.text, stamp(), version()])
    return hashlib.sha256(whole.encode()).hexdigest()


def _kept(made: Entry) -> Result | None:
    path = cache_folder() / "results" / f"{_key(made)}.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Result(**{**data, "cached": True}) if data["name"] == made.name else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(result: Result, made: Entry) -> Result:
    if result.status == PROVED:
        path = cache_folder() / "results" / f"{_key(made)}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(result)), encoding="utf-8")
    return result
