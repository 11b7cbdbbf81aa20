"""Protocols: one a file. A protocol plays one turn on a deal: clock in, clock out."""
