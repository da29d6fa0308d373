"""What the embedded server says when it cannot serve."""

from __future__ import annotations

from nhipcau.embedded.language import SpokenError


class EmbeddedError(SpokenError):
    """The embedded PostgreSQL could not be started or reached; the text tells what to do."""
