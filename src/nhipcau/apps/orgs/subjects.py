"""What the record calls organisations and what belongs to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.audit.subjects import Called, kinds, naming, numbers
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.models import Appointment, Organisation, OrganisationSet, Restructuring

kinds(
    {
        "orgs.alias": _("another name"),
        "orgs.appointment": _("appointment"),
        "orgs.arrival": _("sheet of agencies and people"),
        "orgs.deputy": _("deputy"),
        "orgs.focalpoint": _("focal point"),
        "orgs.handeditem": _("item of a handover"),
        "orgs.handover": _("handover"),
        "orgs.homeprovince": _("own province"),
        "orgs.lineage": _("lineage"),
        "orgs.organisation": _("organisation"),
        "orgs.organisationset": _("group of agencies"),
        "orgs.organisationversion": _("name of an organisation"),
        "orgs.restructuring": _("restructuring"),
        "orgs.setmember": _("member of a group"),
        "orgs.setphrase": _("phrase that means a group"),
    }
)


def organisations(ids: Collection[str], user: object) -> Mapping[str, Called]:
    seen = set(Organisation.objects.visible_to(user).filter(pk__in=numbers(ids)).values_list("pk", flat=True))
    return {
        str(pk): Called(name, reverse("orgs:detail", args=[pk]))
        for pk, name in names(seen, timezone.localdate()).items()
    }


def _sets(ids: Collection[str], user: object) -> Mapping[str, Called]:
    rows = OrganisationSet.objects.visible_to(user).filter(pk__in=numbers(ids))
    return {
        str(pk): Called(name, reverse("orgs:set", args=[pk])) for pk, name in rows.values_list("pk", "name")
    }


def _appointments(ids: Collection[str], user: object) -> Mapping[str, Called]:
    rows = list(Appointment.objects.visible_to(user).filter(pk__in=numbers(ids)).select_related("user"))
    bodies = names({row.organisation_id for row in rows}, timezone.localdate())
    return {
        str(row.pk): Called(
            f"{row.user.full_name}, {row.get_role_display()}, {bodies.get(row.organisation_id, '')}"
        )
        for row in rows
    }


def _restructurings(ids: Collection[str], user: object) -> Mapping[str, Called]:
    rows = Restructuring.objects.visible_to(user).filter(pk__in=numbers(ids))
    return {str(pk): Called(title) for pk, title in rows.values_list("pk", "title")}


naming("orgs.organisation", organisations)
naming("orgs.organisationset", _sets)
naming("orgs.appointment", _appointments)
naming("orgs.restructuring", _restructurings)
