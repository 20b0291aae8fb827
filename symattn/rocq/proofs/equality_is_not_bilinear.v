by move=> W; rewrite /zeros mulmx0 total0 => /eqP; rewrite eq_sym oner_eq0.
