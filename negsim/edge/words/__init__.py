"""What a person reads on a terminal, one kind of answer a file."""
