"""How arguments are read.

kinds    what the text of an argument stands for        help    texts of help that fit the terminal
"""
