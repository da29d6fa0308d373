from nhipcau.apps.reference.models.law import LawChange

__all__ = ["LawChange"]
