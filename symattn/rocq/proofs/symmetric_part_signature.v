mxring.
