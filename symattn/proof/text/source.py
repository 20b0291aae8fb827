"""The text of a statement, read as Python syntax and never run.

Whatever the text is, the outcome is a syntax tree or a StatementError that points at a column.

Main results
    Source      a piece of the user's text that knows where it starts
    read        text to `ast`, with nesting bounded
"""

from __future__ import annotations

import ast
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from symattn.errors import StatementError, layout
from symattn.proof.text.respelling import Foreign, relocate, respelled, syntax_hint

LONGEST_TEXT = 100_000  # characters
DEEPEST_NESTING = 60  # chains like A @ B @ C do not nest
EXCERPT = 36  # characters shown to either side of the place complained of

PRODUCTS = (ast.MatMult, ast.Mult, ast.Div, ast.Mod)
SUMS = (ast.Add, ast.Sub)

_CONTEXT = (ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context)


@dataclass(frozen=True, slots=True)
class Source:
    """A piece of the user's text, and where in that text it starts."""

    whole: str
    start: int
    stop: int

    @property
    def text(self) -> str:
        return self.whole[self.start : self.stop]

    def piece(self, start: int, stop: int) -> Source:
        """The piece from `start` to `stop`, counted from the start of this one, without surrounding blanks."""
        text = self.text[start:stop]
        inner = self.start + start + len(text) - len(text.lstrip())
        return Source(self.whole, inner, max(inner, self.start + start + len(text.rstrip())))

    def place(self, node: ast.AST | None) -> int:
        """The character of the whole text at which `node`, read from this piece, starts."""
        if node is None:
            return self.start
        # `ast` counts bytes of UTF-8
        return self.start + len(self.text.encode()[: getattr(node, "col_offset", 0)].decode(errors="ignore"))

    def said(self, node: ast.AST) -> str:
        """The text of `node`."""
        return ast.get_source_segment(self.text, node) or type(node).__name__

    def quote(self, node: ast.AST) -> str:
        """The text of `node`, cut short when it is long."""
        text = self.said(node)
        return text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"

    def factor(self, node: ast.AST) -> str:
        """The text of `node` as it stands in a product, cut short when it is long."""
        return f"({self.quote(node)})" if isinstance(node, ast.BinOp | ast.UnaryOp) else self.quote(node)

    def before(self, chain: ast.AST, node: ast.AST) -> str:
        """The text of `chain` up to `node`, cut short when it is long."""
        text = self.whole[self.place(chain) : self.place(node)]
        return text if len(text) <= EXCERPT else "…" + text[1 - EXCERPT :]

    def is_closed(self, left: ast.expr, right: ast.expr) -> bool:
        """Whether `left` is in parentheses, where `right` is what an operator joins to it."""
        return ")" in self.between(left, right)

    def between(self, left: ast.expr, right: ast.expr) -> str:
        """What stands between two nodes: an operator and parentheses."""
        end = self.start + len(self.text.encode()[: left.end_col_offset].decode(errors="ignore"))
        return self.whole[end : self.place(right)]

    def refuse(self, what: str, node: ast.AST | None = None, *, accepted: str = "") -> StatementError:
        """The error that says what is wrong at `node`, shows the place, and says what would have been accepted."""
        return self.refuse_at(self.place(node), what, accepted=accepted)

    def refuse_at(self, place: int, what: str, *, accepted: str = "") -> StatementError:
        left, right = max(0, place - EXCERPT), min(len(self.whole), place + EXCERPT)
        before = ("…" if left else "") + self.whole[left:place]
        after = self.whole[place:right] + ("…" if right < len(self.whole) else "")
        lines = [f"{what}, at column {place + 1}", f"    {before}{after}", f"    {' ' * len(before)}^"]
        return StatementError("\n".join([*lines, *(f"  {line}" for line in accepted.splitlines())]))


def source(text: str) -> Source:
    """The whole text as one piece; line breaks count as blanks.

    Raises: StatementError when the text is longer than LONGEST_TEXT characters.
    """
    if len(text) > LONGEST_TEXT:
        sizes = [("it has", f"{len(text)} characters"), ("the longest that is read", f"{LONGEST_TEXT} characters")]
        raise StatementError(layout("the statement is too long", sizes))
    flat = unicodedata.normalize("NFC", "".join(" " if letter.isspace() else letter for letter in text))
    return Source(flat, 0, len(flat)).piece(0, len(flat))


def read(piece: Source, what: str) -> ast.expr:
    """The syntax tree of one expression; `what` names it in the error.

    Raises: StatementError when the piece is empty, is no expression or nests deeper than DEEPEST_NESTING.
    """
    if not piece.text:
        raise piece.refuse(f"{what} is missing")
    try:
        new = respelled(piece.text)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(new.text, mode="eval").body
    except Foreign as sign:
        text = f"{sign} is not part of the language"
        raise piece.refuse_at(piece.start + sign.at, text, accepted=sign.accepted) from None
    except SyntaxError as error:
        place = piece.start + new.places[min(max((error.offset or 1) - 1, 0), len(new.text))]
        reason = str(error.msg).partition(". ")[0]  # Python guesses at assignments and commas
        raise piece.refuse_at(place, f"{what} cannot be read: {reason}", accepted=syntax_hint(piece.text)) from None
    except (RecursionError, MemoryError):
        raise _too_deep(piece, None, what) from None
    except ValueError as error:
        raise piece.refuse(f"{what} cannot be read: {error}") from None
    if new.text != piece.text:
        relocate(tree, new, piece.text)
    for node, depth in _depths(tree):
        if depth > DEEPEST_NESTING:
            raise _too_deep(piece, node, what)
    return tree


def spine(node: ast.expr, operators: tuple[type[ast.operator], ...]) -> list[tuple[ast.operator | None, ast.expr]]:
    """The parts of a chain `a @ b / c` from left to right, each with the operator before it."""
    parts: list[tuple[ast.operator | None, ast.expr]] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, operators):
        parts.append((node.op, node.right))
        node = node.left
    parts.append((None, node))
    return parts[::-1]


def left_of(chain: ast.expr, node: ast.expr) -> ast.expr:
    """What stands to the left of the operator before `node` in a chain that has it as a part."""
    while isinstance(chain, ast.BinOp) and chain.right is not node:
        chain = chain.left
    return chain.left if isinstance(chain, ast.BinOp) else chain


def _too_deep(piece: Source, node: ast.AST | None, what: str) -> StatementError:
    return piece.refuse(f"{what} nests too deeply", node, accepted=f"At most {DEEPEST_NESTING} levels are read.")


def _depths(tree: ast.expr) -> Iterator[tuple[ast.AST, int]]:
    """Every node with its depth, where a chain of products or sums is one level however long it is."""
    todo: list[tuple[ast.AST, int]] = [(tree, 1)]
    while todo:
        node, depth = todo.pop()
        yield node, depth
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, _CONTEXT):
                todo.append((child, depth if _continues(node, child) else depth + 1))


def _continues(node: ast.AST, child: ast.AST) -> bool:
    """Whether `child` is the left part of the chain that `node` ends."""
    return (
        isinstance(node, ast.BinOp)
        and isinstance(child, ast.BinOp)
        and child is node.left
        and any(isinstance(node.op, chain) and isinstance(child.op, chain) for chain in (PRODUCTS, SUMS))
    )
