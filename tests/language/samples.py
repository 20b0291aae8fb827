"""The letters of the tests that print, read and measure expressions, and expressions written out at numbers."""

from __future__ import annotations

from sympy import ImmutableMatrix, log as ln

from symattn.language import bilinear, family, index, matrix, row, scalar, sizes

n = sizes("n", min=1)
d, k, H = sizes("d k H", min=0)
X, Q, K, W = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k), matrix("W", d, d)
G = matrix("G", k, k, invertible=True)
t, s = scalar("t", positive=True), scalar("s")
x, y = row("x", d), row("y", d)
F, h, g, r = family("F", 6, d, k), index("h", 6), index("g", 2), index("r", 3)
B = bilinear("B", d)
LOGS = ImmutableMatrix([[ln(1), ln(2), ln(3)], [ln(1), ln(1), ln(2)]])
RAW = matrix("S", 2, 3)


def written_out(expr: object, **values: object) -> ImmutableMatrix:
    """Entries, with letters replaced by explicit matrices afterwards."""
    explicit = expr.as_explicit()  # type: ignore[attr-defined]
    rule = {
        element: values[element.parent.name][int(element.i), int(element.j)]  # type: ignore[index]
        for element in explicit.atoms(type(RAW[0, 0]))
    }
    return explicit.xreplace(rule)
