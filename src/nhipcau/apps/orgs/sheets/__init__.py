"""Agencies and people from a sheet: what its columns are, what its rows mean, what is wrong with them."""
