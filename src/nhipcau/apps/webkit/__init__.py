"""Base templates, components, static files; no models."""
