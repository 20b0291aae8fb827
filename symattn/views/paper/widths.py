r"""How wide a formula is, in points at 10 pt, estimated from above without running TeX.

The widths are those of Computer Modern, rounded up.  Where TeX chooses (limits, brackets, script sizes) the wider case
is counted, so a formula that fits here fits there; a test compares the two on the whole catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["text_width", "width"]

SCRIPT = 0.82  # of the size, for subscripts and superscripts
BOLD = 1.22
RELATION, BINARY, THIN, SPACE = 5.6, 4.5, 1.7, 3.4
CELL, BRACKETS, ROOT, RULE, QUAD = 10.0, 13.4, 8.4, 2.6, 10.1


def _table(text: str) -> dict[str, float]:
    return {key: float(value) for key, value in (pair.split("=") for pair in text.split())}


ITALIC = _table(
    "a=5.3 b=4.3 c=4.4 d=5.3 e=4.7 f=6.0 g=5.2 h=5.8 i=3.5 j=4.7 k=5.6 l=3.2 m=8.8 n=6.1 o=4.9 p=5.1 q=4.9 r=4.8 s=4.7 "
    "t=3.7 u=5.8 v=5.3 w=7.5 x=5.8 y=5.3 z=5.1 A=7.6 B=8.1 C=7.9 D=8.6 E=8.0 F=7.9 G=7.9 H=9.2 I=5.2 J=6.6 K=9.3 L=6.9 "
    "M=10.8 N=9.2 O=8.0 P=7.9 Q=8.0 R=7.7 S=6.8 T=7.3 U=8.0 V=8.1 W=10.9 X=9.1 Y=8.1 Z=7.6"
)
ROMAN = _table(
    "a=5.1 b=5.6 c=4.5 d=5.6 e=4.5 f=3.9 g=5.2 h=5.6 i=2.8 j=3.1 k=5.3 l=2.8 m=8.4 n=5.6 o=5.1 p=5.6 q=5.3 r=4.0 s=4.0 "
    "t=3.9 u=5.6 v=5.5 w=7.4 x=5.3 y=5.5 z=4.5 A=7.6 B=7.1 C=7.3 D=7.7 E=6.9 F=6.6 G=7.9 H=7.6 I=3.7 J=5.2 K=7.8 L=6.3 "
    "M=9.2 N=7.6 O=7.8 P=6.9 Q=7.8 R=7.4 S=5.6 T=7.3 U=7.6 V=7.7 W=10.5 X=7.6 Y=7.8 Z=6.2 -=3.4 ?=4.8 /=5.1"
)
SYMBOLS = _table(
    r"\alpha=6.5 \beta=6.2 \gamma=5.8 \delta=4.9 \epsilon=4.1 \zeta=5.2 \eta=5.4 \theta=5.0 \iota=3.6 \kappa=5.8 "
    r"\lambda=5.9 \mu=6.1 \nu=5.6 \xi=4.9 \pi=6.1 \rho=5.2 \sigma=6.1 \tau=5.6 \upsilon=5.8 \phi=6.0 \varphi=6.6 "
    r"\chi=6.3 \psi=6.9 \omega=6.6 \Gamma=6.3 \Delta=8.4 \Theta=7.8 \Lambda=7.0 \Xi=6.7 \Pi=7.6 \Sigma=7.3 \Phi=7.3 "
    r"\Psi=7.8 \Omega=7.3 \top=7.8 \circ=9.6 :=8.5 \partial=5.9 \forall=5.6 \exists=5.6 \neg=6.7 \ell=4.2 \lVert=5.1 "
    r"\infty=10.1 \cos=17.1 \sin=15.9 \tanh=23.7 "
    r"\langle=3.9 \rangle=3.9 \exp=18.8 \log=16.4 \sum=18.0 \_=5.1 \,=1.7 \{=5.1 \}=5.1 \%=8.4 \&=7.8 \#=8.4 \$=5.1"
)
CHARACTERS = {**dict.fromkeys("0123456789/*", 5.1), **dict.fromkeys("()", 3.9), **dict.fromkeys("[].;|!`", 2.9)}
_RELATIONS = {r"\le", r"\ge", r"\ne", r"\in", r"\succeq", r"\Rightarrow", r"\Leftrightarrow", *"=<>"}
_BINARY = {r"\odot", r"\otimes", r"\cdot", r"\times", "+", "-"}
_WIDEST = 10.9
_TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|\s+|.", re.DOTALL)


def width(tex: str) -> float:
    """At most this wide is the formula, set in display style."""
    return _Reader(tex).group(None)


def text_width(words: str) -> float:
    """The same for words outside of formulas."""
    return sum(ROMAN.get(c, CHARACTERS.get(c, SPACE if c == " " else 5.7)) for c in words)


class _Reader:
    """Reads TeX from left to right."""

    def __init__(self, tex: str) -> None:
        self.tokens: list[str] = _TOKEN.findall(tex)
        self.place = 0

    def next(self) -> str:
        token = self.tokens[self.place]
        self.place += 1
        return token

    def group(self, stop: str | None) -> float:
        total = 0.0
        while self.place < len(self.tokens):
            token = self.next()
            if token == stop:
                break
            total += self.token(token)
        return total

    def argument(self) -> float:
        token = self.next()
        while token.isspace():
            token = self.next()
        return self.token(token)

    def words(self) -> str:
        """The text of an argument in braces; commands inside count by their letters."""
        self.next()
        found = ""
        while (token := self.next()) != "}":
            found += token.lstrip("\\")
        return found

    def token(self, token: str) -> float:
        if token in _COMMANDS:
            return _COMMANDS[token](self)
        if token in _RELATIONS:
            return 10.1 + RELATION if token.endswith("arrow") else 7.8 + RELATION
        if token in _BINARY:
            return 7.8 + BINARY
        if token.isspace():
            return 0.0
        found = ITALIC.get(token, SYMBOLS.get(token, CHARACTERS.get(token)))
        return _WIDEST if found is None else found

    def environment(self) -> float:
        """The columns of a matrix, each as wide as its widest cell, with the space between them."""
        name = self.words()
        columns: list[float] = []
        column, cell = 0, 0.0
        while (mark := self.next()) != r"\end":
            if mark in ("&", r"\\"):
                columns = _widened(columns, column, cell)
                column, cell = (column + 1 if mark == "&" else 0), 0.0
            else:
                cell += self.token(mark)
        columns = _widened(columns, column, cell)
        if self.words() != name:
            return _WIDEST * len(self.tokens)
        return sum(columns) + CELL * (len(columns) - 1) + BRACKETS


def _widened(columns: list[float], column: int, cell: float) -> list[float]:
    padded = [*columns, *[0.0] * (column + 1 - len(columns))]
    padded[column] = max(padded[column], cell)
    return padded


_COMMANDS: dict[str, Callable[[_Reader], float]] = {
    "{": lambda r: r.group("}"),
    "_": lambda r: SCRIPT * r.argument() + 0.6,
    "^": lambda r: SCRIPT * r.argument() + 0.6,
    "'": lambda r: 2.9,
    ",": lambda r: 2.9 + THIN,
    ":": lambda r: 2.9 + RELATION,
    r"\mapsto": lambda r: 10.1 + RELATION,
    r"\ ": lambda r: SPACE,
    r"\quad": lambda r: QUAD,
    r"\frac": lambda r: max(r.argument(), r.argument()) + RULE,
    r"\sqrt": lambda r: r.argument() + ROOT,
    r"\operatorname": lambda r: text_width(r.words()) + 2 * THIN,
    r"\text": lambda r: text_width(r.words()),
    r"\mathbf": lambda r: BOLD * text_width(r.words()),
    r"\mathrm": lambda r: text_width(r.words()),
    r"\mathsf": lambda r: text_width(r.words()),
    r"\boldsymbol": lambda r: BOLD * r.argument(),
    **dict.fromkeys((r"\bigl", r"\bigr"), lambda r: r.argument() + 0.9),
    **dict.fromkeys((r"\Bigl", r"\Bigr"), lambda r: r.argument() + 2.3),
    **dict.fromkeys((r"\biggl", r"\biggr"), lambda r: r.argument() + 3.6),
    **dict.fromkeys((r"\Biggl", r"\Biggr"), lambda r: r.argument() + 4.3),
    r"\phantom": lambda r: r.argument(),
    r"\mathrel": lambda r: r.argument() + RELATION,
    r"\begin": lambda r: r.environment(),
}
