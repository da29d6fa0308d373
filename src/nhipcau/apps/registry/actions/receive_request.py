"""A person's request is entered, with its clocks; whom it is about may be found later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reference.calendars import calendar_of, newest
from nhipcau.apps.registry.clocks import set_clock
from nhipcau.apps.registry.models import Person, RightsRequest

WORDS = ("about", "asker", "contact", "mandate", "words")


def receive_request(
    values: Mapping[str, Any], *, right: str, received_on: date, person: Person | None, actor: User
) -> RightsRequest:
    """`values`: the other columns as the form gives them.

    Raises Refused for a day to come, and where neither a person nor words tell whom it is about.
    """
    if received_on > timezone.localdate():
        raise Refused(_("A request cannot have come on a day that is still to come."))
    said = {name: " ".join(str(values.get(name, "")).split()) for name in WORDS if name != "words"}
    if person is None and not said["about"]:
        raise Refused(_("Say whom the request is about: name, birth, commune, as far as it was told."))
    version = newest()
    clock = set_clock(
        right,
        received_on,
        calendar_of(version),
        with_processor=bool(values.get("with_processor")),
        extension=settings.RIGHTS_EXTENSION_DAYS if settings.RIGHTS_EXTENSION_DAYS >= 0 else None,
    )
    with act(actor, "registry.receive_request", RightsRequest, permission="create") as entry:
        made = RightsRequest.objects.create(
            right=right,
            person=person,
            asked_by=values["asked_by"],
            identity=values["identity"],
            channel=values["channel"],
            with_processor=bool(values.get("with_processor")),
            words=str(values.get("words", "")).strip(),
            received_on=received_on,
            terms=clock.as_kept(),
            acknowledge_by=clock.acknowledge_by,
            first_due_on=clock.due_on,
            due_on=clock.due_on,
            created_by=actor,
            **said,
        )
        entry.subject = made
        # The right and the days: what was written of the person can be erased, the record cannot forget it.
        note(entry, right=right, due_on=clock.due_on.isoformat(), person=_key(person))
    return made


def _key(found: Model | None) -> int | None:
    return found.pk if found is not None else None
