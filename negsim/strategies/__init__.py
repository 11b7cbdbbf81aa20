"""Delegations' strategies: one family a file."""
