by rewrite -!mulmxA mulmxA det_mulmx.
