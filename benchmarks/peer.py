"""The statements that tensorgrad can be asked: the two sides as tensors, whose difference must simplify to zero.

Each is written in the way that simplifies fastest; comparing the two simplified sides took two to three times as long.
Only a child process whose interpreter has tensorgrad imports this module.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from sympy import symbols
from tensorgrad import (
    Tensor,
    Variable,
    Zero,
    functions as F,  # noqa: N812
)

Sides = tuple[Any, Any]
PEER: dict[str, Callable[[str], Sides]] = {}


def peer(make: Callable[[str], Sides]) -> Callable[[str], Sides]:
    PEER[make.__name__] = make
    return make


def equal(left: Tensor, right: Tensor) -> bool:
    return isinstance((left - right).full_simplify(), Zero)


def head(t: str) -> SimpleNamespace:
    n, d, k, v = symbols(f"n{t} d{t} k{t} v{t}")
    X, G, tau = Variable(f"X{t}", n=n, d=d), Variable(f"G{t}", i=n, v=v), Variable(f"tau{t}")
    Q, K, V = Variable(f"Q{t}", d=d, k=k), Variable(f"K{t}", d=d, k=k), Variable(f"V{t}", d=d, v=v)
    Xi, Xj = X.rename(n="i"), X.rename(n="j")
    P = F.softmax(tau * (Xi @ Q) @ (Xj @ K), dim="j")
    Z, dP = P @ (Xj @ V), G @ (Xj @ V)
    D = F.sum(P * dP, ["j"])
    dS = P * (dP - F.sum(P * dP, ["j"], keepdims=True))
    return SimpleNamespace(Q=Q, K=K, V=V, G=G, tau=tau, Xi=Xi, Xj=Xj, P=P, Z=Z, D=D, dS=dS, loss=F.sum(G * Z))


@peer
def transposed_scores(t: str) -> Sides:
    n, d, k = symbols(f"n{t} d{t} k{t}")
    X, Q, K = Variable(f"X{t}", n=n, d=d), Variable(f"Q{t}", d=d, k=k), Variable(f"K{t}", d=d, k=k)
    Xi, Xj = X.rename(n="i"), X.rename(n="j")
    return (Xj @ Q) @ (Xi @ K), (Xi @ K) @ (Xj @ Q)


@peer
def skew_form(t: str) -> Sides:
    """It cannot be told that a matrix is skew, so the matrix is B - Bᵀ."""
    d = symbols(f"d{t}")
    B, x = Variable(f"B{t}", i=d, j=d), Variable(f"x{t}", i=d)
    return x @ (B - B.rename(i="j", j="i")) @ x.rename(i="j"), Zero()


@peer
def softmax_jacobian(t: str) -> Sides:
    p = F.softmax(Variable(f"s{t}", i=symbols(f"n{t}")), dim="i")
    s = Variable(f"s{t}", i=symbols(f"n{t}"))
    return p.grad(s, {"i": "j"}), F.diag(p, ["i", "j"]) - p @ p.rename(i="j")


@peer
def dQ(t: str) -> Sides:
    a = head(t)
    right = a.Xj.rename(d="e") @ a.K.rename(d="e")
    return a.loss.grad(a.Q, {"d": "d", "k": "k"}), a.tau * (a.Xi @ a.dS @ right)


@peer
def dK(t: str) -> Sides:
    a = head(t)
    right = a.Xi.rename(d="e") @ a.Q.rename(d="e")
    return a.loss.grad(a.K, {"d": "d", "k": "k"}), a.tau * (a.Xj @ a.dS @ right)


@peer
def dV(t: str) -> Sides:
    a = head(t)
    return a.loss.grad(a.V, {"d": "d", "v": "v"}), a.Xj @ a.P @ a.G


@peer
def D(t: str) -> Sides:
    a = head(t)
    return a.D, F.sum(a.G * a.Z, ["v"])
