"""Forms of organisations and groups."""
