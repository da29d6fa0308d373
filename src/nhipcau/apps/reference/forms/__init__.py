"""Forms of reference data."""
