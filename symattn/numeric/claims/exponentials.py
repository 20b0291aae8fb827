"""What exact arithmetic does not read as it is written: exp as 2**x, cos and sin as turns by the 3-4-5 triangle."""

from functools import lru_cache

import sympy

from symattn import language
from symattn.language import Claim
from symattn.language.walk import nodes_of

EXPONENTIALS = (
    sympy.exp,
    sympy.log,
    sympy.cos,
    sympy.sin,
    sympy.core.numbers.Exp1,
    language.ElementwiseExp,
    language.ElementwiseLog,
    language.ElementwiseCos,
    language.ElementwiseSin,
    language.Softmax,
)


def has_exponential(*roots: sympy.Expr | Claim) -> bool:
    """Whether exp, log, softmax, cos or sin occurs.

    Then exact arithmetic reads exp(x) as 2**x and turns by the 3-4-5 triangle, and what it says is not certain.

    roots    expressions and claims

    >>> S = matrix("S", *sizes("n m"))
    >>> sa.numeric.has_exponential(softmax(S)), sa.numeric.has_exponential(rowsum(S))
    (True, False)
    """
    return any(map(_has, roots))


@lru_cache(maxsize=256)  # a claim is asked about at many samples
def _has(root: sympy.Expr | Claim) -> bool:
    return any(True for _ in nodes_of(root, kinds=EXPONENTIALS))
