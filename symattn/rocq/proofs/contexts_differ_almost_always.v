exists (ones RR m 1 *m x), (ones RR m 1 *m (x + y)).
set S := _ *m trmx _; have [a [_ ->]] := softmax_copies ex_laws S x x V m_min.
set T := _ *m trmx _; have [c [c0 ->]] := softmax_copies ex_laws T x (x + y) V m_min.
rewrite -scalerDl subrK scale1r mulmxDl scalerDr addrA -scalerDl subrK scale1r -{1}[x *m V]addr0.
move/addrI/esym/eqP; rewrite scaler_eq0 (gt_eqF c0) => /eqP yV.
by have := given_1; rewrite yV mul0mx total0 => /eqP; rewrite eq_sym oner_eq0.
