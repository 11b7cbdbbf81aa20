"""Run the command line as `python -m negsim`."""

from negsim.edge.app import main

main()
