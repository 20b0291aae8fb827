apply/matrixP => i j; rewrite !mxE.
under eq_bigr do rewrite !mxE mulr_sumr.
under [RHS]eq_bigr do rewrite !mxE mulr_sumr.
by rewrite exchange_big; apply: eq_bigr => c _; apply: eq_bigr => l _; rewrite !mxE mulrCA.
