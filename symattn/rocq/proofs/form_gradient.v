by gradient D.
