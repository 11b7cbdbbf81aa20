"""One outcome space: what is acceptable to all, how much of it there is, and what is fair in it."""
