by rewrite -!mulmxA -given_2 !mulmxA -(mulmxA X Q) given_1 !mulmxA.
