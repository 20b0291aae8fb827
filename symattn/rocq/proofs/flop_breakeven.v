have k0 : 0 < k%:R :> RR by rewrite ltr0n.
have d0 : 0 < d%:R :> RR by rewrite ltr0n.
have n0 : 0 < n%:R :> RR by rewrite ltr0n.
move: (k%:R) (d%:R) (n%:R) k0 d0 n0 => K D N K0 D0 N0.
split; [|split] => [|H|H].
- rewrite [X in (0 < X) <-> _](_ : _ = N * ((D + N) * D - (2%:R * D + N) * K)); last by ring.
  by rewrite pmulr_rgt0.
- rewrite [X in 0 < X](_ : _ = N * (D * (D - 2%:R * K) + N * (D - 2%:R * K) + N * K)); last by ring.
  rewrite pmulr_rgt0 // ltr_paddl ?mulr_gt0 // addr_ge0 //.
    by rewrite mulr_ge0 ?subr_ge0 // ltW.
  by rewrite mulr_ge0 ?subr_ge0 // ltW.
rewrite -subr_ge0 [X in 0 <= X](_ : _ = N * ((N + D) * (K - D) + D * K)); last by ring.
apply: mulr_ge0; first exact: ltW.
apply: addr_ge0; last by apply: mulr_ge0; apply: ltW.
by apply: mulr_ge0; rewrite ?subr_ge0 // addr_ge0 // ltW.
