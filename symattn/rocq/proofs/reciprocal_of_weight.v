apply/matrixP => i j; rewrite rowsum_exp mxE mxE softmaxE invf_div /norm mulr_suml (ord1 j).
by apply: eq_bigr => l _; rewrite -(expB ex_laws) mxE [X in _ = ex (_ + X)]mxE !outer11 !onesE mul1r mulr1 [X in _ =
  ex (_ - X)]mxE.
