"""Settings, URLs, the request transaction."""
