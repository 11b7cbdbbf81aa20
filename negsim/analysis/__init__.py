"""What results mean: of one outcome space, and of many runs."""
