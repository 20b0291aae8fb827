"""No mutant is proved.  Each theorem's own script is tried on statements that are almost it, and false.

A mutant counts when its statement is accepted as one and the script then stops at an error of a tactic.  One that the
script proves is a hole: in a definition, in the hypotheses, or in Rocq.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from symattn.rocq.audit import entry
from symattn.rocq.chapters import Entry
from symattn.rocq.coq import cache_folder, compiled_library, version
from symattn.rocq.library import FOLDER, sentences, stamp
from symattn.rocq.mutants import false_mutants
from symattn.rocq.session import Session, session

__all__ = ["Refusal", "refusals", "tried"]

REFUSED, ACCEPTED, NONE = "refused", "accepted", "no mutant"
TRIES = 6
"""How many mutants of one theorem are put to Rocq until one counts."""
LIMITS = (3, 12, 60)
"""Seconds for one sentence: most are refused at once, so what takes longer is tried again only when nothing else is."""


@dataclass(frozen=True)
class Refusal:
    """What became of the mutants of a theorem: `slip` names the one that counts, `message` is what Rocq said of it."""

    name: str
    status: str
    slip: str = ""
    message: str = ""
    statement: str = ""

    @property
    def said(self) -> str:
        """Why it is no refusal."""
        if self.status == ACCEPTED:
            return f"{self.name}: its script also proves what is false, {self.slip}\n{self.statement}"
        return f"{self.name} has no mutant that its script refuses: {self.message or 'none is known to be false'}"


def refusals(theorems: Iterable[Any], *, jobs: int = 2, cached: bool = True) -> tuple[Refusal, ...]:
    """For each theorem that has a script, what becomes of a mutant of it, in the order given.

    Raises    MissingExtra without coqtop; RocqError when the library does not compile
    """
    version()
    pairs = [(theorem, made) for theorem in theorems if isinstance(made := entry(theorem), Entry)]
    known = {made.name: kept for _, made in pairs if cached and (kept := _kept(made))}
    left: SimpleQueue[Any] = SimpleQueue()
    missing = [pair for pair in pairs if pair[1].name not in known]
    for pair in missing:
        left.put(pair)
    library = compiled_library() if missing else FOLDER
    with ThreadPoolExecutor(jobs) as pool:
        works = [pool.submit(_work, left, library) for _ in range(min(jobs, len(missing)))]
        known |= {refusal.name: refusal for work in works for refusal in work.result()}
    return tuple(known[made.name] for _, made in pairs)


def _work(left: SimpleQueue[Any], library: Path) -> list[Refusal]:
    done = []
    with session(library) as talk, suppress(Empty):
        while True:
            theorem, made = left.get_nowait()
            done.append(_keep(_refusal(theorem, made, talk), made))
    return done


def _refusal(theorem: Any, made: Entry, talk: Session) -> Refusal:
    reasons: dict[str, str] = {}
    for seconds in LIMITS:
        talk.limit(seconds)
        for mutant in islice(false_mutants(theorem), TRIES):
            printed = mutant.printed(f"mutant_{theorem.name}", theorem.over).text
            status, message = tried(printed, made.script, talk)
            if status != NONE:
                return Refusal(theorem.name, status, mutant.slip, message, printed)
            reasons[mutant.slip] = message.partition("\n")[0]
    return Refusal(theorem.name, NONE, message="; ".join(f"{slip}: {said}" for slip, said in reasons.items()))


def tried(printed: str, script: str, talk: Session) -> tuple[str, str]:
    """What the script does to a printed statement: refused, accepted, or none where the answer says nothing.

    It says nothing when the statement is none for Rocq, when time runs out, or when the script calls a hypothesis that
    the mutant does not have.
    """
    error = talk.say(printed)
    if error:
        return NONE, f"no statement: {error}"
    for sentence in ["Proof", *sentences(script), "Qed"]:
        error = talk.say(f"{sentence}.")
        if error:
            talk.say("Abort All.")
            silly = "Timeout!" in error or "was not found in the current environment" in error
            return (NONE if silly else REFUSED), error
    return ACCEPTED, ""


def _key(made: Entry) -> str:
    code = [(FOLDER / name).read_text(encoding="utf-8") for name in ("mutants.py", "refused_mutants.py")]
    whole = "\n".join([made.text, stamp(), version(), *code])
    return hashlib.sha256(whole.encode()).hexdigest()


def _path(made: Entry) -> Path:
    return cache_folder() / "mutants" / f"{_key(made)}.json"


def _kept(made: Entry) -> Refusal | None:
    try:
        found = Refusal(**json.loads(_path(made).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return found if found.name == made.name and found.status == REFUSED else None


def _keep(refusal: Refusal, made: Entry) -> Refusal:
    if refusal.status == REFUSED:
        path = _path(made)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(refusal)), encoding="utf-8")
    return refusal
