have CE : Q *m C *m (K *m trmx (invmx C))^T = Q *m K^T by rewrite trmx_mul trmxK mulmxA mulmxK.
split=> //.
have -> : X *m Q *m C *m trmx (K *m trmx (invmx C)) = X *m Q *m K^T by rewrite -!mulmxA (mulmxA Q) CE.
by rewrite -!mulmxA trmx_mul !trmxK (mulmxA B) mulmxV // mul1mx.
