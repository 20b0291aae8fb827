"""Formulas that are short for others, and the two rules that put one in the place of the other."""

from __future__ import annotations

from symattn.errors import KernelError
from symattn.kernel.proofs import Proof, Sequent, rule
from symattn.kernel.rules.inequalities import quadratic_form
from symattn.kernel.syntax.formulas import (
    FORMULAS,
    And,
    Array,
    Equation,
    Exists,
    ForAll,
    Formula,
    Iff,
    Implies,
    NonNegative,
    Not,
    RankAtMost,
    Semidefinite,
)
from symattn.kernel.syntax.sizes import ONE_SIZE, Size, need, variable
from symattn.kernel.syntax.substitution import at
from symattn.kernel.syntax.terms import Letter, Term, entry, multiply, number, reindex, summation, symbols

FALSE = Equation((), number(0), number(1))


@rule(1)
def unfold(premise: Proof, *names: str) -> Sequent:
    """H |- A   =>   H |- B, when A is short for B."""
    return premise.hypotheses, meaning(premise.conclusion, *names)


@rule(1)
def fold(premise: Proof, claim: Formula, *names: str) -> Sequent:
    """H |- B   =>   H |- A, when A is short for B."""
    need(premise.conclusion == meaning(claim, *names), "the premise does not say what the claim is short for")
    return premise.hypotheses, claim


def meaning(formula: Formula, *names: str) -> Formula:
    """What the formula is short for, with these names for the letters that are bound there.

    A iff B             (A implies B) and (B implies A)
    not A               A implies 0 = 1
    A semidefinite      A_ij = A_ji, and for all v. v A v^T >= 0
    rank A <= rank B    there are L, R. A = L B R  (over a field)
    """
    need(type(formula) in FORMULAS, "only a formula is short for another")
    match formula:
        case Iff(a, b) if not names:
            return And((Implies(a, b), Implies(b, a)))
        case Not(a) if not names:
            return Implies(a, FALSE)
        case Semidefinite(matrix):
            (i, j), (direction,) = matrix.indices, _unknown(names, [(ONE_SIZE, matrix.sizes[0])], matrix)
            form = ForAll((direction,), NonNegative((), quadratic_form(matrix, direction)))
            return And((Equation((i, j), matrix.body, reindex(matrix.body, {i: j, j: i})), form))
        case RankAtMost(a, b):
            shapes = [(a.sizes[0], b.sizes[0]), (b.sizes[1], a.sizes[1])]
            left, right = _unknown(names, shapes, a, b)
            product = sandwich(a.indices, whole(left), b, whole(right))
            return Exists((left, right), Equation(a.indices, a.body, product))
    raise KernelError(f"{type(formula).__name__} is short for nothing with {len(names)} names")


def _unknown(names: tuple[str, ...], shapes: list[tuple[Size, Size]], *arrays: Array) -> list[Letter]:
    """Letters of these names and shapes of which nothing is known, other ones than those of the arrays."""
    letters = [Letter(name, shape) for name, shape in zip(names, shapes, strict=True)]
    own = len(set(letters)) == len(letters) and symbols(*(a.body for a in arrays)).isdisjoint(letters)
    need(own, "what is bound must have names of its own")
    return letters


def sandwich(indices: tuple[int, ...], left: Array, middle: Array, right: Array) -> Term:
    """The entry of `L B R` at these indices."""
    p, q = (variable(f"inner{n}", size) for n, size in enumerate(middle.sizes))
    need({p, q}.isdisjoint(indices), "the indices have the names of inner ones")
    return summation((p, q), multiply(at(left, indices[0], p), at(middle, p, q), at(right, q, indices[1])))


def whole(letter: Letter) -> Array:
    """A matrix letter as an array."""
    i, j = (variable(name, size) for name, size in zip("ij", letter.sizes, strict=True))
    return Array((i, j), entry(letter, i, j))
