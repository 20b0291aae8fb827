have KE g r : K' (join g r) = K g.
  by have := concat_inj (concat_inj given_1 g) r.
have VE g r : V' (join g r) = V g.
  by have := concat_inj (concat_inj given_2 g) r.
by apply: eq_bigr => g _; apply: eq_bigr => r _; rewrite KE VE.
