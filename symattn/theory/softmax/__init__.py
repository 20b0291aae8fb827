"""Chapter 4.  Softmax: scores as weights (`weights`), and how these move when the scores do (`derivatives`)."""
