"""What `decide` tries, one after the other, until something gives a verdict.

case          a claim under hypotheses, and what is known of it          attempts    the list, a function each
purse         the time that all of them have together                   denials     what is denied, by its contrary
given_values  letters by what they are given to be equal to
angles        halves and other parts of angles, by their multiples      states      functions of states, as states
"""
