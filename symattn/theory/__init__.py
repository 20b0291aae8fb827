"""Theory: what is true of attention, one module a chapter.  Importing one proves nothing; `Statement.prove` does."""
