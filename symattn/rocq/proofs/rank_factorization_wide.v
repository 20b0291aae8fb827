by blocks.
