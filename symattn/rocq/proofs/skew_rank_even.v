have n2 : (2%:R : RR) != 0 by rewrite -unitfE.
by case=> [/(skew_rank_is_even n2) + rk]; rewrite rk oddD mul2n odd_double.
