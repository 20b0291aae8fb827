case: k k_min Q K A B given_1 given_2 given_3 given_4 => [|k] // _ Q K A B AQ AK BQ BK.
have KA : K^T *m A^T = 0 by rewrite -trmx_mul AK tr_zeros.
have KB : K^T *m B^T = 1%:M by rewrite -trmx_mul BK tr_identity.
exists (unit_row RR k.+1 0 *m (A + B)), (unit_row RR k.+1 0 *m (A - B)).
set u := unit_row _ _ _.
have uu : total (u *m u^T) = 1.
  by rewrite /u (unit_rowE _ 0) trmx_delta mul_delta_mx total11 mxE.
split.
  rewrite -(mulmxA u) mulmxDl AQ BQ /identity /zeros addr0 mulmx1 trmx_mul tr_add.
  by rewrite !mulmxA -(mulmxA u K^T) mulmxDr KA KB add0r mulmx1.
rewrite -(mulmxA u) mulmxBl AQ BQ /identity /zeros subr0 mulmx1 trmx_mul tr_sub.
by rewrite !mulmxA -(mulmxA u K^T) mulmxBr KA KB sub0r mulmxN mulmx1 mulNmx totalN uu.
