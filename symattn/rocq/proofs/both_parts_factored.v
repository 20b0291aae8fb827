blocks; split=> //; by rewrite addrC.
