"""Somebody asks for a list of people as a file: for what, with which columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.actions import tell
from nhipcau.apps.registry.export_queue import begin
from nhipcau.apps.registry.exporting import COLUMNS, MOST_PEOPLE, NARROWED_BY, wanted_people
from nhipcau.apps.registry.models import Export, Sharing
from nhipcau.apps.registry.overseeing import keepers


def ask_export(
    *,
    purpose: str,
    words: str,
    wanted: Mapping[str, str],
    columns: Sequence[str],
    actor: User,
    sharing: Sharing | None = None,
) -> Export:
    """Written at once, or after a second officer agreed where it is of many people. Raises Refused without a
    column, when nobody or too many people fit, and when she asked for enough today.

    For a `sharing` that was agreed to nobody is asked again.
    """
    with act(actor, "registry.ask_export", Export, permission="create") as entry:
        chosen = [code for code in COLUMNS if code in columns]
        if not chosen:
            raise Refused(_("Choose at least one column."))
        User.objects.select_for_update().get(pk=actor.pk)
        if sharing is None:
            _not_too_often(actor)
        narrowed = {name: wanted[name] for name in NARROWED_BY if wanted.get(name)}
        people = wanted_people(actor, narrowed, purpose).order_by()[: MOST_PEOPLE + 1].count()
        if not people:
            raise Refused(_("Nobody fits: there is nothing to export."))
        if people > MOST_PEOPLE:
            raise Refused(_("More than 50.000 people fit. Choose a country or a group."))
        made = Export.objects.create(
            asked_by=actor,
            purpose=purpose,
            words=" ".join(words.split()),
            wanted=narrowed,
            columns=chosen,
            people=people,
            sharing=sharing,
        )
        entry.subject = made
        note(entry, people=people, columns=chosen, purpose=purpose)
        if sharing is not None or people <= settings.EXPORT_ALONE:
            begin(made)
        else:
            tell(
                keepers(),
                "registry.export_asked",
                key=f"export_asked:{made.pk}",
                actor=actor,
                about=made,
                who=actor.full_name,
                people=people,
            )
    made.refresh_from_db()
    return made


def _not_too_often(actor: User) -> None:
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    own = Export.objects.filter(asked_by=actor, asked_at__gte=start, sharing=None)
    if own.count() >= settings.EXPORTS_A_DAY:
        raise Refused(_("You have asked for enough exports today. Come back tomorrow."))
