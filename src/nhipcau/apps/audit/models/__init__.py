from nhipcau.apps.audit.models.edition import Edition
from nhipcau.apps.audit.models.event import Event, EventQuerySet, provide_visibility
from nhipcau.apps.audit.models.seal import Batch, Seal

__all__ = ["Batch", "Edition", "Event", "EventQuerySet", "Seal", "provide_visibility"]
