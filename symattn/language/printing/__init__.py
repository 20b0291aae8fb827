"""Expressions as text on one line, as LaTeX, as Python.

text, latex, code       the three printers                   common, shown_shapes    what they share
"""
