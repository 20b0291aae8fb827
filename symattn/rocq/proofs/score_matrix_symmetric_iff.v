have h2 := two_half unit_2.
rewrite !trmx_mul trmxK mulmxBr mulmxBl !mulmxA /zeros; split=> [-> | E].
  by rewrite subrr scaler0.
apply/eqP; rewrite -subr_eq0; apply/eqP; move: E => /(congr1 (fun Z => 2%:R *: Z)).
by rewrite scalerA h2 scale1r scaler0.
