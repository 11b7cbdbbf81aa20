"""`negsim version`: the version."""

from negsim.edge.app import app


@app.command()
def version() -> None:
    """Print the version."""
    import negsim
    from negsim.edge.words.console import say

    say(negsim.__version__)
