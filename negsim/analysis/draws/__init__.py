"""A scenario over the draws of what its texts leave open: which deals can be had, who blocks, what would open them."""
