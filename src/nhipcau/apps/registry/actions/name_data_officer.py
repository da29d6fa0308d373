"""Somebody is named to look after the protection of personal data; her task ends."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.scope import roles_held
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.models import DataOfficer


def name_data_officer(user: User, *, basis: str, since: date, actor: User) -> DataOfficer:
    """Raises Refused for oneself, for who holds no role today, and for who is named in that time already."""
    with act(actor, "registry.name_data_officer", DataOfficer, permission="create") as entry:
        if user.pk == actor.pk:
            raise Refused(_("Another person has to name you."))
        if not user.is_active or not roles_held(user):
            raise Refused(_("This person holds no role here today."))
        User.objects.select_for_update().get(pk=user.pk)
        if DataOfficer.objects.filter(user=user, valid__overlap=(since, None)).exists():
            raise Refused(_("This person is named already."))
        made = DataOfficer.objects.create(user=user, basis=" ".join(basis.split()), valid=(since, None))
        entry.subject = made
        note(entry, user=user.pk, since=since.isoformat())
    return made


def end_data_officer(officer: DataOfficer, *, reason: str, actor: User) -> DataOfficer:
    """From today on. Raises Refused when it has ended."""
    with act(actor, "registry.end_data_officer", officer, permission="end", reason=reason):
        found = DataOfficer.objects.select_for_update().get(pk=officer.pk)
        today = timezone.localdate()
        if found.valid.upper is not None and found.valid.upper <= today:
            raise Refused(_("This has ended already."))
        if found.valid.lower >= today:
            # Not a whole day: it holds for the day on which it was said.
            today = found.valid.lower + timedelta(days=1)
        found.valid = (found.valid.lower, today)
        found.save(update_fields=["valid"])
    return found
