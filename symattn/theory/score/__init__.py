"""Chapter 2.  The score as a bilinear form.

bilinear_form    score(x, y) = x Q Kᵀ yᵀ                symmetric_attention  what symmetric scores make of attention
comparisons      what forms can and cannot compare      previous_token       they can prefer the token before,
symmetry         its symmetric and its skew part        growing_weights      as long as weights grow
skew_rank        what these two parts can be            tied_attention       scores when queries are keys
symmetric_heads  heads without a skew part              tied_forms           which forms are W = Q Qᵀ
symmetric_locus  how much room these take
"""
