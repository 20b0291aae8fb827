r"""LaTeX that needs amsmath alone.

A theorem becomes a paragraph with its words, its letters, its claim and the lines of its proof, each with the reason in
a second column.  Nothing is wider than the page: `breaking` cuts formulas, reasons are cut into words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from symattn.views.paper import prose, wording
from symattn.views.paper.bibliography import entries
from symattn.views.paper.breaking import INDENT, LOGIC, Row, rows, unmarked
from symattn.views.paper.document import Document, Sentence, Step
from symattn.views.paper.formula_tex import Formulas
from symattn.views.paper.prose import Piece
from symattn.views.paper.widths import text_width, width

__all__ = ["Page", "article", "body", "calculation", "claim_lines", "claims", "display", "snippet", "theorem"]

GAP = 24.0  # between a formula and its reason
EQUALS = 14.0  # the equals sign of a line and the space round it
NUMBER = 36.0  # the number of a line
MARGIN = 6.0  # kept free on every row
SHORT = 0.3  # of the page: a left side up to this stands on the same row as the right side
LEAST = 60.0  # for the formulas, whatever the reasons want
ROW = 12.0  # what one more row costs, against the costs of breaks
SHARES = (0.42, 0.34, 0.26, 0.5)  # of the page, tried for the column of reasons


@dataclass(frozen=True)
class Page:
    """How wide the text is, in points, and how displays are set.

    `labels` asks for a number and a label on every line.  `align` numbers lines and stands alone; `aligned` goes inside
    of another display, such as an equation of one's own.  `theorem` is an environment of amsthm in which statements
    stand, `label` asks for \\label{thm:NAME} there, and `cite` for the keys of `bibliography` after the sources.
    """

    width: int = 345
    labels: bool = False
    environment: str = "align"
    theorem: str = ""
    label: bool = False
    cite: bool = False

    @property
    def room(self) -> float:
        return self.width - MARGIN - (2 * NUMBER if self.labels else 0.0)


@dataclass(frozen=True)
class _Line:
    """One row of a display: the formula left and right of the alignment, and a piece of the reason."""

    left: str
    right: str
    reason: str = ""
    label: str = ""


@dataclass(frozen=True)
class _Layout:
    """The rows of a calculation, by how much the widest is too wide, and what its breaks cost."""

    lines: list[_Line]
    excess: float
    cost: float


def theorem(document: Document, page: Page) -> str:
    """The theorem as a paragraph of an article, or in an environment with its proof after it."""
    said, proved = _statement(document, page), _proof(document, page)
    if page.theorem:
        said = [*_opening(document, page), *said, rf"\end{{{page.theorem}}}"]
        proved = [r"\begin{proof}", *proved, r"\end{proof}"] if proved else []
    else:
        said = [rf"\medskip\noindent\textbf{{{_name(document)}}}\quad", *said]
    return "\n".join([r"\begin{sloppypar}", *said, *proved, *_source(document, page), "\\end{sloppypar}\n"])


def _source(document: Document, page: Page) -> list[str]:
    if not document.source:
        return []
    keys = ",".join(entry.key for entry in entries(document.source)) if page.cite else ""
    cited = rf"~\cite{{{keys}}}" if keys else ""
    return [f"Source: {prose.tex(document.source)}{cited}."]


def _statement(document: Document, page: Page) -> list[str]:
    parts = [*_words(document), _setting(document, page)]
    if document.where:
        parts += [wording.naming(document), claims(document, page, document.where)]
    if document.given:
        parts += [wording.assumption(document), claims(document, page, document.given)]
    return [*parts, wording.conclusion(document), claims(document, page, [document.says], label="0")]


def _proof(document: Document, page: Page) -> list[str]:
    """The calculation, the steps, or the idea."""
    parts = [prose.tex(wording.proof(document), document.names)] if wording.proof(document) else []
    if document.steps:
        parts.append(calculation(document, page))
    for fact in document.facts:
        parts.append(prose.tex(wording.step(fact), document.names))
        parts += [claims(document, page, [fact.claim])] if fact.claim is not None else []
    return parts


def _opening(document: Document, page: Page) -> list[str]:
    label = [rf"\label{{thm:{document.name}}}"] if page.label else []
    return [rf"\begin{{{page.theorem}}}[{_name(document, ' ')}]", *label]


def _name(document: Document, between: str = r"\_\allowbreak ") -> str:
    return document.name.replace("_", between)


def snippet(document: Document, page: Page) -> str:
    """The lines of the proof, or the claim when there are none, as a bare environment."""
    found = calculation(document, page) if document.steps else claims(document, page, [document.says], label="0")
    return found + "\n"


def article(parts: Sequence[str], page: Page, title: str = "", bibliography: str = "") -> str:
    """A whole document that compiles; `bibliography` is the name of the file of its sources."""
    narrow = [] if page.width == Page().width else [f"\\setlength{{\\textwidth}}{{{page.width}pt}}"]
    named = ["\\usepackage{amsthm}", rf"\newtheorem{{{page.theorem}}}{{{page.theorem.capitalize()}}}"]
    preamble = ["\\documentclass{article}", "\\usepackage{amsmath}", *(named if page.theorem else [])]
    preamble += ["\\allowdisplaybreaks", *narrow]
    cited = ["\\bibliographystyle{plain}", rf"\bibliography{{{bibliography}}}"] if bibliography else []
    return "\n".join([*preamble, "\\begin{document}", "", body(parts, title), *cited, "\\end{document}\n"])


def body(parts: Sequence[str], title: str) -> str:
    """What stands between the beginning and the end of a document."""
    heading = [f"\\section*{{{prose.tex(title)}}}", ""] if title else []
    return "\n".join([*heading, *parts])


def claims(document: Document, page: Page, said: Sequence[Any], label: str = "") -> str:
    """A claim, or several with commas between them where they fit on a row; so are definitions."""
    found = claim_lines(Formulas(document.notation, page.room), *said)
    if label:
        found[-1] = replace(found[-1], label=label)
    return display(found, page, document.name)


def claim_lines(formulas: Formulas, *said: Any) -> list[_Line]:
    """The rows of one claim, or of several with commas between them."""
    listed = rf", \quad {LOGIC}".join(map(formulas.marked, said))
    return [_Line("", _indented(row)) for row in rows(listed, formulas.room).rows]


def calculation(document: Document, page: Page) -> str:
    """The lines of the proof with their reasons."""
    formulas = Formulas(document.notation, page.room)
    letters = document.names
    return display(lines(document.steps, formulas, letters), page, document.name)


def lines(steps: Sequence[Step], formulas: Formulas, letters: frozenset[str]) -> list[_Line]:
    """The rows of a calculation: the first expression, then each of the others after an equals sign."""
    room = formulas.room
    first, *written = [formulas.marked(step.expression) for step in steps]
    reasons = [_reason(step.reason, formulas, letters) for step in steps[1:]]
    beside = width(unmarked(first))
    if beside > SHORT * room:
        return _best(first, written, reasons, room - EQUALS, room)
    found = _best("", written, reasons, room - EQUALS - beside, room)
    return [replace(found[0], left=unmarked(first)), *found[1:]] if found else [_Line("", unmarked(first))]


def _best(first: str, written: list[str], reasons: list[list[Piece]], room: float, page: float) -> list[_Line]:
    """The lines with their reasons, the page divided between the two for the fewest and least bad breaks."""
    widest = max((_pieces_width(reason) for reason in reasons), default=0.0)
    if not widest:
        return _rows(first, written, reasons, room, 0.0).lines
    columns = dict.fromkeys(min(widest, share * page) for share in SHARES)
    wide = [column for column in columns if room - GAP - column > LEAST]
    tried = [_rows(first, written, reasons, room - GAP - column, column) for column in wide]
    fitting = [found for found in tried if not found.excess]
    below = _below(first, written, reasons, room)
    beside = min(fitting, key=lambda found: found.cost).lines if fitting else below
    # reasons in a column are read more easily, but not where they leave too little room for the formulas
    return beside if len(beside) <= len(below) else below


def _rows(first: str, written: list[str], reasons: list[list[Piece]], room: float, column: float) -> _Layout:
    """The rows for one division; `first` stands above the equals signs."""
    start = rows(first, room)
    found = [_Line("", _indented(row)) for row in start.rows] if first else []
    excess, cost = start.excess, start.cost
    for number, (formula, reason) in enumerate(zip(written, reasons, strict=True), 1):
        cut = rows(formula, room)
        words = _wrapped(reason, column)
        excess = max(excess, cut.excess, *(_pieces_width(row) - column for row in words))
        cost += cut.cost
        pairs = zip_longest([_equal(row, place) for place, row in enumerate(cut.rows)], map(_cell, words), fillvalue="")
        found += [_Line("", right, cell) for right, cell in pairs]
        found[-1] = replace(found[-1], label=str(number))
    return _Layout(found, excess, cost + ROW * len(found))


def _below(first: str, written: list[str], reasons: list[list[Piece]], room: float) -> list[_Line]:
    """Each reason on rows of its own, in parentheses under the formula."""
    found = [_Line("", _indented(row)) for row in rows(first, room).rows] if first else []
    for number, (formula, reason) in enumerate(zip(written, reasons, strict=True), 1):
        found += [_Line("", _equal(row, place)) for place, row in enumerate(rows(formula, room).rows)]
        cells = [_cell(row) for row in _wrapped(reason, room + EQUALS - INDENT - 8)]
        if cells:
            cells[0] = f"({cells[0]}"
            cells[-1] += ")"
        found += [_Line("", rf"\phantom{{={{}}}} {cell}") for cell in cells]
        found[-1] = replace(found[-1], label=str(number))
    return found


def _equal(row: Row, place: int) -> str:
    return f"= {row.tex}" if place == 0 else rf"\phantom{{={{}}}} {row.tex}"


def _indented(row: Row) -> str:
    return rf"\phantom{{={{}}}} {row.tex}" if row.indented else row.tex


def display(found: Sequence[_Line], page: Page, name: str) -> str:
    """The rows in their environment, with numbers and labels when these are asked for."""
    numbered = page.labels and page.environment == "align"
    environment = page.environment if numbered or page.environment != "align" else "align*"
    written = []
    for line in found:
        row = f"  {line.left} & {line.right}" if line.left else f"  & {line.right}"
        row += f" && {line.reason}" if line.reason else ""
        if numbered:
            row += rf" \label{{eq:{name}:{line.label}}}" if line.label else r" \notag"
        written.append(row)
    return "\n".join([rf"\begin{{{environment}}}", " \\\\\n".join(written), rf"\end{{{environment}}}"])


def _words(document: Document) -> list[str]:
    note = [document.note] if document.note else []
    return [f"{prose.tex(part, document.names)}\n" for part in (document.title, *document.prose, *note)]


def _setting(document: Document, page: Page) -> str:
    formulas = Formulas(document.notation, page.room)
    found = "; ".join(sentence(part, formulas) for part in wording.setting(document))
    return f"Here {found}." if found else ""


def sentence(parts: Sentence, formulas: Formulas) -> str:
    """Words and expressions in the text of a paragraph."""
    return "".join(_spoken(part) if isinstance(part, str) else f"${formulas.plain(part)}$" for part in parts)


def _spoken(words: str) -> str:
    return words.replace("≥", r"$\ge$")


def _reason(reason: Any, formulas: Formulas, letters: frozenset[str]) -> list[Piece]:
    """Words of a reason one by one, so that a row can end after each; a formula in it stays whole."""
    if not isinstance(reason, str):
        return [Piece(row.tex, maths=True) for row in rows(formulas.marked(reason), SHARES[0] * formulas.room).rows]
    found: list[Piece] = []
    for piece in prose.pieces(reason, letters):
        if piece.maths:
            found.append(piece)
        else:
            found += [Piece(word, maths=False) for word in piece.tex.split()]
    return found


def _piece_width(piece: Piece) -> float:
    return width(piece.tex) if piece.maths else text_width(piece.tex)


def _pieces_width(row: Sequence[Piece]) -> float:
    return sum(map(_piece_width, row)) + text_width(" ") * max(0, len(row) - 1)


def _wrapped(reason: Sequence[Piece], available: float) -> list[list[Piece]]:
    """The words of a reason in rows that fit."""
    found: list[list[Piece]] = []
    for piece in reason:
        if found and _pieces_width([*found[-1], piece]) <= available:
            found[-1].append(piece)
        else:
            found.append([piece])
    return found


def _cell(row: Sequence[Piece]) -> str:
    """A row of a reason inside of a formula: words in \\text, formulas as they are."""
    found = ""
    words = ""
    for piece in row:
        if piece.maths:
            attached = piece.tex
            found += rf"\text{{{words} }} " if words else r"\ " if found else ""
            found, words = found + attached + " ", ""
        elif not words and found:
            words = piece.tex if piece.tex[0] in ",.;:)" else f" {piece.tex}"
        else:
            words = f"{words} {piece.tex}" if words else piece.tex
    return (found + (rf"\text{{{words}}}" if words else "")).strip()
