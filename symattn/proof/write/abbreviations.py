"""The letters by which a statement names its parts: what they must be, so that the short form says what is proved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from symattn import language as lang
from symattn.errors import TheoremError, layout
from symattn.language.claims.claims import Claim
from symattn.language.trees.abbreviations import Pairs

__all__ = ["apart", "bound_names", "checked", "definitions"]

Where = tuple[tuple[Any, Any], ...]


def checked(name: str, where: Mapping[Any, Any], claims: Sequence[Claim]) -> Where:
    """The letters with their parts written in full.

    Raises    TheoremError when a letter is none, is used already, stands for nothing in the claims, or for a part of
              another shape or with letters that the claims do not have
    """
    if not where:
        return ()
    pairs: list[tuple[Any, Any]] = []
    for letter, written in where.items():
        part = lang.unfolded(written, pairs)
        _check(name, letter, part, claims)
        pairs.append((letter, part))
    found = tuple(pairs)
    apart(name, found, (*claims, *(part for _, part in pairs)))
    bound = bound_names(found, claims)
    said = [*(lang.folded(claim, found, bound) for claim in claims), *_parts(found)]
    for letter, part in found:
        if not any(_base(letter) in lang.letters_of(claim) for claim in said):
            pair = [(lang.text(letter), lang.text(part))]
            raise TheoremError(layout(f"{name} abbreviates what does not occur in it", pair))
    return found


def _check(name: str, letter: Any, part: Any, claims: Sequence[Claim]) -> None:
    """One letter: that it is one, that its part has its shape, and that the part is about what the claims are about."""
    if lang.letters_of(letter) != (_base(letter),):
        raise TheoremError(f"{name} abbreviates by {lang.text(letter)}, which is not a letter")
    shapes = lang.shape(letter), lang.shape(part)
    if len(shapes[0]) != len(shapes[1]) or not all(map(lang.same_size, *shapes)):
        pairs = [
            (lang.text(one), "×".join(map(lang.text, size))) for one, size in zip((letter, part), shapes, strict=True)
        ]
        raise TheoremError(layout(f"{name} abbreviates a part by a letter of another shape", pairs))
    known = {a for claim in claims for a in lang.letters_of(claim, bound_too=True)}
    if strange := [a for a in lang.letters_of(part) if a not in known]:
        note = f"{lang.text(strange[0])} does not occur there"
        raise TheoremError(
            layout(f"{name} abbreviates what its claims do not speak of", [("part", lang.text(part))], note)
        )


def _base(letter: Any) -> Any:
    return letter.family if isinstance(letter, lang.Member) else letter


def apart(name: str, where: Where, claims: Sequence[Any]) -> None:
    """Refuses a letter of `where` that has another meaning in these claims and parts.

    Raises    TheoremError, naming the letter
    """
    used = {a.name for claim in claims for a in (*lang.letters_of(claim, bound_too=True), *lang.sizes_of(claim))}
    for place, (letter, _) in enumerate(where):
        if letter.name in used or letter.name in (other.name for other, _ in where[:place]):
            raise TheoremError(f"{name} abbreviates by {letter.name}, which has a meaning already")


def bound_names(where: Pairs, claims: Sequence[Claim]) -> frozenset[str]:
    """The letters of the parts that are bound in the claims: their parts are those under that binder."""
    free = {a.name for claim in claims for a in lang.letters_of(claim)}
    return frozenset(a.name for _, part in where for a in lang.letters_of(part) if a.name not in free)


def definitions(where: Pairs) -> tuple[Claim, ...]:
    """What each letter stands for, with the letters from before it."""
    return tuple(lang.Equal(letter, part) for (letter, _), part in zip(where, _parts(where), strict=True))


def _parts(where: Pairs) -> list[Any]:
    """The parts, with the letters from before them."""
    return [lang.folded(part, where[:place]) for place, (_, part) in enumerate(where)]
