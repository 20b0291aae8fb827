by rewrite given_1 trmx_mul !mulmxA.
