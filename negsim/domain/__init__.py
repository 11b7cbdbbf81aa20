"""What users write: statements, issues, parties, scenarios; and the record of a run. No file is opened here."""
