have C (M : 'M[RR]_(1, 1)) : M^T = M by apply/matrixP => i j; rewrite mxE !ord1.
have -> : y = total y *: 1%:M by apply/matrixP => i j; rewrite !ord1 total11 !mxE mulr1.
have -> : x = total x *: 1%:M by apply/matrixP => i j; rewrite !ord1 total11 !mxE mulr1.
by congr total; mxring.
