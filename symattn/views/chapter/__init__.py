"""A chapter, as the scripts in derivations/ write it: `chapter` collects `parts`, `as_...` write."""
