by rewrite -totalT; congr total; mxring.
