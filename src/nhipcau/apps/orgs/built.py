"""What stands on the agencies and accounts of an import: then it cannot be undone any more.

Every relation to an organisation or an account counts, those of apps that came later too. What an import
makes itself does not: names, aliases, the appointments of its rows, invitations that nobody has used.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.models import Appointment, Arrival, Organisation

# Part of an organisation or an account, or of the import that made it.
OWN = frozenset(
    (
        "orgs.OrganisationVersion.organisation",
        "orgs.OrganisationVersion.parent",
        "orgs.Alias.organisation",
        "orgs.Appointment.organisation",
        "orgs.Appointment.user",
        "orgs.ArrivalRow.organisation",
        "orgs.ArrivalRow.user",
        "accounts.Invitation.user",
    )
)
_words: dict[str, str | Promise] = {
    "orgs.SetMember": _("member of a group"),
    "orgs.FocalPoint": _("focal points"),
    "orgs.Deputy": _("a deputy"),
    "orgs.Handover": _("a handover of work"),
    "orgs.Restructuring": _("a restructuring"),
}


@dataclass(frozen=True, slots=True)
class Built:
    """One agency or person, and what stands on it in words."""

    who: str
    what: str | Promise


def call_it(model: str, words: str | Promise) -> None:
    """Called at start by higher apps: how to name rows of theirs ("plans.Assignment") to people."""
    _words[model] = words


def built_on(arrival: Arrival) -> list[Built]:
    """What stands in the way; a few queries for each kind of relation."""
    rows = list(arrival.rows.select_related("user"))
    users = {row.user.pk: row.user for row in rows if "user" in row.made and row.user is not None}
    agencies = {row.organisation_id for row in rows if "organisation" in row.made and row.organisation_id}
    kept = {row.appointment_id for row in rows if "appointment" in row.made and row.appointment_id}
    called = names(agencies, arrival.day)
    found = [
        Built(user.full_name, _("has signed in, or has set a password"))
        for user in users.values()
        if user.last_login is not None or user.has_usable_password()
    ]
    found += _later_appointments(users, agencies, kept, called)
    for pk, what in _relations(Organisation, agencies):
        found.append(Built(called.get(pk, ""), what))
    for pk, what in _relations(User, users):
        found.append(Built(users[pk].full_name, what))
    found += _below(agencies, called)
    return sorted(found, key=lambda built: built.who)


def _later_appointments(
    users: dict[int, User], agencies: Collection[int], kept: Collection[int], called: dict[int, str]
) -> Iterator[Built]:
    rows = Appointment.objects.exclude(pk__in=kept).select_related("user")
    for row in rows.filter(models.Q(user__in=users) | models.Q(organisation__in=agencies)):
        who = row.user.full_name if row.user_id in users else called.get(row.organisation_id, "")
        yield Built(who, _("an appointment that was made later"))


def _below(agencies: Collection[int], called: dict[int, str]) -> Iterator[Built]:
    """Others were put under an agency of the import since."""
    under = Organisation.objects.filter(versions__parent__in=agencies).exclude(pk__in=agencies)
    for pk in set(under.values_list("versions__parent", flat=True)) & set(agencies):
        yield Built(called.get(pk or 0, ""), _("another agency stands under it"))


def _relations(model: type[models.Model], wanted: Collection[int]) -> Iterator[tuple[int, str | Promise]]:
    """(id, words) for every row of a relation that points to one of `wanted`."""
    for relation in model._meta.related_objects:
        field = relation.field
        label = f"{field.model._meta.label}.{field.name}"
        if label in OWN or not wanted:
            continue
        words = _words.get(field.model._meta.label, _("other entries"))
        if isinstance(field, models.ManyToManyField):
            target = field.m2m_reverse_field_name()
            through = field.remote_field.through
            pks = through._base_manager.filter(**{f"{target}__in": wanted}).values_list(target, flat=True)
        else:
            rows = field.model._base_manager.filter(**{f"{field.name}__in": wanted})
            pks = rows.values_list(field.attname, flat=True)
        for pk in sorted(set(pks)):
            yield pk, words
