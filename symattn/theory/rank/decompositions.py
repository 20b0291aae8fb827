"""A form given by its singular value decomposition, and a level between its singular values.

W              d×d   the form, the kept part U diag(s) Vᵀ and the rest U' diag(t) V'ᵀ
U, V, U', V'   d×m, d×r   orthonormal columns, those of the rest orthogonal to those that are kept
s, t           1×m, 1×r   the singular values
b, g, h        a level b² between the squares: s² = b² + g², t² = b² - h²
"""

from __future__ import annotations

from typing import Any

from sympy import Rational

from symattn.language import Equal, diag, hadamard, identity, matrix, ones, row, scalar, sizes, vstack, zeros

d, k, r, p = sizes("d k r p", min=0)
b = scalar("b")


class Decomposition:
    """The letters of a decomposition of which so many singular values are kept, what they say, and values for them."""

    def __init__(self, width: Any) -> None:
        self.width = width
        self.U, self.V = matrix("U", d, width), matrix("V", d, width)
        self.U1, self.V1 = matrix("U'", d, r), matrix("V'", d, r)
        self.s, self.g, self.t, self.h = row("s", width), row("g", width), row("t", r), row("h", r)
        self.kept = self.U @ diag(self.s) @ self.V.T
        self.whole = self.kept + self.U1 @ diag(self.t) @ self.V1.T
        self.above = Equal(hadamard(self.s, self.s), b**2 * ones(1, width) + hadamard(self.g, self.g))
        self.below = Equal(hadamard(self.t, self.t) + hadamard(self.h, self.h), b**2 * ones(1, r))

    @property
    def orthonormal(self) -> tuple[Any, ...]:
        """Those of U, V, U', V', and that U' is orthogonal to U and V' to V."""
        kept, rest = (self.U, self.V), (self.U1, self.V1)
        return (
            *(Equal(A.T @ A, identity(self.width)) for A in kept),
            *(Equal(A.T @ A, identity(r)) for A in rest),
            *(Equal(A.T @ B, zeros(self.width, r)) for A, B in zip(kept, rest, strict=True)),
        )

    @property
    def turns(self) -> tuple[Any, Any]:
        """Orthogonal matrices of size m + r + p: every d that is large enough."""
        whole = self.width + r + p
        return matrix("R", whole, whole, orthogonal=True), matrix("R'", whole, whole, orthogonal=True)

    @property
    def first(self) -> Any:
        """The first of the columns of the identity, as many as are kept."""
        return vstack(identity(self.width), zeros(r + p, self.width))

    @property
    def columns(self) -> dict[Any, Any]:
        """Orthonormal columns."""
        left, right = self.turns
        then = vstack(zeros(self.width, r), identity(r), zeros(p, r))
        kept, rest = (
            {self.U: left @ self.first, self.V: right @ self.first},
            {self.U1: left @ then, self.V1: right @ then},
        )
        return {d: self.width + r + p, **kept, **rest}

    @property
    def levels(self) -> dict[Any, Any]:
        """Singular values 5b/4 and 3b/5 about the level b."""
        wide, rest = b * ones(1, self.width), b * ones(1, r)
        above = {self.s: Rational(5, 4) * wide, self.g: Rational(3, 4) * wide}
        return {**above, self.t: Rational(3, 5) * rest, self.h: Rational(4, 5) * rest}
