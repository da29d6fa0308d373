"""Pure engines: no Django, no database."""
