"""What is visibly positive, or visibly not negative, read off a term as it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from symattn.kernel.plain.places import agreeing, ordered
from symattn.kernel.syntax.sizes import Index, Size, constant_index, size_of, variables_of
from symattn.kernel.syntax.terms import Term, reindex, summation, walk


def visibly_nonnegative(term: Term) -> bool:
    """Sums and products of squares, exps, masks, comparisons, positive letters and reciprocals of such."""
    return sign(term, False) >= 0


def visibly_positive(term: Term) -> bool:
    """The same, and not zero; a sum needs a summand, and of one that is at least 0 one that is not."""
    return sign(term) > 0


def sign(term: Term, positive: bool = True) -> int:
    """1 for what is seen to be positive, 0 for what is seen to be at least 0, and -1 for all else.

    With `positive` false a sum that is seen to be at least 0 is looked at no further, and its sign may be 0 for 1.
    """
    match term.kind, term.args:
        case "number", (value,):
            return int(value > 0) - int(value < 0)
        case "cardinal", (size,):
            return int(size.minimum >= 1)
        case "delta", sides:
            return int(agreeing(*sides) == ())
        case "before", sides:
            return int(ordered(*sides) == ())
        case "exp", _:
            return 1
        case "parameter", (symbol,):
            return 1 if symbol.positive else -1
        case "entry", (letter, *_):
            return 1 if "positive" in letter.known else 0 if letter.known & {"mask", "permutation"} else -1
        case "sum", (bound, body):
            return sign_of_sum(bound, body) if positive else min(sign(body, False), 0)
        case "add", summands:
            signs = [sign(a, positive) for a in summands] or [0]
            return max(signs) if min(signs) >= 0 else -1
        case "multiply", factors:  # an even number of equal ones is a square
            return min([max(sign(a, positive), -(times % 2)) for a, times in Counter(factors).items()], default=1)
        case "power", (base, exponent):
            return max(sign(base, positive), 0 if exponent.denominator == 1 and exponent % 2 == 0 else -1)
        case "reciprocal", (x,):
            return sign(x, positive)
    return -1


def sign_of_sum(bound: tuple[int, ...], body: Term) -> int:
    """What is at least 0 has a positive sum, when it is positive for some index in the place of each bound one."""
    whole = sign(body)
    if whole != 0:
        return min(whole, int(all(size_of(v).minimum >= 1 for v in bound)))
    first, rest = bound[0], summation(bound[1:], body)
    chosen = (
        reindex(rest, {first: index}) for index in _indices(rest, size_of(first)) if first not in variables_of(index)
    )
    return int(any(visibly_positive(summand) for summand in chosen))


def _indices(term: Term, size: Size) -> Iterator[Index]:
    """The first index of the size, and those to which the term compares something, if nothing in it binds them."""
    if size.minimum >= 1:
        yield constant_index(0, size)
    for at in (a for t in walk(term) if t.kind in ("delta", "before") for a in t.args):
        for index in (at, at[2]) if type(at) is tuple and at[0] == "part" else (at,):
            if size_of(index) == size and term.free.issuperset(variables_of(index)):
                yield index
