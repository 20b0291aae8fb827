have QE : Q *m M = Q *m N by rewrite -given_2.
by have := congr1 (fun Z => L *m Z) QE; rewrite !mulmxA given_1 !mul1mx.
