"""Theory: what is true of attention, one module a chapter.  Importing a chapter proves nothing; `Statement.prove` does."""
