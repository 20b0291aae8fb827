by rewrite (thinmx0 x) (thinmx0 y) !mul0mx.
