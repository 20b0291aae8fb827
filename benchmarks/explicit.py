"""The same statements at one explicit size, as SymPy can check them: matrices of symbols, a difference that cancels.

Every size of a statement is the given one (a rank is checked as a vanishing determinant, one larger).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from types import SimpleNamespace
from typing import Any

import sympy
from sympy import Matrix, diag, exp, eye, ones, zeros

EXPLICIT: dict[str, Callable[[int], bool]] = {}


def explicit(check: Callable[[int], bool]) -> Callable[[int], bool]:
    EXPLICIT[check.__name__] = check
    return check


def matrix(name: str, rows: int, cols: int) -> Any:
    return Matrix(rows, cols, lambda i, j: sympy.Symbol(f"{name}{i}_{j}", real=True))


def vanishes(difference: Any) -> bool:
    entries = list(difference) if isinstance(difference, sympy.MatrixBase) else [difference]
    return all(_vanishes(sympy.expand(entry)) for entry in entries)


def _vanishes(entry: Any) -> bool:
    return entry == 0 or sympy.cancel(entry) == 0


def softmax(S: Any) -> Any:
    weights = S.applyfunc(exp)
    return Matrix(*S.shape, lambda i, j: weights[i, j] / sum(weights.row(i)))


def rowsum(A: Any) -> Any:
    return A * ones(A.cols, 1)


def hadamard(A: Any, B: Any) -> Any:
    return A.multiply_elementwise(B)


def gradient(loss: Any, A: Any) -> Any:
    return A.applyfunc(lambda letter: sympy.diff(loss, letter))


def letters(s: int) -> SimpleNamespace:
    X, Q, K = (matrix(name, s, s) for name in "XQK")
    return SimpleNamespace(X=X, Q=Q, K=K, x=matrix("x", 1, s), y=matrix("y", 1, s))


def head(s: int) -> SimpleNamespace:
    X, Q, K, V, G = (matrix(name, s, s) for name in "XQKVG")
    tau = sympy.Symbol("tau", positive=True)
    S = X * Q * K.T * X.T
    P = softmax(tau * S)
    Z, dP = P * X * V, G * V.T * X.T
    D = rowsum(hadamard(P, dP))
    dS = hadamard(P, dP - D * ones(1, s))
    return SimpleNamespace(**{**locals(), "loss": sum(hadamard(G, Z))})


@explicit
def transposed_scores(s: int) -> bool:
    a = letters(s)
    return vanishes((a.X * a.Q * a.K.T * a.X.T).T - a.X * a.K * a.Q.T * a.X.T)


@explicit
def score_is_its_transpose(s: int) -> bool:
    a = letters(s)
    return vanishes(a.x * a.Q * a.K.T * a.y.T - a.y * a.K * a.Q.T * a.x.T)


@explicit
def bracketing(s: int) -> bool:
    A, B, C = (matrix(name, s, s) for name in "ABC")
    return vanishes((A * B) * C - A * (B * C))


@explicit
def gauge(s: int) -> bool:
    a, M = letters(s), matrix("M", s, s)
    return vanishes(a.Q * M * (a.K * M.inv().T).T - a.Q * a.K.T)


@explicit
def skew_form(s: int) -> bool:
    a, B = letters(s), matrix("B", s, s)
    A = Matrix(s, s, lambda i, j: B[i, j] if i < j else -B[j, i] if i > j else 0)
    return vanishes(a.x * A * a.x.T)


@explicit
def trace_of_a_product(s: int) -> bool:
    A, B = matrix("A", s, s), matrix("B", s, s)
    return vanishes((A * B).trace() - (B * A).trace())


@explicit
def trace_of_a_square(s: int) -> bool:
    a = letters(s)
    return vanishes(((a.Q * a.K.T) ** 2).trace() - ((a.K.T * a.Q) ** 2).trace())


@explicit
def rank_of_the_form(s: int) -> bool:
    Q, K = matrix("Q", s + 1, s), matrix("K", s + 1, s)
    return vanishes((Q * K.T).det(method="berkowitz"))


@explicit
def rank_of_the_scores(s: int) -> bool:
    X, Q, K = matrix("X", s + 1, s + 1), matrix("Q", s + 1, s), matrix("K", s + 1, s)
    return vanishes((X * Q * K.T * X.T).det(method="berkowitz"))


@explicit
def symmetric_iff(s: int) -> bool:
    """The coefficient of x_a y_b in the asymmetry of the score is the entry (a, b) of the asymmetry of the form."""
    a = letters(s)
    difference = sympy.Poly((a.x * (a.Q * a.K.T - a.K * a.Q.T) * a.y.T)[0], *a.x, *a.y)
    coefficients = Matrix(s, s, lambda i, j: difference.coeff_monomial(a.x[i] * a.y[j]))
    return vanishes(coefficients - (a.Q * a.K.T - a.K * a.Q.T))


@explicit
def some_score_is_asymmetric(s: int) -> bool:
    Q, K = zeros(s + 1, s), zeros(s + 1, s)
    Q[0, 0] = K[1, 0] = 1
    return Q * K.T != (Q * K.T).T


@explicit
def none_for_one_dimension(s: int) -> bool:
    Q, K = matrix("Q", 1, s), matrix("K", 1, s)
    return vanishes(Q * K.T - K * Q.T)


@explicit
def softmax_rows_sum_to_one(s: int) -> bool:
    return vanishes(rowsum(softmax(matrix("S", s, s))) - ones(s, 1))


@explicit
def softmax_shift(s: int) -> bool:
    S, c = matrix("S", s, s), matrix("c", s, 1)
    return vanishes(softmax(S + c * ones(1, s)) - softmax(S))


@explicit
def softmax_jacobian(s: int) -> bool:
    row = matrix("s", 1, s)
    p = softmax(row)
    return vanishes(p.jacobian(row) - (diag(*p) - p.T * p))


@explicit
def jacobian_kills_ones(s: int) -> bool:
    row = matrix("s", 1, s)
    return vanishes(rowsum(softmax(row).jacobian(row)))


@explicit
def jacobian_is_psd(s: int) -> bool:
    """By its sum of squares: v (diag p - pᵀ p) vᵀ = ½ Σ p_i p_j (v_i - v_j)²."""
    p, v = softmax(matrix("s", 1, s)), matrix("v", 1, s)
    squares = sum(p[i] * p[j] * (v[i] - v[j]) ** 2 for i in range(s) for j in range(s)) / 2
    return vanishes((v * (diag(*p) - p.T * p) * v.T)[0] - squares)


@explicit
def logsumexp_gradient(s: int) -> bool:
    row = matrix("s", 1, s)
    return vanishes(gradient(sympy.log(sum(row.applyfunc(exp))), row) - softmax(row))


@explicit
def dQ(s: int) -> bool:
    a = head(s)
    return vanishes(gradient(a.loss, a.Q) - a.tau * a.X.T * a.dS * a.X * a.K)


@explicit
def dK(s: int) -> bool:
    a = head(s)
    return vanishes(gradient(a.loss, a.K) - a.tau * a.X.T * a.dS.T * a.X * a.Q)


@explicit
def dV(s: int) -> bool:
    a = head(s)
    return vanishes(gradient(a.loss, a.V) - a.X.T * a.P.T * a.G)


@explicit
def dX(s: int) -> bool:
    a = head(s)
    through_scores = a.dS * a.X * a.K * a.Q.T + a.dS.T * a.X * a.Q * a.K.T
    return vanishes(gradient(a.loss, a.X) - a.P.T * a.G * a.V.T - a.tau * through_scores)


@explicit
def dtau(s: int) -> bool:
    a = head(s)
    return vanishes(sympy.diff(a.loss, a.tau) - sum(hadamard(a.dS, a.S)))


@explicit
def D(s: int) -> bool:
    a = head(s)
    return vanishes(a.D - rowsum(hadamard(a.G, a.Z)))


@explicit
def merge_is_associative(s: int) -> bool:
    m, l = ([matrix(f"{name}{b}", s, 1) for b in range(3)] for name in "ml")
    o = [matrix(f"o{b}", s, s) for b in range(3)]
    early, late, last = (matrix(name, s, 1) for name in ("early", "late", "last"))

    def merge(left: tuple, right: tuple, shift: Any) -> tuple:
        f, g = ((part[0] - shift).applyfunc(exp) for part in (left, right))
        spread = hadamard(f * ones(1, s), left[2]) + hadamard(g * ones(1, s), right[2])
        return shift, hadamard(f, left[1]) + hadamard(g, right[1]), spread

    a, b, c = zip(m, l, o, strict=True)
    one, other = merge(merge(a, b, early), c, last), merge(a, merge(b, c, late), last)
    return vanishes(one[1] - other[1]) and vanishes(one[2] - other[2])


@explicit
def fold_of_three_blocks(s: int) -> bool:
    S, V = ([matrix(f"{name}{b}_", s, s) for b in range(3)] for name in "SV")
    shift = [matrix(f"m{b}_", s, 1) for b in range(3)]
    weights = [(S[b] - shift[b] * ones(1, s)).applyfunc(exp) for b in range(3)]
    normaliser, output = rowsum(weights[0]), weights[0] * V[0]
    for b in (1, 2):
        scale = (shift[b - 1] - shift[b]).applyfunc(exp)
        normaliser = hadamard(scale, normaliser) + rowsum(weights[b])
        output = hadamard(scale * ones(1, s), output) + weights[b] * V[b]
    whole = softmax(Matrix.hstack(*S)) * Matrix.vstack(*V)
    return vanishes(Matrix(s, s, lambda i, j: output[i, j] / normaliser[i]) - whole)


@explicit
def permutation_equivariance(s: int) -> bool:
    """For one permutation, which moves every token by one place."""
    a = head(s)
    moved = eye(s)[[*range(1, s), 0], :]
    Y = moved * a.X
    return vanishes(softmax(a.tau * Y * a.Q * a.K.T * Y.T) * Y * a.V - moved * a.Z)


@explicit
def heads_side_by_side(s: int) -> bool:
    Z, O = ([matrix(f"{name}{h}_", s, s) for h in range(s)] for name in "ZO")
    return vanishes(Matrix.hstack(*Z) * Matrix.vstack(*O) - reduce(lambda a, b: a + b, map(lambda z, o: z * o, Z, O)))


@explicit
def two_layer_gradient(s: int) -> bool:
    X, G, tau = matrix("X", s, s), matrix("G", s, s), sympy.Symbol("tau", positive=True)
    Q, K, M = ([matrix(f"{name}{layer}_", s, s) for layer in range(2)] for name in "QKM")
    weights, inputs = [], [X]
    for layer in range(2):
        weights.append(softmax(tau * inputs[-1] * Q[layer] * K[layer].T * inputs[-1].T))
        inputs.append(inputs[-1] + weights[-1] * inputs[-1] * M[layer])

    def to_scores(layer: int, arrived: Any) -> Any:
        dP = arrived * M[layer].T * inputs[layer].T
        return hadamard(weights[layer], dP - rowsum(hadamard(weights[layer], dP)) * ones(1, s))

    dS = to_scores(1, G)
    through_scores = dS * inputs[1] * K[1] * Q[1].T + dS.T * inputs[1] * Q[1] * K[1].T
    arrived = G + weights[1].T * G * M[1].T + tau * through_scores
    formula = tau * X.T * to_scores(0, arrived) * X * K[0]
    return vanishes(gradient(sum(hadamard(G, inputs[2])), Q[0]) - formula)
