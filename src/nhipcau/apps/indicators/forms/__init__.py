"""What people type about indicators."""
