exact: concat_stack.
