"""The copying score of a head: how much of what it reads it writes again, from the eigenvalues of its circuit.

    E, V, O, U  N×d, d×v, v×d, d×N   embedding of N words, values and output of a head, unembedding
    N           r + 2 m, for r real eigenvalues and m conjugate pairs
    ρ           1×r       the real eigenvalues of E V O U
    λ, ν        1×m       the others are λ_j + i ν_j and λ_j - i ν_j
    S           N×N       what brings the circuit to blocks of these
    x, y, a     1×n       real and imaginary parts of eigenvalues, and their absolute values:  a² = x² + y², a ≥ 0

Main results
    copying_score          the trace of the circuit E V O U is one of width v, and the sum of its eigenvalues
    copying_score_bounds   Σ x lies between -Σ a and Σ a, which it is exactly when no eigenvalue is off [0, ∞)
"""

from symattn.language import (
    And,
    AtMost,
    Equal,
    Iff,
    Implies,
    diag,
    hadamard,
    hstack,
    identity,
    inverse,
    matrix,
    ones,
    reciprocal,
    row,
    sizes,
    total,
    trace,
    vstack,
    zeros,
)
from symattn.proof import Argument, argument, calc, each_vanishes, theorem

d, v, r, m = sizes("d v r m", min=0)
n = sizes("n", min=1)
N = r + 2 * m
E, V, O, U = matrix("E", N, d), matrix("V", d, v), matrix("O", v, d), matrix("U", d, N)
S, real, part, other = matrix("S", N, N, invertible=True), row("rho", r), row("lambda", m), row("nu", m)
blocks = vstack(
    hstack(diag(real), zeros(r, m), zeros(r, m)),
    hstack(zeros(m, r), diag(part), diag(other)),
    hstack(zeros(m, r), -diag(other), diag(part)),
)
circuit = E @ V @ O @ U
SPECTRUM = Equal(circuit, S @ blocks @ inverse(S))
ELHAGE = "Elhage et al.: A Mathematical Framework for Transformer Circuits, 2021"


@theorem(
    section="8.13",
    says=And(Equal(trace(circuit), trace(O @ U @ E @ V)), Equal(trace(circuit), total(real) + 2 * total(part))),
    given=SPECTRUM,
    instances=({d: N, v: N, E: S @ blocks, V: inverse(S), O: identity(N), U: identity(N)},),
    source=ELHAGE,
)
def copying_score():
    """The trace of the circuit from words to words is that of a matrix as wide as the head, and the sum of eigenvalues.

    The N×N circuit E V O U and the v×v matrix O U E V also have the same eigenvalues but for zeros, by spectrum_swap
    and charpoly_circuit.  A conjugate pair, λ + i ν and λ - i ν, is a block of λ, ν, -ν, λ.
    """
    small, spectrum = copying_score.says.args
    with argument(SPECTRUM) as proof:
        cyclic = proof.have("a trace is cyclic", small)
        turned = calc(trace(circuit), given=SPECTRUM).eq(trace(S @ blocks @ inverse(S)), by=SPECTRUM)
        chain = turned.eq(trace(blocks), by="S meets its inverse").eq(spectrum.right, by="add up the diagonal")
        values = proof.have("", chain)
        proof.show(copying_score.says, by=(cyclic, values))
    return proof


x, y, a, b = (row(name, n) for name in "xyab")
LENGTH = Equal(hadamard(a, a), hadamard(x, x) + hadamard(y, y))
ABSOLUTE = AtMost(zeros(1, n), a)
none = zeros(1, n)


def _below_length() -> Argument:
    """x ≤ a: a (a - x) = ((a - x)² + y²)/2 can be divided by a, and where a is 0 so is x."""
    over = reciprocal(a)
    gone = ones(1, n) - hadamard(a, over)
    u, v = row("u", n), row("v", n)
    left, idle, lost = hadamard(x, gone), hadamard(a, gone), hadamard(y, gone)
    with argument(LENGTH, ABSOLUTE) as proof:
        left_out = proof.have("a (1 - a/a) is 0", Equal(idle, none))
        less = AtMost(hadamard(left, left), hadamard(idle, idle))
        less = proof.have("x² is at most a²", less, by=LENGTH, hints=[hadamard(lost, lost)])
        known = AtMost(hadamard(u, u), hadamard(v, v)), Equal(v, none)
        gone_ = proof.have("what is below the square of 0 is 0", AtMost(total(hadamard(u, u)), 0), by=known)
        less = proof.at("so x (1 - a/a) has no square", gone_, {u: left, v: idle}, by=(less, left_out))
        zero = proof.have("and is 0", each_vanishes(less, Equal(left, none)), by=less)
        times = AtMost(none, hadamard(a, a - x))
        hints = [(hadamard(a - x, a - x) + hadamard(y, y)) / 2]
        times = proof.have("a (a - x) is half of (a - x)² + y²", times, by=LENGTH, hints=hints)
        above = proof.have("1/a is at least 0", AtMost(none, over), by=ABSOLUTE)
        shared = proof.have("so (a/a) (a - x) is", AtMost(none, hadamard(hadamard(a, over), a - x)), by=(times, above))
        proof.show(AtMost(x, a), by=(shared, left_out, zero), words="and (1 - a/a) (a - x) is 0")
    return proof


@theorem(
    section="8.13",
    says=And(
        AtMost(-total(a), total(x)),
        AtMost(total(x), total(a)),
        Iff(Equal(total(x), total(a)), And(Equal(y, none), AtMost(none, x))),
    ),
    given=(LENGTH, ABSOLUTE),
    instances=({a: hadamard(b, b), x: hadamard(b, b), y: none}, {y: none, x: -hadamard(b, b), a: hadamard(b, b)}),
    source=ELHAGE,
)
def copying_score_bounds():
    """The copying score Σ Re λ / Σ |λ| lies between -1 and 1, and is 1 exactly when all eigenvalues are real and ≥ 0.

    It is defined where some eigenvalue is not 0.
    """
    low, high, edge = copying_score_bounds.says.args
    same, real_ = edge.args
    with argument(LENGTH, ABSOLUTE) as proof:
        below = proof.have("no real part is above the absolute value", _below_length())
        other_side = proof.at("nor is its negative", below, {x: -x}, by=(LENGTH, ABSOLUTE))
        low = proof.have("add up", low, by=other_side)
        high = proof.have("add up", high, by=below)
        flat = proof.have("a - x is at least 0, and adds up to 0", Equal(x, a), by=(below, same))
        squares = proof.have("then y² is 0", Equal(hadamard(y, y), none), by=(flat, LENGTH))
        sums = proof.have("add up", Equal(total(hadamard(y, y)), 0), by=squares)
        lines = proof.have("so is y", each_vanishes(sums, Equal(y, none)), by=sums)
        above = proof.have("and x is at least 0", AtMost(none, x), by=(flat, ABSOLUTE))
        there = proof.have("", Implies(same, real_), by=(lines, above), under=(LENGTH, ABSOLUTE))
        alike = proof.have("back, x² = a²", Equal(hadamard(x, x), hadamard(a, a)), by=(LENGTH, real_.args[0]))
        equal = proof.at("so a ≤ x as well", below, {x: a, a: x, y: none}, by=(alike, real_.args[1]))
        equal = proof.have("so the sums are equal", AtMost(total(a), total(x)), by=equal)
        equal = proof.have("", same, by=(equal, high))
        back = proof.have("", Implies(real_, same), by=equal, under=(LENGTH, ABSOLUTE))
        proof.show(copying_score_bounds.says, by=(low, high, there, back))
    return proof
