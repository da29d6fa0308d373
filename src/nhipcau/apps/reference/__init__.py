"""Dated reference data: laws and what replaced them."""
