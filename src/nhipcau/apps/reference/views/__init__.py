"""Pages of reference data."""
