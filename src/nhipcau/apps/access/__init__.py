"""Policies, scope, gates; no models."""
