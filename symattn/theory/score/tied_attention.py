"""What scores are when queries are keys.

With Q = K the form is Q Qᵀ, a Gram matrix: scores are inner products of one kind of vectors, and a token scores itself
no less than 0.

    x, y     1×d   tokens;  X  n×d  tokens, one a row
    Q        d×k   queries and keys at once
    q, p     1×k   directions of length 1;  c a length
    tau            the scale of the scores

Main results
    tied_qk_psd                            with Q = K the scores are a Gram matrix
    tied_pair_bound                        the largest score of all is one of a token with itself
    tied_qk_self_attention_false           yet a token need not score itself highest
    unit_keys_attend_to_self               it does when keys have length 1
"""

from __future__ import annotations

from typing import Any

from sympy import Rational

from symattn.language import (
    PSD,
    And,
    AtMost,
    Equal,
    Exists,
    Positive,
    entry,
    matrix,
    normsquared,
    row,
    scalar,
    sizes,
    total,
    unit,
)
from symattn.proof import prove, theorem

n, d, k = sizes("n d k")
half = Rational(1, 2)
x, y = row("x", d), row("y", d)
X, Q = matrix("X", n, d), matrix("Q", d, k)
tau, c = scalar("tau", positive=True), scalar("c", positive=True)
tied = Q @ Q.T


def score(x: Any, y: Any, form: Any = tied) -> Any:
    """The number x W yᵀ."""
    return total(x @ form @ y.T)


@theorem(
    says=And(PSD(tied), PSD(tau * X @ tied @ X.T)),
    section="2.11",
    source="textbook linear algebra",
    sketch=(
        "y Q Qᵀ yᵀ = |y Q|² is not negative, and the scores are the inner products of the rows of X Q, times τ > 0."
    ),
)
def tied_qk_psd():
    """With Q = K the form is positive semidefinite, and so are the scores of every sequence."""
    ...


@theorem(
    says=AtMost(2 * score(x, y), score(x, x) + score(y, y)),
    section="2.11",
    source="textbook linear algebra",
    sketch="score(x, x) + score(y, y) - 2 score(x, y) = |(x - y) Q|², which is not negative.",
)
def tied_pair_bound():
    """With Q = K two tokens score together at most the mean of what each scores with itself.

    So at least one of the two scores no less with itself, and the largest score of all is on the diagonal.
    """
    return prove(tied_pair_bound.says, hints=[normsquared((x - y) @ Q)])


@theorem(
    says=AtMost(score(x, y) ** 2, score(x, x) * score(y, y)),
    section="2.11",
    source="textbook linear algebra",
    sketch=(
        "The inequality of Cauchy and Schwarz for p = x Q and q = y Q.  By Lagrange's identity |p|² |q|² - "
        "(p qᵀ)² is half the sum of all squares (p_a q_b - q_a p_b)²."
    ),
)
def tied_cauchy_schwarz():
    """With Q = K the squared score of two tokens is at most the product of what each scores with itself."""
    areas = (x @ Q).T @ (y @ Q) - (y @ Q).T @ (x @ Q)
    return prove(tied_cauchy_schwarz.says, hints=[half * normsquared(areas)])


n_two, d_one, k_one = sizes("n", min=2), sizes("d", min=1), sizes("k", min=1)
X_2, Q_2 = matrix("X", n_two, d_one), matrix("Q", d_one, k_one)
gram = X_2 @ Q_2 @ Q_2.T @ X_2.T
i_0, i_1, d_0, k_0 = unit(n_two, 0), unit(n_two, 1), unit(d_one, 0), unit(k_one, 0)


@theorem(
    says=Exists(
        (X_2, Q_2), Positive(entry(gram, 0, 1) - entry(gram, 0, 0)), (i_0.T @ d_0 + 2 * i_1.T @ d_0, d_0.T @ k_0)
    ),
    section="2.12",
    source="not found stated elsewhere",
    sketch=(
        "The scores of the tokens e_0 and 2 e_0 under e_0ᵀ e_0 are products of numbers: the first scores 1 "
        "with itself and 2 with the second."
    ),
)
def tied_qk_self_attention_false():
    """With Q = K a token can score another one higher than itself: with tokens 1 and 2 the first scores 1 and 2."""
    ...


p, q = row("p", k_one), row("q", k_one)
turn = matrix("O", k_one, k_one, orthogonal=True)


@theorem(
    says=AtMost(total(c * q @ p.T), total(c * q @ q.T)),
    given=(Equal(total(q @ q.T), 1), Equal(total(p @ p.T), 1)),
    instances=({q: k_0, p: k_0 @ turn},),
    section="2.12",
    source="textbook linear algebra",
    sketch="As q and p have length 1, c |q|² - c q pᵀ = c/2 |q - p|², which is not negative.",
)
def unit_keys_attend_to_self():
    """With keys of length 1 a token scores no other one higher than itself.

    Its query is c q, its key q, the other key p; what it scores more with itself is c/2 times |q - p|².
    """
    given = unit_keys_attend_to_self.given
    return prove(unit_keys_attend_to_self.says, given, hints=[half * c * normsquared(q - p)])
