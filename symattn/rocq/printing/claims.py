"""A theorem of the catalogue as a statement of Rocq, over MathComp and symattn/rocq/definitions.v.

`rocq(statement)` prints `Theorem NAME (ring) (sizes) (letters and their facts) (hypotheses) : claim.`  There is no
proof in it.  `terms` writes matrices and scalars.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sympy import MatMul, Pow, preorder_traversal

from symattn.errors import ExportError
from symattn.language import Equal, Exists, Rank, Size, text
from symattn.language.walk import letters_and_sizes, letters_of
from symattn.rocq.printing.sizes import rigid, size
from symattn.rocq.printing.terms import Terms

__all__ = ["RocqStatement", "claim", "rocq", "statement"]

RESERVED = frozenset(
    {
        "RR",
        "ex",
        "lg",
        "co",
        "si",
        "total",
        "rowsum",
        "hadamard",
        "ones",
        "zeros",
        "identity",
        "entry",
        "member",
        "join",
        "dual",
        "lift",
    }
    | {"fun", "forall", "exists", "in", "is", "as", "at", "if", "then", "else", "let", "match", "with", "end", "using"}
)
_ORDERED, _WITH_ROOTS, _WITH_UNITS = "realFieldType", "rcfType", "comUnitRingType"
_FACTS = {
    "symmetric": "is_symmetric {0}",
    "skew": "is_skew {0}",
    "orthogonal": "is_orthogonal {0}",
    "permutation": "is_perm_mx {0}",
    "invertible": r"{0} \in unitmx",
    "mask": "is_mask {0}",
    "positive": "positive {0}",
}


@dataclass(frozen=True)
class RocqStatement:
    """A printed statement: `binders`, one a line, and `says`, which may use what they bind."""

    name: str
    binders: tuple[str, ...]
    says: str

    @property
    def text(self) -> str:
        return "\n".join([f"Theorem {self.name}", *(f"  {binder}" for binder in self.binders), f"  : {self.says}."])


def rocq(theorem: Any) -> RocqStatement:
    """The statement of a theorem of the catalogue, over the ring that its proof needs.

    Raises    ExportError where something in it has no form in Rocq, naming the node
    """
    return statement(theorem.name, theorem.says, theorem.given, theorem.over)


def statement(name: str, says: Any, given: Iterable[Any], over: str) -> RocqStatement:
    """The same for a claim and hypotheses of one's own."""
    claims = [says, *given]
    ring, scalars = _ring(over)
    if scalars == _ORDERED and any(map(_asks_for_roots, claims)):
        ring = f"(RR : {_WITH_ROOTS})"
    letters = tuple(dict.fromkeys(letter for part in claims for letter in letters_of(part)))
    if scalars == "comRingType" and any("invertible" in getattr(letter, "facts", ()) for letter in letters):
        ring = f"(RR : {_WITH_UNITS})"
    sizes = tuple(dict.fromkeys(n for part in claims for n in letters_and_sizes(part)[1]))
    _check_names([*sizes, *letters])
    binders = [ring, *_functions(claims, scalars)]
    binders += [" ".join(_size(n)) for n in sizes]
    binders += [" ".join(_letter(letter, ordered=scalars == _ORDERED)) for letter in letters]
    binders += [f"(given_{i} : {claim(part)})" for i, part in enumerate(claims[1:], 1)]
    return RocqStatement(name, tuple(binders), claim(says))


def _ring(over: str) -> tuple[str, str]:
    """The binder of the ring, and its kind."""
    plain = {
        "any commutative ring": "comRingType",
        "any nontrivial commutative ring": "comRingType",
        "any field": "fieldType",
        "the real numbers": _ORDERED,
    }
    if over in plain:
        return f"(RR : {plain[over]})", plain[over]
    if over == "any field of characteristic 0":
        return "(RR : fieldType) (char_0 : [char RR] =i pred0)", "fieldType"
    if found := re.fullmatch(r"any (commutative ring|field) where (\d+) is invertible", over):
        kind, number = {"commutative ring": "comUnitRingType", "field": "fieldType"}[found[1]], found[2]
        return rf"(RR : {kind}) (unit_{number} : ({number}%:R : RR) \is a GRing.unit)", kind
    raise ExportError(f"Rocq cannot be told what {over} is: only commutative rings, fields and the real numbers")


def _asks_for_roots(part: Any) -> bool:
    """Whether it says that something is a square, W = Q Qᵀ for some Q, which the rational numbers do not know."""
    for node in part.atoms(Exists):
        bound = set(node.variables)
        for equation in node.claim.atoms(Equal):
            named = [set(letters_of(side)) for side in equation.args]
            apart = any(one and not one & bound for one in named)
            if apart and any(_squared(product, bound) for product in equation.atoms(MatMul, Pow)):
                return True
    return False


def _squared(product: Any, letters: set[Any]) -> bool:
    if product.is_Pow:
        return product.base in letters
    factors = [getattr(factor, "arg", factor) for factor in product.args]
    return any(factors.count(letter) > 1 for letter in letters)


def _functions(claims: list[Any], scalars: str) -> list[str]:
    """exp, log, cos and sin, when they occur: any functions with the laws of is_exp, is_log and is_turn."""
    kinds = {type(node).__name__ for part in claims for node in preorder_traversal(part)}
    logs = bool(kinds & {"ElementwiseLog", "log"})
    exps = logs or bool(kinds & {"Softmax", "ElementwiseExp", "exp"})
    turns = bool(kinds & {"ElementwiseCos", "ElementwiseSin", "cos", "sin"})
    if (exps or turns) and scalars != _ORDERED:
        raise ExportError(f"exp, log, cos and sin have no form in Rocq over {scalars}: only over the real numbers")
    binders = ["(ex : RR -> RR) (ex_laws : is_exp ex)"] if exps else []
    binders += ["(lg : RR -> RR) (lg_laws : is_log ex lg)"] if logs else []
    return [*binders, "(co : RR -> RR) (si : RR -> RR) (co_laws : is_turn co si)"] if turns else binders


def _size(n: Size) -> list[str]:
    least = [f"({n.name}_min : ({n.minimum - 1} < {n.name})%N)"] if n.minimum else []
    return [f"({n.name} : nat)", *least]


def _letter(letter: Any, *, ordered: bool) -> list[str]:
    parts = [f"({letter.name} : {Terms().kind(letter)})"]
    for fact in sorted(getattr(letter, "facts", ())):
        parts.append(f"({letter.name}_{fact} : {_FACTS[fact].format(letter.name)})")
    if type(letter).__name__ == "BilinearMap":
        parts.append(f"({letter.name}_bilinear : is_bilinear {letter.name})")
    if getattr(letter, "is_Symbol", False) and letter.is_positive:
        # without an order a positive letter is any letter, which says more
        parts.append(f"({letter.name}_positive : {f'0 < {letter.name}' if ordered else 'True'})")
    return parts


def _check_names(named: list[Any]) -> None:
    for letter in named:
        if letter.name in RESERVED or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_']*", letter.name):
            raise ExportError(f"Rocq cannot have a letter called {letter.name}: give it another name")
    names = [letter.name for letter in named]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ExportError(f"two things are called {twice}: give one of them another name")


def claim(expr: Any) -> str:
    """A claim as a proposition.

    Raises    ExportError where something in it has no form in Rocq
    """
    rule = _CLAIMS.get(type(expr).__name__)
    if rule is None:
        raise ExportError(f"{text(expr)} has no form in Rocq: the claim {type(expr).__name__} is not among its own")
    return rule(expr)


def _compared(sign: str, matrices: str) -> Callable[[Any], str]:
    def write(expr: Any) -> str:
        if not expr.left.is_Matrix:
            return f"{Terms().scalar(expr.left)} {sign} {Terms().scalar(expr.right)}"
        shapes = zip(rigid(expr.left), rigid(expr.right), strict=True)
        rows, cols = (left or right for left, right in shapes)
        left, right = (Terms().matrix(side, (rows, cols)) for side in (expr.left, expr.right))
        return matrices.format(left, right)

    return write


def _rank_at_most(expr: Any) -> str:
    return f"({_rank(expr)} <= {_bound(expr.bound)})%N"


def _rank_at_least(expr: Any) -> str:
    return f"({_bound(expr.bound)} <= {_rank(expr)})%N"


def _rank(expr: Any) -> str:
    return rf"\rank ({Terms().matrix(expr.arg)})%R"


def _bound(expr: Any) -> str:
    return _rank(expr) if isinstance(expr, Rank) else size(expr)


def _equal(expr: Any) -> str:
    if isinstance(expr.left, Rank) or isinstance(expr.right, Rank):
        return f"({_bound(expr.left)} = {_bound(expr.right)})%N"
    return _compared("=", "{} = {}")(expr)


def _positive(expr: Any) -> str:
    return f"positive {Terms().matrix(expr.arg)}" if expr.arg.is_Matrix else f"0 < {Terms().scalar(expr.arg)}"


def _not(expr: Any) -> str:
    inner = expr.claim
    if type(inner).__name__ != "Equal":
        return f"~ ({claim(inner)})"
    left, _, right = claim(inner).partition(" = ")
    return f"{left} <> {right}"


def _quantified(word: str) -> Callable[[Any], str]:
    def write(expr: Any) -> str:
        _check_bound(expr.variables)
        bound = " ".join(f"({v.name} : {Terms().kind(v)})" for v in expr.variables)
        return f"{word} {bound}, {claim(expr.claim)}"

    return write


def _check_bound(variables: Iterable[Any]) -> None:
    for variable in variables:
        if getattr(variable, "facts", ()) or (variable.is_Symbol and variable.is_positive):
            raise ExportError(f"the bound letter {text(variable)} has facts, which have no form in Rocq")


_CLAIMS: dict[str, Callable[[Any], str]] = {
    "Equal": _equal,
    "AtMost": _compared("<=", "at_most {} {}"),
    "RankAtMost": _rank_at_most,
    "RankAtLeast": _rank_at_least,
    "PSD": lambda expr: f"psd {Terms().matrix(expr.arg)}",
    "Positive": _positive,
    "Not": _not,
    "And": lambda expr: " /\\ ".join(f"({claim(part)})" for part in expr.args) or "True",
    "Implies": lambda expr: f"({claim(expr.hypothesis)}) -> ({claim(expr.conclusion)})",
    "Iff": lambda expr: f"({claim(expr.left)}) <-> ({claim(expr.right)})",
    "ForAll": _quantified("forall"),
    "Exists": _quantified("exists"),
}
