"""Layer views: the grammar of the Unicode form.  `unicode_builder` makes a SymPy tree of the parts found here.

    claim        ∀ x, y: claim    ∃ x: claim (with x := term)    side ∧ side …    side ⇒ side    side ⇔ side    ¬(claim)
    side         comparison, or a claim in parentheses
    comparison   sum = sum    sum ≠ sum    sum ≤ sum    sum ≥ sum    sum > 0    sum ⪰ 0
    sum          term + term - term …    Σ_h term
    term         product ∘ product …
    product      factor factor …    product/factor
    factor       Aᵀ  A⁻¹  A²  a^(2/3)  A[0, 1]  Q[h]  f(…)  [A | B]  [A; B]  ∂A/∂x  (sum)  letters and numbers

A space matters in two places only: f(x) is a call and f (x) a product, Q[h] is a member and Q [A | B] a product.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from symattn.errors import StatementError, layout

__all__ = ["Node", "parse"]

_RAISED = "ᵀ⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_QUOTED = r'"[\w-]+"'
_TOKEN = re.compile(rf"\s*({_QUOTED}|(?![\d{_RAISED}])\w(?:(?![{_RAISED}])\w)*'*(?:_\w+'*)?|\d+|⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|:=|\S)")
_COMPARISONS = ("=", "≠", "≤", "≥", ">", "⪰")
_CONNECTIVES = ("∧", "⇒", "⇔")


@dataclass(frozen=True)
class Node:
    """A part of the text: what it is, a name or number, and its parts."""

    kind: str
    value: str = ""
    parts: tuple[Node, ...] = ()


@dataclass(frozen=True)
class _Token:
    text: str
    tight: bool  # no space before it
    at: int


def parse(text: str) -> Node:
    """The parts of a claim or an expression."""
    parser = _Parser(text)
    found = parser.claim()
    if parser.here:
        raise parser.refusal("nothing more was expected")
    return found


class _Parser:
    """Reads from left to right; where parentheses may hold a sum or a claim, first the one is tried, then the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [
            _Token(m[1], m.start(1) == m.start() > 0, m.start(1)) for m in _TOKEN.finditer(text) if m[1].strip()
        ]
        self.place = 0

    # ---- tokens ------------------------------------------------------------------------------------------------

    @property
    def here(self) -> str:
        return self.tokens[self.place].text if self.place < len(self.tokens) else ""

    @property
    def tight(self) -> bool:
        return self.place < len(self.tokens) and self.tokens[self.place].tight

    def take(self, *expected: str) -> str:
        token = self.here
        if not token or (expected and token not in expected):
            raise self.refusal(f"{' or '.join(expected) or 'more'} was expected")
        self.place += 1
        return token

    def takes(self, *expected: str) -> bool:
        if self.here and self.here in expected:
            self.place += 1
            return True
        return False

    def refusal(self, what: str) -> StatementError:
        at = self.tokens[self.place].at if self.place < len(self.tokens) else len(self.text)
        return StatementError(layout(f"cannot read the text at column {at + 1}", [("before", self.text[at:])], what))

    # ---- claims ------------------------------------------------------------------------------------------------

    def claim(self) -> Node:
        if self.here in ("∀", "∃"):
            return self.quantified()
        found = self.side()
        if self.here not in _CONNECTIVES:
            return found
        sign = self.here
        sides = [found]
        while self.takes(sign):
            sides.append(self.side())
        return Node(sign, "", tuple(sides))

    def quantified(self) -> Node:
        sign = self.take()
        names = [Node("name", self.take())]
        while self.takes(","):
            names.append(Node("name", self.take()))
        self.take(":")
        body = self.claim()
        return Node(sign, "", (Node("names", "", tuple(names)), body, *self.witness([n.value for n in names])))

    def witness(self, names: list[str]) -> list[Node]:
        """`(with x := A, y := B)`, when it is about these names."""
        ahead = [token.text for token in self.tokens[self.place : self.place + 3]]
        if ahead[:2] != ["(", "with"] or ahead[2] not in names:
            return []
        self.place += 2
        found = []
        for place in range(len(names)):
            if place:
                self.take(",")
            self.take(names[place])
            self.take(":=")
            found.append(self.sum())
        self.take(")")
        return [Node("witness", "", tuple(found))]

    def side(self) -> Node:
        if self.takes("¬"):
            self.take("(")
            inside = self.claim()
            self.take(")")
            return Node("¬", "", (inside,))
        start = self.place
        try:
            return self.comparison()
        except StatementError:
            self.place = start
            if self.here != "(":
                raise
        self.take("(")
        found = self.claim()
        self.take(")")
        return found

    def comparison(self) -> Node:
        """Two sides with a sign between them; or one expression, when the text is no claim at all."""
        left = self.sum()
        if self.here not in _COMPARISONS:
            if self.place < len(self.tokens):
                raise self.refusal("a comparison was expected")
            return left
        sign = self.take()
        return Node(sign, "", (left, self.sum()))

    # ---- expressions -------------------------------------------------------------------------------------------

    def sum(self) -> Node:
        if self.here.startswith("Σ_"):
            head = self.take().partition("_")[2]
            return Node("Σ", head, (self.term(),))
        terms = [self.signed(self.takes("-"))]
        while self.here in ("+", "-"):
            terms.append(self.signed(self.take() == "-"))
        return terms[0] if len(terms) == 1 else Node("+", "", tuple(terms))

    def signed(self, negative: bool) -> Node:
        term = self.term()
        return Node("-", "", (term,)) if negative else term

    def term(self) -> Node:
        products = [self.product()]
        while self.takes("∘"):
            products.append(self.product())
        return products[0] if len(products) == 1 else Node("∘", "", tuple(products))

    def product(self) -> Node:
        factors = [self.factor()]
        while True:
            if self.takes("/"):
                above = factors[0] if len(factors) == 1 else Node("*", "", tuple(factors))
                factors = [Node("/", "", (above, self.factor()))]
            elif self.starts_factor():
                factors.append(self.factor())
            else:
                return factors[0] if len(factors) == 1 else Node("*", "", tuple(factors))

    def starts_factor(self) -> bool:
        if self.here == "(":
            return [token.text for token in self.tokens[self.place : self.place + 2]] != ["(", "with"]
        return self.here in ("[", "∂") or (self.here[:1].isalnum() and not self.here.startswith("Σ_"))

    def factor(self) -> Node:
        found = self.primary()
        while self.tight:
            if self.here == "ᵀ":
                found = Node(self.take(), "", (found,))
            elif self.here[0] in _RAISED:
                found = Node("power", self.take().translate(_DIGITS), (found,))
            elif self.takes("^"):
                found = Node("power", "", (found, self.primary()))
            elif self.takes("["):
                found = Node("index", "", (found, *self.listed("]")))
            else:
                break
        return found

    def primary(self) -> Node:
        token = self.here
        if self.takes("("):
            inside = self.sum()
            self.take(")")
            return Node("()", "", (inside,))
        if self.takes("["):
            return self.blocks()
        if self.takes("∂"):
            above = self.factor()
            self.take("/")
            self.take("∂")
            return Node("∂", "", (above, Node("name", self.take())))
        if token.isdigit():
            return Node("number", self.take())
        if token.startswith('"'):
            return Node("words", self.take().strip('"'))
        if token[:1].isalpha():
            name = self.take()
            if self.here == "(" and self.tight:
                self.take()
                return Node("call", name, tuple(self.listed(")")))
            return Node("name", name)
        raise self.refusal("a letter, a number or an opening bracket was expected")

    def listed(self, closing: str) -> list[Node]:
        """What stands between commas; `mask=M` is the last argument of a softmax."""
        found = [self.sum()]
        while self.takes(","):
            if self.here == "mask":
                self.take()
                self.take("=")
            found.append(self.sum())
        self.take(closing)
        return found

    def blocks(self) -> Node:
        found = [self.sum()]
        between = self.here
        while self.takes("|", ";"):
            found.append(self.sum())
        self.take("]")
        return Node("[|]" if between == "|" else "[;]", "", tuple(found))
