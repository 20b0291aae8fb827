rewrite -?scalemxAl !totalZ ler_pmul2l // given_1.
have := gram_two q p; rewrite given_1 given_2 => H.
by rewrite -(ler_pmul2l (ltr0n RR 2)) mulr1.
