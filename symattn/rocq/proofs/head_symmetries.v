have CE := concat_inj given_1; have FE := concat_inj given_2.
apply: eq_bigr => h _; rewrite -!mulmxA (mulmxA (C h)) CE (mulmxA (F h)) FE /identity !mul1mx !mulmxA //.
