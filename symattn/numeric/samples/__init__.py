"""A number for every size and a value for every letter (`samples`, drawn by `draws`)."""
