"""A theorem in the column convention, proved as such.

The statement is made by `expressions`, and proved directly where the search finds a proof.  Elsewhere the proof of the
theorem is turned (`turned`), which proves the statement with a transpose on every letter, and each equation of that is
proved to say the same as the one that is to be printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sympy

from symattn import language as lang
from symattn.errors import ExportError, KernelError, LanguageError, ShapeError, TheoremError, layout
from symattn.language.claims.abbreviations import Pairs
from symattn.proof import Chain, Statement, Theorem, decide
from symattn.proof.write.abbreviations import definitions
from symattn.views.columns.expressions import Columns, columns_of, plain, transposes
from symattn.views.columns.proofs import turned

__all__ = ["Restated", "chain_in_columns", "in_columns"]

DIRECT = 2.0  # seconds for the search without help
LEMMA = 3.0  # for each equation that is to say the same as another
HELPED = 10.0  # for the search with these

_ATOMS = (lang.Equal, lang.AtMost, lang.Positive, lang.PSD, lang.RankAtMost, lang.RankAtLeast)


@dataclass(frozen=True)
class Restated:
    """What is said of columns, and its proof; the lines of a calculation with their reasons, when there is one.

    `where` has the letters for parts, each with its part, and `turned` their transposes with those of the parts.
    """

    theorem: Theorem
    lines: tuple[tuple[Any, str], ...] = ()
    where: Pairs = ()
    turned: Pairs = ()

    @property
    def says(self) -> Any:
        return self.theorem.claim

    @property
    def given(self) -> tuple[Any, ...]:
        return self.theorem.given


def in_columns(statement: Statement, chain: Chain | None = None) -> Restated:
    """The statement with every letter transposed, proved; with the lines of its calculation, each proved too.

    Raises    ExportError, naming the theorem, when it cannot be said of columns or is not proved there
    """
    try:
        job = _Job(statement.says, statement.given, statement.prove())
        lines = () if chain is None else _lines(job.columns, chain)
        return Restated(job.theorem, lines, *_where(job.columns, statement.where, job.theorem))
    except (LanguageError, ShapeError, KernelError, TheoremError, _NotProved) as error:
        note = "export it with --notation row"
        raise ExportError(
            layout(f"{statement.name} has no column convention", [("because", str(error).splitlines()[0])], note)
        ) from error


def _where(columns: Columns, pairs: Pairs, theorem: Theorem) -> tuple[Pairs, Pairs]:
    """The letters that occur in what is said of columns, each for its part or its transpose, and their transposes."""
    found, turned = [], []
    for letter, part in pairs:
        ways = [(letter, columns.keep(part))]
        if getattr(part, "is_Matrix", False):
            ways.append((columns.letter(letter), columns.turn(part)))
        (chosen, best), *others = sorted(ways, key=lambda way: transposes(way[1]))
        found.append((chosen, best))
        turned += [(sympy.Transpose(chosen), other) for _, other in others]
    said = [lang.folded(claim, [*found, *turned]) for claim in (theorem.claim, *theorem.given)]
    said += [claim.right for claim in definitions(tuple(found))]
    used = {letter.name for claim in said for letter in lang.letters_of(claim)}
    kept = tuple(pair for pair in found if pair[0].name in used)
    return kept, tuple(pair for pair in turned if pair[0].arg.name in used)


def chain_in_columns(chain: Chain) -> tuple[tuple[tuple[Any, str], ...], tuple[Any, ...]]:
    """The lines of a calculation with every letter transposed, each proved, and the claims that it is made under.

    Raises    ExportError when a line cannot be said of columns or is not proved there
    """
    ends = lang.Equal(chain.lines[0].expression, chain.lines[-1].expression)
    try:
        columns = columns_of((ends, *chain.given))
        return _lines(columns, chain), tuple(map(columns.claim, chain.given))
    except (LanguageError, ShapeError, KernelError, TheoremError, _NotProved) as error:
        because = [("because", str(error).splitlines()[0])]
        raise ExportError(layout("a calculation has no column convention", because, "use --notation row")) from error


class _NotProved(Exception):
    """The restated claim was not proved."""


class _Job:
    """One claim on its way to the column convention."""

    def __init__(self, says: Any, given: tuple[Any, ...], theorem: Theorem, columns: Columns | None = None) -> None:
        self.original = theorem
        self.before = (says, given)
        self.columns = columns or columns_of((says, *given))
        self.says = self.columns.claim(says)
        self.given = tuple(map(self.columns.claim, given))

    @cached_property
    def theorem(self) -> Theorem:
        verdict = decide(self.says, self.given, timeout=DIRECT)
        if verdict.theorem is None:
            helped = [self._turned(), *self._lemmas()]
            hints = tuple(_bound(self.says))
            verdict = decide(self.says, self.given, using=helped, hints=hints, timeout=HELPED)
        if verdict.theorem is None:
            raise _NotProved(f"{lang.text(self.says)} is {verdict.status}")
        return verdict.theorem

    @cached_property
    def raw(self) -> tuple[Any, tuple[Any, ...]]:
        """The claim and what is given, with a transpose on each letter and nothing else changed."""
        says, given = self.before
        return plain(says, self.columns), tuple(plain(g, self.columns) for g in given)

    def _turned(self) -> Theorem:
        says, given = self.before
        letters = [a for claim in (says, *given) for a in lang.letters_of(claim, bound_too=True)]
        names = {letter.name for letter in letters if self.columns.swaps(letter)}
        return Theorem(*self.raw, turned(self.original.certificate(), names))

    def _lemmas(self) -> Iterator[Theorem]:
        """That each equation says the same before and after its transposes were pushed down."""
        for pair in _pairs(self.raw[0], self.says):
            for one, other in (pair, pair[::-1]):
                verdict = decide(lang.Implies(one, other), timeout=LEMMA) if one != other else None
                if verdict is not None and verdict.theorem is not None:
                    yield verdict.theorem


def _pairs(before: Any, after: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(before, _ATOMS):
        yield before, after
        return
    for one, other in zip(before.args, after.args, strict=True):
        if isinstance(one, lang.Claim):
            yield from _pairs(one, other)


def _bound(claim: Any) -> Iterator[Any]:
    if isinstance(claim, lang.ForAll | lang.Exists):
        yield from claim.variables
    for part in claim.args:
        if isinstance(part, lang.Claim):
            yield from _bound(part)


def _lines(columns: Columns, chain: Chain) -> tuple[tuple[Any, str], ...]:
    """The calculation in the new letters, every line proved; a line that only moved transposes is left out."""
    expressions = [line.expression for line in chain.lines]
    ways = [[way(e) for e in expressions] for way in _ways(columns, expressions[0])]
    written = min(ways, key=lambda way: (len(set(way)) < 2, sum(map(transposes, way))))
    given = tuple(map(columns.claim, chain.given))
    spoken = {lang.text(before): lang.text(after) for before, after in zip(chain.given, given, strict=True)}
    found = [(written[0], "")]
    for above, line, new in zip(written, chain.lines[1:], written[1:], strict=False):
        if new != above:
            _prove_line(columns, chain.given, line.theorem, lang.Equal(above, new))
            found.append((new, spoken.get(line.by, line.by)))
    return tuple(found)


def _ways(columns: Columns, first: Any) -> list[Any]:
    return [columns.keep, columns.turn] if getattr(first, "is_Matrix", False) else [columns.keep]


def _prove_line(columns: Columns, given: tuple[Any, ...], theorem: Any, claim: Any) -> None:
    job = _Job(theorem.claim, given, theorem, columns)
    job.says = claim
    _ = job.theorem  # which raises when it is not proved
