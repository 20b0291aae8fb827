"""Means, norms, what is made of distributions, and the layers that normalise, by their definitions.

Where NumPy, torch and textbooks mean different things by one name, the difference has to be said: `ddof`, `eps`.
"""

from __future__ import annotations

from typing import Any

from sympy import Expr, MatrixExpr, S

from symattn.errors import LanguageError, layout
from symattn.language.entrywise import exp, hadamard, log
from symattn.language.printing.text import text
from symattn.language.spellings.entrywise import log_softmax, sqrt
from symattn.language.sums import inner, normsquared, rowsum, total
from symattn.language.trees.base import as_matrix, as_scalar
from symattn.language.trees.sides import same_shape
from symattn.language.trees.unevaluated import multiply, raise_to

__all__ = ["cross_entropy", "entropy", "kl", "layernorm", "mean", "norm", "rmsnorm", "var"]


def mean(A: MatrixExpr) -> Expr:
    """The mean of all entries, total(A)/(n m), a number.

    A    a matrix, n×m

    >>> d = sizes("d")
    >>> x = row("x", d)
    >>> prove(Equal(total(x - sa.mean(x)), 0)).over
    'any field of characteristic 0'
    """
    A = as_matrix(A, "mean")
    return total(A) / _count(A)


def var(x: MatrixExpr, *, ddof: int | None = None) -> Expr:
    """The variance of the entries of a row or column: the mean of (x_i - mean(x))², or its sum over d - ddof.

    x       a row 1×d, a column d×1
    ddof    0 divides by d, as NumPy and every layer norm do; 1 divides by d - 1, as torch does

    >>> x = row("x", sizes("d"))
    >>> prove(Equal(sa.var(x, ddof=0), normsquared(x) / sizes("d") - sa.mean(x) ** 2)).over
    'any field of characteristic 0'

    Raises    LanguageError when ddof is not said, and for a matrix that is neither
    """
    x = _vector(x, "var")
    if ddof not in (0, 1):
        pairs = [("over d, as NumPy, layer norm", "var(x, ddof=0)"), ("over d - 1, as torch", "var(x, ddof=1)")]
        raise LanguageError(layout("a variance is divided by d or by d - 1", pairs, "write the one that is meant"))
    return normsquared(x - mean(x)) / (_count(x) - ddof)


def norm(x: MatrixExpr) -> Expr:
    """The Euclidean norm of a row or column, and Frobenius's of a matrix, (Σ x_ij²)^½, as in NumPy, torch and SymPy.

    Its square is normsquared(x); the spectral norm is not in the language.

    x    a matrix

    >>> x, y = row("x", sizes("d")), row("y", sizes("d"))
    >>> prove(Equal(sa.norm(x - y) ** 2, sa.norm(x) ** 2 - 2 * inner(x, y) + sa.norm(y) ** 2)).over
    'any commutative ring'

    Raises    LanguageError, when it is judged, for a norm that is not squared: it may be 0
    """
    return raise_to(normsquared(as_matrix(x, "norm")), S.Half)


def entropy(p: MatrixExpr) -> Expr:
    """The entropy of a row or column of weights, -Σ p_i log p_i.

    p    a row 1×d, a column d×1

    >>> x = row("x", sizes("d"))
    >>> prove(Equal(sa.entropy(softmax(x)), total(logsumexp(x)) - inner(softmax(x), x))).over
    'the real numbers'

    Raises    LanguageError for a matrix that is neither
    """
    p = _vector(p, "entropy")
    return -inner(p, log(p))


def kl(p: MatrixExpr, q: MatrixExpr) -> Expr:
    """The Kullback-Leibler divergence of q from p, Σ p_i (log p_i - log q_i).

    p, q    two rows or two columns of one length

    >>> x, y = row("x", sizes("d")), row("y", sizes("d"))
    >>> prove(at_most(0, sa.kl(softmax(x), softmax(y)))).over
    'the real numbers'

    Raises    LanguageError for two matrices that are neither
    """
    p, q = _vector(p, "kl"), _vector(q, "kl")
    return inner(p, log(p) - log(q))


def cross_entropy(x: MatrixExpr, q: MatrixExpr | None = None, *, target: MatrixExpr | None = None) -> Expr:
    """The loss of logits against a target, -Σ y_i log softmax(x)_i, as in torch.

    x         the logits, a row 1×d
    q         not taken: textbooks write H(p, q) = -Σ p_i log q_i of two distributions, and the order differs
    target    y, the weights that are wanted, such as a one-hot row

    >>> x, y = row("x", sizes("d")), row("y", sizes("d"))
    >>> prove(Equal(Gradient(sa.cross_entropy(x, target=y), x), total(y) * softmax(x) - y)).over
    'the real numbers'

    Raises    LanguageError without `target=`, and for a matrix that is not a row
    """
    if target is None or q is not None:
        pairs = [
            ("of logits x, as torch", "cross_entropy(x, target=y)"),
            ("of distributions p, q, as textbooks", "-inner(p, log(q))"),
        ]
        raise LanguageError(layout("a cross entropy is of logits or of distributions", pairs, "write the one meant"))
    _one_row(x, "cross_entropy")
    return -inner(target, log_softmax(x))


def rmsnorm(X: MatrixExpr, gain: MatrixExpr | None = None, *, eps: Expr | None = None) -> Expr:
    """Every row divided by the root of the mean of its squares: x (‖x‖²/d + eps)^-½, times the gain if there is one.

    X       the rows, n×d
    gain    g, a row 1×d
    eps     a positive number; it has to be said

    >>> x, e = row("x", sizes("d")), scalar("e", positive=True)
    >>> prove(Equal(sa.rmsnorm(-x, eps=e), -sa.rmsnorm(x, eps=e))).over
    'the real numbers'

    Raises    LanguageError without eps, and for a column
    """
    X = _rows(X, "rmsnorm", eps)
    width = X.shape[1]
    if X.shape[0] == 1:
        scaled = X / sqrt(normsquared(X) / width + eps)
    else:
        squares = rowsum(hadamard(X, X)) / width + eps
        scaled = hadamard(X, exp(multiply(-S.Half, log(squares))))
    return scaled if gain is None else hadamard(scaled, gain)


def layernorm(
    X: MatrixExpr, gain: MatrixExpr | None = None, bias: MatrixExpr | None = None, *, eps: Expr | None = None
) -> Expr:
    """Every row less its mean, divided by the root of its variance: (x - mean(x)) (var(x) + eps)^-½ g + b.

    X       the rows, n×d
    gain    g, a row 1×d
    bias    b, a row 1×d
    eps     a positive number; it has to be said

    >>> X, e = matrix("X", *sizes("n d")), scalar("e", positive=True)
    >>> prove(Equal(rowsum(sa.layernorm(X, eps=e)), 0)).over
    'the real numbers'

    Raises    LanguageError without eps, and for a column
    """
    X = _rows(X, "layernorm", eps)
    means = mean(X) if X.shape[0] == 1 else rowsum(X) / X.shape[1]
    scaled = rmsnorm(X - means, gain, eps=eps)
    return scaled if bias is None else scaled + bias


def _count(A: Any) -> Any:
    """How many entries there are."""
    rows, cols = A.shape
    return rows * cols


def _vector(x: Any, what: str) -> Any:
    x = as_matrix(x, what)
    if S.One not in x.shape:
        raise LanguageError(f"{what} takes a row or a column, but {text(x)} is a matrix: unit(n, i) @ A is row i")
    return x


def _one_row(x: Any, what: str) -> None:
    if as_matrix(x, what).shape[0] != 1:
        note = "a batch is averaged or summed, which has to be said: total(hadamard(Y, log_softmax(X)))"
        raise LanguageError(layout(f"{what} takes one row", [(text(x), f"{text(x.shape[0])} rows")], note))


def _rows(X: Any, what: str, eps: Any) -> Any:
    X = as_matrix(X, what)
    if X.shape[1] == 1 and not same_shape(X.shape, (1, 1)):
        raise LanguageError(f"{what} acts on rows, but {text(X)} is a column: {what}(T({text(X)}))")
    if eps is None:
        note = f"{what}(X, eps=e) with e positive; torch takes 1e-5 unless it is told, papers nothing"
        raise LanguageError(layout(f"{what} needs its eps", note=note))
    as_scalar(eps, what)
    return X
