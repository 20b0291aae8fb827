"""Kernel, beside the rules: a theorem in words, entry by entry, as `python -m symattn.kernel` shows it.

for all sizes n >= 1, d >= 1, for all i < n, j < n:  (sum(a < d) X[i, a] W[a, j]) = ...
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import COMPOUND, Symbol, contents, free_symbols, inside, terms_of
from symattn.kernel.syntax.sizes import SizeSymbol, need, size_of, variable_name
from symattn.kernel.syntax.terms import Term
from symattn.kernel.values import TAKEN_APART

PATTERNS = {
    "number": "{}", "parameter": "{}", "cardinal": "({})", "delta": "[{} = {}]", "power": "({})^({})", "exp": "exp({})",
    "log": "log({})", "cos": "cos({})", "sin": "sin({})", "reciprocal": "1/({})", "RankAtMost": "rank {} <= rank {}",
    "Not": "not ({})", "Implies": "({}) implies ({})", "Iff": "({}) exactly when ({})",
    "Semidefinite": "{} is positive semidefinite",
}  # fmt: skip
"""What stands around the parts of terms and formulas."""
NAME = re.compile(r"[^\W\d][\w^'′″]*").fullmatch


def shown(theorem: Proof) -> str:
    """The theorem with all that it speaks of: sizes, letters, hypotheses, conclusion."""
    formulas = (*theorem.hypotheses, theorem.conclusion)
    letters = sorted({symbol for f in formulas for symbol in free_symbols(f)}, key=lambda s: s.name)
    _note(formulas, seen := set[tuple[type, Any]]())
    sizes = sorted(thing for kind, thing in seen if kind is SizeSymbol)
    bound = [s for part in inside(formulas) for s in getattr(part, "symbols", ())]
    names = [s.name for s in {*terms.symbols(*terms_of(formulas)), *bound, *sizes}]
    need(len({*names}) == len(names) and all(map(NAME, names)), f"names that could be taken for others: {names!r}")
    lines = [f"for all sizes    {', '.join(f'{s.name} >= {s.minimum}' for s in sizes)}"] if sizes else []
    lines += [f"for all          {_declared(letters)}"] if letters else []
    lines += [f"given            {text(h)}" for h in theorem.hypotheses]
    return "\n".join([*lines, f"it holds that    {text(theorem.conclusion)}"])


def _note(thing: Any, seen: set[tuple[type, Any]]) -> None:
    """Take the thing apart to the last and note what is in it, but for tuples: different ones may be equal."""
    if (type(thing), thing) not in seen and type(thing) in TAKEN_APART:
        if type(thing) is not tuple:
            seen.add((type(thing), thing))
        for part in TAKEN_APART[type(thing)](thing)[1]:
            _note(part, seen)


def _declared(symbols: Iterable[Symbol]) -> str:
    """Letters with their sizes and facts."""
    shapes = {s: " x ".join(map(str, s.sizes)) or "a number" for s in symbols}
    return ", ".join(" ".join([s.name, ":", shape, *sorted(s.facts)]) for s, shape in shapes.items())


def _ranges(indices: Iterable[int]) -> str:
    return ", ".join(f"{variable_name(v)} < {size_of(v)}" for v in indices)


def _at(places: Iterable[Any]) -> str:
    return f"[{', '.join(map(text, places))}]"


def text(of: Any) -> str:
    """A formula, a term, or something in one."""
    kind, parts = type(of).__name__, contents(of) if type(of) in COMPOUND else ()
    if type(of) is Term:
        kind, parts = of.kind, of.args
    if kind in PATTERNS:
        return PATTERNS[kind].format(*map(text, parts))
    match kind, parts:
        case "add", _:
            return f"({' + '.join(map(text, parts))})"
        case "multiply", _:
            return " ".join(map(text, parts)) or "1"
        case "entry", (letter, *places):
            return f"{letter.name}{'^-1' * letter.inverse}{_at(places)}"
        case "sum", (bound, body):
            return f"(sum({_ranges(bound)}) {text(body)})"
        case "determinant", (row, column, body):
            return f"det({text(body)} at {_ranges((row, column))})"
        case "derivative", (body, target, *places):
            return f"d({text(body)})/d{target.name}{_at(places) if places else ''}"
        case "Equation", (indices, left, right):
            return f"{_every(indices)}{text(left)} = {text(right)}"
        case "NonNegative", (indices, body, strict):
            return f"{_every(indices)}{text(body)} {'>' if strict else '>='} 0"
        case "ForAll" | "Exists", (symbols, body):
            return f"{'for all' if kind == 'ForAll' else 'there is'} {_declared(symbols)}: ({text(body)})"
        case "And", (below,):
            return " and ".join(f"({text(p)})" for p in below) or "true"
        case "Array", (indices, body, _):
            return f"[{text(body)} at {_ranges(indices)}]"
        case "tuple", ("const", value, _):
            return str(value)
        case "tuple", ("part", sizes, which, inner):
            return " + ".join(map(text, (*sizes[:which], inner)))
        case "tuple", ("pair", outer, inner):
            return f"({text(outer)}, {text(inner)})"
    return variable_name(of) if kind == "Variable" else of.name if kind == "Parameter" else str(of)


def _every(indices: tuple[int, ...]) -> str:
    return f"for all {_ranges(indices)}:  " if indices else ""
