by rewrite /zeros /identity !mul_row_col !mul0mx mul1mx add0r addr0.
