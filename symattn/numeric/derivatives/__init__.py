"""Derivatives over any arithmetic: forwards by dual numbers (`dual`), backwards from a number (`adjoint`)."""
