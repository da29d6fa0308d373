from nhipcau.apps.audit.models.event import Event

__all__ = ["Event"]
