"""A number that is seen to be large has an inverse.  Proofs in chapter 3 divide by it.

s       a number, at least exp(q)
w       w² is its inverse
"""

from __future__ import annotations

from functools import cache

from symattn.language import AtMost, Equal, Exists, exp, identity, reciprocal, scalar, total
from symattn.proof import Argument, argument, each_vanishes, has_square_root, prove

q, s, w = scalar("q"), scalar("s"), scalar("w")


@cache
def large_number_has_inverse() -> Argument:
    """For s ≥ exp(q) there is w with s w² = 1.

    With r = 1/s, where 1/0 = 0, s (1 - s r)² = 0, so exp(q) (1 - s r)² ≤ 0 and s r = 1.  Then r = s r² ≥ 0 has a root.
    """
    inverse, large = total(reciprocal(s * identity(1))), AtMost(exp(q), s)
    gap, f, g = 1 - s * inverse, scalar("f"), scalar("g")
    below = prove(AtMost(f, 0), (AtMost(f, g), Equal(g, 0)), check=False)
    with argument(large) as a:
        lost = a.have("one over a number undoes it, where it is not 0", Equal(s * gap**2, 0))
        times = a.have("s is at least exp(q)", AtMost(exp(q) * f**2, s * f**2), by=large)
        over_gap = a.at("f is what is not undone", times, {f: gap}, by=large)
        none = a.at("so", below, {f: exp(q) * gap**2, g: s * gap**2}, by=(over_gap, lost))
        one = a.have("exp(q) is positive", each_vanishes(none, Equal(1, s * inverse), weight=exp(q)), by=none)
        over_inverse = a.at("f is one over s", times, {f: inverse}, by=large)
        square = exp(q) * inverse**2
        at_least = a.have("squares are not negative", AtMost(0, s * inverse**2), by=over_inverse, hints=[square])
        doubled = a.have("s r² = r", Equal(s * inverse**2, inverse))
        positive = a.have("so one over s is not negative", AtMost(0, inverse), by=(doubled, at_least))
        root = Equal(w**2, inverse)
        some = a.have("and has a root", has_square_root(positive, Exists(w, root)), by=positive)
        found = a.have("whose square undoes s", Exists(w, Equal(s * w**2, 1), (w,)), by=(one, root))
        a.show(Exists(w, found.claim.claim), by=(some, found), words="what is as large as exp(q) has an inverse w²")
    return a
