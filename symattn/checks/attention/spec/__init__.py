"""What a function is said to compute: options, and what they mean as arrays and as an expression.

spec        the options, and `but` for another spec      reading     options as text, and back
letters     what the formulas are made of                rules       which keys a query sees by rule, and ALiBi
formula     the expressions of one batch and one head    masks       the same at numbers
prepared    norms and turns of queries and keys          wrong       what people compute in place of it
layouts     axes of tensors                              presets     the options of functions that people call
"""
