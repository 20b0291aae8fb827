"""Layer proof: what stands before `|-` in a statement given as text: the letters, their sizes and their facts.

    d>=2                       a size and the least value it takes (1 when nothing is said)
    X:n*d                      a matrix; rows and columns are names, numbers, sums and products: Z:n*(H*v), B:d*(k+r)
    M:k*k:invertible           a matrix with facts
    t:scalar   t:positive      a real number, a positive real number
    h<H                        an index that runs over H heads
    A[H]:d*k                   a family of H matrices, used as A[h]

Main results
    Scope      the letters by name
    declare    text to Scope
"""

from __future__ import annotations

import ast
import difflib
import keyword
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sympy import Add, Integer, Mul

from .. import language
from ..errors import StatementError
from ..language.matrices import FACTS
from .source import PRODUCTS, SUMS, Source, read, spine

LARGEST_SIZE = 4096  # as a number; a name stands for every size
FORMS = "Declarations look like  X:n*d  M:k*k:invertible  t:scalar  t:positive  d>=2  h<H  A[H]:d*k."

_LETTER = re.compile(r"(\w+)(?:\[([^\]]+)\])?:(.*)", re.DOTALL)
_MINIMUM = re.compile(r"(\w+)>=(\d+)")
_INDEX = re.compile(r"(\w+)<(\w+)")
_SIZE_NAME = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Scope:
    """The declared names: letters (matrices, scalars, families, head indices) and sizes."""

    letters: dict[str, Any]
    sizes: dict[str, Any]

    def find(self, name: str) -> Any:
        """What the name stands for, or None."""
        return self.letters.get(name, self.sizes.get(name))

    def names(self) -> list[str]:
        return [*self.letters, *self.sizes]


def declare(piece: Source, reserved: Collection[str]) -> Scope:
    """Reads the declarations in `piece`; names in `reserved` belong to functions and cannot be letters.

    Raises: StatementError for a declaration of no known form, a name used twice, a bad size or an unknown fact.
    """
    words = list(_words(piece))
    minima = dict(_minimum(word) for word in words if _MINIMUM.fullmatch(word.text))
    scope = Scope({}, {})
    for word in words:
        if found := _MINIMUM.fullmatch(word.text):
            _add_sizes(scope, minima, word, found[1])
        elif found := _INDEX.fullmatch(word.text):
            name = _new_name(scope, reserved, word, found[1])
            scope.letters[name] = language.index(name, _size(scope, minima, word.piece(*found.span(2))))
        elif found := _LETTER.fullmatch(word.text):
            name = _new_name(scope, reserved, word, found[1])
            scope.letters[name] = _letter(scope, minima, word, found, name)
        else:
            raise word.refuse(f"{word.text!r} declares nothing", accepted=FORMS)
    _refuse_both(piece, scope, reserved)
    return scope


def suggestion(name: str, known: Collection[str]) -> str:
    """`Did you mean …?` with the nearest of the known names, or nothing."""
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.6)
    near = near or [other for other in known if other.lower() == name.lower()]
    return f"Did you mean {' or '.join(near)}?" if near else ""


def _words(piece: Source) -> Iterator[Source]:
    """The blank-separated words; blanks in brackets or after a colon separate nothing, a last comma is dropped."""
    depth = start = 0
    for place, letter in enumerate(piece.text + " "):
        depth += (letter in "([") - (letter in ")]")
        if letter == " " and depth <= 0 and not piece.text[start:place].endswith(":"):
            word = piece.piece(start, place)
            word = word.piece(0, len(word.text.rstrip(",;")))
            start, depth = place + 1, 0
            if word.text:
                yield word
    if depth > 0 and piece.text[start:].strip():
        raise piece.piece(start, len(piece.text)).refuse("a bracket is opened and not closed", accepted=FORMS)


def _minimum(word: Source) -> tuple[str, int]:
    name, _, number = word.text.partition(">=")
    if len(number) > 4 or int(number) > LARGEST_SIZE:
        raise word.refuse(f"the least value of {name} is too large", accepted=f"At most {LARGEST_SIZE}.")
    return _normal(name), int(number)


def _normal(name: str) -> str:
    # Python reads identifiers in this form, so `read` will too
    return unicodedata.normalize("NFKC", name)


def _new_name(scope: Scope, reserved: Collection[str], word: Source, text: str) -> str:
    name = _normal(text)
    if not name.isidentifier() or keyword.iskeyword(name):
        raise word.refuse(f"{text!r} cannot be a name", accepted="A name is made of letters, digits and _.")
    if name in reserved:
        raise word.refuse(f"{name} is the name of a function", accepted="Use another letter.")
    if name in scope.letters:
        raise word.refuse(f"{name} is declared twice")
    return name


def _refuse_both(piece: Source, scope: Scope, reserved: Collection[str]) -> None:
    for name in scope.sizes:
        if name in scope.letters or name in reserved:
            other = "a letter" if name in scope.letters else "a function"
            raise piece.refuse(f"{name} is used both as a size and as {other}", accepted="Use two names.")


def _letter(scope: Scope, minima: dict[str, int], word: Source, found: re.Match[str], name: str) -> Any:
    kind = word.piece(*found.span(3))
    if kind.text in ("scalar", "positive") and not found[2]:
        return language.scalar(name, positive=kind.text == "positive")
    shape, colon, _ = kind.text.partition(":")
    rows, columns = _rows_and_columns(kind.piece(0, len(shape)))
    given = (_size(scope, minima, rows), _size(scope, minima, columns))
    if not found[2]:
        where = kind.piece(len(shape) + 1, len(kind.text))
        return language.matrix(name, *given, **dict.fromkeys(_facts(where) if colon else [], True))
    if colon:
        raise word.refuse("the matrices of a family have no facts", accepted="Write  A[H]:d*k.")
    heads = _size(scope, minima, word.piece(*found.span(2)))
    return language.family(name, heads, *given)


def _facts(piece: Source) -> list[str]:
    facts = [fact.strip() for fact in piece.text.split(",")]
    for fact in facts:
        if fact not in FACTS:
            hint = suggestion(fact, FACTS) or f"The facts are {', '.join(sorted(FACTS))}."
            raise piece.refuse(f"{fact!r} is no fact about a matrix", accepted=hint)
    return facts


def _rows_and_columns(piece: Source) -> tuple[Source, Source]:
    """Splits `n*d` or `n×d`."""
    shape = "A shape is rows*columns: n*d, n*(H*v), d*(k+r)."
    left, times, _ = piece.text.partition("×")
    if times:
        return piece.piece(0, len(left)), piece.piece(len(left) + 1, len(piece.text))
    tree = read(piece, "the shape")
    if not (isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Mult)):
        raise piece.refuse(f"{piece.text!r} is no shape", accepted=shape)
    star = _star(piece)
    if isinstance(tree.left, ast.BinOp) and not piece.text[:star].rstrip().endswith(")"):
        raise piece.refuse(f"{piece.text!r} can be read in two ways", accepted=shape)
    return piece.piece(0, star), piece.piece(star + 1, len(piece.text))


def _star(piece: Source) -> int:
    """Where the last `*` outside brackets is: the one that `ast` puts at the top of a product."""
    depth, last = 0, 0
    for place, letter in enumerate(piece.text):
        depth += (letter in "([") - (letter in ")]")
        if letter == "*" and depth == 0:
            last = place
    return last


def _size(scope: Scope, minima: dict[str, int], piece: Source) -> Any:
    _add_sizes(scope, minima, piece, piece.text)
    return size_value(scope, piece, read(piece, "the size"))


def _add_sizes(scope: Scope, minima: dict[str, int], piece: Source, text: str) -> None:
    for name in map(_normal, _SIZE_NAME.findall(text)):
        if name not in scope.sizes:
            if not name.isidentifier() or keyword.iskeyword(name):
                raise piece.refuse(f"{name!r} cannot be the name of a size")
            scope.sizes[name] = language.sizes(name, min=minima.get(name, 1))


def size_value(scope: Scope, piece: Source, node: ast.expr) -> Any:
    """A size: a declared name, a number, or sums and products of these."""
    if isinstance(node, ast.Name) and node.id in scope.sizes:
        return scope.sizes[node.id]
    if isinstance(node, ast.Constant) and type(node.value) is int:
        if node.value > LARGEST_SIZE:
            hint = f"Numbers go up to {LARGEST_SIZE}; a name stands for every size."
            raise piece.refuse("the size is too large", node, accepted=hint)
        return Integer(node.value)
    for operators, join in ((SUMS, Add), (PRODUCTS, Mul)):
        parts = spine(node, operators)
        if len(parts) > 1 and all(isinstance(sign, ast.Add | ast.Mult | None) for sign, _ in parts):
            return join(*(size_value(scope, piece, part) for _, part in parts))
    raise _no_size(scope, piece, node)


def _no_size(scope: Scope, piece: Source, node: ast.expr) -> StatementError:
    hint = suggestion(node.id, scope.sizes) if isinstance(node, ast.Name) else ""
    accepted = hint or "A size is a declared name, a number, or a sum or product of these."
    return piece.refuse(f"{piece.quote(node)!r} is no size", node, accepted=accepted)
