"""How far attention moves when tokens do, in all (`full_attention`), also under a mask (`masked_attention`).

A mean of tokens moves no further than they do (`means_of_tokens`, `masked_means`), but some direction is both scored
and read (`directions`), a far token in it is read more than its share (`shares`), and so tells apart tokens that come
together (`far_tokens`, `masked_far_tokens`).  Then f is not Lipschitz, whichever mask there is (`unbounded`).
"""
