"""What the record calls accounts, files and reference data, with the pages that the desk has for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.subjects import Called, kinds, naming, numbers
from nhipcau.apps.reference.models import LawChange

kinds(
    {
        "accounts.apitoken": _("token of the programming interface"),
        "accounts.invitation": _("invitation"),
        "accounts.user": _("account"),
        "files.upload": _("file"),
        "mfa.authenticator": _("second step of signing in"),
        "audit.event": _("event"),
        "files.longwork": _("long work"),
        "notices.digestrun": _("daily mails of a day"),
        "notices.mail": _("mail"),
        "notices.calendarfeed": _("private calendar"),
        "notices.digestchoice": _("choice about the daily mail"),
        "reference.abbreviation": _("abbreviation"),
        "reference.calendarday": _("day of the calendar"),
        "reference.calendarversion": _("version of the calendar"),
        "reference.country": _("country"),
        "reference.lawchange": _("legal change"),
    }
)


def _users(ids: Collection[str], user: object) -> Mapping[str, Called]:
    rows = User.objects.visible_to(user).filter(pk__in=numbers(ids))
    return {
        str(pk): Called(name, reverse("desk:person", args=[pk]))
        for pk, name in rows.values_list("pk", "full_name")
    }


def _laws(ids: Collection[str], user: object) -> Mapping[str, Called]:
    rows = LawChange.objects.visible_to(user).filter(pk__in=numbers(ids))
    return {
        str(pk): Called(number, reverse("reference:law_edit", args=[pk]))
        for pk, number in rows.values_list("pk", "number")
    }


naming("accounts.user", _users)
naming("reference.lawchange", _laws)
