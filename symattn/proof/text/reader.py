"""The walk from the syntax tree of a statement to SymPy objects of the language.

`Reader` accepts the nodes listed in parse.py and refuses every other one by name, at its column.
"""

from __future__ import annotations

import ast
import textwrap
from dataclasses import dataclass
from typing import Any, NoReturn

from sympy import Basic, Integer, Rational

from symattn import language
from symattn.language.trees.unevaluated import Transpose, add, multiply, raise_to
from symattn.proof.text.scope import Scope, size_value, suggestion
from symattn.proof.text.signatures import FUNCTIONS, KINDS, Signature, describe, is_claim, is_matrix, is_scalar
from symattn.proof.text.source import PRODUCTS, SUMS, Source, spine

LARGEST_EXPONENT = 1000
LONGEST_NUMBER = 10_000  # bits

_REFUSED = {
    ast.Lambda: "a lambda",
    ast.IfExp: "an if … else",
    ast.Dict: "a dictionary",
    ast.Set: "a set",
    ast.List: "a list",
    ast.Tuple: "a tuple",
    ast.ListComp: "a comprehension",
    ast.SetComp: "a comprehension",
    ast.DictComp: "a comprehension",
    ast.GeneratorExp: "a comprehension",
    ast.Await: "an await",
    ast.Yield: "a yield",
    ast.YieldFrom: "a yield",
    ast.NamedExpr: "an assignment",
    ast.JoinedStr: "a string",
    ast.Starred: "a starred expression",
    ast.Slice: "a slice",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the trees of one piece of text in one scope."""

    scope: Scope
    piece: Source

    def claim(self, node: ast.expr) -> Any:
        """Something true or false, or a refusal that says how to make a claim of it."""
        value = self.value(node)
        if not is_claim(value):
            hint = "Compare two things: A == B, A <= B, Rank(A) <= k, PSD(A)."
            self._refuse(f"{self.piece.quote(node)!r} is {describe(value)}, and not a claim", node, hint)
        return value

    def value(self, node: ast.expr) -> Any:
        """What the tree stands for: a matrix, a number, a claim, a family or an index."""
        match node:
            case ast.Constant():
                return self._number(node)
            case ast.Name():
                return self._name(node)
            case ast.Attribute():
                return self._attribute(node)
            case ast.Subscript():
                return self._subscript(node)
            case ast.Call():
                return self._call(node)
            case ast.Compare():
                return self._compare(node)
            case ast.BoolOp(op=ast.And()):
                return language.And(*map(self.claim, node.values))
            case ast.UnaryOp(op=ast.Not()):
                return language.Not(self.claim(node.operand))
            case ast.UnaryOp(op=ast.USub()):
                return multiply(Integer(-1), self._expression(node.operand))
            case ast.UnaryOp(op=ast.UAdd()):
                return self._expression(node.operand)
            case ast.BinOp(op=ast.Pow()):
                return self._power(node)
            case ast.BinOp() if isinstance(node.op, PRODUCTS):
                return self._product(node)
            case ast.BinOp() if isinstance(node.op, SUMS):
                return self._sum(node)
        self._refuse_node(node)

    def _refuse(self, what: str, node: ast.AST | None = None, accepted: str = "") -> NoReturn:
        raise self.piece.refuse(what, node, accepted=accepted)

    def _refuse_node(self, node: ast.expr) -> NoReturn:
        if isinstance(node, ast.BoolOp):
            self._refuse(
                "'or' is not part of the language", node.values[1], "There are 'and', 'not' and Implies(P, Q)."
            )
        operator = getattr(node, "op", None)
        name = _REFUSED.get(type(node)) or f"the operator {type(operator or node).__name__}"
        self._refuse(f"{name} is not part of the language", node, "Operators are + - * @ / **, .T and comparisons.")

    def _number(self, node: ast.Constant) -> Any:
        if type(node.value) is int:
            return Integer(node.value)
        if isinstance(node.value, float):
            self._refuse(f"{self.piece.quote(node)} is a rounded number", node, "Write a fraction: 1/2 for 0.5.")
        self._refuse(f"{self.piece.quote(node)} is not part of the language", node, "Numbers are written 2 or 1/2.")

    def _name(self, node: ast.Name) -> Any:
        value = self.scope.find(node.id)
        if value is not None:
            return value
        if node.id in FUNCTIONS:
            self._refuse(f"{node.id} is a function", node, f"Write {FUNCTIONS[node.id]}.")
        near = suggestion(node.id, [*self.scope.names(), *FUNCTIONS])
        declared = f"Declared are {', '.join(self.scope.names()[:20]) or 'no names'}."
        self._refuse(f"unknown name {node.id!r}", node, f"{near}  {declared}".strip())

    def _attribute(self, node: ast.Attribute) -> Any:
        value = self.value(node.value)
        if node.attr not in ("T", "I"):
            self._refuse(f"'.{node.attr}' is not part of the language", node, "The only ones are .T and .I.")
        if not is_matrix(value):
            self._refuse(f"'.{node.attr}' of {describe(value)}", node, "It is for a matrix.")
        return Transpose(value) if node.attr == "T" else language.inverse(value)

    def _subscript(self, node: ast.Subscript) -> Any:
        base = self.value(node.value)
        if isinstance(base, language.Family):
            at = node.slice
            return base[self._whole(at) if isinstance(at, ast.Constant) else self._argument("index", at)]
        if is_matrix(base) and isinstance(node.slice, ast.Tuple) and len(node.slice.elts) == 2:
            return language.entry(base, *map(self._whole, node.slice.elts))
        self._refuse(f"{self.piece.quote(node)!r} selects nothing", node, "Q[h] is for a family, A[0, 1] for a matrix.")

    def _whole(self, node: ast.expr) -> int:
        if isinstance(node, ast.Constant) and type(node.value) is int:
            return node.value
        self._refuse(f"{self.piece.quote(node)!r} is not a whole number", node, "Write 0, 1, 2, …")

    def _expression(self, node: ast.expr) -> Any:
        value = self.value(node)
        if not (is_matrix(value) or is_scalar(value)):
            self._refuse(f"{describe(value)} stands where a matrix or a number should", node)
        return value

    def _product(self, node: ast.expr) -> Any:
        factors: list[Any] = []
        for operator, part in spine(node, PRODUCTS):
            value = self._expression(part)
            if isinstance(operator, ast.Div):
                value = self._inverted(value, part)
            elif isinstance(operator, ast.MatMult) and not is_matrix(value):
                self._refuse("'@' multiplies matrices, and this is a number", part, "Write * for a number.")
            factors.append(value)
        return multiply(*factors)

    def _inverted(self, value: Any, node: ast.expr) -> Any:
        if is_matrix(value):
            hint = "Divide by a number; total(A) makes a number of a 1×1 matrix A."
            self._refuse("division by a matrix", node, hint)
        if value == 0:
            self._refuse("division by zero", node)
        return raise_to(value, Integer(-1))

    def _sum(self, node: ast.expr) -> Any:
        terms = []
        for operator, part in spine(node, SUMS):
            value = self._expression(part)
            terms.append(multiply(Integer(-1), value) if isinstance(operator, ast.Sub) else value)
        if not (all(map(is_scalar, terms)) or all(map(is_matrix, terms))):
            hint = "t*ones(m, n) is the matrix with t everywhere."
            self._refuse("a matrix and a number are added", node, hint)
        return add(*terms)

    def _power(self, node: ast.BinOp) -> Any:
        base, exponent = self._expression(node.left), self._expression(node.right)
        if is_scalar(base) and not isinstance(exponent, Rational) and language.is_size(exponent):
            return raise_to(base, size_value(self.scope, self.piece, node.right))
        if not isinstance(exponent, Rational):
            self._refuse("the exponent is not a number", node.right, "Exponents are written 2, -1 or (1/2).")
        if abs(exponent.p) > LARGEST_EXPONENT or exponent.q > LARGEST_EXPONENT:
            self._refuse("the exponent is too large", node.right, f"At most {LARGEST_EXPONENT}.")
        if is_matrix(base):
            if not isinstance(exponent, Integer) or exponent < 0:
                self._refuse(f"a matrix to the power {exponent}", node, "Powers of matrices are 0, 1, 2, …")
        elif isinstance(base, Rational):
            self._refuse_huge(base, exponent, node)
            if base == 0 and exponent < 0:
                self._refuse("division by zero", node)
        return raise_to(base, exponent)

    def _refuse_huge(self, base: Any, exponent: Any, node: ast.expr) -> None:
        bits = max(int(base.p).bit_length(), int(base.q).bit_length())
        if bits * abs(exponent.p) > LONGEST_NUMBER * exponent.q:
            self._refuse("the number is too large", node, f"Numbers have at most {LONGEST_NUMBER} bits.")

    def _compare(self, node: ast.Compare) -> Any:
        sides = [node.left, *node.comparators]
        claims = [self._comparison(a, op, b) for a, op, b in zip(sides, node.ops, sides[1:], strict=False)]
        return claims[0] if len(claims) == 1 else language.And(*claims)

    def _comparison(self, left_node: ast.expr, operator: ast.cmpop, right_node: ast.expr) -> Any:
        left, right = self._expression(left_node), self._expression(right_node)
        left, right = _zero_like(left, right), _zero_like(right, left)
        match operator:
            case ast.Eq():
                return language.Equal(left, right)
            case ast.NotEq():
                return language.Not(language.Equal(left, right))
            case ast.LtE():
                return language.at_most(left, right)
            case ast.GtE():
                return language.at_most(right, left)
            case ast.Gt():
                return self._positive(left, right, right_node)
            case ast.Lt():
                return self._positive(right, left, left_node)
        self._refuse(f"the comparison {type(operator).__name__} is not part of the language", right_node)

    def _positive(self, large: Any, small: Any, node: ast.expr) -> Any:
        if isinstance(large, language.Rank) or isinstance(small, language.Rank):
            return large > small if isinstance(large, language.Rank) else small < large
        if not (small == 0 or getattr(small, "is_ZeroMatrix", False)):
            self._refuse("'<' and '>' compare with 0 only", node, "Write A - B > 0.")
        return language.Positive(large)

    def _call(self, node: ast.Call) -> Any:
        if not isinstance(node.func, ast.Name):
            self._refuse(f"{self.piece.quote(node.func)!r} cannot be called", node)
        name = node.func.id
        if name not in FUNCTIONS:
            near = suggestion(name, FUNCTIONS) or textwrap.fill(f"The functions are {', '.join(FUNCTIONS)}.", 100)
            self._refuse(f"unknown function {name!r}", node, near)
        signature = FUNCTIONS[name]
        kinds = signature.spread(len(node.args))
        if kinds is None:
            self._refuse(f"{name} is given {len(node.args)} arguments", node, f"Write {signature}.")
        arguments = [self._argument(kind, part, signature) for kind, part in zip(kinds, node.args, strict=True)]
        named = {str(word.arg): self._keyword(word, signature) for word in node.keywords}
        if name in ("ForAll", "Exists"):
            *letters, claim = arguments
            return getattr(language, name)(tuple(letters), claim)
        return getattr(language, name)(*arguments, **named)

    def _keyword(self, word: ast.keyword, signature: Signature) -> Any:
        if word.arg not in signature.named:
            self._refuse(f"{signature.name} has no argument named {word.arg!r}", word.value, f"Write {signature}.")
        return self._argument(signature.named[word.arg], word.value, signature)

    def _argument(self, kind: str, node: ast.expr, signature: Signature | None = None) -> Any:
        if kind == "size":
            return size_value(self.scope, self.piece, node)
        if kind == "number":
            return self._whole(node)
        value = self.value(node)
        fits = isinstance(node, ast.Name) if kind == "letter" else KINDS[kind](value)
        if not fits:
            accepted = f"Write {signature}." if signature else ""
            self._refuse(f"{self.piece.quote(node)!r} is {describe(value)}, and not a {kind}", node, accepted)
        return value


def _zero_like(value: Basic, other: Any) -> Any:
    """The number 0 beside a matrix is the zero matrix."""
    return language.zeros(*other.shape) if is_matrix(other) and value == 0 and is_scalar(value) else value
