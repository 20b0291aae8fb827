"""Kernel, beside the rules: a theorem in words, entry by entry, as `python -m symattn.kernel` shows it.

for all sizes n >= 1, d >= 1, for all i < n, j < n:  (sum(a < d) X[i, a] W[a, j]) = ...
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from symattn.kernel.fingerprint import contents
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import COMPOUND, Symbol, free_symbols, inside, terms_of
from symattn.kernel.syntax.letters import need
from symattn.kernel.syntax.sizes import Size, Variable, size_of, variable_name
from symattn.kernel.syntax.terms import Letter, Term, walk
from symattn.kernel.theorem import Theorem

PATTERNS = {
    "number": "{}", "parameter": "{}", "cardinal": "({})", "delta": "[{} = {}]", "power": "({})^({})", "exp": "exp({})",
    "log": "log({})", "reciprocal": "1/({})", "RankAtMost": "rank {} <= rank {}", "Not": "not ({})",
    "Implies": "({}) implies ({})", "Iff": "({}) exactly when ({})", "Semidefinite": "{} is positive semidefinite",
}  # fmt: skip
"""What stands around the parts of terms and formulas."""
NAME = re.compile(r"[^\W\d][\w^'′″]*").fullmatch


def shown(theorem: Theorem) -> str:
    """The theorem with all that it speaks of: sizes, letters, hypotheses, conclusion."""
    formulas = (*theorem.hypotheses, theorem.conclusion)
    letters = sorted({symbol for f in formulas for symbol in free_symbols(f)}, key=lambda s: s.name)
    sizes = sorted({symbol for size in _sizes(formulas) for symbols, _ in size.terms for symbol in symbols})
    bound = [s for part in inside(formulas) for s in getattr(part, "symbols", ())]
    names = [s.name for s in {*terms.symbols(*terms_of(formulas)), *bound, *sizes}]
    need(len({*names}) == len(names) and all(map(NAME, names)), f"names that could be taken for others: {names!r}")
    lines = [f"for all sizes    {', '.join(f'{s.name} >= {s.minimum}' for s in sizes)}"] if sizes else []
    lines += [f"for all          {_declared(letters)}"] if letters else []
    lines += [f"given            {text(h)}" for h in theorem.hypotheses]
    return "\n".join([*lines, f"it holds that    {text(theorem.conclusion)}"])


def _sizes(thing: Any) -> Iterator[Size]:
    """The sizes in formulas, those of letters and indices too."""
    if type(thing) is Size:
        yield thing
    elif type(thing) is Variable:
        yield size_of(thing)
    elif type(thing) is Letter or type(thing) in COMPOUND:
        for part in contents(thing):
            yield from _sizes(part)
    elif type(thing) is Term:
        for term in walk(thing):
            yield from _sizes(tuple(a for a in term.args if type(a) is not Term))


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
