"""Where negsim meets its users: files, the command line, words and pictures. All that prints or opens files is here."""
