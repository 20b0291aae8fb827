"""What is visibly positive, or visibly not negative, read off a term as it is written."""

from __future__ import annotations

from collections import Counter

from symattn.kernel.syntax.sizes import size_of
from symattn.kernel.syntax.terms import Term


def visibly_nonnegative(term: Term) -> bool:
    """Sums and products of squares, exps, masks, positive letters and reciprocals of such."""
    return sign(term) >= 0


def visibly_positive(term: Term) -> bool:
    """The same, and not zero; a sum needs a summand."""
    return sign(term) > 0


def sign(term: Term) -> int:
    """1 for what is seen to be positive, 0 for what is seen to be at least 0, and -1 for all else."""
    match term.kind, term.args:
        case "number", (value,):
            return int(value > 0) - int(value < 0)
        case "cardinal", (size,):
            return int(size.minimum >= 1)
        case "delta", _:
            return 0
        case "exp", _:
            return 1
        case "parameter", (symbol,):
            return 1 if symbol.positive else -1
        case "entry", (letter, *_):
            return 1 if "positive" in letter.known else 0 if letter.known & {"mask", "permutation"} else -1
        case "sum", (bound, body):
            return min(sign(body), int(all(size_of(v).minimum >= 1 for v in bound)))
        case "add", summands:
            signs = [sign(a) for a in summands] or [0]
            return max(signs) if min(signs) >= 0 else -1
        case "multiply", factors:  # an even number of equal ones is a square
            return min([max(sign(a), -(times % 2)) for a, times in Counter(factors).items()], default=1)
        case "power", (base, exponent):
            return max(sign(base), 0 if exponent.denominator == 1 and exponent % 2 == 0 else -1)
        case "reciprocal", (x,):
            return sign(x)
    return -1
