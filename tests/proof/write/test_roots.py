"""A square root exists of what is at least 0, and of nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.errors import TheoremError
from symattn.language import AtMost, Equal, Exists, Positive, exp, hadamard, identity, matrix, scalar, sizes, zeros
from symattn.proof import Theorem, has_square_root, prove, replay

n, m = sizes("n m", min=0)
A, B, S, R = (matrix(name, n, m) for name in "ABSR")
a, s, root, two = matrix("a", 1, 1), matrix("s", 1, 1), matrix("root1", 1, 1), 2 * identity(1)
square, factor = matrix("A", n, n), matrix("F", n, n)
t, z = scalar("t"), scalar("z")


def known(claim: Any) -> Theorem:
    return prove(claim, claim)


ROOTS: dict[str, tuple[Theorem, Any]] = {
    "of a scalar": (known(AtMost(0, t)), Exists(z, Equal(z**2, t))),
    "of a 1×1 matrix": (known(AtMost(zeros(1, 1), a)), Exists(s, Equal(s @ s, a))),
    "entry by entry": (known(AtMost(zeros(n, m), A)), Exists(S, Equal(hadamard(S, S), A))),
    "of a difference": (known(AtMost(A, B)), Exists(S, Equal(hadamard(S, S), B - A))),
    "of what is positive": (prove(Positive(exp(A))), Exists(S, Equal(hadamard(S, S), exp(A)))),
    "beside another letter": (known(AtMost(zeros(1, 1), a)), Exists((s, z), Equal(s @ s, a))),
    "in other words": (known(AtMost(zeros(1, 1), a)), Exists(s, Equal(a - s @ s, zeros(1, 1)))),
    "beside a letter called like a root": (known(AtMost(root, root + a)), Exists(s, Equal(s @ s, a))),
}
NO_ROOTS: dict[str, tuple[Theorem, Any]] = {
    "of its opposite": (known(AtMost(zeros(1, 1), a)), Exists(s, Equal(s @ s, -a))),
    "of a greater number": (known(AtMost(zeros(1, 1), a)), Exists(s, Equal(s @ s, a + two))),
    "of what is at most 0": (known(AtMost(a, zeros(1, 1))), Exists(s, Equal(s @ s, a))),
    "of what equals 0 or not": (known(Equal(a, a)), Exists(s, Equal(s @ s, a))),
    "as a product of matrices": (known(AtMost(zeros(n, n), square)), Exists(factor, Equal(factor @ factor.T, square))),
    "of another shape": (known(AtMost(zeros(n, m), A)), Exists(s, Equal(s @ s, a))),
    "a third root": (known(AtMost(zeros(1, 1), a)), Exists(s, Equal(s @ s @ s, a))),
}


@pytest.mark.parametrize("name", ROOTS)
def test_what_is_at_least_0_has_a_root(name: str) -> None:
    theorem, claim = ROOTS[name]
    found = has_square_root(theorem, claim)
    assert (found.claim, found.given) == (claim, theorem.given)
    assert replay(found.certificate()).conclusion == found.kernel.conclusion


@pytest.mark.parametrize("name", NO_ROOTS)
def test_nothing_else_has(name: str) -> None:
    with pytest.raises(TheoremError, match="no square root"):
        has_square_root(*NO_ROOTS[name])


def test_it_takes_the_real_numbers() -> None:
    """No rational number has the square 2."""
    assert has_square_root(*ROOTS["of a 1×1 matrix"]).over == "the real numbers"


def test_the_refusal_says_what_would_have_been_accepted() -> None:
    with pytest.raises(TheoremError) as error:
        has_square_root(*NO_ROOTS["of its opposite"])
    assert "theorem : 0 ≤ a" in str(error.value)
    assert "claim   : ∃ s: s s = -a" in str(error.value)
    assert "Exists(S, Equal(hadamard(S, S), A))" in str(error.value)
