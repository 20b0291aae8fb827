"""Kernel, beside the rules: a theorem in words, entry by entry, as `python -m symattn.kernel` shows it.

for all sizes n >= 1, d >= 1, for all i < n, j < n:  sum(a < d) X[i, a] W[a, j] = ...
"""

from __future__ import annotations

from symattn.errors import KernelError
from symattn.kernel.formulas import (
    And,
    Array,
    Equation,
    Exists,
    ForAll,
    Formula,
    Iff,
    Implies,
    NonNegative,
    Not,
    RankAtMost,
    Semidefinite,
    free_symbols,
    parts,
    terms_of,
)
from symattn.kernel.sizes import Index, Size, SizeSymbol, size_of, variable_name
from symattn.kernel.terms import Letter, Parameter, Term, walk
from symattn.kernel.theorem import Theorem


def shown(theorem: Theorem) -> str:
    """The theorem with all that it speaks of: sizes, letters, hypotheses, conclusion."""
    formulas = (*theorem.hypotheses, theorem.conclusion)
    letters = sorted({symbol for f in formulas for symbol in free_symbols(f)}, key=lambda s: s.name)
    sizes = sorted({symbol for f in formulas for symbol in size_symbols(f)})
    lines = [f"for all sizes    {', '.join(f'{s.name} >= {s.minimum}' for s in sizes)}"] if sizes else []
    lines += [f"for all          {', '.join(map(declared, letters))}"] if letters else []
    lines += [f"given            {formula(h)}" for h in theorem.hypotheses]
    return "\n".join([*lines, f"it holds that    {formula(theorem.conclusion)}"])


def size_symbols(of: Formula) -> set[SizeSymbol]:
    """The size symbols that a formula is about, in bound letters too."""
    found: set[SizeSymbol] = set()
    sizes: list[Size] = [s for symbol in getattr(of, "symbols", ()) for s in getattr(symbol, "sizes", ())]
    for term in walk(*terms_of(of)):
        for argument in term.args:
            sizes += argument.sizes if type(argument) is Letter else [argument] if type(argument) is Size else []
            sizes += [size_of(v) for v in argument] if term.kind == "sum" and type(argument) is tuple else []
    for size in sizes:
        found |= {symbol for symbols, _ in size.terms for symbol in symbols}
    return found.union(*map(size_symbols, parts(of)))


def declared(symbol: Letter | Parameter) -> str:
    """A letter with its sizes and facts."""
    if type(symbol) is Parameter:
        return f"{symbol.name} {'> 0' if symbol.positive else 'a number'}"
    facts = f" {' '.join(sorted(symbol.facts))}" if symbol.facts else ""  # type: ignore[union-attr]
    return f"{symbol.name} : {' x '.join(map(str, symbol.sizes)) or 'a number'}{facts}"  # type: ignore[union-attr]


def formula(of: Formula) -> str:
    match of:
        case Equation(indices, left, right):
            return f"{over(indices)}{term(left)} = {term(right)}"
        case NonNegative(indices, body, strict):
            return f"{over(indices)}{term(body)} {'>' if strict else '>='} 0"
        case RankAtMost(lower, upper):
            return f"rank {matrix(lower)} <= rank {matrix(upper)}"
        case Semidefinite(array):
            return f"{matrix(array)} is positive semidefinite"
        case ForAll(symbols, body):
            return f"for all {', '.join(map(declared, symbols))}: ({formula(body)})"
        case Exists(symbols, body):
            return f"there is {', '.join(map(declared, symbols))}: ({formula(body)})"
        case And(below):
            return " and ".join(f"({formula(p)})" for p in below) or "true"
        case Implies(a, b):
            return f"({formula(a)}) implies ({formula(b)})"
        case Iff(a, b):
            return f"({formula(a)}) exactly when ({formula(b)})"
        case Not(body):
            return f"not ({formula(body)})"
    raise KernelError(f"not a formula: {of!r}")


def over(indices: tuple[int, ...]) -> str:
    bounds = ", ".join(f"{variable_name(v)} < {size_of(v)}" for v in indices)
    return f"for all {bounds}:  " if indices else ""


def matrix(array: Array) -> str:
    names = ", ".join(f"{variable_name(v)} < {size_of(v)}" for v in array.indices)
    return f"[{term(array.body)} at {names}]"


def index(of: Index) -> str:
    if isinstance(of, int):
        return variable_name(of)
    match of:
        case ("const", value, _):
            return str(value)
        case ("part", sizes, which, inner):
            before = " + ".join(str(s) for s in sizes[:which])
            return f"{before} + {index(inner)}" if which else index(inner)
        case ("pair", outer, inner):
            return f"({index(outer)}, {index(inner)})"
    raise KernelError(f"not an index: {of!r}")


def term(of: Term) -> str:
    args = of.args
    match of.kind:
        case "number":
            return str(args[0])
        case "parameter":
            return str(args[0].name)
        case "cardinal":
            return f"({args[0]})"
        case "entry":
            mark = "^-1" if args[0].inverse else ""
            return f"{args[0].name}{mark}[{', '.join(map(index, args[1:]))}]"
        case "delta":
            return f"[{index(args[0])} = {index(args[1])}]"
        case "add":
            return f"({' + '.join(map(term, args))})"
        case "multiply":
            return " ".join(map(term, args)) or "1"
        case "sum":
            return f"sum({', '.join(f'{variable_name(v)} < {size_of(v)}' for v in args[0])}) {term(args[1])}"
        case "power":
            return f"({term(args[0])})^({args[1]})"
        case "reciprocal":
            return f"1/({term(args[0])})"
        case "exp" | "log":
            return f"{of.kind}({term(args[0])})"
        case "determinant":
            return f"det({term(args[2])} at {variable_name(args[0])}, {variable_name(args[1])} < {size_of(args[0])})"
        case "derivative":
            place = f"[{', '.join(map(index, args[2:]))}]" if len(args) > 2 else ""
            return f"d({term(args[0])})/d{args[1].name}{place}"
    raise KernelError(f"not a term: {of.kind}")
