have n0 : 0 < n%:R :> RR by rewrite ltr0n.
move: (n%:R) (r%:R) (v%:R) n0 => N R V N0.
rewrite [X in (0 < X) <-> _](_ : _ = N * ((R + V) * N - 2%:R * R * V)); last by ring.
by rewrite pmulr_rgt0.
