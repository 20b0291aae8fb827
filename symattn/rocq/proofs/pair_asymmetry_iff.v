split=> [H | E W]; last by rewrite !form_hadamard E.
by apply/matrixP => i j; have := H (delta_mx i j); rewrite !form_hadamard !total_delta.
