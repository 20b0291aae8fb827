"""Gradients as matrix formulas.  They are found by going backwards through the expression, and then proved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from sympy.matrices.expressions.matexpr import MatrixElement

from symattn import language as lang
from symattn.errors import LanguageError, Undecided
from symattn.language.trees.base import Binder
from symattn.language.trees.unevaluated import MatAdd, MatMul, add, multiply
from symattn.language.walk import inside_out, nearest
from symattn.proof.decision import Given, check_expression, prove
from symattn.proof.elaborate.sharing import FOLLOWED, LARGE, Sharing
from symattn.proof.write.names import letters

Rule = Callable[["_Backward", Any, Any], None]


def gradient(
    loss: sympy.Expr, letter: lang.Matrix | lang.Scalar, *, given: Given = (), where: dict[Any, Any] | None = None
) -> sympy.Expr:
    """dL/dA as a matrix expression (a scalar expression for a scalar letter), proved for all sizes.

    loss      L, a scalar or a 1×1 matrix
    letter    A, a matrix or scalar letter of it
    given     claims under which it has a derivative, such as x > 0 for log x
    where     letters for parts, {P: softmax(S)}, which the result is written with; it gets letters for all that is used
              more than once, so that the gradient of a deep loss is short: P for a softmax, H for a sum, dP for what
              arrives at P

    Shapes    L a scalar or 1×1; the result has the shape of A

    >>> n, k = sizes("n k")
    >>> Q, K, G = matrix("Q", n, k), matrix("K", n, k), matrix("G", n, n)
    >>> gradient(inner(G, softmax(Q @ K.T)), Q)
    (softmax(Q Kᵀ) ∘ (G - rowsum(softmax(Q Kᵀ) ∘ G) ones(1, n))) K
    >>> names = {}
    >>> gradient(inner(G, softmax(Q @ K.T)), Q, where=names), names
    ((P ∘ (G - rowsum(P ∘ G) ones(1, n))) K, {P: softmax(Q Kᵀ)})
    >>> A = matrix("A", n, n, invertible=True)
    >>> gradient(log(determinant(A)), A, given=Positive(determinant(A)))
    (det(A)/det(A)) (Aᵀ)⁻¹

    Raises    LanguageError for a node without a rule, Undecided when the kernel cannot confirm the result
    """
    check_expression(loss)
    backward = _Backward(letter, loss)
    if loss.is_Matrix:
        backward.matrix(loss, lang.identity(1))
    else:
        backward.scalar(loss, sympy.Integer(1))
    result = backward.result()
    node = lang.Gradient(loss, letter) if getattr(letter, "is_Matrix", False) else lang.Partial(loss, letter)
    _confirm(lang.Equal(node, result), given, loss)
    if where is None:
        return result
    where |= letters(loss, result, backward.met, where.items())
    return lang.folded(result, tuple(where.items()))


def _confirm(claim: Any, given: Given, loss: Any) -> None:
    """Raises    Undecided, with what is left to be given where a mask may hide a whole row"""
    try:
        prove(claim, given)
    except Undecided as undecided:
        masks = dict.fromkeys(node.mask for node in loss.atoms(lang.Softmax) if node.mask is not None)
        if given or not masks or "may vanish has no derivative" not in undecided.reason:
            raise
        left = ", ".join(f"Positive(rowsum({lang.text(mask)}))" for mask in masks)
        words = f"{undecided}\n  a row may see nothing; every row sees something with given={left}"
        raise Undecided(words, reason=undecided.reason, verdict=undecided.verdict) from None


class _Backward:
    """What has arrived at the letter so far, and at the sums that the loss uses more than once.

    Those wait until all has arrived, so that a stack of layers is walked through once and not along every path.
    """

    def __init__(self, letter: Any, loss: Any) -> None:
        self.letter = letter
        self.arrived: list[Any] = []
        self.met: dict[Any, Any] = {}
        self.known: dict[Any, bool] = {}
        sharing = Sharing((loss,))
        shared = sharing.parts if sharing.products >= LARGE else ()
        runs = set(sharing.runs) if shared else set()
        parts = [part for part in shared if (part in runs or isinstance(part, FOLLOWED)) and self.depends(part)]
        self.waiting: dict[Any, list[Any]] = {part: [] for part in parts}
        self.starts = {part.args: part for part in parts if isinstance(part, sympy.MatAdd)}
        self.runs = sharing.runs if shared else None

    def result(self) -> Any:
        while self.waiting:
            part, arrived = self.waiting.popitem()
            self.starts.pop(part.args, None)
            if arrived:
                self._go(part, _collected(arrived), _MATRIX)
        if getattr(self.letter, "is_Matrix", False):
            return _collected(self.arrived) if self.arrived else lang.zeros(*self.letter.shape)
        return sympy.Add(*self.arrived)

    def depends(self, expr: Any) -> bool:
        """Whether the letter occurs in the expression."""
        if expr not in self.known:
            for node in inside_out(expr):
                closed = isinstance(node, Binder) or not node.args
                parts = node.free_symbols if closed else node.args
                self.known[node] = self.letter in parts or any(self.known.get(part, False) for part in parts)
        return self.known[expr]

    def held(self, expr: Any) -> tuple[Any, Any]:
        """The longest sum that waits with which this sum begins, and what is left of it."""
        lengths = range(len(expr.args) - 1, 1, -1) if self.starts else ()
        start = next((n for n in lengths if expr.args[:n] in self.starts), 0)
        return self.starts.get(expr.args[:start]), expr.args[start:]

    def factors(self, product: Any) -> list[Any]:
        """The matrices of a product, what waits as one of them."""
        factors = [factor for factor in product.args if factor.is_Matrix]
        return self.runs.grouped(factors, self.waiting) if self.runs is not None else factors

    def matrix(self, expr: Any, adjoint: Any) -> None:
        """`adjoint` is dL/d(expr)."""
        if expr in self.waiting:
            self.waiting[expr].append(adjoint)
        elif type(expr) in (MatAdd, MatMul) and self.waiting and expr.T in self.waiting:
            self.waiting[expr.T].append(adjoint.T)
        else:
            self._go(expr, adjoint, _MATRIX)

    def scalar(self, expr: Any, adjoint: Any) -> None:
        if expr.is_Matrix:
            self.matrix(expr, adjoint * lang.identity(1))
        else:
            self._go(expr, adjoint, _SCALAR)

    def _go(self, expr: Any, adjoint: Any, table: dict[type, Rule]) -> None:
        if expr == self.letter:
            self.arrived.append(adjoint)
        elif self.depends(expr):
            self.met.setdefault(adjoint, expr)
            rule = nearest(table, type(expr))
            if rule is None:
                raise LanguageError(f"no formula for the gradient through {type(expr).__name__}: {lang.text(expr)}")
            rule(self, expr, adjoint)


def _times(*factors: Any) -> Any:
    """A Hadamard product without factors of ones."""
    kept = [f for f in factors if not isinstance(f, sympy.OneMatrix)]
    return lang.hadamard(*kept) if kept else factors[0]


def _collected(terms: list[Any]) -> Any:
    """The sum of matrices, equal ones together: the result is proved afterwards."""
    counts: dict[Any, Any] = {}
    for term in terms:
        scale, matrices = term.as_coeff_matrices() if isinstance(term, sympy.MatMul) else (sympy.S.One, [term])
        number, rest = scale.as_coeff_Mul()
        one = multiply(rest, *matrices)
        counts[one] = counts.get(one, 0) + number
    kept = [multiply(count, one) for one, count in counts.items() if count]
    return add(*kept) if kept else lang.zeros(*terms[0].shape)


def _chained(*factors: Any) -> Any:
    """The product without factors that are an identity."""
    kept = [f for f in factors if not isinstance(f, sympy.Identity)]
    return multiply(*kept) if any(f.is_Matrix for f in kept) else multiply(*factors)


def _matmul(b: _Backward, expr: Any, adjoint: Any) -> None:
    numbers = [a for a in expr.args if not a.is_Matrix]
    factors = b.factors(expr)
    scale = multiply(*numbers)
    for at, factor in enumerate(factors):
        before, after = [f.T for f in factors[:at][::-1]], [f.T for f in factors[at + 1 :][::-1]]
        b.matrix(factor, _chained(scale, *before, adjoint, *after))
    for at, number in enumerate(numbers):
        others = multiply(*(n for k, n in enumerate(numbers) if k != at))
        b.scalar(number, others * lang.inner(adjoint, _chained(*factors)))


def _softmax(b: _Backward, expr: Any, adjoint: Any) -> None:
    if expr.mask is not None and b.letter in expr.mask.free_symbols:
        raise LanguageError(f"the mask of {lang.text(expr)} depends on {b.letter}")
    spread = lang.rowsum(lang.hadamard(expr, adjoint)) @ lang.ones(1, expr.shape[1])
    b.matrix(expr.scores, lang.hadamard(expr, adjoint - spread))


def _hadamard(b: _Backward, expr: Any, adjoint: Any) -> None:
    for at, factor in enumerate(expr.args):
        b.matrix(factor, _times(adjoint, *expr.args[:at], *expr.args[at + 1 :]))


def _reciprocal(b: _Backward, expr: Any, adjoint: Any) -> None:
    b.matrix(expr.arg, -lang.hadamard(adjoint, expr, expr))


def _diag(b: _Backward, expr: Any, adjoint: Any) -> None:
    on = lang.rowsum(lang.hadamard(adjoint, lang.identity(expr.shape[0])))
    b.matrix(expr.arg, on.T if expr.arg.shape[0] == 1 else on)


def _inverse(b: _Backward, expr: Any, adjoint: Any) -> None:
    b.matrix(expr.args[0], -(expr.T @ adjoint @ expr.T))


def _determinant(b: _Backward, expr: Any, adjoint: Any) -> None:
    b.matrix(expr.arg, adjoint * expr * lang.inverse(expr.arg).T)


def _each(b: _Backward, expr: Any, adjoint: Any) -> None:
    start, rest = b.held(expr)
    for part in rest if start is None else (start, *rest):
        (b.matrix if part.is_Matrix else b.scalar)(part, adjoint)


def _mul(b: _Backward, expr: Any, adjoint: Any) -> None:
    for at, factor in enumerate(expr.args):
        b.scalar(factor, multiply(adjoint, *expr.args[:at], *expr.args[at + 1 :]))


def _pow(b: _Backward, expr: Any, adjoint: Any) -> None:
    base, exponent = expr.args
    b.scalar(base, adjoint * exponent * base ** (exponent - 1))


def _element(b: _Backward, expr: Any, adjoint: Any) -> None:
    matrix, i, j = expr.args
    place = lang.unit(matrix.shape[0], int(i)).T @ lang.unit(matrix.shape[1], int(j))
    b.matrix(matrix, adjoint * place)


_MATRIX: dict[type, Rule] = {
    sympy.MatAdd: _each,
    sympy.MatMul: _matmul,
    sympy.MatPow: lambda b, x, g: _matmul(b, multiply(*[x.args[0]] * int(x.args[1])), g),
    sympy.Transpose: lambda b, x, g: b.matrix(x.args[0], g.T),
    lang.T: lambda b, x, g: b.matrix(x.args[0], g.T),
    sympy.HadamardProduct: _hadamard,
    lang.Softmax: _softmax,
    lang.ElementwiseExp: lambda b, x, g: b.matrix(x.arg, lang.hadamard(g, x)),
    lang.ElementwiseLog: lambda b, x, g: b.matrix(x.arg, lang.hadamard(g, lang.reciprocal(x.arg))),
    lang.ElementwiseCos: lambda b, x, g: b.matrix(x.arg, -lang.hadamard(g, lang.sin(x.arg))),
    lang.ElementwiseSin: lambda b, x, g: b.matrix(x.arg, lang.hadamard(g, lang.cos(x.arg))),
    lang.Reciprocal: _reciprocal,
    sympy.Inverse: _inverse,
    lang.RowSum: lambda b, x, g: b.matrix(x.arg, g @ lang.ones(1, x.arg.shape[1])),
    lang.Diag: _diag,
}
_SCALAR: dict[type, Rule] = {
    sympy.Add: _each,
    sympy.Mul: _mul,
    sympy.Pow: _pow,
    sympy.exp: lambda b, x, g: b.scalar(x.args[0], g * x),
    sympy.log: lambda b, x, g: b.scalar(x.args[0], g / x.args[0]),
    sympy.cos: lambda b, x, g: b.scalar(x.args[0], -g * lang.sin(x.args[0])),
    sympy.sin: lambda b, x, g: b.scalar(x.args[0], g * lang.cos(x.args[0])),
    lang.Total: lambda b, x, g: b.matrix(x.arg, g * lang.ones(*x.arg.shape)),
    lang.Determinant: _determinant,
    sympy.Trace: lambda b, x, g: b.matrix(x.args[0], g * lang.identity(x.args[0].shape[0])),
    MatrixElement: _element,
}
