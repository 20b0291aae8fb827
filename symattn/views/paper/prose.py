r"""Words with mathematics in them, as in the title of a theorem or the reason of a line, for TeX.

Such text is plain Unicode: "the form x W yᵀ is symmetric for k ≤ d".  Word by word it is decided what is mathematics; a
run of such words becomes one formula, $x W y^{\top}$, and everything else is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

__all__ = ["Piece", "pieces", "tex"]


def _commands(signs: str, names: str) -> dict[str, str]:
    return {sign: f"\\{name}" for sign, name in zip(signs, names.split(), strict=True)}


_SIGNS = {
    **_commands("αβγδεζηθικλμν", "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu"),
    **_commands("ξπρστφχψω", "xi pi rho sigma tau phi chi psi omega"),
    **_commands("ΓΔΘΛΞΠΦΨΩ", "Gamma Delta Theta Lambda Xi Pi Phi Psi Omega"),
    **_commands("∘≤≥≠×·⟨⟩∂Σ", "odot le ge ne times cdot langle rangle partial sum"),
    **_commands("∀∃¬⇒⇔⪰∈↦ℓ→∞", "forall exists neg Rightarrow Leftrightarrow succeq in mapsto ell mapsto infty"),
    "‖": "‖",
    "∧": r"\text{ and }",
    "½": r"\frac{1}{2}",
    "−": "-",
}
_RAISED = dict(zip("ᵀ⁻⁰¹²³⁴⁵⁶⁷⁸⁹", [r"\top ", "-", *"0123456789"], strict=True))
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼ", "0123456789ij", strict=True))
_MATHS = {*_SIGNS, *_RAISED, *_LOWERED, "√"}
_ROOT = re.compile(r"√\s*(?:\(([^()]*)\)|(\\[a-zA-Z]+|\w)(_\{\w+\})?)")
_OUTSIDE = {"…": "...", "“": "``", "”": "''", "–": "--", "—": "---", "’": "'"}
_ESCAPED = {**{c: f"\\{c}" for c in "#$%&{}"}, "_": r"\_\allowbreak ", "~": "-", "^": r"\^{}", "\\": "/"}
_FUNCTIONS = {"log", "exp", "cos", "sin", "tanh"}
_NAMED = {"det", "diag", "lse", "max", "min", "rank", "rowsum", "sgn", "softmax", "total", "tr", "H", "KL", *_FUNCTIONS}
_OPERATORS = {"+", "-", "=", "<", ">", "|", "/", ":="}
_TOKEN = re.compile(r"([A-Za-z]+'*|.)(?:_([A-Za-z0-9]{1,2}|(?<=[A-Z]_)[a-z]+)(?![A-Za-z0-9_]))?")
_INDEXED = re.compile(r"[A-Za-z]{1,3}'*_[A-Za-z0-9]{1,2}|[A-Z]_[a-z]+")
_LETTER = re.compile(r"\d*[A-Za-z]'*[0-9]?'*|d[A-Z]'*")
_CALL = re.compile(r"([A-Za-z]+)\(.*")
_STEP = re.compile(r"\(\d+\)[,.;:]?")  # the number of a step, which is spoken of in words
_ENDS = ",.;:!?"
_BRACKETS = "()[]"
_SMALL = set("0123456789+-=<>|/*^:.,;" + _BRACKETS)
"""What numbers, brackets and operators are made of."""


@dataclass(frozen=True)
class Piece:
    """Words, or a formula, in TeX."""

    tex: str
    maths: bool


def pieces(text: str, letters: Collection[str] = (), *, plain: bool = False) -> list[Piece]:
    """The words and formulas of a sentence; `letters` are the names that are mathematics here.

    The words are escaped for TeX, unless they are to stay as they are.
    """
    escape = str if plain else _escaped
    words = text.split()
    kinds = [_kind(word, letters) for word in words]
    found: list[Piece] = []
    run: list[str] = []
    for place, word in enumerate(words):
        unsure = kinds[place] == "maybe" and ((run and _is_open(run)) or _beside(kinds, words, place))
        if kinds[place] == "maths" or unsure:
            run.append(word)
            goes_on = place + 1 < len(words) and (word[-1] not in _ENDS or (word[-1] in ",;" and _is_open(run)))
            if goes_on:
                continue
        found += _closed(run)
        if not run or run[-1] is not word:
            found.append(Piece(escape(word) + " ", maths=False))
        run = []
    return _joined(found)


def _is_open(run: list[str]) -> bool:
    """Whether a bracket waits to be closed: then a comma belongs to the formula."""
    text = " ".join(run)
    return any(text.count(left) > text.count(right) for left, right in ("()", "[]", "⟨⟩"))


def _closed(run: list[str]) -> list[Piece]:
    """A run of words as a formula, and the punctuation after it."""
    if not run:
        return []
    body = run[-1].rstrip(_ENDS)
    return [Piece(_formula([*run[:-1], body]), maths=True), Piece(run[-1][len(body) :] + " ", maths=False)]


def tex(text: str, letters: Collection[str] = ()) -> str:
    """The sentence in TeX, with its formulas between dollars."""
    return "".join(f"${piece.tex}$" if piece.maths else piece.tex for piece in pieces(text, letters)).strip()


def _kind(word: str, letters: Collection[str]) -> str:
    """`maths` for certain, `maybe` when a neighbour is, or `words`."""
    core = word.strip(_BRACKETS + _ENDS)
    call = _CALL.match(word.lstrip(_BRACKETS))
    if _STEP.fullmatch(word):
        return "words"
    if any(c in _MATHS for c in core) or _INDEXED.fullmatch(core) or (call and call[1] in _NAMED):
        return "maths"
    if core.startswith('"') or core.endswith('"') or not word.strip(_ENDS):
        return "words"
    if core in letters or _LETTER.fullmatch(core):
        return "maybe" if core in ("a", "A", "I") and "[" not in word else "maths"
    if any(c.isalpha() for c in core):
        long = [
            part for part in re.findall(r"[A-Za-z]+", core) if not (part in letters or re.fullmatch("d?[A-Za-z]", part))
        ]
        mixed = any(c in "+-=/|()[]<>^" for c in core)
        return "maths" if mixed and not long else "maybe" if core.lstrip("-") in _FUNCTIONS else "words"
    return "maybe" if set(core) <= _SMALL else "words"


def _beside(kinds: list[str], words: list[str], place: int) -> bool:
    """Whether an undecided word stands next to mathematics, and is not the article that it looks like."""
    word = words[place]
    before = words[place - 1] if place > 0 and words[place - 1][-1] not in _ENDS else ""
    after = words[place + 1] if place + 1 < len(words) and word[-1] not in _ENDS else ""
    signs = any(map(_is_sign, (before, after)))
    core = word.strip(_BRACKETS + _ENDS)
    if core in ("a", "A", "I"):
        return signs or before.lstrip("-") in _FUNCTIONS or (core == "A" and bool(before))
    if word.rstrip(_ENDS).isdigit():
        return signs or before in _FUNCTIONS or before[:1] == "[" or (bool(after) and kinds[place + 1] == "maths")
    return any(text and kinds[q] != "words" for q, text in ((place - 1, before), (place + 1, after)))


def _is_sign(word: str) -> bool:
    return word in _OPERATORS or (len(word) == 1 and word in _SIGNS)


def _formula(run: list[str]) -> str:
    """A run of words as one formula; inside brackets, and before a number, the space between them is kept."""
    found = ""
    inside = bars = 0
    for before, word in zip(["", *run], run, strict=False):
        apart = found and (inside > 0 or (word[:1].isdigit() and before[-1].isalnum() and before not in _FUNCTIONS))
        for _ in range(word.count("‖")):
            word = word.replace("‖", "\ue00e" if bars % 2 else "\ue00f", 1)
            bars += 1
        found += (r" \ " if apart else " " if found else "") + _signs(word)
        inside += word.count("[") - word.count("]")
    found = re.sub(r"\^(\([^()]*\))", r"^{\1}", found)
    found = _ROOT.sub(lambda root: rf"\sqrt{{{root[1] or root[2] + (root[3] or '')}}}", found)
    return found.replace("\ue00f", r"\lVert ").replace("\ue00e", r"\rVert ")


def _signs(word: str) -> str:
    found = ""
    for match in _TOKEN.finditer(word):
        name, index = match.groups()
        if name in _RAISED or name in _LOWERED:
            table, mark = (_RAISED, "^") if name in _RAISED else (_LOWERED, "_")
            if found.endswith("}") and word[match.start() - 1] in table:
                found = f"{found[:-1]}{table[name]}}}"
            else:
                found += f"{mark}{{{table[name]}}}"
        else:
            found += _name(name) + (f"_{{{index}}}" if index else "")
    return found.replace(" }", "}").replace(" _", "_").strip()


def _name(name: str) -> str:
    """A letter or a sign; a longer word is the name of a function, except for a differential such as dQ."""
    if not name[0].isascii() or not name[0].isalpha():
        return f"{_SIGNS[name]} " if name in _SIGNS else name if name == "^" else _ESCAPED.get(name, name)
    if name in _FUNCTIONS:
        return f"\\{name} "
    plain = name.rstrip("'")
    if re.fullmatch("d[A-Zt]", plain):
        return rf"\mathrm{{d}}{name[1:]}"
    return rf"\operatorname{{{name}}}" if plain in _NAMED and len(plain) > 1 else name


def _escaped(word: str) -> str:
    word = re.sub(r'^(\(?)"', r"\1``", word).replace('"', "''")
    return "".join(_OUTSIDE.get(c, f"${c}$" if c in "<>|" else _ESCAPED.get(c, c)) for c in word)


def _joined(found: list[Piece]) -> list[Piece]:
    """Neighbouring words in one piece, without empty ones."""
    return [piece for piece in _merged(found) if piece.tex]


def _merged(found: list[Piece]) -> Iterator[Piece]:
    words = ""
    for piece in found:
        if piece.maths:
            yield Piece(words, maths=False)
            yield piece
            words = ""
        else:
            words += piece.tex
    yield Piece(words.rstrip(), maths=False)
