"""Beside the chapters: a number that is seen to be large has an inverse.  Proofs in chapter 3 divide by it.

s       a number, at least exp(q)
w       w² is its inverse
"""

from __future__ import annotations

from functools import cache

from symattn.language import AtMost, Equal, Exists, ForAll, Implies, exp, identity, reciprocal, scalar, total
from symattn.proof import Theorem, each_vanishes, has_square_root, prove, specialised

q, s, w = scalar("q"), scalar("s"), scalar("w")


@cache
def inverse_is_square() -> Theorem:
    """For all q and s ≥ exp(q) there is w with s w² = 1.

    With r = 1/s, where 1/0 = 0, s (1 - s r)² = 0, so exp(q) (1 - s r)² ≤ 0 and s r = 1.  Then r = s r² ≥ 0 has a root.
    """
    inverse, large = total(reciprocal(s * identity(1))), AtMost(exp(q), s)
    gap, f = 1 - s * inverse, scalar("f")
    lost, doubled = prove(Equal(s * gap**2, 0)), prove(Equal(s * inverse**2, inverse))
    times = prove(ForAll(f, AtMost(exp(q) * f**2, s * f**2)), large)
    over_gap, over_inverse = (specialised(times, {f: value}) for value in (gap, inverse))
    none = prove(AtMost(exp(q) * gap**2, 0), (lost.claim, over_gap.claim))
    none = prove(none.claim, large, using=[lost, over_gap, none])
    one = each_vanishes(none, Equal(1, s * inverse), weight=exp(q))
    at_least = prove(AtMost(0, s * inverse**2), over_inverse.claim, hints=[exp(q) * inverse**2])
    positive = prove(AtMost(0, inverse), (doubled.claim, at_least.claim))
    positive = prove(positive.claim, large, using=[doubled, over_inverse, at_least, positive])
    root = has_square_root(positive, Exists(w, Equal(w**2, inverse)))
    found = prove(Exists(w, Equal(s * w**2, 1), (w,)), (one.claim, Equal(w**2, inverse)))
    some = prove(Exists(w, found.claim.claim), large, using=[one, root, found])
    return prove(ForAll((q, s), Implies(large, some.claim)), using=[some])
