"""What `symattn prove` says beside its verdict.

hints     expressions to try, as text              advice    what to ask next where the answer is undecided
pasted    what was proved, as LaTeX or Markdown
"""
