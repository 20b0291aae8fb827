"""What factors cost: parameters and multiplications, compared exactly.

    d, k, n, H   width of a token, width of a head, tokens, heads; all at least 1
    2 d k        parameters of Q and K            d²    parameters of W
    2 d k - k²   dimensions of the forms of rank k

Main results
    param_breakeven   two factors are smaller than the form exactly when 2 k < d
    flop_breakeven    factored scores need fewer multiplications exactly when k (2 d + n) < d (d + n)
"""

from symattn.language import And, AtMost, Equal, Iff, Implies, Positive, sizes
from symattn.proof import theorem

n, d, k, H = sizes("n d k H", min=1)


@theorem(
    section="3.13",
    says=And(
        Iff(Positive(d**2 - 2 * d * k), Positive(d - 2 * k)),
        Equal(d**2 - (2 * d * k - k**2), (d - k) ** 2),
        Iff(Positive(H * (H * k) ** 2 - 2 * H * (H * k) * k), Positive(H - 2)),
    ),
    source="not found stated elsewhere",
    sketch=(
        "d² - 2 d k = d (d - 2 k), d² - (2 d k - k²) = (d - k)² and H (H k)² - 2 H (H k) k = H² k² (H - 2), where "
        "d, k and H are at least 1."
    ),
)
def param_breakeven():
    """Factors save parameters exactly when 2 k < d; H heads of width d/H exactly when H > 2.

    Counted without the gauge, 2 d k - k² < d² always, except at k = d where the two are equal.
    """
    ...


full = n * d**2 + n**2 * d
factored = 2 * n * d * k + n**2 * k


@theorem(
    section="3.14",
    says=And(
        Iff(Positive(full - factored), Positive(d * (d + n) - k * (2 * d + n))),
        Implies(AtMost(2 * k, d), Positive(full - factored)),
        Implies(AtMost(d, k), AtMost(full, factored)),
    ),
    source="not found stated elsewhere",
    sketch=(
        "What is saved is n (d (d + n) - k (2 d + n)), where n ≥ 1. The bracket is d (d - 2 k) + n (d - k), which is "
        "positive for 2 k ≤ d, and at most 0 for d ≤ k."
    ),
)
def flop_breakeven():
    """(X Q)(X K)ᵀ needs fewer multiplications than (X W) Xᵀ exactly when k (2 d + n) < d (d + n).

    It always does for 2 k ≤ d, and never for k ≥ d.
    """
    ...
