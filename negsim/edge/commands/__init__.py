"""The command line, one command a file; each imports late, so that help is quick and a single run needs no Numba."""
