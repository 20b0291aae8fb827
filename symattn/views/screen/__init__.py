"""What can be shown where an answer goes: how wide it is (`width`), and ASCII for whoever cannot show ᵀ (`spelling`).

Both are read by the command line and by chapters that run as scripts, before anything is loaded that takes long.
"""
