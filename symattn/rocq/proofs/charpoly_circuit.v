by have := det_swap lambda (E *m V) (O *m U); rewrite !mulmxA.
