split=> [H | E x y].
  apply: form_eq => x y; rewrite mulmxA H form_tr; congr total; mxring.
by rewrite -[x *m Q *m _]mulmxA E -totalT; congr total; mxring.
