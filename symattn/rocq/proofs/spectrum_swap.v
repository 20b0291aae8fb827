split; first exact: mxtrace_mulC.
split; first by rewrite -!mulmxA mxtrace_mulC -!mulmxA.
by move=> E; rewrite -!mulmxA; have := congr1 (fun Z => K^T *m Z) E; rewrite -scalemxAr !mulmxA.
