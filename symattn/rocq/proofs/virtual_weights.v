split=> [H | E x]; last by rewrite -mulmxA E /zeros mulmx0.
by apply: row_eq => x; rewrite mulmxA H /zeros mulmx0.
