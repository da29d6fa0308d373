"""People abroad of the synthetic province."""
