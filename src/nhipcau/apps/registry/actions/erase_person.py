"""A person is erased: who asked for it was looked at, and nothing that tells who she is stays."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actions import erase_events
from nhipcau.apps.access.actors import System
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.erasing import Erased, blank, events_with_words, records_of, waiting_lists
from nhipcau.apps.registry.models import Person, SourceRecord

ERASER = System("erasing")


class Ground(models.TextChoices):
    """Why; never in words of one's own, which would tell of the person again."""

    ASKED = "asked", pgettext_lazy("erasure", "The person asked for it")
    WITHDRAWN = "withdrawn", pgettext_lazy("erasure", "The consent was withdrawn")
    OVER = "over", pgettext_lazy("erasure", "The time it may be kept is over")
    UNLAWFUL = "unlawful", pgettext_lazy("erasure", "It should not have been kept")


def erase_person(person: Person, *, request: str, ground: str, actor: User) -> Erased:
    """For good: taken back by nothing but new records. `request` is the number of the written request.

    Raises Refused without a number, for one who was joined to another, where nothing is left to erase, and
    while a list that names her waits to be settled.
    """
    with act(actor, "registry.erase_person", person, permission="erase") as entry:
        number = request.strip()[:120]
        if not number:
            raise Refused(_("Give the number of the request."))
        found = Person.objects.select_for_update().get(pk=person.pk)
        if found.merged_into_id is not None:
            raise Refused(_("This person was joined to another one. Erase that one."))
        erased = records_of(found)
        list(
            SourceRecord.objects.select_for_update(of=("self",)).filter(pk__in=erased.records).order_by("pk")
        )
        if not erased.records:
            raise Refused(_("There is nothing left to erase."))
        if waiting_lists(erased).exists():
            raise Refused(_("A list that names this person is being brought in. Confirm or drop it first."))
        events = events_with_words(erased)
        if events:
            erase_events(events, request=number, reason="", actor=ERASER)
        blank(erased)
        note(entry, request=number, ground=Ground(ground).value, records=len(erased.records))
    return erased
