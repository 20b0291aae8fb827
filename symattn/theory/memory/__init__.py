"""Chapter 9.  Memory: attention as retrieval, as a mean of values and as smoothing, and what a memory can hold."""
