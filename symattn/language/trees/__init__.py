"""What every tree of the language is made of: inert nodes, and sums, products and powers as they were written."""
