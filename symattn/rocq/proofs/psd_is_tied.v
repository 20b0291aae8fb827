split=> [[psd_W rank_W] | [Q ->]]; last first.
  by split; [exact: gram_psd | rewrite (leq_trans (mxrankM_maxl _ _)) ?rank_leq_col].
have [L [R WE]] := factor rank_W.
have [P [M [PT _ PL PM _]]] := column_projection L.
have PW : P *m W = W by rewrite WE mulmxA PL.
have WP : W *m P = W by have := congr1 trmx PW; rewrite trmx_mul psd_W.1 PT.
have [|A AE] := @gram_of_psd _ _ (M *m W *m M^T).
  split=> [|x]; first by rewrite !trmx_mul trmxK psd_W.1 mulmxA.
  by have := psd_W.2 (x *m M); rewrite trmx_mul !mulmxA.
exists (L *m A); rewrite trmx_mul !mulmxA -(mulmxA L A) -AE.
by rewrite -[LHS]WP -[in LHS]PW -[in X in _ *m X]PT PM trmx_mul !mulmxA.
