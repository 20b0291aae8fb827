exact: det_swap.
