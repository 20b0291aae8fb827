"""How theorems are written down: LaTeX, Markdown, Unicode text, notebooks, and chapters of these.

notation     names, bold letters, rows or columns          prose, wording     the words round formulas
columns      a statement about rows, said of columns       formulas           LaTeX with marks for breaks
turned       a proof with its letters transposed           widths, breaking   what fits into a row
restate      the two together: proved again                tex, markdown, plain, notebook, chapter   the texts
document     one theorem, before it is a text              unicode_reader     the Unicode text read back

The layer above, cli, asks for these by `symattn export`.
"""
