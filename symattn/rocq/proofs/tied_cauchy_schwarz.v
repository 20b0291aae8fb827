by have := gram_schwarz (x *m Q) (y *m Q); rewrite !trmx_mul !mulmxA.
