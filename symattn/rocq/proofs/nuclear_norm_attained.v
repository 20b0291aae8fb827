split; first by rewrite tr_diag_row.
split; last by rewrite -!(mulmxA _ U^T) given_1 -!(mulmxA _ V^T) given_2.
rewrite !total_hadamard !trmx_mul !tr_diag_row [X in X + _]mxtrace_mulC [X in _ + X]mxtrace_mulC !mulmxA.
rewrite -!(mulmxA _ U^T) given_1 -!(mulmxA _ V^T) given_2 !mulmx1 !trace_diag_row.
by rewrite -total_hadamard mulr_natl mulr2n.
