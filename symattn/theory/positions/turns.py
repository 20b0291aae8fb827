"""The rotary embedding: positions as angles.

A position is any real number s, and plane j turns by the angle s θ_j.  Nothing is asked of the positions or of the
frequencies: they need be neither whole, nor different, nor in any order; there are as many planes as one likes.

    t, u       n×1    positions of n tokens; s, r those of one
    θ          1×p    frequencies, one for each plane
    A, B       n×2p   queries and keys of n tokens, [A₁ | A₂]: first the one coordinate of all planes, then the other
    q, κ       1×2p   one query and one key
    rope       [A₁∘C - A₂∘S | A₁∘S + A₂∘C], where C and S are the cosines and sines of t θ

Main results
    rope_by_difference    a rotated query and a rotated key score by the difference of their positions
    rope_moves            when all positions move alike, no score changes
    rope_adds             turning twice is turning by the sum
    rope_keeps_lengths    every row is as long as it was
    rope_gradient         the gradient is turned back
"""

from __future__ import annotations

from typing import Any

from symattn.language import (
    And,
    AtMost,
    Equal,
    Gradient,
    T,
    column,
    cos,
    hadamard,
    hstack,
    inner,
    matrix,
    ones,
    rope,
    row,
    rowsum,
    scalar,
    sin,
    sizes,
    total,
)
from symattn.proof import prove, theorem

n = sizes("n", min=1)
p, m = sizes("p m", min=0)
s, r, delta = scalar("s"), scalar("r"), scalar("delta")
theta, t, u = row("theta", p), column("t", n), column("u", n)
A, B = (hstack(matrix(f"{name}_1", n, p), matrix(f"{name}_2", n, p)) for name in "AB")
q, kappa = (hstack(row(f"{name}_1", p), row(f"{name}_2", p)) for name in ("q", "kappa"))
angles = matrix("H", n, m)
later = t + delta * ones(n, 1)
ROFORMER = "Su et al.: RoFormer, arXiv:2104.09864, section 3"
TEXTBOOK = "textbook calculus"


def turned(rows: Any, at: Any) -> Any:
    """Rows turned by their positions."""
    return rope(rows, at, theta)


def scores(at: Any) -> Any:
    """Scores of rotated queries against rotated keys."""
    return turned(A, at) @ T(turned(B, at))


def wave(at: Any) -> Any:
    """A sinusoidal position: the cosines, then the sines."""
    return hstack(cos(at * theta), sin(at * theta))


def named(at: Any, mark: str = "") -> dict[Any, Any]:
    """The cosines and sines at some positions under letters."""
    rows = at.shape[0] if getattr(at, "is_Matrix", False) else 1
    C, S = (matrix(f"{name}{mark}", rows, p) for name in "CS")
    return {C: cos(at * theta), S: sin(at * theta)}


@theorem(
    section="6.1",
    says=And(AtMost(cos(angles), ones(n, m)), AtMost(-ones(n, m), cos(angles))),
    source=TEXTBOOK,
    sketch="1 - cos a is half of (1 - cos a)² + sin² a, and 1 + cos a half of (1 + cos a)² + sin² a.",
)
def cos_at_most_one():
    """A cosine lies between -1 and 1."""
    one, c, s = ones(n, m), cos(angles), hadamard(sin(angles), sin(angles))
    bounds = []
    for part, side in zip(cos_at_most_one.says.args, (one - c, one + c), strict=True):
        bounds.append(prove(part, hints=[(hadamard(side, side) + s) / 2]))
    return prove(cos_at_most_one.says, using=bounds)


@theorem(
    section="6.1",
    says=Equal(wave(s + r), turned(wave(s), r)),
    source="Vaswani et al.: Attention Is All You Need, 2017, section 3.5, which says that there is such a function",
    sketch="The laws of addition for cosine and sine.",
)
def sinusoid_turns():
    """A sinusoidal position moves by r when every plane of it turns by r."""
    ...


@theorem(
    section="6.1",
    says=And(
        Equal(total(wave(s) @ T(wave(r))), total(cos((s - r) * theta))),
        Equal(total(cos((s - r) * theta)), total(cos((r - s) * theta))),
    ),
    source=TEXTBOOK,
    sketch="cos a cos b + sin a sin b is the cosine of the difference, and the cosine is even.",
)
def sinusoid_products():
    """Two sinusoidal positions have the product Σ cos (s - r) θ, whichever of them is the later."""
    ...


@theorem(
    section="6.2",
    says=Equal(turned(turned(A, t), u), turned(A, t + u)),
    source="textbook linear algebra",
    sketch="In every plane these are the laws of addition for cosine and sine.",
    where={**named(t, "_t"), **named(u, "_u"), **named(t + u)},
)
def rope_adds():
    """Turning by t and then by u is turning by t + u, row by row."""
    ...


@theorem(
    section="6.2",
    says=Equal(turned(q, s) @ T(turned(kappa, r)), turned(q, s - r) @ T(kappa)),
    source=ROFORMER,
    sketch="In each plane both are (q₁κ₁ + q₂κ₂) cos (s - r)θ + (q₁κ₂ - q₂κ₁) sin (s - r)θ.",
    where={**named(s, "_s"), **named(r, "_r"), **named(s - r)},
)
def rope_by_difference():
    """A query at s and a key at r score as the query at s - r and the key where nothing turns."""
    ...


@theorem(
    section="6.2",
    says=Equal(scores(later), scores(t)),
    source=ROFORMER,
    sketch="Only differences of positions occur, and those stay.",
    where={**named(t), **named(later, "'")},
)
def rope_moves():
    """When all positions move alike, rotated queries and keys score as before, and so they attend as before."""
    ...


@theorem(
    section="6.2",
    says=Equal(rowsum(hadamard(turned(A, t), turned(A, t))), rowsum(hadamard(A, A))),
    source="textbook linear algebra",
    sketch="In each plane (a c - b s)² + (a s + b c)² is (a² + b²)(c² + s²).",
    where=named(t),
)
def rope_keeps_lengths():
    """Every row is as long as it was, whatever its position."""
    ...


dA = hstack(matrix("G_1", n, p), matrix("G_2", n, p))
loss = inner(dA, turned(A, t))


@theorem(
    section="6.2",
    says=And(*(Equal(Gradient(loss, half), part) for half, part in zip(A.args, turned(dA, -t).args, strict=True))),
    source="not found stated elsewhere",
    sketch="In each plane a turn is linear, and transposed it turns back.",
)
def rope_gradient():
    """The gradient by the rows is that by the turned rows, turned back, whatever is made of the turned rows."""
    ...
