"""The one form between a theorem and every text about it.

A document holds expressions and plain words only; `tex`, `markdown` and `unicode` write it down.  In the column
convention its claims and lines are those that `columns` has proved, and a note says that the words speak of rows.
Parts of the claims and lines are written by the letters that the statement has for them; `where` defines these.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from symattn import language as lang
from symattn.proof import Argument, Chain, Statement
from symattn.proof.write.abbreviations import definitions
from symattn.views.columns.restatement import Restated, chain_in_columns, in_columns
from symattn.views.paper.notation import Notation

__all__ = ["Document", "Fact", "Sentence", "Step", "Symbols", "calculation_of", "document", "facts_of", "steps_of"]

Sentence = tuple[Any, ...]
"""Words and expressions, in the order in which they are read."""

FOR_ROWS = "In the words tokens are rows; in the formulas they are columns, and every statement is proved for these."
RENAMED = "The words call the letters by their first names."


@dataclass(frozen=True)
class Step:
    """One line of a calculation: the expression, and why it equals the one above; a claim when that is the reason."""

    expression: Any
    reason: Any = ""


@dataclass(frozen=True)
class Fact:
    """One step of an argument: what it says, why, and the numbers of the steps before it that it uses.

    The last step of a proof says what was to be shown, and needs no claim.
    """

    number: int
    claim: Any | None
    words: str
    uses: tuple[int, ...]

    @property
    def reason(self) -> str:
        """The words, and the steps that they speak of."""
        *most, last = [f"({number})" for number in self.uses] or [""]
        before = f"{', '.join(most)} and {last}" if most else last
        return "; ".join(filter(None, (self.words, before and f"from {before}")))


@dataclass(frozen=True)
class Symbols:
    """Letters of one kind: their shape, () for numbers, how many matrices each of them is, what is known of them."""

    letters: tuple[Any, ...]
    shape: tuple[Any, ...]
    heads: Any = None
    facts: tuple[str, ...] = ()
    bilinear: bool = False


@dataclass(frozen=True)
class Document:
    """A theorem with all that is written about it."""

    name: str
    title: str
    prose: tuple[str, ...]
    symbols: tuple[Symbols, ...]
    sizes: tuple[Any, ...]
    where: tuple[Any, ...]
    given: tuple[Any, ...]
    says: Any
    over: str
    steps: tuple[Step, ...]
    facts: tuple[Fact, ...]
    sketch: str
    source: str | None
    notation: Notation
    note: str = ""

    @property
    def names(self) -> frozenset[str]:
        """What the letters and sizes of the words are called."""
        letters = [letter.name for group in self.symbols for letter in group.letters]
        letters += [claim.left.name for claim in self.where]
        return frozenset([*letters, *(size.name for size in self.sizes)])


def document(statement: Statement, notation: Notation | None = None, *, chain: Chain | None = None) -> Document:
    """The theorem, proved now, with the lines of its proof, or with those of `chain` instead.

    Raises    ExportError when the notation does not fit; what `prove` raises
    """
    notation = notation or Notation()
    chain = chain or statement.derivation()
    restated = in_columns(statement, chain) if notation.convention == "column" else _as_it_is(statement, chain)
    claims = (restated.says, *(statement.given if notation.convention == "row" else restated.given))
    facts = facts_of(statement.argument()) if notation.convention == "row" else ()
    named = (*claims, *definitions(restated.where))
    notation = notation.at((*named, *(lang.Equal(e, e) for e, _ in restated.lines)))
    short = _Short((*restated.where, *restated.turned))
    return Document(
        name=statement.name,
        title=statement.title,
        prose=tuple(" ".join(part.split()) for part in statement.prose.split("\n\n") if part.strip()),
        symbols=symbols(claims),
        sizes=_each(size for claim in claims for size in lang.sizes_of(claim)),
        where=definitions(restated.where),
        given=tuple(map(short, claims[1:])),
        says=short(restated.says),
        over=statement.over,
        steps=tuple(Step(short(e), short(why)) for e, why in _with_claims(restated.lines, claims[1:])),
        facts=tuple(
            replace(fact, claim=None if fact.claim == restated.says and fact is facts[-1] else short(fact.claim))
            for fact in facts
        ),
        sketch=statement.sketch,
        source=statement.source,
        notation=notation,
        note=_note(notation, named),
    )


def _as_it_is(statement: Statement, chain: Chain | None) -> Restated:
    lines = () if chain is None else tuple((line.expression, line.by) for line in chain.lines)
    return Restated(statement.prove(), lines, statement.where)


class _Short:
    """Writes expressions and claims with the letters that a statement has for their parts."""

    def __init__(self, where: tuple[tuple[Any, Any], ...]) -> None:
        self.where = where

    def __call__(self, said: Any) -> Any:
        return said if isinstance(said, str) else lang.folded(said, self.where)


def _note(notation: Notation, claims: tuple[Any, ...]) -> str:
    """Where the words and the formulas of a theorem differ."""
    renamed = set(notation.names) - set(notation.unused(claims))
    said = [FOR_ROWS] * (notation.convention == "column") + [RENAMED] * bool(renamed)
    return " ".join(said)


def facts_of(argument: Argument | None) -> tuple[Fact, ...]:
    """The steps of an argument; they speak of rows."""
    steps = argument.steps if argument else []
    return tuple(Fact(number, step.claim, step.words, step.uses) for number, step in enumerate(steps, 1))


def steps_of(chain: Chain) -> tuple[Step, ...]:
    """The lines of a calculation by itself."""
    return calculation_of(chain)[0]


def calculation_of(chain: Chain, notation: Notation | None = None) -> tuple[tuple[Step, ...], tuple[Any, ...]]:
    """The lines of a calculation by itself, and what it is made under, of rows or of columns.

    Raises    ExportError when it cannot be said of columns
    """
    if notation is not None and notation.convention == "column":
        lines, given = chain_in_columns(chain)
    else:
        lines, given = tuple((line.expression, line.by) for line in chain.lines), chain.given
    return tuple(Step(*line) for line in _with_claims(lines, given)), given


def _with_claims(lines: tuple[tuple[Any, str], ...], given: tuple[Any, ...]) -> list[tuple[Any, Any]]:
    """The lines, with a given claim in the place of its text."""
    spoken = {lang.text(claim): claim for claim in given}
    return [(expression, spoken.get(reason, reason)) for expression, reason in lines]


def symbols(claims: tuple[Any, ...]) -> tuple[Symbols, ...]:
    """The letters of the claims, the bound ones too, those of one kind together."""
    letters = _each(letter for claim in claims for letter in lang.letters_of(claim, bound_too=True))
    kinds = [(_kind(letter), letter) for letter in letters]
    order = {kind: place for place, (kind, _) in reversed(list(enumerate(kinds)))}
    ranked = sorted(kinds, key=lambda pair: order[pair[0]])
    return tuple(
        Symbols(tuple(a for _, a in group), *kind) for kind, group in groupby(ranked, key=lambda pair: pair[0])
    )


def _kind(letter: Any) -> tuple[Any, ...]:
    if isinstance(letter, lang.Family):
        return (letter.shape, letter.heads)
    if isinstance(letter, lang.BilinearMap):
        return (letter.shape, None, (), True)
    facts = ("positive",) if getattr(letter, "is_positive", None) else tuple(sorted(getattr(letter, "facts", ())))
    return (tuple(getattr(letter, "shape", ())), None, facts)


def _each(values: Any) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))
