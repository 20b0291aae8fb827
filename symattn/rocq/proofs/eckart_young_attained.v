rewrite addrAC subrr add0r total_hadamard !trmx_mul trmxK tr_diag_row !mulmxA -(mulmxA _ V'^T) given_4 mulmx1.
by rewrite -!mulmxA mxtrace_mulC -!mulmxA given_3 mulmx1 trace_diag_row.
