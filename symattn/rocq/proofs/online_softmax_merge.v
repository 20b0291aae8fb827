split; apply/matrixP => i j; rewrite add_entry.
  by rewrite !rescale_norm // rowsum_exp norm_shift // norm_row mulrDr.
by rewrite !rescale_read // exp_read read_shift // read_row mulrDr.
