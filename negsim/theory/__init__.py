"""Solved models of bargaining, to teach with and to check by: one model a file."""
