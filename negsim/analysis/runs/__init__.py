"""Tables of runs: shares, paired differences, scores, what is pivotal, and tournaments."""
