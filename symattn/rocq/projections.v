(* The orthogonal projection onto the columns of a matrix over an ordered field, without a square root. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions mxring lemmas ordered.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Real.
Variable F : realFieldType.

(* independent rows: x B B^T x^T is a sum of squares, so B B^T has no kernel *)
Lemma gram_unit r d (B : 'M[F]_(r, d)) : row_free B -> B *m B^T \in unitmx.
Proof.
move=> free; rewrite -row_free_unit -kermx_eq0; apply/rowV0P => x /sub_kermxP E.
apply: (row_free_inj free); rewrite mul0mx; apply: square_total_eq0.
by rewrite total_hadamard trmx_mul mulmxA -(mulmxA x) E mul0mx mxtrace0.
Qed.
(* with B a base of the columns of Q, as rows: P = B^T (B B^T)^-1 B, whose trace is the rank of Q *)
Lemma column_projection d k (Q : 'M[F]_(d, k)) :
  exists (P : 'M[F]_d) (M : 'M[F]_(k, d)), [/\ P^T = P, P *m P = P, P *m Q = Q, P = Q *m M & \tr P <= k%:R].
Proof.
have [r [B [rk free [N BE] [C QE]]]] : exists r (B : 'M[F]_(r, d)), [/\ (r <= k)%N, row_free B,
    exists N : 'M[F]_(r, k), B = N *m Q^T & exists C : 'M[F]_(r, k), Q = B^T *m C].
  exists (\rank Q^T), (row_base Q^T); split; [by rewrite mxrank_tr rank_leq_col | exact: row_base_free | |].
    by apply/submxP; rewrite eq_row_base.
  by exists (col_base Q^T)^T; rewrite -trmx_mul mulmx_base trmxK.
have unit_G := gram_unit free; set G := B *m B^T in unit_G.
have GT : G^T = G by rewrite trmx_mul trmxK.
exists (B^T *m invmx G *m B), (N^T *m invmx G *m B); split.
- by rewrite !trmx_mul trmxK trmx_inv GT mulmxA.
- by rewrite !mulmxA -(mulmxA _ B) -/G mulmxKV.
- by rewrite [in LHS]QE !mulmxA -(mulmxA _ B) -/G mulmxKV // -QE.
- by rewrite !mulmxA; congr (_ *m _ *m _); rewrite [in LHS]BE trmx_mul trmxK.
by rewrite mxtrace_mulC mulmxA mulmxV // mxtrace1 ler_nat.
Qed.
End Real.
