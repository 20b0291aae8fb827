"""Kernel, second floor: what is visibly positive, or visibly not negative, read off a term as it is written."""

from __future__ import annotations

from collections import Counter

from symattn.kernel.sizes import size_of
from symattn.kernel.terms import Term, children


def visibly_nonnegative(term: Term) -> bool:
    """Sums and products of squares, exps, masks, positive letters and reciprocals of such."""
    match term.kind:
        case "number":
            return bool(term.args[0] >= 0)
        case "cardinal" | "delta":
            return True
        case "entry":
            return bool(term.args[0].known & {"mask", "permutation", "positive"})
        case "power" if term.args[1].denominator == 1 and term.args[1] % 2 == 0:
            return True
        case "multiply":
            odd = [t for t, times in Counter(children(term)).items() if times % 2]
            return all(visibly_nonnegative(t) for t in odd)
        case "add" | "sum" | "reciprocal" | "power":
            return all(visibly_nonnegative(t) for t in children(term))
    return visibly_positive(term)


def visibly_positive(term: Term) -> bool:
    """The same, and not zero; a sum needs a summand."""
    match term.kind:
        case "number":
            return bool(term.args[0] > 0)
        case "cardinal":
            return bool(term.args[0].minimum >= 1)
        case "parameter":
            return bool(term.args[0].positive)
        case "entry":
            return "positive" in term.args[0].known
        case "exp":
            return True
        case "sum":
            return all(size_of(v).minimum >= 1 for v in term.args[0]) and visibly_positive(term.args[1])
        case "add":
            return all(map(visibly_nonnegative, children(term))) and any(map(visibly_positive, children(term)))
        case "multiply" | "reciprocal" | "power":
            return all(visibly_positive(t) for t in children(term))
    return False
