"""The nhipcau command."""
