(* cos and sin, any two functions with the laws of is_turn; and pairs of columns turned by them. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions mxring lemmas.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Laws.
Variables (F : realFieldType) (co si : F -> F).
Hypothesis laws : is_turn co si.
Implicit Types x y : F.

Lemma cosD x y : co (x + y) = co x * co y - si x * si y. Proof. by case: laws. Qed.
Lemma sinD x y : si (x + y) = si x * co y + co x * si y. Proof. by case: laws. Qed.
Lemma on_circle x : co x * co x + si x * si x = 1. Proof. by case: laws. Qed.
Lemma sin0 : si 0 = 0.
Proof.
have E := sinD 0 0; have := cosD 0 0; have := on_circle 0; move: E; rewrite addr0; move: (co 0) (si 0) => c s E one H.
have : s * (2%:R * c - 1) = 0 by rewrite mulrBr mulr1 {2}E; ring.
move/eqP; rewrite mulf_eq0 => /orP [/eqP // | /eqP half].
have c2 : 2%:R * c = 1 by apply/eqP; rewrite -subr_eq0 half.
have : 4%:R * (c * c - s * s - c) = 0 by rewrite -H subrr mulr0.
have -> : 4%:R * (c * c - s * s - c) = 2%:R * (2%:R * c) * (2%:R * c) - 4%:R * (c * c + s * s) - 2%:R * (2%:R * c) by ring.
rewrite c2 one !mulr1 => /eqP; rewrite addrAC subrr sub0r oppr_eq0 pnatr_eq0 //.
Qed.
Lemma cos0 : co 0 = 1.
Proof.
by have := on_circle 0; have := cosD 0 0; rewrite addr0 sin0 mulr0 subr0 addr0 => <-.
Qed.
Lemma cosN x : co (- x) = co x.
Proof.
have := cosD x (- x); have := sinD x (- x); rewrite subrr cos0 sin0 => S C.
rewrite -[LHS]mul1r -(on_circle x).
have -> : (co x * co x + si x * si x) * co (- x) =
  co x * (co x * co (- x) - si x * si (- x)) + si x * (si x * co (- x) + co x * si (- x)) by ring.
by rewrite -C -S mulr1 mulr0 addr0.
Qed.
Lemma sinN x : si (- x) = - si x.
Proof.
have := cosD x (- x); have := sinD x (- x); rewrite subrr cos0 sin0 => S C.
rewrite -[LHS]mul1r -(on_circle x).
have -> : (co x * co x + si x * si x) * si (- x) =
  co x * (si x * co (- x) + co x * si (- x)) - si x * (co x * co (- x) - si x * si (- x)) by ring.
by rewrite -C -S mulr1 mulr0 sub0r.
Qed.
Lemma cosB x y : co (x - y) = co x * co y + si x * si y.
Proof. by rewrite cosD cosN sinN mulrN opprK. Qed.
Lemma sinB x y : si (x - y) = si x * co y - co x * si y.
Proof. by rewrite sinD cosN sinN mulrN. Qed.
Lemma cos_le1 x : co x <= 1.
Proof.
rewrite -subr_ge0 -(pmulr_rge0 _ (ltr0Sn F 1)).
have -> : 2%:R * (1 - co x) = (1 - co x) ^+ 2 + si x ^+ 2.
  rewrite -[X in 2%:R * (X - _)](on_circle x) -[X in (X - _) ^+ 2](on_circle x); have := on_circle x.
  move: (co x) (si x) => c s one.
  have -> : (c * c + s * s - c) ^+ 2 + s ^+ 2 =
    (c * c + s * s) * (c * c + s * s) - 2%:R * c * (c * c + s * s) + (c * c + s * s) by ring.
  by rewrite one; ring.
by rewrite addr_ge0 ?sqr_ge0.
Qed.
Lemma cos_ge_1 x : -1 <= co x.
Proof.
rewrite -subr_ge0 opprK -(pmulr_rge0 _ (ltr0Sn F 1)).
have -> : 2%:R * (co x + 1) = (1 + co x) ^+ 2 + si x ^+ 2.
  have := on_circle x; move: (co x) (si x) => c s one.
  have -> : (1 + c) ^+ 2 + s ^+ 2 = 1 + 2%:R * c + (c * c + s * s) by ring.
  by rewrite one; ring.
by rewrite addr_ge0 ?sqr_ge0.
Qed.

(* [A | B], each row turned in each plane by an angle of its own *)
Definition turned m p (A B U : 'M[F]_(m, p)) : 'M[F]_(m, p + p) :=
  row_mx (hadamard A (map_mx co U) - hadamard B (map_mx si U)) (hadamard A (map_mx si U) + hadamard B (map_mx co U)).
Lemma turned_score m n p (A B U : 'M[F]_(m, p)) (C D V : 'M[F]_(n, p)) i j :
  (turned A B U *m (turned C D V)^T) i j =
  \sum_l ((A i l * C j l + B i l * D j l) * co (U i l - V j l) + (A i l * D j l - B i l * C j l) * si (U i l - V j l)).
Proof.
rewrite tr_row_mx mul_row_col 3!mxE -big_split; apply: eq_bigr => l _ /=.
by rewrite !mxE cosB sinB; ering.
Qed.
Lemma turned_still m p (A B : 'M[F]_(m, p)) : turned A B 0 = row_mx A B.
Proof.
have one : map_mx co (0 : 'M_(m, p)) = ones F m p by apply/matrixP => i j; rewrite !mxE cos0.
have none : map_mx si (0 : 'M_(m, p)) = 0 by apply/matrixP => i j; rewrite !mxE sin0.
rewrite /turned one none; congr row_mx; apply/matrixP => i j; rewrite !mxE ?mulr0 ?mulr1 ?subr0 ?add0r //.
Qed.
Lemma turned_turned m p (A B U V : 'M[F]_(m, p)) :
  turned (hadamard A (map_mx co U) - hadamard B (map_mx si U)) (hadamard A (map_mx si U) + hadamard B (map_mx co U)) V =
  turned A B (U + V).
Proof. by rewrite /turned; congr row_mx; apply/matrixP => i j; rewrite !mxE cosD sinD; ering. Qed.
End Laws.
