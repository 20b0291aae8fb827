"""How theorems are written down, and chapters of them.

paper/      one theorem: `document`, then LaTeX, Markdown, Unicode text and notebooks
columns/    a statement about rows, said of columns and proved again
chapter/    prose, theorems and figures in the order in which they are read
screen/     what can be shown where an answer goes
records     a residual stream as the record that it is          files    written whole or not at all

The layer above, cli, asks for these by `symattn export`.
"""
