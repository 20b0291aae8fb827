"""Attention by specification: people's functions of tensors, held to the options that say what they compute.

A spec is data and means an ordinary expression of the language.  `assert_attention` calls the function on tensors of
its own framework, forward and backward, and compares every entry with a derived bound.  What is wrong is named by the
spec with one thing changed; a pass must tell all of these apart.

assertion    `assert_attention`            parametrize    one test for each spec
report       failures, and what a pass tells
spec/        options, formula, masks, layouts, presets
trials/      samples, calls, exact values and bounds, mistakes
"""
