"""Who leaves, when, why, and whom it pays to keep."""
