"""Agencies and places through time; appointments."""
