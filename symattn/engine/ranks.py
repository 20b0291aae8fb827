"""Engine: rules about ranks that follow from those of the kernel.

Nothing is believed here: each calls rules of the kernel, and what these refuse is not proved.
"""

from __future__ import annotations

from symattn.engine.derived import ONE, at_arrays, combined, denied, derived, same, unused
from symattn.engine.differences import rest_of
from symattn.errors import KernelError
from symattn.kernel import rules
from symattn.kernel.proofs import Proof
from symattn.kernel.rules.definitions import FALSE, meaning, sandwich
from symattn.kernel.rules.logic import must_be
from symattn.kernel.rules.ranks import beside_identity
from symattn.kernel.syntax.formulas import Array, Equation, Exists, Formula, RankAtMost, identity_array
from symattn.kernel.syntax.sizes import Size, constant_index, constant_size, part_index, variable
from symattn.kernel.syntax.terms import Letter, delta, entry, multiply, number, summation, symbols


@derived
def rank_by_factors(premise: Proof, claim: RankAtMost, left: Array, right: Array) -> Proof:
    """H |- A = L B R   =>   H |- rank A <= rank B."""
    must_be(claim, RankAtMost)
    taken = {symbol.name for symbol in symbols(claim.lower.body, claim.upper.body)}
    names = [unused(name, taken) for name in ("left", "right")]
    there = rules.witness((premise,), meaning(claim, *names), (left, right))
    return rules.fold((there,), claim, *names)


@derived
def rank_factors(premise: Proof, left: Letter, right: Letter) -> Proof:
    """H |- rank A <= rank B   =>   H |- there are L, R with A = L B R  (over a field)."""
    must_be(premise.conclusion, RankAtMost)
    opened = rules.unfold((premise,), left.name, right.name)
    if must_be(opened.conclusion, Exists).symbols != (left, right):
        raise KernelError("the factors must be unknown and of the right shapes")
    return opened


@derived
def rank_chain(first: Proof, second: Proof) -> Proof:
    """H |- rank A <= rank B,  H' |- rank B <= rank C   =>   H, H' |- rank A <= rank C.

    A = L B R and B = L' C R' give A = (L L') C (R' R).
    """
    one, two = must_be(first.conclusion, RankAtMost), must_be(second.conclusion, RankAtMost)
    if one.upper != two.lower:
        raise KernelError("the two bounds do not meet")
    arrays = one.lower, one.upper, two.upper
    letters = [Letter(name, array.sizes) for name, array in zip("ABC", arrays, strict=True)]
    A, B, C = (Array(a.indices, entry(x, *a.indices)) for x, a in zip(letters, arrays, strict=True))
    given = RankAtMost(A, B), RankAtMost(B, C)
    outer, inner = (rules.unfold((rules.assume((), f),), f"left {k}", f"right {k}") for k, f in enumerate(given))
    (L, R), (L2, R2) = (_factors(there) for there in (outer, inner))
    p, q, r, s = (variable(f"inner{n}", size) for n, size in enumerate((*B.sizes, *C.sizes)))
    i, j = A.indices
    left = Array((i, r), summation((p,), multiply(entry(L, i, p), entry(L2, p, r))))
    right = Array((s, j), summation((q,), multiply(entry(R2, s, q), entry(R, q, j))))
    uses = (
        (0, same(A.indices), (), ONE),
        (1, tuple(zip(B.indices, (p, q), strict=True)), (p, q), multiply(entry(L, i, p), entry(R, q, j))),
    )
    steps = tuple(rules.assume((), must_be(there.conclusion, Exists).body) for there in (outer, inner))
    product = combined(steps, Equation(A.indices, A.body, sandwich(A.indices, left, C, right)), uses)
    lemma = rank_by_factors((product,), RankAtMost(A, C), left, right)
    for there in (outer, inner):
        lemma = rules.eliminate((there, lemma))
    for formula in reversed(given):
        lemma = rules.discharge((lemma,), formula)
    return at_arrays(lemma, tuple(zip(letters, arrays, strict=True)), first, second)


def _factors(opened: Proof) -> list[Letter]:
    return [s for s in must_be(opened.conclusion, Exists).symbols if isinstance(s, Letter)]


@derived
def rank_of_transpose(claim: RankAtMost) -> Proof:
    """|- rank A^T <= rank A."""
    turned = rules.rank_of_transpose((), must_be(claim, RankAtMost).upper)
    if turned.conclusion == claim:
        return turned
    flipped, ones = must_be(turned.conclusion, RankAtMost).lower, [identity_array(s) for s in claim.lower.sizes]
    same = Equation(claim.lower.indices, claim.lower.body, sandwich(claim.lower.indices, ones[0], flipped, ones[1]))
    first = rank_by_factors((combined((), same, ()),), RankAtMost(claim.lower, flipped), *ones)
    return rank_chain((first, turned))


@derived
def too_large(premise: Proof, hypothesis: Formula) -> Proof:
    """H, A |- rank 1_m <= rank 1_k, where m > k for all sizes   =>   H |- not A.

    rank diag(1_k, 1_more) <= rank 1_m <= rank 1_k <= rank diag(1_k, 0x0), so that 1_more is a product over no index.
    """
    said = must_be(premise.conclusion, RankAtMost)
    large, small = said.lower.sizes[0], said.upper.sizes[0]
    more, nothing = rest_of(large, small), constant_size(0)
    if more.minimum < 1:
        raise KernelError(f"{large} is not greater than {small} for all sizes")
    empty = Array((variable("i", nothing), variable("j", nothing)), number(0))
    rest = RankAtMost(identity_array(more), empty)
    above, below = (beside_identity(small, array) for array in (rest.lower, rest.upper))
    first = _factored(RankAtMost(above, identity_array(large)), above, identity_array(large))
    last = _factored(RankAtMost(identity_array(small), below), *_into_first_part(small, nothing))
    padded = rank_chain((rank_chain((first, premise)), last))
    there = rules.unfold((rules.rank_cancel((padded,), rest, small),), "left", "right")
    equal, first_place = must_be(there.conclusion, Exists).body, constant_index(0, more)
    use = 0, tuple((v, first_place) for v in must_be(equal, Equation).indices), (), number(-1)
    return denied(rules.eliminate((there, combined((rules.assume((), equal),), FALSE, (use,)))), hypothesis)


def _factored(claim: RankAtMost, left: Array, right: Array) -> Proof:
    """`rank A <= rank B`, because A = L B R."""
    product = sandwich(claim.lower.indices, left, claim.upper, right)
    equal = combined((), Equation(claim.lower.indices, claim.lower.body, product), ())
    return rank_by_factors((equal,), claim, left, right)


def _into_first_part(size: Size, nothing: Size) -> tuple[Array, Array]:
    """From a size into itself and nothing more, and back."""
    a, i = variable("a", size), variable("i", size + nothing)
    same_place = delta(part_index((size, nothing), 0, a), i)
    return Array((a, i), same_place), Array((i, a), same_place)
