"""One theorem as a text: LaTeX, Markdown, Unicode.

document            a theorem before it is a text            formula_tex        LaTeX with marks for breaks
notation            names, bold letters, rows or columns     widths, breaking   what fits into a row
prose, wording      the words round formulas                 tex, markdown, unicode, notebook   the texts
"""
