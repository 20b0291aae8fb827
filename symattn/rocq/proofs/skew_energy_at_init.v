have sE n' (M : 'I_n' -> 'M[RR]_(d, k)) (c : RR) :
    (forall G : 'M[RR]_(d, k), \sum_(i < n') total (hadamard (M i) G) *: M i = c *: G) ->
    forall p q u v, \sum_i M i p u * M i q v = c * ((p == q) && (u == v))%:R.
  move=> E p q u v; have := congr1 (fun A : 'M_(d, k) => A q v) (E (delta_mx p u)); rewrite summxE !mxE.
  by rewrite (eq_sym q) (eq_sym v) => <-; apply: eq_bigr => i _; rewrite mxE dot_delta.
have QE := sE _ _ _ given_1; have KE := sE _ _ _ given_2; clear sE given_1 given_2.
pose f i j := total (hadamard (Q i *m (K j)^T) (Q i *m (K j)^T)).
pose g i j := total (hadamard (Q i *m (K j)^T) (K j *m (Q i)^T)).
have -> : \sum_i \sum_j total (hadamard (Q i *m (K j)^T - K j *m (Q i)^T) (Q i *m (K j)^T - K j *m (Q i)^T)) =
    2%:R * (\sum_i \sum_j f i j) - 2%:R * (\sum_i \sum_j g i j).
  rewrite !mulr_sumr -sumrB; apply: eq_bigr => i _; rewrite !mulr_sumr -sumrB; apply: eq_bigr => j _.
  rewrite hadamardBl !hadamardBr !totalB [hadamard (K j *m _) (Q i *m _)]hadamardC -/(g i j) -/(f i j).
  have -> : total (hadamard (K j *m (Q i)^T) (K j *m (Q i)^T)) = f i j.
    by rewrite /f -totalT tr_hadamard !trmx_mul !trmxK.
  by move: (f i j) (g i j) => x y; ring.
have mix (a' c' : 'I_H -> 'I_k -> RR) (b' e' : 'I_J -> 'I_k -> RR) :
    \sum_i \sum_j (\sum_u a' i u * b' j u) * (\sum_v c' i v * e' j v) =
    \sum_u \sum_v (\sum_i a' i u * c' i v) * (\sum_j b' j u * e' j v).
  pose A : 'M_(H, k) := \matrix_(i, u) a' i u; pose B : 'M_(J, k) := \matrix_(i, u) b' i u.
  pose C : 'M_(H, k) := \matrix_(i, u) c' i u; pose E : 'M_(J, k) := \matrix_(i, u) e' i u.
  transitivity (total (hadamard (A *m B^T) (C *m E^T))).
    by apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite !mxE; congr (_ * _); apply: eq_bigr => u _; rewrite /A /B /C /E !mxE.
  transitivity (total (hadamard (A^T *m C) (B^T *m E))).
    rewrite !total_hadamard !trmx_mul !trmxK -[RHS]mxtrace_tr !trmx_mul !trmxK.
    by rewrite [in RHS]mulmxA [RHS]mxtrace_mulC !mulmxA.
  by apply: eq_bigr => u _; apply: eq_bigr => v _; rewrite !mxE; congr (_ * _); apply: eq_bigr => l _; rewrite /A /B /C /E !mxE.
have swap (F : 'I_H -> 'I_J -> 'I_d -> RR) : \sum_i \sum_j \sum_p F i j p = \sum_p \sum_i \sum_j F i j p.
  under eq_bigr do rewrite exchange_big.
  by rewrite exchange_big.
have units (u : 'I_k) : \sum_v a * (u == v)%:R * (b * (u == v)%:R) = a * b.
  rewrite (bigD1 u) //= big1 ?addr0 ?eqxx ?mulr1 // => v ne; by rewrite eq_sym (negPf ne) !mulr0.
have fE : \sum_i \sum_j f i j = a * b * k%:R * d%:R * d%:R.
  rewrite /f /total swap; under eq_bigr => p _ do rewrite swap.
  transitivity (\sum_(p < d) \sum_(q < d) (a * b * k%:R)); last first.
    by under eq_bigr do rewrite sumr_const card_ord -mulr_natr; rewrite sumr_const card_ord -[LHS]mulr_natr.
  apply: eq_bigr => p _; apply: eq_bigr => q _.
  transitivity (\sum_i \sum_j (\sum_u Q i p u * K j q u) * (\sum_v Q i p v * K j q v)).
    by apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite !mxE; congr (_ * _); apply: eq_bigr => l _; rewrite !mxE.
  rewrite (mix (fun i => Q i p) (fun i => Q i p) (fun j => K j q) (fun j => K j q)).
  under eq_bigr => u _ do under eq_bigr => v _ do rewrite QE KE !eqxx /=.
  by under eq_bigr do rewrite units; rewrite sumr_const card_ord mulr_natr.
have gE : \sum_i \sum_j g i j = a * b * k%:R * d%:R.
  rewrite /g /total swap; under eq_bigr => p _ do rewrite swap.
  transitivity (\sum_(p < d) (a * b * k%:R)); last by rewrite sumr_const card_ord -[LHS]mulr_natr.
  apply: eq_bigr => p _; transitivity (\sum_(q < d) \sum_(u < k) \sum_(v < k) (a * ((p == q) && (u == v))%:R) * (b * ((q == p) && (u == v))%:R)).
    apply: eq_bigr => q _; transitivity (\sum_i \sum_j (\sum_u Q i p u * K j q u) * (\sum_v Q i q v * K j p v)).
      apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite !mxE; congr (_ * _); apply: eq_bigr => l _; rewrite !mxE //.
      by rewrite mulrC.
    rewrite (mix (fun i => Q i p) (fun i => Q i q) (fun j => K j q) (fun j => K j p)).
    by apply: eq_bigr => u _; apply: eq_bigr => v _; rewrite QE KE.
  rewrite (bigD1 p) //= [X in _ + X]big1 ?addr0 => [|q /negPf ne]; last first.
    by rewrite big1 // => u _; rewrite big1 // => v _; rewrite ne /= !mulr0.
  under eq_bigr => u _ do under eq_bigr => v _ do rewrite !eqxx /=.
  by under eq_bigr do rewrite units; rewrite sumr_const card_ord mulr_natr.
rewrite -[\sum_i \sum_j total _]/(\sum_i \sum_j f i j) fE gE; ring.
