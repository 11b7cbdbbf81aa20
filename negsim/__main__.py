"""Run the command line as `python -m negsim`."""

from negsim.cli import main

main()
