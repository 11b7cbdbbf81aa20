"""The hot path: named tuples, counter-based draws, package arithmetic, frontier, registry. NumPy only."""
