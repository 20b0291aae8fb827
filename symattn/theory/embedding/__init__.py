"""Chapter 1.  Embeddings and context: what a word alone can know."""
