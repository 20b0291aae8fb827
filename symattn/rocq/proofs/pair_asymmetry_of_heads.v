split=> [H | E Q K]; last by rewrite -(mulmxA x) -(mulmxA y) !form_hadamard E.
case: k k_min H => [|k] // _ H.
apply/matrixP => i j; have := H (delta_mx i 0) (delta_mx j 0).
by rewrite -(mulmxA x) -(mulmxA y) trmx_delta mul_delta_mx !form_hadamard !total_delta.
