"""Reports of the synthetic province."""
