"""Chapter 2.  The score as a bilinear form.

bilinear_form       score(x, y) = x Q Kᵀ yᵀ                   symmetry           its symmetric and its skew part
symmetric_attention what symmetric scores make of attention  previous_token     they can prefer the token before,
tied_forms          W = Q Qᵀ                                 growing_weights    as long as weights grow
skew_rank           how much room the two parts need
"""
