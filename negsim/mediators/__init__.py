"""Mediators: one style a file. A style sees a `Sight` and writes its pledges or the parties' clarity in place."""
