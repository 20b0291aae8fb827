have := mxrankM_maxl X (W *m X^T); rewrite mulmxA given_1 /identity mxrank1; exact.
