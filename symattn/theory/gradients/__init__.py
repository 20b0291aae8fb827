"""Chapter 5.  Gradients of a head (`of_a_head`), and the laws that all of them obey (`conservation`)."""
