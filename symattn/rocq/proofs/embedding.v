(* onehot_row_pick *)
by rewrite /zeros /identity !mul_row_col !mul0mx mul1mx add0r addr0.

(* embedding_is_linear *)
exact: concat_stack.

(* onehot_determines *)
by split=> [|-> //]; apply: row_eq.

(* positionwise_blind *)
case: N N_min => [|[|N]] // _ G [-> /matrixP/(_ 0 0)/eqP].
by rewrite !mxE /= oner_eq0.

(* feed_forward_is_positionwise *)
by rewrite !(mul_col_mx, hadamard_col).

(* attention_is_weighted_sum *)
have T1 (M : 'M[RR]_(1, 1)) : total M = M 0 0 by exact: total11.
have SE : tau *: (x *m Q *m K^T *m trmx (stack_heads (fun j : 'I_n => X j))) = concat_heads (fun j => tau *: (x *m Q *m K^T *m (X j)^T)).
  by rewrite tr_stack mul_concat; apply/matrixP => i j; rewrite !mxE.
split; [|split].
- rewrite -mulmxA SE stack_mul; apply/matrixP => i v_; rewrite softmax_read read_concat norm_concat summxE mulr_suml.
  apply: eq_bigr => j _; rewrite read1 [RHS]mxE !T1 (ord1 i) mulrAC; congr (_ / _ * _).
  by apply: eq_bigr => h _; rewrite norm1 T1.
- by move=> i j; apply: softmax_gt0.
rewrite rowsumE softmax_ones //; by rewrite muln1.

(* context_dependence_iff *)
split=> [H | ->]; last by rewrite /zeros => Y; rewrite !mulmx0.
have V_d (A : 'M[RR]_(1, d)) : A *m V = x *m V.
  have := H (ones RR m 1 *m A); set S := _ *m trmx _; set T := _ *m trmx _.
  have [w [w0 ->]] := softmax_copies ex_laws S x A V m_min; have [u [u0 ->]] := softmax_copies ex_laws T x x V m_min.
  rewrite -[RHS]scalerDl subrK scale1r => E; apply: (scalerI (lt0r_neq0 w0)).
  have := congr1 (fun Z => Z - (1 - w) *: (x *m V)) E; rewrite addrAC subrr add0r => ->.
  by rewrite scalerBl scale1r opprB addrC subrK.
have : x *m V = 0 by rewrite -(V_d 0) mul0mx.
move=> xV; apply: row_eq => y; by rewrite V_d xV /zeros mulmx0.

(* contexts_differ_almost_always *)
exists (ones RR m 1 *m x), (ones RR m 1 *m (x + y)).
set S := _ *m trmx _; have [a [_ ->]] := softmax_copies ex_laws S x x V m_min.
set T := _ *m trmx _; have [c [c0 ->]] := softmax_copies ex_laws T x (x + y) V m_min.
rewrite -scalerDl subrK scale1r mulmxDl scalerDr addrA -scalerDl subrK scale1r -{1}[x *m V]addr0.
move/addrI/esym/eqP; rewrite scaler_eq0 (gt_eqF c0) => /eqP yV.
by have := given_1; rewrite yV mul0mx total0 => /eqP; rewrite eq_sym oner_eq0.

(* alone_reads_itself *)
rewrite (softmax_col ex_laws); have -> : ones RR 1 1 = 1%:M by apply/matrixP => i j; rewrite !mxE !ord1.
by rewrite mul1mx.

(* context_order_is_invisible *)
have PE := perm_Tmul Pi_permutation.
have tE (A : 'M[RR]_(m, d)) : x *m W *m trmx (col_mx x A) = row_mx (x *m W *m x^T) (x *m W *m A^T) by blocks.
rewrite !tE -!mulmxA !mul_col_mx; apply/matrixP => i j; rewrite !softmax_read !read_row !norm_row.
have -> : x *m (W *m (Pi *m Y)^T) = 1%:M *m (x *m W *m Y^T) *m Pi^T by rewrite mul1mx trmx_mul !mulmxA.
case/is_perm_mxP: Pi_permutation => s ->.
have nE : norm ex (1%:M *m (x *m W *m Y^T) *m (perm_mx s)^T) i = norm ex (x *m (W *m Y^T)) i.
  rewrite /norm [RHS](reindex_inj (@perm_inj _ s)); apply: eq_bigr => l _; by rewrite mul_permTE mul1mx mulmxA.
have rE : read ex (1%:M *m (x *m W *m Y^T) *m (perm_mx s)^T) (perm_mx s *m Y *m V) i j = read ex (x *m (W *m Y^T)) (Y *m V) i j.
  rewrite /read [RHS](reindex_inj (@perm_inj _ s)); apply: eq_bigr => l _; by rewrite -(mulmxA (perm_mx s)) mul_permTE perm_mulE mul1mx mulmxA.
by rewrite nE rE.

(* repetition_is_invisible *)
have n0 : norm ex (x *m W *m x^T) 0 + norm ex (x *m W *m Z^T) 0 != 0.
  by rewrite lt0r_neq0 // addr_gt0 ?(norm_gt0 ex_laws).
rewrite -!mulmxA; blocks; apply/matrixP => i j; rewrite (ord1 i) !(softmax_read, read_row, norm_row).
move: n0; rewrite -!mulmxA; move: (norm _ _ _) (norm _ _ _) (read _ _ _ _ _) (read _ _ _ _ _) => a b c f n0.
have -> : b + (a + (b + a)) = 2%:R * (b + a) by ring.
have -> : f + (c + (f + c)) = 2%:R * (f + c) by ring.
by rewrite -mulf_div divff ?mul1r // pnatr_eq0.

(* other_context_same_output *)
case: d d_min x W V Z => [|d] // _ x W V Z.
exists (unit_row RR d.+1 0), (zeros RR 1 d.+1); split.
  move=> /eq_col_mx[/matrixP/(_ 0 0)/eqP]; by rewrite !mxE oner_eq0.
set y := unit_row _ _ _; set z := zeros _ _ _; clearbody y z.
rewrite -!mulmxA; blocks; apply/matrixP => i j; rewrite (ord1 i) !(softmax_read, read_row, norm_row).
by congr (_ / _); congr (_ + _); rewrite addrCA.

(* softmax_permuted *)
exact: softmax_perm.

(* permutation_equivariance *)
have -> : tau *: (Pi *m X *m Q *m K^T *m X^T *m Pi^T) = Pi *m (tau *: (X *m Q *m K^T *m X^T)) *m Pi^T.
  by rewrite -scalemxAr -scalemxAl !mulmxA.
by rewrite softmax_perm // -!mulmxA (mulmxA Pi^T) perm_Tmul // mul1mx.

(* layer_equivariance *)
have aE h : softmax ex (tau *: (Pi *m X *m Q h *m (K h)^T *m X^T *m Pi^T)) *m Pi *m X *m V h *m O h = Pi *m (softmax ex (tau *: (X *m Q h *m (K h)^T *m X^T)) *m X *m V h *m O h).
  have -> : tau *: (Pi *m X *m Q h *m (K h)^T *m X^T *m Pi^T) = Pi *m (tau *: (X *m Q h *m (K h)^T *m X^T)) *m Pi^T.
    by rewrite -scalemxAr -scalemxAl !mulmxA.
  by rewrite softmax_perm // -!mulmxA (mulmxA Pi^T) perm_Tmul // mul1mx !mulmxA.
under eq_bigr do rewrite aE.
by rewrite -mulmx_sumr -!mulmxDr -!mulmxA -?mulmxDr !hadamard_perm // -?mulmxA -?mulmxDr.

(* depth_equivariance *)
rewrite given_1.
have aE h : softmax ex (tau *: (Pi *m X *m Q h *m (K h)^T *m (Pi *m X)^T)) *m (Pi *m X) *m V h *m O h = Pi *m (softmax ex (tau *: (X *m Q h *m (K h)^T *m X^T)) *m X *m V h *m O h).
  have -> : tau *: (Pi *m X *m Q h *m (K h)^T *m (Pi *m X)^T) = Pi *m (tau *: (X *m Q h *m (K h)^T *m X^T)) *m Pi^T.
    by rewrite -scalemxAr -scalemxAl trmx_mul !mulmxA.
  by rewrite softmax_perm // -!mulmxA (mulmxA Pi^T) perm_Tmul // mul1mx !mulmxA.
under eq_bigr do rewrite aE.
rewrite -mulmx_sumr -!mulmxDr -!mulmxA -?mulmxDr !hadamard_perm // -?mulmxA -?mulmxDr.
set A := \sum_(h < H) _; move: A => A.
by rewrite ?mulmxDr ?mulmxA ?addrA.

(* first_two_are_exchangeable *)
congr (_ + _); apply: eq_bigr => h _; congr (_ *m _).
rewrite -!mulmxA; blocks; apply/matrixP => i j; rewrite (ord1 i) !(softmax_read, read_row, norm_row).
by congr (_ / _); rewrite addrCA.

(* shift_needs_position *)
have key (x y : 'M[RR]_(1, d)) : \sum_(h < H) softmax ex (tau *: (z *m Q h *m (K h)^T *m trmx (col_mx x (col_mx y (col_mx z Z))))) *m col_mx x (col_mx y (col_mx z Z)) *m V h *m O h
  = \sum_(h < H) softmax ex (tau *: (z *m Q h *m (K h)^T *m trmx (col_mx y (col_mx x (col_mx z Z))))) *m col_mx y (col_mx x (col_mx z Z)) *m V h *m O h.
  apply: eq_bigr => h _; congr (_ *m _).
  rewrite -!mulmxA; blocks; apply/matrixP => i j; rewrite (ord1 i) !(softmax_read, read_row, norm_row).
  by congr (_ / _); rewrite addrCA.
exists (unit_row RR d 0), (zeros RR 1 d) => -[]; rewrite key => -> /matrixP.
by case: (d) d_min => // n _ /(_ 0 0)/eqP; rewrite !mxE eq_sym oner_eq0.

(* other_token_is_equivariant *)
congr (_ *m _); rewrite mulmxBl mulmxBr mul1mx mulmx1; congr (_ - _).
case/is_perm_mxP: Pi_permutation => s ->; apply/matrixP => i j.
rewrite perm_mulE [LHS]mxE onesE; under eq_bigr do rewrite onesE mul1r.
rewrite (bigD1 ((s^-1)%g j)) //= !mxE permKV eqxx big1 ?addr0 // => l ne; rewrite !mxE.
by case: eqP => // E; move: ne; rewrite -E permK eqxx.

(* any_depth_equivariance *)
apply: (layer_by_layer (P := fun l => member Y l = Pi *m member X l)) => // l before.
rewrite (stack_inj given_2) (stack_inj given_1) before mulmxDr mulmx_sumr; congr (_ + _); apply: eq_bigr => h _.
move: (member X l) => A.
have -> : tau *: (Pi *m A *m Q l *m E h *m (E h)^T *m (K l)^T *m (Pi *m A)^T) =
    Pi *m (tau *: (A *m Q l *m E h *m (E h)^T *m (K l)^T *m A^T)) *m Pi^T.
  by rewrite -scalemxAr -scalemxAl trmx_mul !mulmxA.
by rewrite softmax_perm // -!mulmxA (mulmxA Pi^T) perm_Tmul // mul1mx !mulmxA.
