(* qk_ov_factor *)
by rewrite -!mulmxA -given_2 !mulmxA -(mulmxA X Q) given_1 !mulmxA.

(* concat_sum *)
exact: concat_stack.

(* head_symmetries *)
have CE := concat_inj given_1; have FE := concat_inj given_2.
apply: eq_bigr => h _; rewrite -!mulmxA (mulmxA (C h)) CE (mulmxA (F h)) FE /identity !mul1mx !mulmxA //.

(* path_expansion *)
set S := \sum_(h < H) _.
have -> : \sum_(g < G) B g *m (X + S) *m N g = \sum_(g < G) B g *m X *m N g +
    \sum_(g < G) \sum_(h < H) B g *m A h *m X *m M h *m N g.
  rewrite -big_split; apply: eq_bigr => g _; rewrite mulmxDr mulmxDl; congr (_ + _).
  by rewrite mulmx_sumr mulmx_suml; apply: eq_bigr => h _; rewrite !mulmxA.
by rewrite !addrA.

(* score_composition *)
pose Y h := A h *m X *m M h; set S := \sum_(h < H) _.
have T : S^T = \sum_h (Y h)^T by rewrite linear_sum.
have XS : X *m W *m S^T = \sum_h X *m W *m (Y h)^T by rewrite T mulmx_sumr.
have SX : S *m W *m X^T = \sum_h Y h *m W *m X^T by rewrite !mulmx_suml.
have SS : S *m W *m S^T = \sum_h \sum_h' Y h *m W *m (Y h')^T.
  by rewrite !mulmx_suml; apply: eq_bigr => h _; rewrite T mulmx_sumr.
have add4 (a b c e : 'M[RR]_(n, n)) : a + b + (c + e) = a + b + c + e.
  by apply/matrixP => i j; rewrite !mxE; ring.
rewrite mulmxDr !mulmxDl XS SX SS. exact: add4.

(* virtual_weights *)
split=> [H | E x]; last by rewrite -mulmxA E /zeros mulmx0.
by apply: row_eq => x; rewrite mulmxA H /zeros mulmx0.

(* bias_fold *)
rewrite -!mulmxA; blocks; rewrite !mulmxA; by congr (softmax _ (tau *: _) *m _); mxnorm.

(* residual_sum *)
set y := resize _ _ x in given_1 *.
have S j : \sum_i y i j = \sum_i x i j.
  rewrite [RHS](reindex (cast_ord (addnC 1%N L))).
    by apply: eq_bigr => i _; rewrite mxE -[i : nat]/(cast_ord (addnC 1%N L) i : nat) entryE.
  exact: onW_bij (Bijective (cast_ordK _) (cast_ordKV _)).
clearbody y; rewrite -[y]vsubmxK -[x]vsubmxK in given_1 S *; move: given_1; blocks => E.
have sum_f j : (ones RR 1 L *m f) 0 j = \sum_i f i j by rewrite mxE; apply: eq_bigr => l _; rewrite onesE mul1r.
apply/matrixP => i j; rewrite (ord1 i) [RHS]mxE sum_f; have := S j; rewrite !big_split_ord !big_ord1 /=.
rewrite col_mxEu col_mxEd.
under [X in _ + X = _]eq_bigr do rewrite col_mxEd E mxE.
under [X in _ = X + _]eq_bigr do rewrite col_mxEu.
by rewrite big_split /= addrCA => /addrI <-.

(* composition_score *)
have P := product_norm M W; have S := square_total_ge0 (M *m W).
have B : 0 <= total (hadamard M M) * total (hadamard W W) by rewrite mulr_ge0 ?square_total_ge0.
split; first by rewrite divr_ge0.
have [->|N] := eqVneq (total (hadamard M M) * total (hadamard W W)) 0; first by rewrite invr0 mulr0 ler01.
by rewrite ler_pdivr_mulr ?mul1r // lt_def N.

(* composition_score_attained *)
have O (a b : 'M[RR]_(1, 1)) : \tr (a *m b) = \tr a * \tr b by rewrite /mxtrace !big_ord1 outer11.
rewrite [LHS]total_gram [X in _ = X * _]total_gram [X in _ = _ * X]total_hadamard !trmx_mul trmxK.
rewrite -!mulmxA [LHS]mxtrace_mulC [X in _ = X * _]mxtrace_mulC [X in _ = _ * X]mxtrace_mulC -!mulmxA.
by rewrite !(mulmxA w^T w) !(mulmxA u^T u) !(mulmxA t t^T) !O; ring.

(* composition_score_gauge *)
by rewrite trmx_mul trmxK !mulmxA !mulmxK.

(* composition_within_operator_norm *)
have step (B : 'M[RR]_d) : psd B -> 0 <= \tr (W^T *m B *m W).
  move=> [_ po]; apply: sumr_ge0 => j _; have := po (row j W^T).
  suff -> : total (row j W^T *m B *m (row j W^T)^T) = (W^T *m B *m W) j j by [].
  by rewrite total11 -row_mul mxE [RHS]mxE; apply: eq_bigr => l _; rewrite mxE [(row _ _)^T _ _]mxE !mxE.
have := step _ given_1; rewrite mulmxBr mulmxBl linearB /= subr_ge0 !total_gram trmx_mul !mulmxA.
by rewrite mul_scale_r mul_scale_l linearZ /= /identity mulmx1.

(* copying_score *)
split; first by rewrite -mulmxA mxtrace_mulC !mulmxA.
rewrite given_1 mxtrace_mulC mulmxA mulVmx // mul1mx diag_rowE mxtrace_diag /total big_ord1 //.

(* copying_score_bounds *)
have P := square_total_ge0 p; have Q := square_total_ge0 q; rewrite !totalB !totalD.
split; [|split]; first by rewrite opprD ler_add2r (le_trans _ P) // oppr_le0.
  by rewrite ler_add2l (le_trans _ Q) // oppr_le0.
split=> [/addrI/eqP | ->].
  by rewrite eq_sym -addr_eq0 -mulr2n mulrn_eq0 /= => /eqP/square_total_eq0.
by rewrite [hadamard (zeros _ _ _) _](_ : _ = 0) ?total0 ?oppr0 //; apply/matrixP => i j; rewrite !mxE mul0r.

(* slots_fit_in_width *)
by exists (col_mx 1%:M 0); blocks.

(* slots_need_width *)
move=> E0; have := mulmx_max_rank E^T E; rewrite E0 mxrank1 -addnA -{2}[m]addn0 leq_add2l addn1 //.

(* feature_slots *)
have G : E_2^T *m E_1 = 0 by rewrite -[E_2^T *m E_1]trmxK trmx_mul trmxK given_3 tr_zeros.
rewrite !mulmxDl !mulmxBr !mulmxBl -!mulmxA given_1 given_2 given_3 G /identity /zeros.
by rewrite !(mulmx0, mulmx1, mul1mx) subrr add0r subr0 !addr0 add0r.

(* two_reads_always *)
rewrite -!(mulmxA X (row_mx K V)) -!(mulmxA _ (row_mx K V)) !mul_row_col /identity /zeros.
by rewrite !mulmx1 !mulmx0 addr0 add0r trmx_mul !mulmxA.

(* two_reads_suffice *)
split=> [[Q [R [A [-> ->]]]] | rk].
  by rewrite trmx_mul trmxK -mul_mx_row mulmx_max_rank.
have [R [B E]] := factor rk; move: E; rewrite -[B^T]hsubmxK mul_mx_row => /eq_row_mx[WE ME].
by exists (lsubmx B^T)^T, R, (rsubmx B^T); split=> //; rewrite -[W]trmxK WE trmx_mul.

(* one_read_with_a_core *)
split=> [[R [C [A [-> ->]]]] | rk].
  by rewrite !trmx_mul trmxK -!mulmxA -!mul_mx_row mulmx_max_rank.
have [R [B E]] := factor rk; move: E; rewrite -[B^T]hsubmxK mul_mx_row => /eq_row_mx[WE].
rewrite -[rsubmx _]hsubmxK mul_mx_row => /eq_row_mx[TE ME].
have [P [G [PT _ PR PG _]]] := column_projection R.
have PW : P *m W = W by rewrite WE mulmxA PR.
have WP : W *m P = W by rewrite -[LHS]trmxK trmx_mul PT TE mulmxA PR -TE trmxK.
exists R, (G *m W *m G^T), (rsubmx (rsubmx B^T)); split=> //.
by rewrite -{1}WP -{1}PW -{2}PT PG trmx_mul !mulmxA.

(* one_read_without_a_core *)
split=> [[R [A [-> ->]]] | [psd_W [rk [N ->]]]].
  split; [exact: gram_psd | split; first exact: mulmx_max_rank].
  have [P [G [PT _ PR PG _]]] := column_projection R^T.
  by exists (G *m A); rewrite mulmxA -(mulmxA R) -PG -[R *m P]trmxK trmx_mul PT PR trmxK.
have [R RE] := tied_of_psd psd_W rk.
by exists R, (R^T *m N); rewrite mulmxA -RE.

(* one_read_with_signs *)
have E (S U : 'M[RR]_d) : row_mx S U *m col_mx (row_mx (identity RR d) (zeros RR d d))
    (row_mx (zeros RR d d) (- identity RR d)) *m (row_mx S U)^T = S *m S^T - U *m U^T.
  by blocks; rewrite ?add_row_mx ?addr0 ?add0r; blocks.
split=> [[S [U ->]] | WT]; first by rewrite E tr_sub !trmx_mul !trmxK.
exists (2%:R^-1 *: (W + 1%:M)), (2%:R^-1 *: (W - 1%:M)); rewrite E.
have H := half_half unit_2; move: (2%:R^-1) H => h H.
have H4 : h * h + h * h + (h * h + h * h) = 1 by rewrite -!mulrDr H mulrDr !mulr1.
transitivity ((h * h + h * h + (h * h + h * h)) *: W); first by rewrite H4 scale1r.
by rewrite !tr_scale tr_add tr_sub tr_scalar_mx -WT; mxring.

(* reads_of_two_subspaces_add_up *)
apply: (@rank_ge _ _ _ _ (block_mx F' 0 0 D') _ (block_mx J 0 0 L)).
have -> : row_mx (col_mx F (zeros RR b p)) (col_mx (zeros RR a q) D) = block_mx F 0 0 D by rewrite block_mxEh.
rewrite !mulmx_block !(mulmx0, mul0mx, addr0, add0r) given_1 given_2.
by rewrite -scalar_mx_block.
