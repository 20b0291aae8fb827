"""Every rule as its inference line.  What is not listed here is not trusted.

`H |- A => H' |- B` makes the theorem `H' |- B` of one that says `H |- A`; letters and sizes that are free stand for all
of their kind.  Where two terms have to be equal, the data of the rule has the steps that show it (`plain`).

apply              H |- A implies B, H' |- A => H, H' |- B.
assume             A |- A.
at_size            H |- A => H[n := s] |- A[n := s], for a size s that is never less than the least n.
cases              H |- z z = z => H |- F[z] = (1 - z) F[0] + z F[1], for a parameter (the hole) in F.
chain              H_p |- x_p > 0, or A_p B_p = 1 (p = 1, ...) => H_1, ... |- d L(y) = (d L)(y) + sum of (d L/d
                   y_p)(y) d y_p.
combine            H |- l_p = r_p, b_q >= 0 (p, q = 1, ...) => H |- claim, if what it compares is shown + factors (l -
                   r, b).
conjoin            H_p |- A_p (p = 1, ...) => H_1, ... |- A_1 and ... .
det_of_blocks      |- det [[A, B], [0, D]] = det A det D, for square A and D.
det_of_product     |- det(A B) = det A det B, for square A and B of one size.
det_of_transpose   |- det(A^T) = det A.
differentiate      H |- l = r => H |- d l/d x = d r/d x, when H does not mention x.
discharge          H, A |- B => H |- A implies B.
eliminate          H |- there is x. A, H', A |- B => H, H' |- B, when H' and B do not mention x.
fold               H |- B => H |- A, when A is short for B.
for_positive       H |- x > 0, H' |- A => H, H' |- A[p := x], for a letter p declared positive that H' does not
                   mention.
generalise         H |- A => H |- for all x. A, when H does not mention x.
induction          H |- A[n := least n], H', A |- A[n := n + 1] => H, H' |- A, when H, H' and free letters are not about
                   n.
other_side         H |- A B = 1 for square A, B => H |- B A = 1 (over any commutative ring).
project            H |- A_1 and A_2 and ... => H |- A_p.
rank_cancel        H |- rank diag(1_s, A) <= rank diag(1_s, B) => H |- rank A <= rank B.
rank_of_transpose  |- rank A^T <= rank A.
rewrite            H |- L = R, H' |- F[L] => H, H' |- F[R], for a letter (the hole) that stands under no derivative.
rising             H |- f(0) >= 0, H', t >= 0 |- d f/d t >= 0 => H, H', t >= 0 |- f(t) >= 0, when H, H' do not
                   mention t.
root               H |- x >= 0 => H |- there is r. r^2 = x (over the reals), for each value of the indices of x.
specialise         H |- for all x. A => H |- A[x := arrays].
split              |- sum over v of x = sum over p_1 of x[v := p_1 in part 1] + ..., when the parts make up the size of
                   v.
tangent            |- exp(x) - (1 + x) >= 0.
unfold             H |- A => H |- B, when A is short for B.
vanish             H |- x >= 0, H' |- -x >= 0 => H, H' |- x = 0.
witness            H |- A[x := arrays] => H |- there is x. A.
"""

from symattn.kernel.rules.definitions import fold, unfold
from symattn.kernel.rules.derivatives import chain, differentiate, rising
from symattn.kernel.rules.determinants import det_of_blocks, det_of_product, det_of_transpose
from symattn.kernel.rules.induction import at_size, induction
from symattn.kernel.rules.inequalities import for_positive, root, tangent, vanish
from symattn.kernel.rules.logic import (
    apply,
    assume,
    cases,
    combine,
    conjoin,
    discharge,
    eliminate,
    generalise,
    project,
    rewrite,
    specialise,
    split,
    witness,
)
from symattn.kernel.rules.ranks import other_side, rank_cancel, rank_of_transpose

__all__ = [
    "apply", "assume", "at_size", "cases", "chain", "combine", "conjoin", "det_of_blocks", "det_of_product",
    "det_of_transpose", "differentiate", "discharge", "eliminate", "fold", "for_positive", "generalise",
    "induction", "other_side", "project", "rank_cancel", "rank_of_transpose", "rewrite", "rising", "root",
    "specialise", "split", "tangent", "unfold", "vanish", "witness",
]  # fmt: skip
