split=> [H | E x y]; last by rewrite form_tr -E.
by apply: form_eq => x y; rewrite H form_tr.
