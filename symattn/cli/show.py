"""`symattn show NAME...`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from symattn.cli.screen.formulas import wrapped
from symattn.cli.screen.tables import painted
from symattn.cli.wording import as_json, exit_code, milliseconds, word
from symattn.language import code, latex, letters_of, sizes_of, text
from symattn.theory import select
from symattn.theory.chapters import chapters
from symattn.verify import kernel_witness, together
from symattn.views.paper.document import Symbols, symbols
from symattn.views.screen.spelling import spelled
from symattn.views.screen.width import PAGE, columns, fitted, page, paragraph

SECONDS = 60.0
MARGIN = 9
_KINDS = {"mask": "0 and 1 only", "positive": "> 0"}


def run(arguments: argparse.Namespace) -> int:
    """Prints the statements with their letters and hypotheses, and what the kernel says of each now."""
    statements = select(arguments.names)
    answers = ((statement, *kernel_witness(statement, seconds=SECONDS)) for statement in statements)
    if arguments.json:
        found = list(answers)
        print(as_json(theorems=[_data(*answer) for answer in found]))
        return exit_code(together(finding.holds for _, finding, _ in found))
    held: list[bool | None] = []
    for statement, finding, over in answers:
        # each as soon as it is known: a chapter takes a while
        print("\n\n" * bool(held) + _text(statement, finding, over), flush=True)
        held.append(finding.holds)
    return exit_code(together(held))


def _text(statement: Any, finding: Any, over: str) -> str:
    chapter = chapters().get(statement.chapter)
    place = f"  ({statement.section}{f', {chapter.title}' if chapter else ''})"
    words = [statement.title, *statement.prose.split("\n\n")]
    parts = [painted(statement.name, "bold") + place, *(paragraph(part) for part in words if part.strip()), ""]
    for heading, lines in _parts(statement, over):
        parts += [f"{'' if number else heading:<{MARGIN}}{line}" for number, line in enumerate(lines)]
    reason = f": {finding.detail}" if finding.detail else ""
    return "\n".join([*parts, "", fitted(f"kernel   {word(finding.holds)} ({milliseconds(finding.seconds)}){reason}")])


def _parts(statement: Any, over: str) -> Iterator[tuple[str, list[str]]]:
    claims = (statement.says, *statement.given)
    width = (columns() or PAGE) - MARGIN
    sizes = dict.fromkeys(size for claim in claims for size in sizes_of(claim))
    yield "letters", _letters(claims)
    yield "sizes", _words(", ".join(f"{size} ≥ {size.minimum}" for size in sizes))
    yield "where", [line for claim in statement.definitions for line in wrapped(text(claim), width)]
    yield "says", wrapped(text(statement.short(statement.says)), width)
    yield "given", [line for claim in statement.given for line in wrapped(text(statement.short(claim)), width)]
    yield "over", _words(over)
    yield "source", _words(statement.source or "")
    yield "idea", _words(statement.sketch)


def _words(said: str, *, first: str = "") -> list[str]:
    """Words in the column behind the headings."""
    indent = "  " if first else ""
    return paragraph(said, first=spelled(first), indent=indent, width=page() - MARGIN).splitlines() if said else []


def _letters(claims: tuple[Any, ...]) -> list[str]:
    """What every letter is, those of one kind together, those of a quantifier apart."""
    rows = [(", ".join(map(str, group.letters)), _kind(group) + ", bound" * bound) for group, bound in _kinds(claims)]
    widest = min(max((len(names) for names, _ in rows), default=0), MARGIN)
    return [line for names, kind in rows for line in _words(kind, first=f"{names:<{widest}} : ")]


def _kinds(claims: tuple[Any, ...]) -> Iterator[tuple[Symbols, bool]]:
    free = {letter for claim in claims for letter in letters_of(claim)}
    for group in symbols(claims):
        for bound in (False, True):
            letters = tuple(letter for letter in group.letters if (letter not in free) == bound)
            if letters:
                yield Symbols(letters, group.shape, group.heads, group.facts, group.bilinear), bound


def _kind(group: Symbols) -> str:
    """The shape and the facts, or what it is without a shape."""
    facts = ", ".join(_KINDS.get(fact, fact) for fact in group.facts)
    shape = "×".join(f"({side})" if side.is_Add else str(side) for side in group.shape)
    if group.bilinear:
        return f"bilinear map of rows of widths {group.shape[0]} and {group.shape[1]}"
    if not group.shape:
        return "positive number" if facts else "number"
    return ", ".join(filter(None, (f"{group.heads} matrices {shape}" if group.heads is not None else shape, facts)))


def _data(statement: Any, finding: Any, over: str) -> dict[str, Any]:
    claims = (statement.says, *statement.given)
    about = {"name": statement.name, "section": statement.section, "chapter": statement.chapter}
    words = {"title": statement.title, "prose": statement.prose, "source": statement.source, "idea": statement.sketch}
    sizes = dict.fromkeys(size for claim in claims for size in sizes_of(claim))
    return {
        **about,
        **words,
        "letters": [_letter(letter, group, bound) for group, bound in _kinds(claims) for letter in group.letters],
        "sizes": [{"name": str(size), "minimum": int(size.minimum)} for size in sizes],
        "where": [_claim(claim) for claim in statement.definitions],
        "says": _claim(statement.says),
        "given": [_claim(claim) for claim in statement.given],
        "over": over,
        "kernel": {"status": word(finding.holds), "seconds": finding.seconds, "detail": finding.detail},
    }


def _claim(claim: Any) -> dict[str, str]:
    return {"text": text(claim), "latex": latex(claim), "python": code(claim)}


def _letter(letter: Any, group: Symbols, bound: bool) -> dict[str, Any]:
    kind = "bilinear map" if group.bilinear else "family" if group.heads is not None else "matrix"
    return {
        "name": str(letter),
        "kind": kind if group.shape else "number",
        "shape": list(map(str, group.shape)),
        "heads": None if group.heads is None else str(group.heads),
        "facts": list(group.facts),
        "bound": bound,
    }
