"""The simulated branch, where synthetic client books come from."""
