"""The walk from the syntax tree of a statement to SymPy objects of the language.

`Reader` accepts the nodes listed in parse.py and refuses every other one by name, at its column.
"""

from __future__ import annotations

import ast
import textwrap
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NoReturn

from sympy import Integer

from symattn import language
from symattn.language.shapes.signs import sign
from symattn.language.spellings.norms import by_squares
from symattn.language.spellings.table import INSTEAD, instead
from symattn.language.trees.sides import is_one_entry
from symattn.language.trees.unevaluated import Transpose, add, as_number, filled, multiply
from symattn.proof.text.axes import AXES, KEPT, OVER_ROWS, along, axis, refuse_column
from symattn.proof.text.implied.extremes import bounded
from symattn.proof.text.implied.inverses import inverse_in
from symattn.proof.text.implied.means import MOMENTS, moment
from symattn.proof.text.implied.piecewise import PIECEWISE, applied
from symattn.proof.text.implied.size_powers import refuse_derivative
from symattn.proof.text.index_sums import IndexSum
from symattn.proof.text.indexing import literal, member_in, part_of
from symattn.proof.text.powers import decimal, need_declared, power
from symattn.proof.text.products import Product
from symattn.proof.text.scope import Scope, size_value, suggestion
from symattn.proof.text.signatures import FUNCTIONS, KINDS, NAMES, Signature, describe, is_claim, is_matrix, is_scalar
from symattn.proof.text.source import PRODUCTS, SUMS, Source, spine

VARYING = ("Gradient", "Jacobian", "hessian", "ForAll", "Exists")
MADE_ALREADY = "  Of queries, keys and values that are made already, scaled_dot_product_attention(Q, K, V)."

_REFUSED = {
    ast.Lambda: "a lambda",
    ast.IfExp: "an if … else",
    ast.Dict: "a dictionary",
    ast.Set: "a set",
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
    """Reads the trees of one piece of text in one scope; `stars` has what `*` between matrices means in it."""

    scope: Scope
    piece: Source
    stars: set[str] = field(default_factory=set)

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
                need_declared(self.scope, self.piece, node.right)
                base, exponent = self._expression(node.left), self._expression(node.right)
                return power(self.scope, self.piece, node, base, exponent)
            case ast.List():
                return literal(self.piece, node, self._expression)
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
        self._refuse(f"{name} is not part of the language", node, "Operators are + - * @ / ** ∘, .T and comparisons.")

    def _number(self, node: ast.Constant) -> Any:
        if type(node.value) is int:
            return Integer(node.value)
        if isinstance(node.value, float):
            return decimal(self.piece, node)
        self._refuse(f"{self.piece.quote(node)} is not part of the language", node, "Numbers are written 2 or 1/2.")

    def _two_names(self, name: str) -> str:
        """What a name is that is two declared names without a sign between them."""
        cuts = ((name[:at], name[at:]) for at in range(1, len(name)))
        pair = next((cut for cut in cuts if all(self.scope.find(part) is not None for part in cut)), None)
        return f"Write {pair[0]} @ {pair[1]} for the product." if pair else ""

    def _name(self, node: ast.Name) -> Any:
        value = self.scope.find(node.id)
        if value is not None:
            return value
        if node.id in NAMES:
            self._refuse(f"{node.id} is a function", node, f"Write {NAMES[node.id]}.")
        near = INSTEAD.get(node.id, "") or self._two_names(node.id)
        near = near or suggestion(node.id, [*self.scope.names(), *FUNCTIONS])
        declared = f"Declared are {', '.join(self.scope.names()[:20]) or 'no names'}."
        self._refuse(f"unknown name {node.id!r}", node, f"{near}  {declared}".strip())

    def _attribute(self, node: ast.Attribute) -> Any:
        value = self.value(node.value)
        if node.attr not in ("T", "I"):
            self._refuse(f"'.{node.attr}' is not part of the language", node, "The only ones are .T and .I.")
        if not is_matrix(value):
            self._refuse(f"'.{node.attr}' of {describe(value)}", node, "It is for a matrix.")
        return Transpose(value) if node.attr == "T" else inverse_in(self.scope, value)

    def _subscript(self, node: ast.Subscript) -> Any:
        base = self.value(node.value)
        if isinstance(base, language.Family):
            return base[member_in(self.scope, self.piece, node.slice, partial(self._argument, "index"))]
        if is_matrix(base):
            return part_of(self.scope, self.piece, base, node)
        self._refuse(f"{self.piece.quote(node)!r} selects nothing", node, "Q[h] is for a family, A[0, 1] for a matrix.")

    def _whole(self, node: ast.expr) -> int:
        if isinstance(node, ast.Constant) and type(node.value) is int:
            return node.value
        self._refuse(f"{self.piece.quote(node)!r} is not a whole number", node, "Write 0, 1, 2, …")

    def _truth(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Constant) and node.value in (True, False):
            return bool(node.value)
        self._refuse(f"{self.piece.quote(node)!r} is neither True nor False", node)

    def _aligned(self, node: ast.expr) -> str:
        if isinstance(node, ast.Constant) and node.value in ("lower-right", "upper-left"):
            return str(node.value)
        said = self.piece.quote(node)
        self._refuse(f"{said} aligns nothing", node, 'Write "lower-right" or "upper-left".')

    def _expression(self, node: ast.expr) -> Any:
        value = self.value(node)
        if not (is_matrix(value) or is_scalar(value)):
            self._refuse(f"{describe(value)} stands where a matrix or a number should", node)
        return value

    def _product(self, node: ast.expr) -> Any:
        product = Product(self.piece, node, self.stars)
        for operator, part in spine(node, PRODUCTS):
            product.take(operator, self._expression(part), part)
        return product.value()

    def _sum(self, node: ast.expr) -> Any:
        terms = []
        for operator, part in spine(node, SUMS):
            value = self._expression(part)
            terms.append(multiply(Integer(-1), value) if isinstance(operator, ast.Sub) else value)
        return add(*terms)

    def _compare(self, node: ast.Compare) -> Any:
        sides = [node.left, *node.comparators]
        claims = [self._comparison(a, op, b) for a, op, b in zip(sides, node.ops, sides[1:], strict=False)]
        return claims[0] if len(claims) == 1 else language.And(*claims)

    def _comparison(self, left_node: ast.expr, operator: ast.cmpop, right_node: ast.expr) -> Any:
        pairs = bounded((left_node, right_node), operator, self._expression)
        if pairs is not None:
            claims = [self._compared(left, operator, right, right_node) for left, right in pairs]
            return claims[0] if len(claims) == 1 else language.And(*claims)
        return self._compared(self._expression(left_node), operator, self._expression(right_node), right_node)

    def _compared(self, left: Any, operator: ast.cmpop, right: Any, right_node: ast.expr) -> Any:
        left, right = by_squares(left, right, self.scope.sure)
        match operator:
            case ast.Eq():
                return language.Equal(left, right)
            case ast.NotEq():
                if right == 0 and is_scalar(left) and sign(left) == 0:  # then it says the same, and more is made of it
                    return language.Positive(left)
                return language.Not(language.Equal(left, right))
            case ast.LtE():
                return language.at_most(left, right)
            case ast.GtE():
                return language.at_most(right, left)
            case ast.Gt():
                return _greater(left, right)
            case ast.Lt():
                return _greater(right, left)
        self._refuse(f"the comparison {type(operator).__name__} is not part of the language", right_node)

    def _call(self, node: ast.Call) -> Any:
        if isinstance(node.func, ast.Name) and node.func.id in PIECEWISE:
            return applied(self.scope, self.piece, node, node.func.id, self._expression)
        if isinstance(node.func, ast.Name) and node.func.id in MOMENTS and self.scope.find(node.func.id) is None:
            return moment(self.scope, self.piece, node, node.func.id, self._expression)
        name, signature = self._function(node.func)
        match node:
            case ast.Call(args=[ast.GeneratorExp() as terms], keywords=[]) if signature.name == "total":
                return IndexSum(self.scope, self.piece, terms, self._expression).value()
        kinds = signature.spread(len(node.args))
        if kinds is None:
            hint = MADE_ALREADY if (name, len(node.args)) == ("attention", 3) else ""
            self._refuse(f"{name} is given {len(node.args)} arguments", node, f"Write {signature}.{hint}")
        arguments = [self._argument(kind, part, signature) for kind, part in zip(kinds, node.args, strict=True)]
        named = {str(word.arg): self._keyword(word, signature) for word in node.keywords}
        if signature.name in OVER_ROWS:
            refuse_column(self.piece, node, name, arguments[0], named)
        if name == "norm2" and 1 not in arguments[0].shape:
            inside = self.piece.quote(node.args[0])
            hint = f"Write norm({inside}), the root of the sum of squares; the spectral norm is not in the language."
            self._refuse("the 2-norm of a matrix can mean two things", node, hint)
        return self._applied(node, signature, arguments, named)

    def _function(self, node: ast.expr) -> tuple[str, Signature]:
        """The function by the name that it is called by here, and what it takes."""
        if not isinstance(node, ast.Name):
            name = node.attr if isinstance(node, ast.Attribute) else ""
            hint = f"Write {NAMES[name]}." if name in NAMES else INSTEAD.get(name, "")
            if name == "sum":
                hint = "Write total(A) for all entries; rowsum(A) is the column of the sums of rows, as .sum(-1)."
            self._refuse(f"{self.piece.quote(node)!r} cannot be called", node, hint)
        if node.id not in NAMES:
            near = instead(node.id, FUNCTIONS) or textwrap.fill(f"The functions are {', '.join(FUNCTIONS)}.", 100)
            self._refuse(f"unknown function {node.id!r}", node, near)
        return node.id, NAMES[node.id]

    def _applied(self, node: ast.Call, signature: Signature, arguments: list[Any], named: dict[str, Any]) -> Any:
        if signature.name in VARYING:
            refuse_derivative(self.scope, self.piece, node, [*arguments, *named.values()])
        if signature.name in ("ForAll", "Exists"):
            *letters, claim = arguments
            return getattr(language, signature.name)(tuple(letters), claim)
        if signature.name == "Gradient" and is_scalar(arguments[1]):
            return language.Partial(*map(as_number, arguments))
        if signature.name == "inverse":
            return inverse_in(self.scope, *arguments)
        if {*AXES, *KEPT} & named.keys():
            return along(self.piece, node, signature.name, arguments[0], named)
        return getattr(language, signature.name)(*arguments, **named)

    def _keyword(self, word: ast.keyword, signature: Signature) -> Any:
        if word.arg not in signature.named:
            hint = f"Write {signature}."
            if word.arg and word.arg in self.scope.names():
                hint += f"  An equation is written {word.arg} == …."
            self._refuse(f"{signature.name} has no argument named {word.arg!r}", word.value, hint)
        return self._argument(signature.named[word.arg], word.value, signature)

    def _argument(self, kind: str, node: ast.expr, signature: Signature | None = None) -> Any:
        if kind == "size":
            return size_value(self.scope, self.piece, node)
        if kind == "place" and isinstance(node, ast.Name) and KINDS["index"](self.scope.find(node.id)):
            return self.scope.find(node.id)
        if kind in ("number", "place"):
            return self._whole(node)
        if kind == "axis":
            return axis(self.piece, node)
        if kind == "truth":
            return self._truth(node)
        if kind == "alignment":
            return self._aligned(node)
        if kind == "layout" and isinstance(node, ast.Name) and self.scope.find(node.id) is None:
            return node.id
        if kind == "layout" and isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        value = self.value(node)
        if kind == "scalar" and is_one_entry(value):
            return as_number(value)
        fits = isinstance(node, ast.Name) if kind == "letter" else KINDS[kind](value)
        if not fits:
            accepted = f"Write {signature}." if signature else ""
            self._refuse(f"{self.piece.quote(node)!r} is {describe(value)}, and not a {kind}", node, accepted)
        return value


def _greater(large: Any, small: Any) -> Any:
    """large > small, in every entry."""
    if isinstance(large, language.Rank) or isinstance(small, language.Rank):
        return large > small if isinstance(large, language.Rank) else small < large
    if small == 0 or getattr(small, "is_ZeroMatrix", False):
        return language.Positive(large)
    if is_matrix(large) != is_matrix(small) and not is_one_entry(large) and not is_one_entry(small):
        shape = (large if is_matrix(large) else small).shape
        large, small = (value if is_matrix(value) else filled(value, shape) for value in (large, small))
    return language.Positive(add(large, multiply(Integer(-1), small)))
