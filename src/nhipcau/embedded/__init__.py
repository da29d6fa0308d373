"""The embedded PostgreSQL server and its supervisor."""
