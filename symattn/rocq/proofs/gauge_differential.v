have MK : K^T *m M^T = 1%:M by rewrite -trmx_mul given_2 tr_identity.
split; last by rewrite /zeros => /(congr1 (fun Z => L *m Z)); rewrite !mulmxA given_1 mul1mx mulmx0.
split=> [E | [B [-> ->]]].
  exists (- (dK^T *m M^T)).
  have dQE : dQ *m K^T = - (Q *m dK^T) by apply/eqP; rewrite -addr_eq0 E.
  have dQE' : dQ = - (Q *m dK^T *m M^T) by rewrite -[LHS]mulmx1 -MK mulmxA dQE mulNmx.
  split; first by rewrite dQE' mulmxN mulmxA.
  rewrite tr_opp mulmxN opprK trmx_mul !trmxK.
  have := congr1 (fun Z => L *m Z) dQE; rewrite dQE' mulNmx !mulmxN !mulmxA given_1 !mul1mx => /oppr_inj.
  by move/(congr1 trmx); rewrite trmxK !trmx_mul !trmxK => E1; rewrite -[LHS]E1 mulmxA.
by rewrite tr_opp trmx_mul trmxK mulmxN -mulmxA subrr.
