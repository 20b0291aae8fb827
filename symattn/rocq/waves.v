(* Waves of different frequencies, seen at all places: only nothing is the same everywhere. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions mxring lemmas turns.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Waves.
Variables (F : realFieldType) (co si : F -> F).
Hypothesis laws : is_turn co si.
Lemma still_wave a b c ph : si ph != 0 -> (forall t, a * co (t * ph) + b * si (t * ph) = c) -> a = 0 /\ b = 0.
Proof.
move=> s0 still; have := still 0; rewrite mul0r (cos0 laws) (sin0 laws) mulr1 mulr0 addr0 => ac.
have := still 1; have := still (-1); rewrite mulN1r mul1r (cosN laws) (sinN laws) => back there.
have two z : 2%:R * z = 0 :> F -> z = 0 by move/eqP; rewrite mulf_eq0 pnatr_eq0 /= => /eqP.
have flat : b * si ph = 0.
  apply: two; have -> : 2%:R * (b * si ph) = (a * co ph + b * si ph) - (a * co ph + b * - si ph) by ring.
  by rewrite there back subrr.
have even : a * co ph = a by rewrite {2}ac -there flat addr0.
split; last by apply/eqP; move/eqP: flat; rewrite mulf_eq0 (negPf s0) orbF.
have sq : a * (si ph * si ph) = 0.
  have -> : si ph * si ph = 1 - co ph * co ph by rewrite -(on_circle laws ph); ring.
  by rewrite mulrBr mulr1 mulrA even even subrr.
by apply/eqP; move/eqP: sq; rewrite !mulf_eq0 (negPf s0) !orbF.
Qed.
Lemma still_waves p (th al be : 'I_p -> F) c :
  (forall i j, i != j -> co (th i) != co (th j)) -> (forall i, si (th i) != 0) ->
  (forall t, \sum_i (al i * co (t * th i) + be i * si (t * th i)) = c) -> forall i, al i = 0 /\ be i = 0.
Proof.
elim: p th al be c => [|p IH] th al be c differ turns still; first by case.
pose W := widen_ord (leqnSn p); pose ph := th ord_max; pose k i := 2%:R * (co (th (W i)) - co ph).
pose S t := \sum_i (al (W i) * co (t * th (W i)) + be (W i) * si (t * th (W i))).
pose f t := al ord_max * co (t * ph) + be ord_max * si (t * ph).
have cut t : S t = c - f t by rewrite -(still t) big_ord_recr addrK.
have there t u : (t + 1) * u = t * u + u :> F by rewrite mulrDl mul1r.
have back t u : (t - 1) * u = t * u - u :> F by rewrite mulrBl mul1r.
have turn v a b t u : a * co ((t + 1) * u) + b * si ((t + 1) * u) + (a * co ((t - 1) * u) + b * si ((t - 1) * u)) -
    2%:R * v * (a * co (t * u) + b * si (t * u)) = 2%:R * (co u - v) * a * co (t * u) + 2%:R * (co u - v) * b * si (t * u).
  by rewrite there back !(cosB laws, sinB laws, cosD laws, sinD laws); move: (co _) (si _) (co _) (si _) => g h r s; ring.
have gone t : f (t + 1) + f (t - 1) - 2%:R * co ph * f t = 0 by rewrite /f turn subrr mulr0 !mul0r addr0.
have shifted t : \sum_i (k i * al (W i) * co (t * th (W i)) + k i * be (W i) * si (t * th (W i))) =
    2%:R * (1 - co ph) * c.
  transitivity (S (t + 1) + S (t - 1) - 2%:R * co ph * S t).
    by rewrite /S mulr_sumr -big_split -sumrB; apply: eq_bigr => i _ /=; rewrite turn.
  rewrite !cut; have -> : c - f (t + 1) + (c - f (t - 1)) - 2%:R * co ph * (c - f t) =
    2%:R * (1 - co ph) * c - (f (t + 1) + f (t - 1) - 2%:R * co ph * f t) by ring.
  by rewrite gone subr0.
have inner i : al (W i) = 0 /\ be (W i) = 0.
  have ne : k i != 0.
    rewrite mulf_eq0 pnatr_eq0 /= subr_eq0; apply: differ; apply/eqP => /(congr1 val) /= E.
    by have := ltn_ord i; rewrite E ltnn.
  have [| | A B] := IH (fun i => th (W i)) (fun i => k i * al (W i)) (fun i => k i * be (W i)) _ _ _ shifted i.
  - by move=> u v uv; apply: differ; apply: contra uv => /eqP/(congr1 val)/= E; apply/eqP/val_inj.
  - by move=> u; apply: turns.
  have A' : k i * al (W i) = 0 by exact: A.
  have B' : k i * be (W i) = 0 by exact: B.
  by split; apply: (mulfI ne); rewrite mulr0.
have last t : f t = c.
  have := cut t; rewrite /S big1 => [|i _]; last by have [-> ->] := inner i; rewrite !mul0r addr0.
  by move/esym/eqP; rewrite subr_eq0 => /eqP.
move=> i; case: (ltnP i p) => [lt | ge].
  by have := inner (Ordinal lt); rewrite (_ : W (Ordinal lt) = i) //; apply: val_inj.
have -> : i = ord_max by apply: val_inj => /=; apply/eqP; rewrite eqn_leq ge -ltnS ltn_ord.
exact: still_wave (turns _) last.
Qed.
(* what says that frequencies lie apart *)
Lemma cosines_apart p (D : 'M[F]_(p, p)) (th : 'M[F]_(1, p)) :
  hadamard D ((map_mx co th)^T *m ones F 1 p - (ones F 1 p)^T *m map_mx co th) = (ones F 1 p)^T *m ones F 1 p - identity F p ->
  forall i j, i != j -> co (th 0 i) != co (th 0 j).
Proof.
move=> apart i j ne; apply/eqP => same; have := congr1 (fun M : 'M[F]_(p, p) => M i j) apart.
rewrite /= [hadamard _ _ _ _]mxE; have -> : ((map_mx co th)^T *m ones F 1 p - (ones F 1 p)^T *m map_mx co th) i j = 0.
  by rewrite [LHS]mxE [X in _ + X]mxE !outer11 !mxE same mulr1 mul1r subrr.
rewrite mulr0 [RHS]mxE [X in _ = _ + X]mxE outer11 !mxE (negPf ne) subr0 mulr1 => /esym/eqP.
by rewrite oner_eq0.
Qed.
Lemma sines_apart p (e th : 'M[F]_(1, p)) :
  hadamard e (map_mx si th) = ones F 1 p -> forall i, si (th 0 i) != 0.
Proof.
move=> apart i; apply/eqP => none; have := congr1 (fun M : 'M[F]_(1, p) => M 0 i) apart.
by rewrite /= !mxE none mulr0 => /esym/eqP; rewrite oner_eq0.
Qed.
End Waves.
