"""An instance of a family of heads is a stack of its members, one under the other."""

from __future__ import annotations

from symattn.language import Equal, concat_heads, family, group, index, sizes, stack_heads, sum_heads
from symattn.numeric import sample, witness

G, R = sizes("G R", min=1)
d, k = sizes("d k", min=0)
g, r = index("g", G), index("r", R)
shared, every = family("K", G, d, k), family("K'", G * R, d, k)
tied = Equal(concat_heads(concat_heads(every[group(g, r)], r), g), concat_heads(concat_heads(shared[g], r), g))


def test_members_stacked_in_the_order_of_the_heads_are_the_members() -> None:
    at = sample([tied, shared[g]])
    assert witness(tied, at, substitution={every: stack_heads(stack_heads(shared[g], r), g)}).holds is True


def test_without_the_instance_the_members_differ() -> None:
    assert witness(tied, sample(tied)).holds is False


def test_a_family_without_members_has_an_instance_too() -> None:
    L = sizes("L", min=0)
    l, of = index("l", L), family("X", L, d, k)
    twice = Equal(sum_heads(of[l], l) + sum_heads(of[l], l), 2 * sum_heads(of[l], l))
    at = sample(twice, sizes={L: 0, d: 2, k: 3})
    assert witness(twice, at, substitution={of: stack_heads(2 * of[l], l)}).holds is True
