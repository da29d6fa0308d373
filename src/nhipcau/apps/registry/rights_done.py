"""Whether what a person asked for was carried out: looked up, not believed."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.registry.erasing import erased_at
from nhipcau.apps.registry.family import family_of
from nhipcau.apps.registry.models import Consent, Membership, RightsRequest, SourceRecord

Right = RightsRequest.Right


def what_lacks(request: RightsRequest) -> str | Promise:
    """What still has to be done before the request is; empty when it was."""
    if request.right in (Right.SEE, Right.COPY):
        return "" if request.copies.exists() else _("Make the copy of the person's data first.")
    person = request.person
    if person is None:
        return _("Find the person in the register first, or refuse with the reason.")
    if request.right == Right.ERASE:
        return "" if erased_at(person) else _("Erase the person first.")
    if request.right == Right.RESTRICT:
        return "" if person.restricted_at else _("Restrict the use of the person's data first.")
    family = family_of(person)
    if request.right == Right.WITHDRAW:
        ended = Consent.objects.filter(person__in=family, withdrawn_on__gte=request.received_on)
        return "" if ended.exists() else _("End the consent first.")
    corrected = Membership.objects.filter(
        person__in=family,
        until=None,
        record__origin=SourceRecord.Origin.CORRECTION,
        record__made_at__date__gte=request.received_on,
    )
    return "" if corrected.exists() else _("Correct what the register says first.")
