"""Chapter 8.  Circuits: what heads are made of, and how they compose."""
