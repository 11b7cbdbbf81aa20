"""Ensembles: what to run, the unit of work, where results are kept, who works."""
