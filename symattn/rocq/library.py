"""The library and the proof scripts, as they lie in the package.

proofs/ has one file a chapter, and in it one script a theorem under a comment with its name.  A script is tactics and
nothing else: a sentence that is no tactic is refused, so that no script can state, assume or admit anything.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from symattn.errors import SymattnError, layout

__all__ = ["FOLDER", "LIBRARY", "RocqError", "ban", "script", "scripts", "sentences", "sources", "stamp"]

FOLDER = Path(__file__).parent
LIBRARY = (
    "definitions",
    "dual",
    "mxring",
    "lemmas",
    "ordered",
    "softmax",
    "heads",
    "trees",
    "ranks",
    "projections",
    "approximations",
    "gram",
    "slopes",
    "rotations",
    "turns",
    "planes",
    "waves",
    "masks",
    "layers",
    "convexity",
    "apart",
    "means",
    "norms",
    "lengths",
    "moments",
    "far",
    "lipschitz",
    "masked_lipschitz",
)
"""The files of the library, each after those that it needs."""

BANNED = re.compile(
    r"\b(Admitted|Admit|admit|Axioms?|Parameters?|Conjectures?|bypass_check"
    r"|Unset\s+(?:Guard|Universe|Positivity)\s+Check\w*|Set\s+(?:Type\s+In\s+Type|Universe\s+Polymorphism)"
    r"|type_in_type|give_up|vm_cast_no_check|exact_no_check)\b"
)
_HEADING = re.compile(r"^\(\* (\w+) \*\)$", re.M)
_TACTIC = re.compile(r"[a-z({\-+*\[!]|\d+:")


class RocqError(SymattnError):
    """Rocq refused a statement, a proof or a file, or an audit came out wrong."""


def sources() -> dict[str, str]:
    """The text of every file of the library, by name, in the order of compilation."""
    return {name: (FOLDER / f"{name}.v").read_text(encoding="utf-8") for name in LIBRARY}


@cache
def stamp() -> str:
    """A hash of the whole library: any change in it makes every kept result void."""
    whole = "\n".join(f"{name}\n{text}" for name, text in sources().items())
    return hashlib.sha256(whole.encode()).hexdigest()[:20]


@cache
def scripts() -> dict[str, str]:
    """The proof scripts of all chapters, by theorem, as they were written.

    Raises    RocqError for text before the first name, or a name that stands twice
    """
    found: dict[str, str] = {}
    for path in sorted((FOLDER / "proofs").glob("*.v")):
        before, *parts = _HEADING.split(path.read_text(encoding="utf-8"))
        named = list(zip(parts[::2], parts[1::2], strict=True))
        twice = [name for number, (name, _) in enumerate(named) if name in found or name in dict(named[:number])]
        if before.strip() or twice:
            raise RocqError(f"{path.name}: {f'{twice[0]} stands twice' if twice else 'text before the first name'}")
        found |= {name: text.strip() for name, text in named}
    return found


def script(name: str) -> str | None:
    """The proof script of a theorem, or None while it has none.

    Raises    RocqError when a sentence of it is not a tactic
    """
    text = scripts().get(name)
    if text is None:
        return None
    ban(text, f"the proof of {name}")
    for sentence in sentences(text):
        if not _TACTIC.match(sentence):
            note = "a proof script is made of tactics, which begin with a small letter"
            raise RocqError(layout(f"the proof of {name} has a sentence that is no tactic: {sentence}", note=note))
    return text


def ban(text: str, where: str) -> None:
    """Refuse what would let Rocq accept a theorem without a proof.

    Raises    RocqError, naming the word
    """
    if found := BANNED.search(without_comments(text)):
        raise RocqError(f"{where} uses {found[0]}, which would make Rocq accept anything")


def without_comments(text: str) -> str:
    """The text with its comments, nested ones too, replaced by blanks."""
    kept, depth, place = [], 0, 0
    while place < len(text):
        pair = text[place : place + 2]
        if pair in ("(*", "*)"):
            depth += 1 if pair == "(*" else -1
            place += 2
            continue
        kept.append(text[place] if depth <= 0 else " ")
        place += 1
    return "".join(kept)


def sentences(text: str) -> list[str]:
    """Rocq ends a sentence with a full stop before a blank."""
    parts = re.split(r"\.(?:\s+|$)", without_comments(text))
    return [part.strip() for part in parts if part.strip()]
