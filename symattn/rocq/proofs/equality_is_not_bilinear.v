by move=> W; rewrite /zeros total0 => /eqP; rewrite eq_sym oner_eq0.
