"""The column convention.  A statement about rows, said of columns, as a new expression to be proved.

Every letter A gives way to Aᵀ, where A is now a letter with its sizes swapped: x Q Kᵀ yᵀ becomes xᵀ Qᵀ K y.  Transposes
are pushed down to the letters; both sides of an equation are transposed where fewer are left that way.  A square letter
may stand for itself, for the same reason.  `restatement` proves what comes out.

    Columns.keep(A)      an expression of the new letters equal to A
    Columns.turn(A)      one equal to Aᵀ
    Columns.claim(P)     the claim
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from sympy.matrices.expressions.matexpr import MatrixElement

from symattn import language as lang
from symattn.errors import LanguageError
from symattn.language.printing.common import everywhere
from symattn.language.walk import nearest

__all__ = ["Columns", "columns_of", "transposes"]

TRANSPOSES = (sympy.Transpose, lang.T)
SCALAR = (sympy.Add, sympy.Mul, sympy.Pow, sympy.exp, sympy.log, sympy.cos, sympy.sin)
EACH = (lang.ElementwiseExp, lang.ElementwiseLog, lang.ElementwiseCos, lang.ElementwiseSin, lang.Reciprocal)


def transposes(expr: Any) -> int:
    """How many transposes are written in an expression or a claim."""
    if isinstance(expr, tuple):
        return sum(map(transposes, expr))
    return sum(isinstance(node, TRANSPOSES) for node in sympy.preorder_traversal(expr))


def columns_of(claims: tuple[Any, ...]) -> Columns:
    """The restatement that leaves the fewest transposes in these claims."""
    letters = dict.fromkeys(letter for claim in claims for letter in lang.letters_of(claim, bound_too=True))
    square = [a for a in letters if isinstance(a, lang.Matrix) and a.shape[0] == a.shape[1] != 1]
    best = Columns(frozenset(a for a in square if "symmetric" in a.facts))
    least = sum(transposes(best.claim(claim)) for claim in claims)
    for letter in square:
        tried = Columns(best.straight | {letter})
        count = sum(transposes(tried.claim(claim)) for claim in claims)
        if count < least:
            best, least = tried, count
    return best


class Columns:
    """One restatement; the letters in `straight` stand for themselves.

    Raises    LanguageError for a node that can be said of rows only
    """

    def __init__(self, straight: frozenset[Any] = frozenset()) -> None:
        self.straight = straight
        self._kept: dict[Any, Any] = {}
        self._turned: dict[Any, Any] = {}

    # ---- letters -----------------------------------------------------------------------------------------------

    def letter(self, letter: Any) -> Any:
        """The new letter: of the same name, with the sizes swapped when it is a matrix that gives way."""
        if not self.swaps(letter):
            return letter
        if isinstance(letter, lang.Family):
            return lang.Family(letter.name, letter.heads, *letter.shape[::-1])
        if isinstance(letter, lang.Member):
            return self.letter(letter.family)[letter.head]
        return letter.func(letter.name, *letter.shape[::-1], *letter.args[3:])

    def swaps(self, letter: Any) -> bool:
        """Whether the letter stands for the transpose of what it was."""
        matrix = isinstance(letter, sympy.MatrixSymbol | lang.Family | lang.Member)
        return matrix and letter not in self.straight

    # ---- expressions -------------------------------------------------------------------------------------------

    def keep(self, expr: Any) -> Any:
        """The expression in the new letters."""
        if expr not in self._kept:
            self._kept[expr] = self._found(KEEP, expr)(self, expr)
        return self._kept[expr]

    def turn(self, expr: Any) -> Any:
        """The transpose of a matrix expression, in the new letters."""
        if expr not in self._turned:
            self._turned[expr] = self._found(TURN, expr)(self, expr)
        return self._turned[expr]

    @staticmethod
    def _found(table: dict[type, Any], expr: Any) -> Callable[[Columns, Any], Any]:
        rule = nearest(table, type(expr))
        if rule is None:
            raise LanguageError(f"{lang.text(expr)} can be said of rows only")
        return rule

    def cheaper(self, expr: Any) -> Any:
        """The expression or its transpose, whichever has fewer transposes in it."""
        return min(self.keep(expr), self.turn(expr), key=transposes)

    # ---- claims ------------------------------------------------------------------------------------------------

    def claim(self, claim: Any) -> Any:
        """The claim in the new letters."""
        if isinstance(claim, lang.Equal | lang.AtMost | lang.Positive | lang.PSD):
            every = everywhere(claim)
            return self._sides(claim) if every is None else lang.ForAll(every[0], self._sides(every[1]))
        if isinstance(claim, lang.RankAtMost | lang.RankAtLeast):
            return claim.func(self.cheaper(claim.arg), self.keep(claim.bound))
        if isinstance(claim, lang.ForAll | lang.Exists):
            return self._quantified(claim)
        return claim.func(*map(self.claim, claim.args))

    def _sides(self, claim: Any) -> Any:
        kept = claim.func(*map(self.keep, claim.args))
        if not claim.args[0].is_Matrix or isinstance(claim, lang.PSD):
            return kept
        turned = claim.func(*map(self.turn, claim.args))
        said = [c for c in (kept, turned) if len(set(c.args)) == len(c.args)]
        return min(said or [kept], key=transposes)

    def _quantified(self, claim: Any) -> Any:
        witness = getattr(claim, "witness", None)
        values = [
            self.turn(value) if self.swaps(variable) else self.keep(value)
            for variable, value in zip(claim.variables, witness or (), strict=False)
        ]
        return claim.func(
            tuple(map(self.letter, claim.variables)), self.claim(claim.claim), *([values] if values else [])
        )


def _fewest(self: Columns, kept: Any, turned: Any) -> Any:
    """What is kept, or the transpose of what is turned if that has fewer transposes."""
    return kept if transposes(kept) <= 1 + transposes(turned) else sympy.Transpose(turned)


def _product(self: Columns, expr: Any) -> Any:
    return sympy.MatMul(*map(self.keep, expr.args))


def _turned_product(self: Columns, expr: Any) -> Any:
    scalars = [part for part in expr.args if not part.is_Matrix]
    matrices = [part for part in expr.args if part.is_Matrix]
    return sympy.MatMul(*map(self.keep, scalars), *map(self.turn, reversed(matrices)))


def _stacked(turned: type) -> Callable[[Columns, Any], Any]:
    """Blocks side by side are, transposed, blocks one under the other."""
    return lambda self, expr: _fewest(self, expr.func(*map(self.keep, expr.args)), turned(*map(self.turn, expr.args)))


def _heads(turned: type) -> Callable[[Columns, Any], Any]:
    return lambda self, expr: _fewest(
        self, expr.func(self.keep(expr.expr), expr.head), turned(self.turn(expr.expr), expr.head)
    )


def _gradient(turned: bool) -> Callable[[Columns, Any], Any]:
    """The gradient in the new letter is the transpose of that in the old one, when the letter gives way."""

    def found(self: Columns, expr: Any) -> Any:
        gradient = lang.Gradient(self.keep(expr.loss), self.letter(expr.variable))
        return gradient if self.swaps(expr.variable) == turned else sympy.Transpose(gradient)

    return found


def _same(self: Columns, expr: Any) -> Any:
    return expr


def _each(self: Columns, expr: Any) -> Any:
    return expr.func(*map(self.keep, expr.args))


def _each_turned(self: Columns, expr: Any) -> Any:
    return expr.func(*map(self.turn, expr.args))


def _whole(self: Columns, expr: Any) -> Any:
    """A node that means the same of a matrix and of its transpose."""
    return expr.func(self.cheaper(expr.arg))


def _entry(self: Columns, expr: Any) -> Any:
    matrix, i, j = expr.args
    turned = transposes(self.turn(matrix)) < transposes(self.keep(matrix))
    return lang.entry(self.turn(matrix), j, i) if turned else lang.entry(self.keep(matrix), i, j)


def _letter(self: Columns, expr: Any) -> Any:
    return sympy.Transpose(self.letter(expr)) if self.swaps(expr) else self.letter(expr)


def _turned_letter(self: Columns, expr: Any) -> Any:
    symmetric = "symmetric" in getattr(expr, "facts", ())
    return self.letter(expr) if self.swaps(expr) or symmetric else sympy.Transpose(self.letter(expr))


def _under(self: Columns, expr: Any) -> Any:
    return sympy.Transpose(self.keep(expr))


KEEP: dict[type, Callable[[Columns, Any], Any]] = {
    **dict.fromkeys((sympy.MatrixSymbol, lang.Member), _letter),
    **dict.fromkeys(TRANSPOSES, lambda self, expr: self.turn(expr.arg)),
    **dict.fromkeys((sympy.MatAdd, sympy.HadamardProduct, lang.Softmax, lang.RowSum, *EACH, *SCALAR), _each),
    sympy.MatMul: _product,
    sympy.MatPow: lambda self, expr: sympy.MatPow(self.keep(expr.base), expr.exp),
    sympy.Inverse: lambda self, expr: _inverse(self.keep(expr.arg)),
    lang.HStack: _stacked(lang.VStack),
    lang.VStack: _stacked(lang.HStack),
    lang.HeadConcat: _heads(lang.HeadStack),
    lang.HeadStack: _heads(lang.HeadConcat),
    **dict.fromkeys((lang.HeadSum, lang.ScalarHeadSum), lambda self, e: e.func(self.keep(e.expr), e.head)),
    **dict.fromkeys((lang.Diag, lang.Total, lang.Rank, lang.Determinant, sympy.Trace), _whole),
    MatrixElement: _entry,
    lang.Gradient: _gradient(turned=False),
    lang.Partial: lambda self, expr: lang.Partial(self.keep(expr.loss), expr.variable),
    lang.Bilinear: lambda self, expr: lang.Bilinear(expr.form, self.keep(expr.x), self.keep(expr.y)),
    **dict.fromkeys(
        (lang.MatrixOf, lang.Unit, lang.Before, lang.Shift, sympy.Identity, sympy.ZeroMatrix, sympy.OneMatrix), _same
    ),
    **dict.fromkeys((sympy.Symbol, sympy.Number), _same),
}

TURN: dict[type, Callable[[Columns, Any], Any]] = {
    **dict.fromkeys((sympy.MatrixSymbol, lang.Member), _turned_letter),
    **dict.fromkeys(TRANSPOSES, lambda self, expr: self.keep(expr.arg)),
    **dict.fromkeys((sympy.MatAdd, sympy.HadamardProduct, *EACH), _each_turned),
    **dict.fromkeys((lang.Softmax, lang.RowSum, lang.MatrixOf, lang.Unit, lang.Before, lang.Shift), _under),
    sympy.MatMul: _turned_product,
    sympy.MatPow: lambda self, expr: sympy.MatPow(self.turn(expr.base), expr.exp),
    sympy.Inverse: lambda self, expr: _inverse(self.turn(expr.arg)),
    lang.HStack: lambda self, expr: lang.VStack(*map(self.turn, expr.args)),
    lang.VStack: lambda self, expr: lang.HStack(*map(self.turn, expr.args)),
    lang.HeadConcat: lambda self, expr: lang.HeadStack(self.turn(expr.expr), expr.head),
    lang.HeadStack: lambda self, expr: lang.HeadConcat(self.turn(expr.expr), expr.head),
    lang.HeadSum: lambda self, expr: lang.HeadSum(self.turn(expr.expr), expr.head),
    lang.Diag: _whole,
    lang.Gradient: _gradient(turned=True),
    **dict.fromkeys((sympy.ZeroMatrix, sympy.OneMatrix), lambda self, expr: expr.func(*expr.shape[::-1])),
    sympy.Identity: _same,
}


def _inverse(expr: Any) -> Any:
    """The inverse, with a transpose outside of it."""
    return sympy.Transpose(lang.inverse(expr.arg)) if isinstance(expr, TRANSPOSES) else lang.inverse(expr)


def plain(expr: Any, columns: Columns) -> Any:
    """The expression or claim with each letter replaced and nothing else changed."""
    if isinstance(expr, sympy.MatrixSymbol | lang.Member):
        return _letter(columns, expr)
    if isinstance(expr, TRANSPOSES) and columns.swaps(expr.arg):
        return columns.letter(expr.arg)
    if isinstance(expr, lang.Gradient):
        found = lang.Gradient(plain(expr.loss, columns), columns.letter(expr.variable))
        return sympy.Transpose(found) if columns.swaps(expr.variable) else found
    if isinstance(expr, lang.ForAll | lang.Exists):
        witness = [
            sympy.Transpose(plain(v, columns)) if columns.swaps(x) else plain(v, columns)
            for x, v in zip(expr.variables, getattr(expr, "witness", None) or (), strict=False)
        ]
        body = plain(expr.claim, columns)
        return expr.func(tuple(map(columns.letter, expr.variables)), body, *([witness] if witness else []))
    return expr.func(*(plain(arg, columns) for arg in expr.args)) if expr.args else expr
