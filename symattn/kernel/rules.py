"""Kernel, top floor: every rule as its inference line.  What is not listed here is not trusted.

`H |- A => H' |- B` makes the theorem `H' |- B` of one that says `H |- A`; letters and sizes that are free stand for all
of their kind.  Where two terms have to be equal, the data of the rule has the steps that show it (`plain`).

apply              H |- A implies B, H' |- A => H, H' |- B.
assume             A |- A.
at_size            H |- A => H[n := s] |- A[n := s], for a size s that is never less than the least n.
both_ways          H |- A implies B, H' |- B implies A => H, H' |- A iff B.
bound              H |- b_p >= 0 or l_q = r_q (p, q = 1, ...) => H |- body >= 0, when body = shown + factors (b or l -
                   r).
combine            H |- l_p = r_p (p = 1, ...) => H |- left = right, when left - right = sum of factor (l_p - r_p)
                   somewhere.
conjoin            H_p |- A_p (p = 1, ...) => H_1, ... |- A_1 and ... .
contradict         H, A |- l = r, where l - r is a number other than 0 => H |- not A.
det_of_blocks      |- det [[A, B], [0, D]] = det A det D, for square A and D.
det_of_product     |- det(A B) = det A det B, for square A and B of one size.
det_of_transpose   |- det(A^T) = det A.
discharge          H, A |- B => H |- A implies B.
eliminate          H |- there is x. A, H', A |- B => H, H' |- B, when H' and B do not mention x.
generalise         H |- A => H |- for all x. A, when H does not mention x.
identity           |- left = right, when steps show that left - right is 0, or there are no indices for which to
                   compare them.
induction          H |- A[n := least n], H', A |- A[n := n + 1] => H, H' |- A, when H, H' and free letters are not
                   about n.
one_way            H |- A iff B => H |- A implies B (or B implies A).
other_side         H |- A B = 1 for square A, B => H |- B A = 1 (over any commutative ring).
project            H |- A_1 and A_2 and ... => H |- A_p.
quadratic          H |- A semidefinite => H |- A_ij = A_ji and v A v^T >= 0 for all v.
rank_by_factors    H |- A = L B R => H |- rank A <= rank B.
rank_cancel        H |- rank diag(1_s, A) <= rank diag(1_s, B) => H |- rank A <= rank B.
rank_chain         H |- rank A <= rank B, H' |- rank B <= rank C => H, H' |- rank A <= rank C.
rank_factors       H |- rank A <= rank B => H |- there are L, R with A = L B R (over a field).
rank_of_transpose  |- rank A^T <= rank A.
regular            |- x x (1/x) = x, also for x = 0 (over a field).
rewrite            H |- L = R, H' |- F[L] => H, H' |- F[R], for a letter (the hole) that stands under no derivative.
root               H |- x >= 0 => H |- there is r. r^2 = x (over the reals), for each value of the indices of x.
semidefinite       H |- A_ij = A_ji, H' |- v A v^T >= 0 for a letter v that H' does not mention => H, H' |- A
                   semidefinite.
specialise         H |- for all x. A => H |- A[x := arrays].
split              |- sum over v of x = sum over p_1 of x[v := p_1 in part 1] + ..., when the parts make up the size of
                   v.
square_root        H |- x^2 = 0 => H |- x = 0 (over a field).
substitute         H |- A => H |- A[letters := arrays], for letters that H does not mention.
tangent            |- exp(x) - 1 - x >= 0.
too_large          H, A |- rank 1_m <= rank 1_k, where m > k for all sizes => H |- not A.
vanish             H |- b_ij >= 0 (all i, j), H' |- - sum over j of b_ij >= 0 (all i) => H, H' |- b_ij = 0 (all i, j).
witness            H |- A[x := arrays] => H |- there is x. A.
"""

from symattn.kernel.determinant_rules import det_of_blocks, det_of_product, det_of_transpose
from symattn.kernel.induction import at_size, induction
from symattn.kernel.inequalities import bound, quadratic, regular, root, semidefinite, square_root, tangent, vanish
from symattn.kernel.logic import (
    apply,
    assume,
    both_ways,
    combine,
    conjoin,
    contradict,
    discharge,
    eliminate,
    generalise,
    identity,
    one_way,
    project,
    rewrite,
    specialise,
    split,
    substitute,
    witness,
)
from symattn.kernel.rank_rules import (
    other_side,
    rank_by_factors,
    rank_cancel,
    rank_chain,
    rank_factors,
    rank_of_transpose,
    too_large,
)

__all__ = [
    "apply",
    "assume",
    "at_size",
    "both_ways",
    "bound",
    "combine",
    "conjoin",
    "contradict",
    "det_of_blocks",
    "det_of_product",
    "det_of_transpose",
    "discharge",
    "eliminate",
    "generalise",
    "identity",
    "induction",
    "one_way",
    "other_side",
    "project",
    "quadratic",
    "rank_by_factors",
    "rank_cancel",
    "rank_chain",
    "rank_factors",
    "rank_of_transpose",
    "regular",
    "rewrite",
    "root",
    "semidefinite",
    "specialise",
    "split",
    "square_root",
    "substitute",
    "tangent",
    "too_large",
    "vanish",
    "witness",
]
