"""The rules of the talks: `begin` draws a run, `advance` plays one turn of the whole of it."""
