"""What stands before `|-` in a statement given as text: the letters, their sizes and their facts.

    d>=2                       a size and the least value it takes (1 when nothing is said)
    X:n*d                      a matrix; rows and columns are names, numbers, sums and products: Z:n*(H*v), B:d*(k+r)
    M:k*k:invertible           a matrix with facts
    t:scalar   t:positive      a real number, a positive real number
    x:1*n:gaussian  x:1*n:random    a random matrix, t:gaussian a random number, for E, Var and Cov
    h<H                        an index that runs over H heads
    A[H]:d*k                   a family of H matrices, used as A[h]
    Q, K:d*k  X:n x d          several letters of one kind; a shape as on paper; commas between declarations

`declare` turns the text into a `Scope`, the letters by name.
"""

from __future__ import annotations

import ast
import keyword
import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Any

from symattn import language
from symattn.errors import StatementError
from symattn.language.matrices import FACTS
from symattn.proof.text.scope import LARGEST_SIZE, Scope, size_value, suggestion
from symattn.proof.text.source import Source, read

FORMS = "Declarations look like  X:n*d  M:k*k:invertible  t:scalar  t:positive  d>=2  h<H  A[H]:d*k."
NUMBERS = ("scalar", "real", "number", "positive")
RANDOM = {"gaussian": True, "normal": True, "random": False}
"""The kinds of random letters, and whether they are normal."""

_LETTER = re.compile(r"(\w+)\s*(?:\[([^\]]+)\])?\s*:\s*(.*)", re.DOTALL)
_MINIMUM = re.compile(r"(\w+)>=(\d+)")
_INDEX = re.compile(r"(\w+)<(\w+)")
_SIZE_NAME = re.compile(r"[^\W\d]\w*")
_PAIR = re.compile(r"\(([^(),]+),([^(),]+)\)")
_CROSS = re.compile(r"\s*×\s*|\s+x\s+|\s+by\s+")
_NEXT = re.compile(r"\s*\w+\s*(?:\[[^\]]*\])?\s*(?:[,:]|>=|<)")
"""What starts another declaration after a comma; the facts of a letter are separated by commas too."""


def declare(piece: Source, reserved: Collection[str]) -> Scope:
    """Reads the declarations in `piece`; names in `reserved` belong to functions and cannot be letters.

    Raises: StatementError for a declaration of no known form, a name used twice, a bad size or an unknown fact.
    """
    words = list(_words(piece))
    minima = dict(_minimum(word) for word in words if _MINIMUM.fullmatch(word.text))
    scope = Scope({}, {})
    waiting: list[Source] = []  # names before a comma, of the kind that is said after the last of them
    for word in words:
        if found := _MINIMUM.fullmatch(word.text):
            _add_sizes(scope, minima, word, found[1])
        elif found := _INDEX.fullmatch(word.text):
            name = _new_name(scope, reserved, word, found[1])
            scope.letters[name] = language.index(name, _size(scope, minima, word.piece(*found.span(2))))
        elif found := _LETTER.fullmatch(word.text):
            if waiting and found[2]:
                raise word.refuse("a family is declared by itself", accepted="Write  A[H]:d*k B[H]:d*k.")
            for before in waiting:
                _declare_letter(scope, minima, reserved, before, word, found)
            waiting = []
            _declare_letter(scope, minima, reserved, word.piece(*found.span(1)), word, found)
        elif word.text.isidentifier() and word.whole[word.stop : word.stop + 1] == ",":
            waiting.append(word)
        else:
            raise _declares_nothing(word)
    if waiting:
        raise _declares_nothing(waiting[0])
    _refuse_both(piece, scope, reserved)
    return scope


def _declare_letter(
    scope: Scope, minima: dict[str, int], reserved: Collection[str], called: Source, word: Source, found: re.Match[str]
) -> None:
    name = _new_name(scope, reserved, called, called.text)
    scope.letters[name] = letter = _letter(scope, minima, word, found, name)
    kind = found[3].rpartition(":")[2].strip()
    if kind in RANDOM:
        scope.random[letter] = RANDOM[kind]


def _declares_nothing(word: Source) -> StatementError:
    name = word.text
    says = f"Write {name}>=1 for a size, {name}:scalar for a number, {name}:n*d for a matrix."
    return word.refuse(f"{name!r} declares nothing", accepted=says if name.isidentifier() else FORMS)


def _words(piece: Source) -> Iterator[Source]:
    """The words between blanks and commas; those in brackets, after a colon or in a shape separate nothing."""
    depth = start = 0
    for place, letter in enumerate(piece.text + " "):
        depth += (letter in "([") - (letter in ")]")
        if letter in " ,;" and depth <= 0 and not _goes_on(piece.text, start, place):
            word = piece.piece(start, place)
            start, depth = place + 1, 0
            if word.text:
                yield word
    if depth > 0 and piece.text[start:].strip():
        raise piece.piece(start, len(piece.text)).refuse("a bracket is opened and not closed", accepted=FORMS)


def _goes_on(text: str, start: int, place: int) -> bool:
    """Whether the blank or comma at the place is inside of a declaration."""
    before, after = text[start:place], text[place + 1 :]
    if place == len(text):
        return False
    if text[place] == ",":
        return ":" in before and bool(after.strip()) and not _NEXT.match(after)
    if before.rstrip().endswith((":", "*", "×", ",")) or after.lstrip().startswith((":", "*", "×")):
        return True
    return ":" in before and bool(re.match(r"\s*(?:x|by)\s+\w", after) or re.search(r"\s(?:x|by)$", before.rstrip()))


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
    if kind.text in (*NUMBERS, *RANDOM) and not found[2]:
        return language.scalar(name, positive=kind.text == "positive")
    if kind.text in NUMBERS:
        raise word.refuse("a family is of matrices", accepted=f"Write  {found[1]}[{found[2]}]:1*1  for numbers.")
    shape, colon, _ = kind.text.partition(":")
    rows, columns = _rows_and_columns(kind.piece(0, len(shape)))
    given = (_size(scope, minima, rows), _size(scope, minima, columns))
    if not found[2]:
        where = kind.piece(len(shape) + 1, len(kind.text))
        facts = _facts(where) if colon and where.text not in RANDOM else []
        return language.matrix(name, *given, **dict.fromkeys(facts, True))
    if colon:
        raise word.refuse("the matrices of a family have no facts", accepted="Write  A[H]:d*k.")
    heads = _size(scope, minima, word.piece(*found.span(2)))
    return language.family(name, heads, *given)


def _facts(piece: Source) -> list[str]:
    facts = [fact.strip() for fact in piece.text.split(",")]
    for fact in facts:
        if fact not in FACTS:
            hint = suggestion(fact, FACTS) or f"The facts are {', '.join(sorted(FACTS))}."
            if fact.lower() in ("psd", "semidefinite", "positive semidefinite", "spd"):
                hint = "Say it as a hypothesis, PSD(A): --given in the shell, given= in Python."
            raise piece.refuse(f"{fact!r} is no fact about a matrix", accepted=hint)
    return facts


def _rows_and_columns(piece: Source) -> tuple[Source, Source]:
    """Splits `n*d`, `n×d`, `n x d`, `n by d` or `(n, d)`."""
    shape = "A shape is rows*columns: n*d, n*(H*v), d*(k+r)."
    if pair := _PAIR.fullmatch(piece.text):
        return piece.piece(*pair.span(1)), piece.piece(*pair.span(2))
    if cross := _CROSS.search(piece.text):
        return piece.piece(0, cross.start()), piece.piece(cross.end(), len(piece.text))
    tree = read(piece, "the shape")
    if isinstance(tree, ast.Name | ast.Constant):
        size = piece.text
        hint = f"Write x:1*{size} for a row, as tokens are here, or x:{size}*1 for a column."
        raise piece.refuse(f"a vector of length {size} is a row or a column", accepted=hint)
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
