"""A briefing in one file: what is gathered, how it is put into words and figures, and the page they stand on."""
