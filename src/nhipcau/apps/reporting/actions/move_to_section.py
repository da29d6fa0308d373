"""A paragraph goes into another section of the draft, with its sources."""

from __future__ import annotations

from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.composing import composing, next_position, place_of
from nhipcau.apps.reporting.draft_journal import Place
from nhipcau.apps.reporting.gathering import TEXTS
from nhipcau.apps.reporting.models import Paragraph, Section
from nhipcau.apps.reporting.refusals import Refused


def move_to_section(paragraph: Paragraph, section: int, *, actor: User, version: int) -> Paragraph:
    """To the end of the section (id); of one of tasks, to what is said of all of them. Words, sources and
    whom it is addressed to stay.

    Raises Stale, Refused("no-such-section") for a section that is not of the period's form or has no text.
    """
    draft = paragraph.consolidation
    wanted = Section.objects.filter(pk=section, version=draft.period.form_version_id, kind__in=TEXTS)
    if not wanted.exists():
        raise Refused("no-such-section")
    place = Place(section)
    # Where it goes stands first: taken back, it leaves there before it comes again here.
    seen = {paragraph.pk: version}
    with composing(draft, "move_to_section", actor=actor, places=[place], seen=seen) as change:
        fresh = change.paragraphs[paragraph.pk]
        if place_of(fresh) != place:
            position = next_position(change.draft, place)
            fresh.section_id, fresh.task_id, fresh.position = section, None, position
            change.save(fresh)
    return fresh
