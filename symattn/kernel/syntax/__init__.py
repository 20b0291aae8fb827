"""What is written: sizes and indices, letters, terms, formulas, and letters replaced by what they stand for."""
