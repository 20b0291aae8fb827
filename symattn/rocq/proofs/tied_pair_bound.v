by have := gram_two (x *m Q) (y *m Q); rewrite !trmx_mul !mulmxA.
