"""The Django applications; see docs/explanation/layers.md."""
