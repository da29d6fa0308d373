"""Pages of the entrance that allauth does not have."""
