"""Layer views: printed Rocq statements, read back to SymPy trees.

`read(text)` gives the claim, the hypotheses and the setting of a printed theorem.  It shares no code with the printer:
what Rocq proves is what was meant.  A witness of an `exists` is no part of a statement, and is not read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from symattn.errors import StatementError
from symattn.language import Size
from tests.readback.rocq_builder import Scope, build_claim, letter
from tests.readback.rocq_grammar import Binder, claim, theorem

__all__ = ["Read", "read"]

_SETTINGS: dict[tuple[str, ...], str] = {
    ("comRingType",): "any commutative ring",
    ("comUnitRingType",): "any commutative ring",
    ("fieldType",): "any field",
    ("realFieldType",): "the real numbers",
    ("rcfType",): "the real numbers",
}
_FACTS = {
    "is_symmetric": "symmetric",
    "is_skew": "skew",
    "is_orthogonal": "orthogonal",
    "is_perm_mx": "permutation",
    "is_mask": "mask",
    "positive": "positive",
}


@dataclass(frozen=True)
class Read:
    """What a printed theorem says."""

    name: str
    says: Any
    given: tuple[Any, ...]
    over: str


def read(text: str) -> Read:
    """The printed theorem as SymPy trees.

    Raises    StatementError where the text is not a printed theorem
    """
    name, binders, says = theorem(text)
    scope, over = Scope(), ""
    facts = _facts(binders)
    given = []
    for bound, words in binders:
        if bound == "RR":
            over = _SETTINGS[tuple(words)]
        elif bound.startswith("given_"):
            given.append(build_claim(claim(words), scope))
        elif words == ["nat"]:
            scope.sizes[bound] = Size(bound, _minimum(facts.get(bound, [])))
        elif bound in ("ex", "lg", "co", "si") and words == ["RR", "->", "RR"]:
            scope.functions.add(bound)
        elif words[0] in ("RR", "'M", "'I_"):
            scope.letters[bound] = letter(bound, words, _names(facts.get(bound, [])), scope)
        else:
            over = _wider(over, words)
    return Read(name, build_claim(says, scope), tuple(given), over)


def _facts(binders: list[Binder]) -> dict[str, list[list[str]]]:
    """What the hypotheses say of each letter and size that they are about."""
    found: dict[str, list[list[str]]] = {}
    for name, words in binders:
        about = next((other for other, _ in binders if name != other and name.rpartition("_")[0] == other), None)
        if about and not name.startswith("given_"):
            found.setdefault(about, []).append(words)
    return found


def _minimum(facts: list[list[str]]) -> int:
    """( 2 < n ) %N says that n is at least 3."""
    return next((int(words[1]) + 1 for words in facts if words[0] == "(" and words[2] == "<"), 0)


def _names(facts: list[list[str]]) -> set[str]:
    found = set()
    for words in facts:
        if words[0] in _FACTS:
            found.add(_FACTS[words[0]])
        elif words[-1] == "unitmx":
            found.add("invertible")
        elif words[:2] == ["0", "<"] or words == ["True"]:
            found.add("positive")
    return found


def _wider(over: str, words: list[str]) -> str:
    if words[:2] == ["[", "char"]:
        return "any field of characteristic 0"
    if words[-1] == "unit":
        return f"{over} where {words[1]} is invertible"
    known = ("is_exp", "is_log", "is_bilinear", "0", "True", "(", *_FACTS)
    if words[0] in known or words[-1] == "unitmx":
        return over
    raise StatementError(f"a hypothesis that says nothing known: {' '.join(words)}")
