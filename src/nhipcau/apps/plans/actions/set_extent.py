"""A reviewer says whether an amendment replaces the whole plan or names only what changes."""

from __future__ import annotations

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans.models import Document
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.reviewing import reviewing


def set_extent(document: Document, *, in_part: bool, actor: Actor) -> Document:
    """With `in_part` the tasks that the amendment does not name go on; without, approving ends them.

    Raises Refused("not-an-amendment").
    """
    with reviewing(document, "set_extent", actor=actor) as change:
        if change.document.amends_id is None:
            raise Refused("not-an-amendment")
        change.document.amends_part = in_part
        change.document.save(update_fields=["amends_part"])
        change.entry.data["in_part"] = in_part
    return change.document
