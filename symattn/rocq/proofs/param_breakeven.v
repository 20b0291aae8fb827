have k0 : 0 < k%:R :> RR by rewrite ltr0n.
have d0 : 0 < d%:R :> RR by rewrite ltr0n.
have H0 : 0 < H%:R :> RR by rewrite ltr0n.
split; [|split].
- have -> : d%:R ^+ 2 - 2%:R * d%:R * k%:R = d%:R * (d%:R - 2%:R * k%:R) :> RR by ring.
  by rewrite pmulr_rgt0.
- ring.
have -> : H%:R ^+ 3 * k%:R ^+ 2 - 2%:R * H%:R ^+ 2 * k%:R ^+ 2 = (H%:R * k%:R) ^+ 2 * (H%:R - 2%:R) :> RR by ring.
by rewrite pmulr_rgt0 // exprn_gt0 // mulr_gt0.
