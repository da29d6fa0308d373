"""Which units have issued their own plan under a plan."""
