"""What an expert of the field would check first: statements on theory, frozen beforehand, and what is measured of each."""
