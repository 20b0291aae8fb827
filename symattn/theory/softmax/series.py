"""How exp and tanh bend: what lies between them and the first terms of their series.

exp(x) ≥ 1 + x says nothing of the next terms.  What starts at 0 and never falls is never negative, and that does: each
bound here is differentiated until its sign is plain.

    x      a number that is at least 0
    tanh   (e^2x - 1) / (e^2x + 1), which is odd

Main results
    exp_between_taylor   1 + x + x²/2 ≤ e^x ≤ 1 + x + x²/2 + x³ e^x / 6
    tanh_between         x - x³/3 ≤ tanh x ≤ x
"""

from typing import Any

from symattn.language import And, AtMost, exp, scalar
from symattn.proof import argument, rising, theorem

x = scalar("x")
LATER = AtMost(0, x)
grown, doubled = exp(x), exp(2 * x)
tanh = (doubled - 1) / (doubled + 1)


def climbed(proof: Any, words: str, *functions: Any) -> Any:
    """0 ≤ F for the last of the functions, each of which is at least 0 at x = 0 and has the one before it as slope."""
    found = None
    for F in functions:
        found = proof.have(words if found is None else "so is what has it as slope", rising(F, x, step=found))
    return found


@theorem(
    section="4.4",
    says=And(AtMost(1 + x + x**2 / 2, grown), AtMost(grown, 1 + x + x**2 / 2 + x**3 * grown / 6)),
    given=LATER,
    instances=({x: scalar("y") ** 2},),
    source="Taylor's theorem; textbook calculus",
)
def exp_between_taylor():
    """For x ≥ 0, e^x is at least 1 + x + x²/2, and at most x³ e^x / 6 more."""
    low, high = exp_between_taylor.says.args
    with argument(LATER) as proof:
        below = climbed(proof, "e^x - 1 - x is 0 at 0 and never falls", grown - 1 - x, grown - 1 - x - x**2 / 2)
        below = proof.have("", low, by=below)
        above = climbed(
            proof,
            "differentiate 1 + x + x²/2 + x³ e^x / 6 - e^x three times: no term is negative",
            1 + (x + x**2 + x**3 / 6 - 1) * grown,
            1 + (x**2 / 2 + x**3 / 6) * grown + x - grown,
            1 + x + x**2 / 2 + x**3 * grown / 6 - grown,
        )
        above = proof.have("", high, by=above)
        proof.show(exp_between_taylor.says, by=(below, above))
    return proof


@theorem(
    section="4.4",
    says=And(AtMost(x - x**3 / 3, tanh), AtMost(tanh, x)),
    given=LATER,
    instances=({x: scalar("y") ** 2},),
    source="textbook calculus",
)
def tanh_between():
    """For x ≥ 0, tanh x lies between x - x³/3 and x."""
    low, high = tanh_between.says.args
    cubes = 2 * x**3 / 3
    with argument(LATER) as proof:
        words = "e^2x (2 x - 1) + 1 is 0 at 0 and its slope 4 x e^2x is not negative"
        above = climbed(proof, words, 1 - doubled + 2 * x * doubled, x * (doubled + 1) - (doubled - 1))
        above = proof.have("divide by e^2x + 1", high, by=above)
        words = "differentiate e^2x - 1 - (x - x³/3)(e^2x + 1) four times: no term is negative"
        below = climbed(
            proof,
            words,
            2 + (4 * cubes + 12 * x**2 + 4 * x - 2) * doubled,
            2 * x + (2 * cubes + 4 * x**2 - 2 * x) * doubled,
            x**2 - 1 + (cubes + x**2 - 2 * x + 1) * doubled,
            doubled - 1 - (x - x**3 / 3) * (doubled + 1),
        )
        below = proof.have("divide by e^2x + 1", low, by=below)
        proof.show(tanh_between.says, by=(below, above))
    return proof
