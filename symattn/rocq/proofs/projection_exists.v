have [P [M [PT PP PQ PM trP]]] := column_projection Q.
by exists P, M.
