"""Layer views: the grammar of printed Rocq statements, text to plain trees.  It knows nothing of SymPy or the printer.

A tree is a tuple that begins with its kind: ("num", 2), ("var", "X"), ("app", head, arguments), ("sum", terms with
their signs), ("chain", "*m", factors), ("rel", "=", left, right), ("forall", binders, body), ...
"""

from __future__ import annotations

import re
from typing import Any

from symattn.errors import StatementError

__all__ = ["Binder", "Tree", "theorem"]

Tree = tuple[Any, ...]
Binder = tuple[str, list[str]]
"""The name that is bound, and the words of its type."""

_WORD = re.compile(
    r"\s*(<->|->|=>|/\\|<>|<=|=i|\^\+|\^-1|\^T|%:R|%N|%R|\*m|\*:|'M|'I_|\]_|\\[a-z]+_?|[A-Za-z][\w']*|\d+|[-+*/:=<~,.()\[\]_])"
)
_STOPS = {")", ",", ":", "=>", ".", "<->", "->", "/\\", "=", "<>", "<=", "<", "+", "-", "*m", "*:", "*", "/"}
_POSTFIX = {"^T": "T", "^-1": "inv", "%:R": "nat"}


def theorem(text: str) -> tuple[str, list[Binder], Tree]:
    """The name, the binders with the words of their types, and what is said.

    Raises    StatementError where the text is not a printed theorem
    """
    parser = _Parser(_words(text))
    parser.take("Theorem")
    name = parser.next()
    binders = []
    while parser.peek == "(":
        binders.append(parser.binder())
    parser.take(":")
    says = parser.claim()
    parser.take(".")
    return name, binders, says


def claim(words: list[str]) -> Tree:
    """A claim that stands alone, such as a hypothesis."""
    parser = _Parser([*words, "."])
    tree = parser.claim()
    parser.take(".")
    return tree


def _words(text: str) -> list[str]:
    words, place = [], 0
    while place < len(text.rstrip()):
        match = _WORD.match(text, place)
        if match is None:
            raise StatementError(f"not a word of a printed statement: {text[place : place + 20]!r}")
        words.append(match[1])
        place = match.end()
    return words


class _Parser:
    """Recursive descent over the words."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.place = 0

    @property
    def peek(self) -> str:
        return self.words[self.place] if self.place < len(self.words) else ""

    def next(self) -> str:
        self.place += 1
        return self.words[self.place - 1] if self.place <= len(self.words) else ""

    def take(self, word: str) -> None:
        found = self.next()
        if found != word:
            raise StatementError(f"expected {word!r}, found {found!r} after {' '.join(self.words[: self.place][-8:])}")

    def binder(self) -> Binder:
        """( name : type ), the type as words."""
        self.take("(")
        name = self.next()
        self.take(":")
        depth, words = 0, []
        while depth or self.peek != ")":
            depth += {"(": 1, ")": -1}.get(self.peek, 0)
            words.append(self.next())
            if not self.peek:
                raise StatementError(f"the binder of {name} does not end")
        self.take(")")
        return name, words

    def claim(self) -> Tree:
        if self.peek in ("forall", "exists"):
            word = self.next()
            binders = []
            while self.peek == "(":
                binders.append(self.binder())
            self.take(",")
            return (word, binders, self.claim())
        left = self.conjunction()
        if self.peek in ("<->", "->"):
            word = self.next()
            return ("iff" if word == "<->" else "implies", left, self.conjunction())
        return left

    def conjunction(self) -> Tree:
        parts = [self.relation()]
        while self.peek == "/\\":
            self.next()
            parts.append(self.relation())
        return parts[0] if len(parts) == 1 else ("and", parts)

    def relation(self) -> Tree:
        if self.peek == "~":
            self.next()
            return ("not", self.atom())
        left = self.sum()
        if self.peek in ("=", "<>", "<=", "<"):
            return ("rel", self.next(), left, self.sum())
        return left

    def sum(self) -> Tree:
        terms = [("-" if self.skip("-") else "+", self.product())]
        while self.peek in ("+", "-"):
            terms.append((self.next(), self.product()))
        return terms[0][1] if len(terms) == 1 and terms[0][0] == "+" else ("sum", terms)

    def skip(self, word: str) -> bool:
        found = self.peek == word
        self.place += found
        return found

    def product(self) -> Tree:
        factors = [self.power()]
        word = self.peek
        while self.peek in ("*m", "*:", "*", "/") and self.peek == word:
            self.next()
            factors.append(self.power())
        return factors[0] if len(factors) == 1 else ("chain", word, factors)

    def power(self) -> Tree:
        base = self.application()
        if self.skip("^+"):
            return ("pow", base, self.atom())
        return base

    def application(self) -> Tree:
        if self.peek == "fun":
            return self.function()
        if self.peek == r"\sum_":
            return self.big_sum()
        head, arguments = self.atom(), []
        while self.peek not in _STOPS and self.peek != "^+" and self.peek:
            arguments.append(self.atom())
        return ("app", head, arguments) if arguments else head

    def function(self) -> Tree:
        self.take("fun")
        name = self.next()
        self.take(":")
        words = []
        while self.peek != "=>":
            words.append(self.next())
        self.take("=>")
        return ("fun", (name, words), self.claim())

    def big_sum(self) -> Tree:
        self.take(r"\sum_")
        self.take("(")
        name = self.next()
        self.take("<")
        bound = self.sum()
        self.take(")")
        return ("sum over", name, bound, self.application())

    def atom(self) -> Tree:
        tree: Tree
        if self.skip("("):
            tree = self.claim()
            if self.skip(":"):
                tree = ("typed", tree, self.next())
            self.take(")")
        else:
            word = self.next()
            if word in _STOPS or not word:
                raise StatementError(f"expected a term, found {word!r} after {' '.join(self.words[: self.place][-8:])}")
            tree = ("num", int(word)) if word.isdigit() else ("var", word)
        while self.peek in ("%N", "%R", *_POSTFIX):
            word = self.next()
            if word in _POSTFIX:
                tree = (_POSTFIX[word], tree)
        return tree
