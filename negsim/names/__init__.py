"""How things are called: what a user reads instead of ids, paths and codes. Text only; nothing here prints."""
