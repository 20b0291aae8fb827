"""One theorem as a text: LaTeX, Markdown, Unicode.

document            a theorem before it is a text            formulas           LaTeX with marks for breaks
notation            names, bold letters, rows or columns     widths, breaking   what fits into a row
prose, wording      the words round formulas                 tex, markdown, plain, notebook   the texts
"""
