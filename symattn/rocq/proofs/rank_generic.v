split; last split; blocks; rewrite ?mxrank1 //.
by apply: (@rank_ge _ _ _ _ (row_mx 1%:M 0) _ (col_mx 1%:M 0)); blocks.
