"""Pages of organisations and groups."""
