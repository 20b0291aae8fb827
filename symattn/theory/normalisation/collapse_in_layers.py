"""How fast tokens come together in many layers.

A layer that takes tokens within D of each other to tokens within c D³ need not be weak to make them alike: once √c D is
below 1 its logarithm at least trebles with every layer.

    L        how many layers there are
    D        L+1 of 1×1   distances of the tokens: D[0] at first, D[l + 1] after layer l
    N        L+1 of 1×1   1, 3, 9, …: N[l] is 3^l
    r        the square root of c, more than 0;  g  how far below 1 it starts: r D[0] ≤ exp(-g)

Main results
    cubic_collapse_in_layers    after L layers r D ≤ exp(-3^L g)
"""

from __future__ import annotations

from typing import Any

from sympy import Integer

from symattn.language import And, AtMost, Equal, ForAll, Implies, exp, family, index, recurrence, scalar, sizes, total
from symattn.proof import Argument, Theorem, argument, by_layers, prove, specialised, theorem

L = sizes("L", min=0)
l = index("l", L)
D, N = family("D", L + 1, 1, 1), family("N", L + 1, 1, 1)
r, g = scalar("r", positive=True), scalar("g")
x, y = scalar("x"), scalar("y")
NEAR = ForAll(l, AtMost(0, total(D[l])))
CUBED = ForAll(l, AtMost(total(D[l + 1]), r**2 * total(D[l]) ** 3))
TREBLED = ForAll(l, Equal(N[l + 1], 3 * N[l]))
GIVEN = (NEAR, CUBED, TREBLED, Equal(total(N[0]), 1), AtMost(r * total(D[0]), exp(-g)))
"""What is assumed of the layers, of 3^l, and of the tokens that go in."""


def within(layer: Any, distances: Any, powers: Any) -> Any:
    """The bound after so many layers."""
    return AtMost(r * total(distances[layer]), exp(-total(powers[layer]) * g))


def cubes() -> Theorem:
    """From 0 ≤ x ≤ y that x³ ≤ y³."""
    ordered = AtMost(0, x), AtMost(x, y)
    with argument(*ordered) as proof:
        above = proof.have("y is not negative either", AtMost(0, y), by=ordered)
        squares = proof.have("x² ≤ y²", AtMost(x**2, y**2), by=ordered)
        first = proof.have("x³ ≤ x² y", AtMost(x**3, x**2 * y), by=ordered[1])
        then = proof.have("x² y ≤ y³", AtMost(x**2 * y, y**3), by=(squares, above))
        proof.show(AtMost(x**3, y**3), by=(first, then))
    return proof.theorem()


def _powers(layers: int) -> Any:
    """3^l, and distances that are cubed exactly, from where they start within exp(-g)."""
    start = exp(-g) / r
    exactly = ForAll(l, Equal(D[l + 1], r**2 * D[l] @ D[l] @ D[l]))
    return {L: Integer(layers), D: recurrence(exactly, start), N: recurrence(TREBLED, Integer(1))}


@theorem(
    section="10.9",
    says=within(L, D, N),
    given=GIVEN,
    instances=(_powers(1), _powers(2)),
    source="Dong, Cordonnier, Loukas, arXiv:2103.03404, for the doubly exponential rate",
    sketch=(
        "By induction over L: 0 ≤ x ≤ y gives x³ ≤ y³, so r D[l + 1] ≤ (r D[l])³ is at most exp(-N[l] g)³, which is "
        "exp(-3 N[l] g)."
    ),
)
def cubic_collapse_in_layers():
    """Distances that each layer cubes, D[l + 1] ≤ c D[l]³, are after L layers at most exp(-3^L g) / √c.

    So they vanish doubly exponentially once √c D[0] is below 1.  With which c attention without a residual stream
    cubes distances is said by `rank_collapse_cubic`.
    """

    def step(proof: Argument, before: Theorem, D: Any, N: Any) -> None:
        _, near, cubed, trebled, *_ = proof.given
        last = proof.have("the last layer", AtMost(total(D[L + 1]), r**2 * total(D[L]) ** 3), by=cubed)
        some = proof.have("distances are not negative", AtMost(0, total(D[L])), by=near)
        three = proof.have("the power of three", Equal(N[L + 1], 3 * N[L]), by=trebled)
        bound = exp(-total(N[L]) * g)
        cube = proof.at(
            "cubes of what is smaller are smaller", cubes(), {x: r * total(D[L]), y: bound}, by=(some, before)
        )
        power = proof.have("and exp(-a)³ is exp(-3 a)", Equal(bound**3, exp(-total(N[L + 1]) * g)), by=three)
        proof.show(within(L + 1, D, N), by=(last, cube, power))

    every = by_layers(ForAll((D, N), Implies(And(*GIVEN), within(L, D, N))), over=L, step=step)
    return prove(within(L, D, N), GIVEN, using=[specialised(every, {D: D, N: N})])
