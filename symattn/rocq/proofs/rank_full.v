case=> [[L LE] [M ME]].
have MK : K^T *m M^T = 1%:M by rewrite -trmx_mul ME tr_identity.
by apply: (@rank_ge _ _ _ _ L _ M^T); rewrite !mulmxA LE mul1mx MK.
