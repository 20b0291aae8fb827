"""Matrices and scalars as terms of MathComp.  rocq.py writes the claims around them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sympy import Integer, Rational, S

from symattn.errors import ExportError
from symattn.language import HeadIndex, Pair, Size, place_of, text
from symattn.language.sizes import same_size
from symattn.rocq.printing.masks import holds_zeros_and_ones
from symattn.rocq.printing.sizes import Shape, rigid, size

__all__ = ["Terms"]

RING = "RR"
_UNARY = {"Trace": r"\tr", "Total": "total", "Determinant": r"\det"}
_FUNCTIONS = {"exp": "ex", "log": "lg", "cos": "co", "sin": "si"}


@dataclass(frozen=True)
class Terms:
    """Writes terms over the ring RR; inside a derivative over its dual numbers, where `moving` is what moves."""

    moving: Any = None

    @property
    def ring(self) -> str:
        return f"(dual_ringType {RING})" if self.moving is not None else RING

    @property
    def scalars(self) -> str:
        return f"dual {RING}" if self.moving is not None else RING

    def function(self, name: str) -> str:
        """exp, log, cos or sin, the abstract ones, or what they do to dual numbers."""
        plain = _FUNCTIONS[name]
        if self.moving is None:
            return plain
        return f"(dual_{name} co si)" if name in ("cos", "sin") else f"(dual_{name} {plain})"

    def named(self, name: str) -> str:
        return f"dual_{name}" if self.moving is not None else name

    def kind(self, letter: Any) -> str:
        """The type of a letter: a matrix, a family of them, a scalar, a bilinear map."""
        match type(letter).__name__:
            case "Family":
                return f"'I_{size(letter.heads)} -> {self.matrices(*letter.shape)}"
            case "BilinearMap":
                left, right = letter.shape
                return f"{self.matrices(1, left)} -> {self.matrices(1, right)} -> {self.ring}"
        shape = getattr(letter, "shape", ())
        return self.matrices(*shape) if shape else self.scalars

    def matrices(self, rows: Any, cols: Any) -> str:
        rows, cols = (size(S(n)) for n in (rows, cols))
        return f"'M[{self.scalars}]_({_bare(rows)}, {_bare(cols)})"

    # ---- matrices

    def matrix(self, expr: Any, shape: Shape = (None, None)) -> str:
        """The matrix, written so that its rows and columns are the given ones.

        MathComp keeps a + b and b + a apart: where two ways to write one size meet, `resize` says so.

        Raises    ExportError where a node has no form in Rocq
        """
        own = rigid(expr)
        if any(mine and wanted and mine != wanted for mine, wanted in zip(own, shape, strict=True)):
            rows, cols = (wanted or mine for mine, wanted in zip(own, shape, strict=True))
            return f"(resize {_nat(rows)} {_nat(cols)} {self.matrix(expr)})"
        rows, cols = (mine or wanted for mine, wanted in zip(own, shape, strict=True))
        if type(expr).__name__ == "Identity":
            rows, cols = rows or cols, cols or rows
        rule = getattr(self, f"_{type(expr).__name__}", None)
        if rule is None:
            raise ExportError(f"{text(expr)} has no form in Rocq: the node {type(expr).__name__} is not among its own")
        return str(rule(expr, (rows or size(expr.shape[0]), cols or size(expr.shape[1]))))

    def _letter(self, name: str, letter: Any) -> str:
        return name if self.moving in (None, letter) else f"(lift_mx {name})"

    def _Matrix(self, expr: Any, shape: Shape) -> str:
        return self._letter(expr.name, expr)

    def _Member(self, expr: Any, shape: Shape) -> str:
        one, steps = place_of(expr.head)
        if isinstance(one, Pair) or (isinstance(one, HeadIndex) and same_size(one.size, expr.family.heads)):
            return self._letter(f"({expr.name} {_head(one)})", expr)
        places = [*([] if one is None else [str(one)]), *([size(steps)] if steps != 0 or one is None else [])]
        return self._letter(f"(member {expr.name} ({' + '.join(places)})%N)", expr)

    def _MatrixOf(self, expr: Any, shape: Shape) -> str:
        return self._letter(f"(matrix_of {expr.form.name})", expr)

    def _OneMatrix(self, expr: Any, shape: Shape) -> str:
        return f"(ones {self.ring} {_nat(shape[0])} {_nat(shape[1])})"

    def _ZeroMatrix(self, expr: Any, shape: Shape) -> str:
        return f"(zeros {self.ring} {_nat(shape[0])} {_nat(shape[1])})"

    def _Identity(self, expr: Any, shape: Shape) -> str:
        one = f"(identity {self.ring} {_nat(shape[0])})"
        return one if shape[0] == shape[1] else f"(resize {_nat(shape[0])} {_nat(shape[1])} {one})"

    def _Unit(self, expr: Any, shape: Shape) -> str:
        return f"(unit_row {self.ring} {_nat(shape[1])} {expr.place})"

    def _Before(self, expr: Any, shape: Shape) -> str:
        a, b = (_nat(size(offset)) for offset in expr.offsets)
        return f"(order_mx {self.ring} {_nat(shape[0])} {_nat(shape[1])} {a} {b})"

    def _Shift(self, expr: Any, shape: Shape) -> str:
        return f"(shift_mx {self.ring} {_nat(shape[0])} {_nat(shape[1])} {_nat(size(expr.steps))})"

    def _MatAdd(self, expr: Any, shape: Shape) -> str:
        return _sum([self._signed(arg, shape) for arg in expr.args])

    def _signed(self, expr: Any, shape: Shape) -> tuple[str, str]:
        if type(expr).__name__ == "MatMul":
            scale, factors = expr.as_coeff_matrices()
            if _negative(scale):
                return "-", self._product(-scale, factors, shape)
        return "+", self.matrix(expr, shape)

    def _MatMul(self, expr: Any, shape: Shape) -> str:
        scale, factors = expr.as_coeff_matrices()
        if _negative(scale):
            return f"(- {self._product(-scale, factors, shape)})"
        return self._product(scale, factors, shape)

    def _product(self, scale: Any, factors: list[Any], shape: Shape) -> str:
        shapes = [rigid(factor) for factor in factors]
        inner = [
            here[1] or after[0] or size(f.shape[1]) for f, here, after in zip(factors, shapes, shapes[1:], strict=False)
        ]
        places = zip([shape[0], *inner], [*inner, shape[1]], strict=True)
        parts = [self.matrix(f, place) for f, place in zip(factors, places, strict=True)]
        product = f"({' *m '.join(parts)})" if len(parts) > 1 else parts[0]
        return product if scale == 1 else f"({self.scalar(scale)} *: {product})"

    def _MatPow(self, expr: Any, shape: Shape) -> str:
        if not (isinstance(expr.exp, Integer) and expr.exp > 0):
            raise ExportError(f"the power {text(expr)} has no form in Rocq: only whole powers have")
        return self._product(S.One, [expr.base] * int(expr.exp), shape)

    def _Hadamard(self, expr: Any, shape: Shape) -> str:
        first, *others = (self.matrix(arg, shape) for arg in expr.args)
        for other in others:
            first = f"(hadamard {first} {other})"
        return first

    def _Transpose(self, expr: Any, shape: Shape) -> str:
        return f"{self.matrix(expr.arg, shape[::-1])}^T"

    def _T(self, expr: Any, shape: Shape) -> str:
        return f"(trmx {self.matrix(expr.arg, shape[::-1])})"

    def _Inverse(self, expr: Any, shape: Shape) -> str:
        return f"(invmx {self.matrix(expr.arg, shape)})"

    def _Softmax(self, expr: Any, shape: Shape) -> str:
        scores = self.matrix(expr.scores, shape)
        if expr.mask is None:
            return f"({self.named('softmax')} ex {scores})"
        if self.moving is not None and not holds_zeros_and_ones(expr.mask):
            reason = "its mask may hold more than 0 and 1"
            raise ExportError(f"the derivative of {text(expr)} has no form in Rocq: {reason}")
        mask = replace(self, moving=None).matrix(expr.mask, shape)
        return f"({self.named('masked_softmax')} ex {mask} {scores})"

    def _each(self, expr: Any, shape: Shape) -> str:
        name = type(expr).__name__.removeprefix("Elementwise").lower()
        return f"(map_mx {self.function(name)} {self.matrix(expr.arg, shape)})"

    _ElementwiseExp = _ElementwiseLog = _ElementwiseCos = _ElementwiseSin = _each

    def _Reciprocal(self, expr: Any, shape: Shape) -> str:
        return f"({self.named('reciprocal')} {self.matrix(expr.arg, shape)})"

    def _RowSum(self, expr: Any, shape: Shape) -> str:
        return f"(rowsum {self.matrix(expr.arg, (shape[0], None))})"

    def _Diag(self, expr: Any, shape: Shape) -> str:
        if expr.arg.shape[0] == 1:
            return f"(diag_row {self.matrix(expr.arg, ('1', shape[1]))})"
        return f"(diag_col {self.matrix(expr.arg, (shape[0], '1'))})"

    def _HStack(self, expr: Any, shape: Shape) -> str:
        return _nested("row_mx", [self.matrix(block, (shape[0], None)) for block in expr.args])

    def _VStack(self, expr: Any, shape: Shape) -> str:
        return _nested("col_mx", [self.matrix(block, (None, shape[1])) for block in expr.args])

    def _over_heads(self, name: str) -> Callable[[Any, Shape], str]:
        def write(expr: Any, shape: Shape) -> str:
            return f"({name} (fun {expr.head} : 'I_{size(expr.head.size)} => {self.matrix(expr.expr, shape)}))"

        return write

    def _HeadConcat(self, expr: Any, shape: Shape) -> str:
        return self._over_heads("concat_heads")(expr, (shape[0], None))

    def _HeadStack(self, expr: Any, shape: Shape) -> str:
        return self._over_heads("stack_heads")(expr, (None, shape[1]))

    def _HeadSum(self, expr: Any, shape: Shape) -> str:
        return rf"(\sum_({expr.head} < {_bare(size(expr.head.size))}) {self.matrix(expr.expr, shape)})"

    def _Gradient(self, expr: Any, shape: Shape) -> str:
        return self._derivative("gradient", expr, lambda inner: inner.loss(expr.loss))

    def _Jacobian(self, expr: Any, shape: Shape) -> str:
        return self._derivative("jacobian", expr, lambda inner: inner.matrix(expr.function))

    def _derivative(self, name: str, expr: Any, write: Callable[[Any], str]) -> str:
        if self.moving is not None:
            raise ExportError(f"a derivative inside a derivative has no form in Rocq: {text(expr)}")
        if getattr(expr.variable, "facts", ()):
            raise ExportError(f"a derivative in a letter with declared facts has no form in Rocq: {text(expr)}")
        inner = replace(self, moving=expr.variable)
        letter = self.scalar(expr.variable) if not expr.variable.is_Matrix else expr.variable.name
        return f"({name} (fun {letter} : {inner.kind(expr.variable)} => {write(inner)}) {letter})"

    def loss(self, expr: Any) -> str:
        """What is differentiated: a scalar, or a 1×1 matrix for its entry."""
        return f"(entry {self.matrix(expr)} 0 0)" if expr.is_Matrix else self.scalar(expr)

    # ---- scalars

    def scalar(self, expr: Any) -> str:
        """The scalar, in parentheses unless it is a name or a number.

        Raises    ExportError where a node has no form in Rocq
        """
        if isinstance(expr, HeadIndex):
            raise ExportError(f"the head {text(expr)} is no number in Rocq")
        if isinstance(expr, Size):
            return self._constant(f"({size(expr)}%:R : {RING})")
        if expr.is_Rational:
            return _number(expr) if expr.is_Integer else self._constant(_number(expr))
        name = type(expr).__name__
        rule = getattr(self, f"_scalar_{name}", None)
        if name in _UNARY:
            return f"({_UNARY[name]} {self.matrix(expr.arg)})"
        if expr.is_Symbol:
            return str(expr) if self.moving in (None, expr) else f"(lift {expr})"
        if rule is None:
            raise ExportError(f"{text(expr)} has no form in Rocq: the node {name} is not among its own")
        return str(rule(expr))

    def _constant(self, number: str) -> str:
        return f"(lift {number})" if self.moving is not None else number

    def _scalar_Add(self, expr: Any) -> str:
        return _sum([self._term(arg) for arg in expr.args])

    def _term(self, expr: Any) -> tuple[str, str]:
        return ("-", self.scalar(-expr)) if _negative(expr) else ("+", self.scalar(expr))

    def _scalar_Mul(self, expr: Any) -> str:
        if _negative(expr):
            return f"(- {self.scalar(-expr)})"
        return f"({' * '.join(map(self.scalar, expr.args))})"

    def _scalar_Pow(self, expr: Any) -> str:
        base, power = expr.args
        if isinstance(power, Integer) and power > 0:
            return f"({self.scalar(base)} ^+ {power})"
        if power == -1 and self.moving is not None:
            return f"(dual_inv {self.scalar(base)})"
        if isinstance(power, Integer):
            return f"{self.scalar(base**-power)}^-1"
        if isinstance(power, Size):
            return f"({self.scalar(base)} ^+ {size(power)})"
        raise ExportError(f"the power {text(expr)} has no form in Rocq: only whole powers have")

    def _scalar_function(self, expr: Any) -> str:
        return f"({self.function(type(expr).__name__)} {self.scalar(expr.args[0])})"

    _scalar_exp = _scalar_log = _scalar_cos = _scalar_sin = _scalar_function

    def _scalar_ScalarHeadSum(self, expr: Any) -> str:
        return rf"(\sum_({expr.head} < {_bare(size(expr.head.size))}) {self.scalar(expr.expr)})"

    def _scalar_MatrixElement(self, expr: Any) -> str:
        return f"(entry {self.matrix(expr.parent)} {expr.i} {expr.j})"

    _scalar_Entry = _scalar_MatrixElement

    def _scalar_Bilinear(self, expr: Any) -> str:
        left, right = (size(n) for n in expr.form.shape)
        return f"({expr.form.name} {self.matrix(expr.x, ('1', left))} {self.matrix(expr.y, ('1', right))})"

    def _scalar_Partial(self, expr: Any) -> str:
        return self._derivative("partial", expr, lambda inner: inner.loss(expr.loss))


def _negative(scalar: Any) -> bool:
    return bool(scalar.as_coeff_Mul()[0].is_negative)


def _bare(written: str) -> str:
    """Without the outer parentheses, where Rocq reads a size anyway."""
    return written[1:-1] if written.startswith("(") else written


def _nat(written: str | None) -> str:
    return f"{written}%N" if written and written.startswith("(") else str(written)


def _head(head: Any) -> str:
    if isinstance(head, Pair):
        return f"(join {_head(head.g)} {_head(head.r)})"
    return str(head)


def _nested(name: str, parts: list[str]) -> str:
    *front, last = parts
    for part in reversed(front):
        last = f"({name} {part} {last})"
    return last


def _sum(parts: list[tuple[str, str]]) -> str:
    parts = sorted(parts, key=lambda part: part[0] == "-")  # A - B and not - B + A
    (sign, first), *others = parts
    head = first if sign == "+" else f"- {first}"
    return f"({' '.join([head, *(f'{s} {part}' for s, part in others)])})"


def _number(value: Rational) -> str:
    if value < 0:
        return f"(- {_number(-value)})"
    above = str(value.p) if value.p < 2 else f"{value.p}%:R"
    return above if value.q == 1 else f"{value.q}%:R^-1" if value.p == 1 else f"({above} / {value.q}%:R)"
