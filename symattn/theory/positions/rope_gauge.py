"""What may stand between queries and keys that turn.

Without positions every invertible G may: queries x G and keys y G⁻ᵀ score as x and y do.  Where planes turn by angles
of different cosines only that may which turns and stretches each plane by itself.

    c, s       1×p    cosines and sines of the angles by which the planes turn from one position to the next
    R          2p×2p  [[diag c, diag s], [-diag s, diag c]], what turns a key by one position
    G, H       2p×2p  what is done to queries and to keys;  G = [[G₁₁, G₁₂], [G₂₁, G₂₂]]
    a, b       1×p    by how much a plane is stretched and turned: G = [[diag a, diag b], [-diag b, diag a]]
    D          p×p    the cosines differ: D_pq (c_p - c_q) = 1 for all p ≠ q
    e          1×p    no angle is 0 or π: e_p s_p = 1

Main results
    rope_commutant    G R = R G exactly for such G
    rope_gauge        all scores at the differences 0 and 1 stay exactly when G is such and H is its inverse, transposed
"""

from __future__ import annotations

from typing import Any

from symattn.language import (
    And,
    Equal,
    Exists,
    ForAll,
    Iff,
    T,
    diag,
    hadamard,
    hstack,
    identity,
    matrix,
    ones,
    row,
    sizes,
    vstack,
    zeros,
)
from symattn.proof import argument, theorem
from symattn.theory.positions.rotations import on_circle, rotation

p = sizes("p", min=1)
c, s, a, b, e = (row(name, p) for name in "csabe")
D = matrix("D", p, p)
blocks = [matrix(f"G_{i}{j}", p, p) for i in (1, 2) for j in (1, 2)]
G_11, G_12, G_21, G_22 = blocks
G, R = vstack(hstack(G_11, G_12), hstack(G_21, G_22)), rotation(c, s)
every = ones(1, p)
APART = Equal(hadamard(D, T(c) @ every - every.T @ c), every.T @ every - identity(p)), Equal(hadamard(e, s), every)
