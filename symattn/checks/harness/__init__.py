"""What serves the assertions: samples, people's functions, bounds, and words for what went wrong.

samples, probes, scalars    where functions are compared     calls, frameworks  calling them on their own arrays
reference           the exact value and its bound            impostors          would something else pass too?
diagnosis, blame    which mistake, and which step            user_step          a function inside of an expression
attention_parts     where parts of attention occur           arrays             matrices that people hand over
failures            what a failed assertion is               trials             one sample, and what came of it
"""
