split; first by gradient D.
split; gradient D => //.
