"""What a function is said to compute: options, and what they mean as arrays and as an expression.

spec        the options, and `but` for another spec      reading     options as text, and back
formula     the expression, for one batch and one head   masks       which keys a query sees by rule, and ALiBi
layouts     axes of tensors                              presets     the options of functions that people call
"""
