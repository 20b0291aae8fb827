(* Positive semidefinite forms are Gram matrices where positive numbers have roots: one row and column at a time. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions mxring lemmas ordered ranks projections.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Blocks.
Variables (F : realFieldType) (k : nat) (a : F) (b : 'M[F]_(1, k)) (S : 'M[F]_k).
Let G : 'M[F]_(1 + k) := block_mx a%:M b b^T S.
Lemma block_form (t : F) (y : 'M[F]_(1, k)) : let x := row_mx t%:M y in
  total (x *m G *m x^T) = t * t * a + 2%:R * t * total (b *m y^T) + total (y *m S *m y^T).
Proof.
rewrite /= mul_row_block tr_row_mx mul_row_col tr_scalar_mx !mulmxDl !mul_scalar_mx !mul_mx_scalar.
rewrite mul_scale_l !totalD !totalZ (gram_tr b y) [total a%:M]total11 mxE mulr1n.
by ering.
Qed.
Hypothesis psd_G : psd G.
Lemma corner_ge0 : 0 <= a.
Proof.
have := psd_G.2 (row_mx 1%:M 0); rewrite block_form trmx0 !mulmx0 !total0 !mulr1 mul1r mulr0 !addr0; exact.
Qed.
(* else the form would be negative along (t, b) for some t *)
Lemma corner_eq0 : a = 0 -> b = 0.
Proof.
move=> a0; apply: square_total_eq0; rewrite total_hadamard; apply/eqP; apply: contraT.
have -> : \tr (b *m b^T) = total (b *m b^T) by rewrite /mxtrace big_ord1 total11.
set c := total _ => c0; pose q := total (b *m S *m b^T).
have := psd_G.2 (row_mx (- (q + 1) / (2%:R * c))%:M b); rewrite block_form a0 mulr0 add0r -/c -/q.
have -> : 2%:R * (- (q + 1) / (2%:R * c)) * c + q = - 1.
  by rewrite mulrAC [_ * (_ / _)]mulrC mulrVK ?unitfE ?mulf_neq0 ?pnatr_eq0 //; ring.
by rewrite oppr_ge0 ler10.
Qed.
(* what is left of the form: at y it is what G is at (t, y) for the t that is best *)
Lemma left_psd : psd (S - a^-1 *: (b^T *m b)).
Proof.
have [sy po] := psd_G; have ST : S^T = S by move: sy; rewrite tr_block_mx => /eq_block_mx[].
split=> [|y]; first by rewrite tr_sub tr_scale trmx_mul trmxK ST.
have := po (row_mx (- a^-1 * total (b *m y^T))%:M y); rewrite block_form; set c := total (b *m y^T).
have -> : total (y *m (S - a^-1 *: (b^T *m b)) *m y^T) = total (y *m S *m y^T) - a^-1 * (c * c).
  rewrite mulmxBr mulmxBl totalB mul_scale_r mul_scale_l totalZ (mulmxA y b^T) -(mulmxA _ b).
  by rewrite [b *m y^T]mx11_scalar mul_mx_scalar totalZ (gram_tr b y) /c !total11.
suff -> : - a^-1 * c * (- a^-1 * c) * a + 2%:R * (- a^-1 * c) * c = - (a^-1 * (c * c)) by rewrite addrC.
have idle : a^-1 * a^-1 * a = a^-1 by have [->|a0] := eqVneq a 0; rewrite ?invr0 ?mulr0 // mulfVK.
transitivity ((a^-1 * a^-1 * a) * (c * c) - 2%:R * a^-1 * (c * c)); [by ring | by rewrite idle; ring].
Qed.
End Blocks.

Section Roots.
Variable F : rcfType.
Lemma gram_of_psd k (G : 'M[F]_k) : psd G -> exists A : 'M[F]_k, G = A *m A^T.
Proof.
elim: k G => [|k IH]; first by move=> G _; exists 0; apply/matrixP => -[].
rewrite -[k.+1]/(1 + k)%N => G; rewrite -[G]submxK [ulsubmx _]mx11_scalar.
move: (ulsubmx _ 0 0) (ursubmx G) (dlsubmx G) (drsubmx G) => a b c S psd_G.
have cE : c = b^T by have := psd_G.1; rewrite tr_block_mx => /eq_block_mx[_ _ -> _].
rewrite {c}cE in psd_G *; have [A AE] := IH _ (left_psd psd_G).
have s2 : Num.sqrt a * Num.sqrt a = a by rewrite -expr2 sqr_sqrtr // (corner_ge0 psd_G).
set s := Num.sqrt a in s2 *.
have sb : s * s^-1 *: b = b.
  have [s0|s0] := eqVneq s 0; last by rewrite mulfV ?scale1r.
  by rewrite (corner_eq0 psd_G) ?scaler0 // -s2 s0 mulr0.
exists (block_mx s%:M 0 (s^-1 *: b^T) A).
rewrite tr_block_mx mulmx_block !tr_scalar_mx tr_scale trmxK trmx0 !mulmx0 !mul0mx !addr0 -AE.
rewrite -scalar_mxM s2 mul_scalar_mx mul_mx_scalar !scalerA sb [s * _]mulrC.
rewrite mul_scale_l mul_scale_r scalerA -invfM s2 addrC subrK.
by rewrite mulrC -tr_scale sb.
Qed.
Lemma tied_of_psd d k (W : 'M[F]_d) : psd W -> (\rank W <= k)%N -> exists Q : 'M[F]_(d, k), W = Q *m Q^T.
Proof.
move=> psd_W rank_W; have [L [R WE]] := factor rank_W.
have [P [M [PT _ PL PM _]]] := column_projection L.
have PW : P *m W = W by rewrite WE mulmxA PL.
have WP : W *m P = W by have := congr1 trmx PW; rewrite trmx_mul psd_W.1 PT.
have [|A AE] := @gram_of_psd _ (M *m W *m M^T).
  split=> [|x]; first by rewrite !trmx_mul trmxK psd_W.1 mulmxA.
  by have := psd_W.2 (x *m M); rewrite trmx_mul !mulmxA.
exists (L *m A); rewrite -{1}WP -{1}PW -{2}PT PM !trmx_mul !mulmxA.
by rewrite -(mulmxA L M W) -(mulmxA L (M *m W)) AE !mulmxA.
Qed.
End Roots.
