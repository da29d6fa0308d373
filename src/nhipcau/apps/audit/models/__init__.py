from nhipcau.apps.audit.models.event import Event, EventQuerySet, provide_visibility
from nhipcau.apps.audit.models.seal import Batch, Seal

__all__ = ["Batch", "Event", "EventQuerySet", "Seal", "provide_visibility"]
