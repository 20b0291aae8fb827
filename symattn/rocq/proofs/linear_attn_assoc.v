by rewrite given_1 given_2 rowsumE !mulmxA.
