"""What `symattn check` does.   functions    a function of tensors, held to a spec"""
