"""What shells need to complete a command line.  Nothing here loads SymPy.

names    theorems and chapters, read from the text of the theory        fish    the language of fish
"""
