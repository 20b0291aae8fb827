by rewrite (thinmx0 Q) !mulmx0 !mul0mx.
