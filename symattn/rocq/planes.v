(* Queries and keys that are turned by their positions: what moves when one of their halves does, and what the gradients
   of every loss of the scores keep in each plane. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions dual mxring lemmas softmax slopes turns.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Section Slopes.
Variables (F : realFieldType) (co si : F -> F) (n p : nat) (t : 'M[F]_(n, 1)) (theta : 'M[F]_(1, p)).
Implicit Types A B C D : 'M[dual F]_(n, p).

Lemma lift_angles : lift_mx t *m lift_mx theta = lift_mx (t *m theta).
Proof.
apply/matrixP => i j; rewrite [RHS]mxE !outer11 2!mxE; apply: dual_eq; rewrite /= ?mulr0 ?mul0r ?addr0 //.
Qed.
Lemma lift_cos (U : 'M[F]_(n, p)) : map_mx (dual_cos co si) (lift_mx U) = lift_mx (map_mx co U).
Proof. by apply/matrixP => i j; rewrite !mxE; apply: dual_eq; rewrite //= mulr0 oppr0. Qed.
Lemma lift_sin (U : 'M[F]_(n, p)) : map_mx (dual_sin co si) (lift_mx U) = lift_mx (map_mx si U).
Proof. by apply/matrixP => i j; rewrite !mxE; apply: dual_eq; rewrite //= mulr0. Qed.

Definition turned_dual A B : 'M[dual F]_(n, p + p) :=
  row_mx (hadamard A (map_mx (dual_cos co si) (lift_mx t *m lift_mx theta)) -
          hadamard B (map_mx (dual_sin co si) (lift_mx t *m lift_mx theta)))
         (hadamard A (map_mx (dual_sin co si) (lift_mx t *m lift_mx theta)) +
          hadamard B (map_mx (dual_cos co si) (lift_mx t *m lift_mx theta))).
Local Notation turn A B := (turned co si A B (t *m theta)).
Lemma values_opp m q (A : 'M[dual F]_(m, q)) : values (- A) = - values A.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma slopes_opp m q (A : 'M[dual F]_(m, q)) : slopes (- A) = - slopes A.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma values_turned A B : values (turned_dual A B) = turn (values A) (values B).
Proof.
rewrite /turned_dual lift_angles lift_cos lift_sin values_row !(values_add, values_opp, values_hadamard) !values_lift.
by [].
Qed.
Lemma slopes_turned A B : slopes (turned_dual A B) = turn (slopes A) (slopes B).
Proof.
rewrite /turned_dual lift_angles lift_cos lift_sin slopes_row !(slopes_add, slopes_opp, slopes_hadamard).
by rewrite !values_lift !slopes_lift !hadamard0 !addr0.
Qed.
Definition scores_dual A B C D := turned_dual A B *m (turned_dual C D)^T.
Lemma slopes_scores A B C D : slopes (scores_dual A B C D) =
  turn (slopes A) (slopes B) *m (turn (values C) (values D))^T +
  turn (values A) (values B) *m (turn (slopes C) (slopes D))^T.
Proof. by rewrite slopes_mul values_tr slopes_tr !values_turned !slopes_turned. Qed.

Lemma dot_row (U : 'M[F]_(n, p + p)) (A B : 'M[F]_(n, p)) :
  total (hadamard U (row_mx A B)) = total (hadamard (lsubmx U) A) + total (hadamard (rsubmx U) B).
Proof.
rewrite /total -big_split; apply: eq_bigr => i _; rewrite big_split_ord /=.
by congr (_ + _); apply: eq_bigr => j _; rewrite ![hadamard _ _ _ _]mxE ?row_mxEl ?row_mxEr [in RHS]mxE.
Qed.
Definition back1 (U : 'M[F]_(n, p + p)) :=
  hadamard (lsubmx U) (map_mx co (t *m theta)) + hadamard (rsubmx U) (map_mx si (t *m theta)).
Definition back2 (U : 'M[F]_(n, p + p)) :=
  hadamard (rsubmx U) (map_mx co (t *m theta)) - hadamard (lsubmx U) (map_mx si (t *m theta)).
Lemma dot_turned (U : 'M[F]_(n, p + p)) (A B : 'M[F]_(n, p)) :
  total (hadamard U (turn A B)) = total (hadamard (back1 U) A) + total (hadamard (back2 U) B).
Proof.
rewrite dot_row /total -!big_split; apply: eq_bigr => i _; rewrite -!big_split; apply: eq_bigr => j _ /=.
by rewrite !mxE; ring.
Qed.
End Slopes.

Section Balance.
Variables (F : realFieldType) (co si : F -> F) (n d p : nat) (t : 'M[F]_(n, 1)) (theta : 'M[F]_(1, p)).
Variables (X : 'M[F]_(n, d)) (A B C D : 'M[F]_(d, p)) (loss : 'M[dual F]_(n, n) -> dual F) (G : 'M[F]_(n, n)).
Local Notation score A B C D := (scores_dual co si t theta A B C D).
Local Notation turn A B := (turned co si A B (t *m theta)).
Hypothesis moves : forall S, values S = turn (X *m A) (X *m B) *m (turn (X *m C) (X *m D))^T ->
  slope (loss S) = total (hadamard G (slopes S)).
Let at_A := X^T *m back1 co si t theta (G *m turn (X *m C) (X *m D)).
Let at_B := X^T *m back2 co si t theta (G *m turn (X *m C) (X *m D)).
Let at_C := X^T *m back1 co si t theta (G^T *m turn (X *m A) (X *m B)).
Let at_D := X^T *m back2 co si t theta (G^T *m turn (X *m A) (X *m B)).
Lemma turned0 m q (U : 'M[F]_(m, q)) : turned co si 0 0 U = 0.
Proof. by rewrite /turned !hadamard0l subr0 addr0 row_mx0. Qed.
Local Ltac move_half M := apply: gradient_eq => M; rewrite moves;
  [ rewrite slopes_scores !(slopes_mul, values_mul) !(values_lift, slopes_lift, values_moving, slopes_moving)
      !(mul0mx, mulmx0, add0r, addr0, turned0, trmx0)
  | by rewrite values_mul values_tr !values_turned !values_mul !(values_lift, values_moving) ].
Lemma gradient_A :
  gradient (fun A => loss (score (lift_mx X *m A) (lift_mx X *m lift_mx B) (lift_mx X *m lift_mx C)
    (lift_mx X *m lift_mx D))) A = at_A.
Proof. by move_half M; rewrite dot_mulr trmxK dot_turned dot_mull hadamard0 total0 addr0. Qed.
Lemma gradient_B :
  gradient (fun B => loss (score (lift_mx X *m lift_mx A) (lift_mx X *m B) (lift_mx X *m lift_mx C)
    (lift_mx X *m lift_mx D))) B = at_B.
Proof. by move_half M; rewrite dot_mulr trmxK dot_turned dot_mull hadamard0 total0 add0r. Qed.
Lemma gradient_C :
  gradient (fun C => loss (score (lift_mx X *m lift_mx A) (lift_mx X *m lift_mx B) (lift_mx X *m C)
    (lift_mx X *m lift_mx D))) C = at_C.
Proof. by move_half M; rewrite dot_mull dot_tr trmx_mul trmxK dot_turned dot_mull hadamard0 total0 addr0. Qed.
Lemma gradient_D :
  gradient (fun D => loss (score (lift_mx X *m lift_mx A) (lift_mx X *m lift_mx B) (lift_mx X *m lift_mx C)
    (lift_mx X *m D))) D = at_D.
Proof. by move_half M; rewrite dot_mull dot_tr trmx_mul trmxK dot_turned dot_mull hadamard0 total0 add0r. Qed.

Lemma column_dot (Q : 'M[F]_(d, p)) (M : 'M[F]_(n, p)) l :
  (ones F 1 d *m hadamard Q (X^T *m M)) 0 l = \sum_a (X *m Q) a l * M a l.
Proof.
rewrite mxE; transitivity (\sum_i \sum_a X a i * Q i l * M a l).
  apply: eq_bigr => i _; rewrite onesE mul1r [hadamard _ _ _ _]mxE [(_ *m _) _ _]mxE mulr_sumr.
  by apply: eq_bigr => a _; rewrite [_^T _ _]mxE; ering.
by rewrite exchange_big; apply: eq_bigr => a _; rewrite mxE mulr_suml.
Qed.
Lemma by_rows (U V : 'M[F]_(n, p + p)) l :
  \sum_a (U a (lshift p l) * (G *m V) a (lshift p l) + U a (rshift p l) * (G *m V) a (rshift p l)) =
  \sum_a (V a (lshift p l) * (G^T *m U) a (lshift p l) + V a (rshift p l) * (G^T *m U) a (rshift p l)).
Proof.
transitivity (\sum_a \sum_b G a b * (U a (lshift p l) * V b (lshift p l) + U a (rshift p l) * V b (rshift p l))).
  by apply: eq_bigr => a _; rewrite ![(_ *m _) _ _]mxE !mulr_sumr -big_split; apply: eq_bigr => b _ /=; ering.
rewrite exchange_big; apply: eq_bigr => b _; rewrite ![(_ *m _) _ _]mxE !mulr_sumr -big_split.
by apply: eq_bigr => a _ /=; rewrite ![_^T _ _]mxE; ering.
Qed.
Lemma by_turns (U V : 'M[F]_(n, p + p)) l :
  \sum_a (U a (rshift p l) * (G *m V) a (lshift p l) - U a (lshift p l) * (G *m V) a (rshift p l)) =
  \sum_a (V a (lshift p l) * (G^T *m U) a (rshift p l) - V a (rshift p l) * (G^T *m U) a (lshift p l)).
Proof.
transitivity (\sum_a \sum_b G a b * (U a (rshift p l) * V b (lshift p l) - U a (lshift p l) * V b (rshift p l))).
  by apply: eq_bigr => a _; rewrite ![(_ *m _) _ _]mxE !mulr_sumr -sumrB; apply: eq_bigr => b _ /=; ering.
rewrite exchange_big; apply: eq_bigr => b _; rewrite ![(_ *m _) _ _]mxE !mulr_sumr -sumrB.
by apply: eq_bigr => a _ /=; rewrite ![_^T _ _]mxE; ering.
Qed.
Lemma meets (Q P : 'M[F]_(d, p)) (U : 'M[F]_(n, p + p)) l :
  (ones F 1 d *m (hadamard Q (X^T *m back1 co si t theta U) + hadamard P (X^T *m back2 co si t theta U))) 0 l =
  \sum_a (turn (X *m Q) (X *m P) a (lshift p l) * U a (lshift p l) +
    turn (X *m Q) (X *m P) a (rshift p l) * U a (rshift p l)).
Proof.
rewrite mulmxDr mxE !column_dot -big_split; apply: eq_bigr => a _ /=; rewrite row_mxEl row_mxEr.
rewrite /back1 /back2; move: (X *m Q) (X *m P) => Y Z; rewrite !mxE; ering.
Qed.
Lemma meets_turned (Q P : 'M[F]_(d, p)) (U : 'M[F]_(n, p + p)) l :
  (ones F 1 d *m (hadamard (X^T *m back1 co si t theta U) (- P) + hadamard (X^T *m back2 co si t theta U) Q)) 0 l =
  \sum_a (turn (X *m Q) (X *m P) a (lshift p l) * U a (rshift p l) -
    turn (X *m Q) (X *m P) a (rshift p l) * U a (lshift p l)).
Proof.
rewrite ![hadamard (X^T *m _) _]hadamardC mulmxDr mxE !column_dot -big_split; apply: eq_bigr => a _ /=.
rewrite row_mxEl row_mxEr mulmxN /back1 /back2; move: (X *m Q) (X *m P) => Y Z; rewrite !mxE; ering.
Qed.
Lemma plane_norms :
  ones F 1 d *m (hadamard A at_A + hadamard B at_B) = ones F 1 d *m (hadamard C at_C + hadamard D at_D).
Proof.
apply/matrixP => i l; rewrite (ord1 i); apply: etrans (meets A B _ l) _; apply: etrans _ (esym (meets C D _ l)).
exact: by_rows.
Qed.
Lemma plane_turns :
  ones F 1 d *m (hadamard at_A (- B) + hadamard at_B A) + ones F 1 d *m (hadamard at_C (- D) + hadamard at_D C) = 0.
Proof.
have opposite (f g : 'I_n -> F) : \sum_a (f a - g a) = - \sum_a (g a - f a).
  by rewrite -sumrN; apply: eq_bigr => a _; rewrite opprB.
apply/matrixP => i l; rewrite (ord1 i) [LHS]mxE [RHS]mxE; apply/eqP; rewrite addr_eq0; apply/eqP.
apply: etrans (meets_turned A B _ l) _; apply: etrans _ (esym (congr1 (@GRing.opp F) (meets_turned C D _ l))).
by rewrite opposite by_turns.
Qed.
Lemma plane_laws a b c e : a = at_A -> b = at_B -> c = at_C -> e = at_D ->
  ones F 1 d *m (hadamard A a + hadamard B b) = ones F 1 d *m (hadamard C c + hadamard D e) /\
  ones F 1 d *m (hadamard a (- B) + hadamard b A) + ones F 1 d *m (hadamard c (- D) + hadamard e C) = zeros F 1 p.
Proof. by move=> -> -> -> ->; split; [exact: plane_norms | exact: plane_turns]. Qed.
End Balance.

(* a bias of each key: what no query sees is the same for all of them *)
Import Num.Theory.
Section Biases.
Variables (F : realFieldType) (e : F -> F) (laws : is_exp e) (tau : F) (n m : nat).
Hypotheses (tau0 : 0 < tau) (n0 : (0 < n)%N).
Variables (N E : 'M[F]_(n, m)).
Lemma unit_read (M : 'M[F]_(n, m)) l (c : 'I_m) : (tau *: (unit_row F m c *m M^T)) 0 l = tau * M l c.
Proof.
rewrite mxE [X in _ * X]mxE (bigD1 c) //= big1 ?addr0 => [|a /negPf ne]; first by rewrite !mxE eqxx mul1r.
by rewrite !mxE val_eqE ne mul0r.
Qed.
Lemma biases_unseen :
  (forall w : 'M[F]_(1, m), softmax e (tau *: (w *m (N + E)^T)) = softmax e (tau *: (w *m N^T))) ->
  E = ones F n 1 *m row (Ordinal n0) E.
Proof.
move=> H; apply/matrixP => i c; rewrite outer11 onesE mul1r [RHS]mxE.
have := softmax_same laws 0 i (Ordinal n0) (H (unit_row F m c)).
have add l : (N + E) l c = N l c + E l c by rewrite mxE.
rewrite !unit_read !add !mulrDr => /addrI; rewrite addrAC subrr add0r => /(mulfI _); apply.
by rewrite lt0r_neq0.
Qed.
Lemma same_biases_unseen q (w : 'M[F]_(q, m)) (f : 'M[F]_(1, m)) : E = ones F n 1 *m f ->
  softmax e (tau *: (w *m (N + E)^T)) = softmax e (tau *: (w *m N^T)).
Proof.
move=> ->; have -> : tau *: (w *m (N + ones F n 1 *m f)^T) =
    (tau *: (w *m f^T)) *m ones F 1 n + tau *: (w *m N^T).
  by rewrite [_^T]raddfD /= mulmxDr scalerDr addrC trmx_mul tr_ones mulmxA -scalemxAl.
by rewrite softmax_row_shift.
Qed.
End Biases.
Section Turned.
Variables (F : realFieldType) (co si : F -> F) (laws : is_turn co si) (m p : nat).
Implicit Types A B C D U : 'M[F]_(m, p).
Lemma turned_add A B C D U : turned co si (A + C) (B + D) U = turned co si A B U + turned co si C D U.
Proof. by rewrite /turned add_row_mx; congr row_mx; apply/matrixP => i j; rewrite !mxE; ering. Qed.
Lemma turned_from (w : 'M[F]_(m, p + p)) U : exists A B, turned co si A B U = w.
Proof.
exists (hadamard (lsubmx w) (map_mx co (- U)) - hadamard (rsubmx w) (map_mx si (- U))),
  (hadamard (lsubmx w) (map_mx si (- U)) + hadamard (rsubmx w) (map_mx co (- U))).
by rewrite (turned_turned laws) addNr (turned_still laws) hsubmxK.
Qed.
End Turned.
