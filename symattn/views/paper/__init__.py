"""One theorem as a text: LaTeX, Markdown, Unicode.

document            a theorem before it is a text            formula_tex        LaTeX with marks for breaks
notation            names, bold letters, rows or columns     plain              Unicode, with the same marks
prose, wording      the words round formulas                 widths, breaking   what fits into a row
bibliography        entries of the sources                   heights            brackets of the right size
tex, markdown, unicode, notebook    the texts
"""
