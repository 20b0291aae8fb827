"""A number that is seen to be large has an inverse.  Proofs in chapter 3 divide by it.

s       a number, at least exp(q)
w       w² is its inverse
"""

from __future__ import annotations

from functools import cache
from typing import Any

from symattn.language import AtMost, Equal, Exists, ForAll, Implies, exp, identity, reciprocal, scalar, total
from symattn.proof import Theorem, each_vanishes, follows, has_square_root, prove, specialised

q, s, w = scalar("q"), scalar("s"), scalar("w")


def has_inverse(exponent: Any, number: Any) -> Theorem:
    """When the number is at least exp(exponent), there is w with number · w² = 1."""
    return specialised(_large_numbers(), {q: exponent, s: number})


@cache
def _large_numbers() -> Theorem:
    """For all q and s ≥ exp(q) there is w with s w² = 1.

    With r = 1/s, where 1/0 = 0, s (1 - s r)² = 0, so exp(q) (1 - s r)² ≤ 0 and s r = 1.  Then r = s r² ≥ 0 has a root.
    """
    inverse, large = total(reciprocal(s * identity(1))), AtMost(exp(q), s)
    gap, f = 1 - s * inverse, scalar("f")
    lost, doubled = prove(Equal(s * gap**2, 0)), prove(Equal(s * inverse**2, inverse))
    times = prove(ForAll(f, AtMost(exp(q) * f**2, s * f**2)), large)
    over_gap, over_inverse = (specialised(times, {f: value}) for value in (gap, inverse))
    none = follows(AtMost(exp(q) * gap**2, 0), lost, over_gap)
    one = each_vanishes(none, Equal(1, s * inverse), weight=exp(q))
    at_least = follows(AtMost(0, s * inverse**2), over_inverse, hints=[exp(q) * inverse**2])
    root = has_square_root(follows(AtMost(0, inverse), doubled, at_least), Exists(w, Equal(w**2, inverse)))
    found = prove(Exists(w, Equal(s * w**2, 1), (w,)), (one.claim, Equal(w**2, inverse)))
    some = prove(Exists(w, found.claim.claim), large, using=[one, root, found])
    return prove(ForAll((q, s), Implies(large, some.claim)), using=[some])
